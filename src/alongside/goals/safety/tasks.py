"""What the worker does when somebody needs to be looked after: at once, and again when nobody answers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import with_a_part
from alongside.journeys.states import GUIDING
from alongside.kernel.clock import now
from alongside.people.emails import EmailKind, email_kind
from alongside.people.models import Person
from alongside.people.queries import safety_readers
from alongside.people.tasks import enqueue_message

from .models import SafetyNotice, SafetyTest

URGENT = 100

NOTICE = email_kind("safety notice")
PASSED_ON = email_kind("safety notice, passed on")
PASSED_ON_FOR_GUIDE = email_kind("safety notice, to the guide when it is passed on")
TEST = email_kind("test of the safety notices")


def _guiding(journey_id: str | UUID) -> list[Person]:
    """Whoever guides now, also for a time."""
    members = JourneyMember.objects.filter(
        with_a_part(now()),
        journey_id=journey_id,
        person__is_active=True,
        part__in=[str(part) for part in GUIDING],
    )
    return [member.person for member in members.select_related("person")]


@transaction.atomic
def _post(kind: EmailKind, people: Iterable[Person], path: str, sentences: tuple[str, str]) -> None:
    """One email each, which says nothing of what was answered, nor of what kind of care it is."""
    for person in people:
        if not person.email:
            continue
        with translation.override(person.language):
            first, last = (_(sentence) for sentence in sentences)
            text = _("Hello %(name)s,") % {"name": person.name}
            text += f"\n\n{first}\n\n{settings.PUBLIC_URL}{path}\n\n{last}\n"
            subject = _("Urgent: please sign in to Alongside now")
            enqueue_message(
                kind,
                to=person.email,
                subject=subject,
                text=text,
                organisation=person.organisation_id,
                priority=URGENT,
                person=person.id,
            )


@task(priority=URGENT)
def post_safety_notice(journey_id: str) -> None:
    """Ask whoever guides to look now."""
    _post(
        NOTICE,
        _guiding(journey_id),
        f"/journeys/{journey_id}/goals/on-track/",
        (
            translation.gettext_noop("An answer was given that needs you to look at it now:"),
            translation.gettext_noop("Please say there what you did."),
        ),
    )


@task(priority=URGENT)
def post_passed_on(notice_id: str) -> None:
    """Ask whoever the organisation named, and tell the guide that it was passed on."""
    notice = SafetyNotice.objects.select_related("journey__organisation").get(id=notice_id)
    guiding = _guiding(notice.journey_id)
    readers = safety_readers(notice.journey.organisation)
    _post(
        PASSED_ON,
        [person for person in readers if person.id not in {one.id for one in guiding}],
        f"/safety/{notice.id}/",
        (
            translation.gettext_noop("Nobody has dealt with this notice in time. Please look at it now:"),
            translation.gettext_noop("Please say there what you did."),
        ),
    )
    _post(
        PASSED_ON_FOR_GUIDE,
        guiding,
        f"/journeys/{notice.journey_id}/goals/on-track/",
        (
            translation.gettext_noop("This notice has been passed on to someone else in your organisation:"),
            translation.gettext_noop("Please still look at it as soon as you can."),
        ),
    )


@task(priority=URGENT)
def post_test(test_id: str) -> None:
    """Send a test; when it went out is kept."""
    test = SafetyTest.objects.select_related("to").get(id=test_id)
    _post(
        TEST,
        [test.to],
        f"/safety/tests/{test.id}/",
        (
            translation.gettext_noop(
                "This is a test of the safety notices. Nobody needs help. Please open this page:"
            ),
            translation.gettext_noop("It tells your administrator that the notice reached you."),
        ),
    )
    if test.to.email:
        SafetyTest.objects.filter(id=test_id).update(sent_at=now())

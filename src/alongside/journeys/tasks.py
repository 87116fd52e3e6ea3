"""What the worker does for journeys, after commit."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.kernel.periodic import every
from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.models import Person

from .addresses.actions import complete_address_change
from .addresses.queries import due_changes
from .models import JourneyMember

WELCOME = email_kind("invitation of somebody known")


@task()
def post_welcome(journey_id: str, person_id: str, attempt: int = 0) -> None:
    """Tell somebody who can sign in already that they have been invited, without the kind of care.

    The organisation is named at the end of the text alone: its name may say it.
    """
    person = Person.objects.select_related("organisation").get(id=person_id)
    guide = (
        JourneyMember.objects.select_related("person")
        .get(journey_id=journey_id, part="guide", left_at=None)
        .person
    )
    with translation.override(person.language):
        text = _(
            "Hello %(name)s,\n\n%(guide)s invites you to begin something together. "
            "You will find it here when you sign in:\n\n%(link)s\n"
        ) % {
            "name": person.name,
            "guide": guide.name,
            "link": f"{settings.PUBLIC_URL}/journeys/{journey_id}/",
        }
        letter = WELCOME.compose(
            to=person.email, subject=_("An invitation"), text=text, organisation=person.organisation
        )
    posting.send(
        letter,
        task=post_welcome,
        attempt=attempt,
        person=person_id,
        journey_id=journey_id,
        person_id=person_id,
    )


@every(dt.timedelta(minutes=10))
@task()
def complete_address_changes() -> None:
    """Let confirmed changes of address come true to which nobody has objected in three days."""
    for change in due_changes():
        complete_address_change(change=change, by=None)

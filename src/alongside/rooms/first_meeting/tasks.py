"""Letters that remind: to prepare before the first meeting, to look at an agreement again. Each once."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.kernel.periodic import every
from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.models import Person

from .models import Preparation, Reminded, Reminder
from .proposals import NOT_AFTER, ToTell, proposals_to_tell, standing_proposals
from .reminder_schedule import due_reminders

KINDS = {of: email_kind(f"reminder, {of}") for of in Reminded}


@every(dt.timedelta(minutes=15))
@task()
def remind() -> None:
    """Note each letter that is due and hand it to the queue, both or neither. Run twice, it finds nothing."""
    for due in due_reminders(now()):
        with transaction.atomic():
            facts = {"person_id": due.person_id, "of": due.of, "subject_id": due.subject_id}
            reminder, made = Reminder.objects.get_or_create(**facts, defaults={"journey_id": due.journey_id})
            if made:
                post_reminder.enqueue(str(reminder.id))


@task()
def post_reminder(reminder_id: str, attempt: int = 0) -> None:
    """Post the letter, unless the preparation was sent meanwhile. It names no kind of care and no other person."""
    reminder = Reminder.objects.select_related("person__organisation").get(id=reminder_id)
    person = reminder.person
    sent = Preparation.objects.filter(journey=reminder.journey_id, person=person)
    if not person.email or (reminder.of == Reminded.PREPARATION and sent.exists()):
        return
    with translation.override(person.language):
        subject, sentence, name = _letter(Reminded(reminder.of), is_participant=_is_participant(reminder))
        link = settings.PUBLIC_URL + reverse(
            f"first_meeting:{name}", kwargs={"journey_id": reminder.journey_id}
        )
        text = _("Hello %(name)s,\n\n%(sentence)s\n\n%(link)s\n") % {
            "name": person.name,
            "sentence": sentence,
            "link": link,
        }
        email = KINDS[Reminded(reminder.of)].compose(
            to=person.email, subject=subject, text=text, organisation=person.organisation
        )
    posting.send(email, task=post_reminder, attempt=attempt, person=person.id, reminder_id=reminder_id)


@every(dt.timedelta(minutes=5))
@task()
def tell_of_proposals() -> None:
    """Note each proposal that is told, and hand the one email about them to the queue, both or neither."""
    for each in proposals_to_tell(now()):
        with transaction.atomic():
            if new := _noted(each):
                post_proposals.enqueue(str(each.person_id), str(each.journey_id), ",".join(new))


def _noted(told: ToTell) -> list[str]:
    """Which of them nobody has noted before: of two workers at once one tells it."""
    new = []
    for each in told.proposals:
        facts = {"person_id": told.person_id, "of": Reminded.PROPOSAL, "subject_id": each.subject_id}
        _row, made = Reminder.objects.get_or_create(**facts, defaults={"journey_id": told.journey_id})
        if made:
            new.append(str(each.subject_id))
    return new


@task()
def post_proposals(person_id: str, journey_id: str, subject_ids: str, attempt: int = 0) -> None:
    """Post the one email about what somebody is asked, unless all of it was answered meanwhile. It holds no words."""
    person = Person.objects.select_related("organisation").get(id=person_id)
    standing = standing_proposals(now() - 2 * NOT_AFTER, UUID(journey_id))
    asked = [each for each in standing if str(each.subject_id) in subject_ids.split(",")]
    if not asked or not person.email or not person.is_active:
        return
    name = "agreement" if all(each.is_agreement for each in asked) else "goals"
    with translation.override(person.language):
        link = settings.PUBLIC_URL + reverse(f"first_meeting:{name}", kwargs={"journey_id": journey_id})
        text = _(
            "Hello %(name)s,\n\nThere is a proposal for you to answer. Please read it, then say yes, or "
            "say what you would change:\n\n%(link)s\n"
        ) % {"name": person.name, "link": link}
        subject = _("A proposal for you to answer")
        email = KINDS[Reminded.PROPOSAL].compose(
            to=person.email, subject=subject, text=text, organisation=person.organisation
        )
    posting.send(
        email,
        task=post_proposals,
        attempt=attempt,
        person=person.id,
        person_id=person_id,
        journey_id=journey_id,
        subject_ids=subject_ids,
    )


def _is_participant(reminder: Reminder) -> bool:
    sits = JourneyMember.objects.filter(
        journey=reminder.journey_id, person=reminder.person_id, part=Part.PARTICIPANT, left_at=None
    )
    return sits.exists()


def _letter(of: Reminded, *, is_participant: bool) -> tuple[str, str, str]:
    if of == Reminded.PREPARATION and is_participant:
        sentence = _(
            "You meet in the next two days. This page says when and where, and what to bring. If you like, "
            "write a few words beforehand. If you come without, that is fine too."
        )
        return _("Before you meet"), sentence, "before"
    if of == Reminded.PREPARATION:
        sentence = _(
            "You meet in the next two days. If you like, write a few words beforehand and send "
            "them. Half sentences are fine. If you come without, that is fine too."
        )
        return _("Before you meet"), sentence, "preparation"
    sentence = _("You agreed to review your agreement about now. This is where it is:")
    return _("Time to review your agreement"), sentence, "agreement"

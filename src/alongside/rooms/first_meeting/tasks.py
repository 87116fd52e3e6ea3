"""Letters that remind: to prepare before the first meeting, to look at an agreement again. Each once."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.kernel.clock import now
from alongside.kernel.periodic import every
from alongside.people import posting
from alongside.people.emails import email_kind

from .models import Preparation, Reminded, Reminder
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
    reminder = Reminder.objects.select_related("person").get(id=reminder_id)
    person = reminder.person
    sent = Preparation.objects.filter(journey=reminder.journey_id, person=person)
    if not person.email or (reminder.of == Reminded.PREPARATION and sent.exists()):
        return
    with translation.override(person.language):
        subject, sentence, name = _letter(Reminded(reminder.of))
        link = settings.PUBLIC_URL + reverse(
            f"first_meeting:{name}", kwargs={"journey_id": reminder.journey_id}
        )
        text = _("Hello %(name)s,\n\n%(sentence)s\n\n%(link)s\n") % {
            "name": person.name,
            "sentence": sentence,
            "link": link,
        }
        email = KINDS[Reminded(reminder.of)].compose(to=person.email, subject=subject, text=text)
    posting.send(email, task=post_reminder, attempt=attempt, person=person.id, reminder_id=reminder_id)


def _letter(of: Reminded) -> tuple[str, str, str]:
    if of == Reminded.PREPARATION:
        sentence = _(
            "You meet in the next two days. If you like, write a few words beforehand and send "
            "them. Half sentences are fine. If you come without, that is fine too."
        )
        return _("Before you meet"), sentence, "preparation"
    sentence = _("You agreed to review your agreement about now. This is where it is:")
    return _("Time to review your agreement"), sentence, "agreement"

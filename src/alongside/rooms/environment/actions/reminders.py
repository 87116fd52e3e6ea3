"""What can be done with reminders: write one that is due, choose, stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person
from alongside.people.queries import digest
from alongside.people.rules import is_signed_in

from ..letters import letter_token
from ..models import Letter, LetterEvent, LetterWishes, Meeting, Title
from ..queries.calendars import Due, wishes_of
from ..reminding import LEADS
from ..rules.calendars import may_use_letter
from ..tasks import post_letter


@action("reminder.written")
def write_reminder(*, due: Due, by: None) -> Letter | None:
    """Write a reminder and hand it to the worker, both or neither; None when another worker was quicker."""
    letter = Letter(
        meeting_id=due.meeting_id,
        sequence=due.sequence,
        event=LetterEvent.REMINDER,
        mark=due.lead,
        recipient_id=due.person_id,
    )
    letter.token_digest = digest(letter_token(letter))
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    if not Letter.objects.filter(id=letter.id).exists():
        return None
    journey_id = Meeting.objects.values_list("journey_id", flat=True).get(id=due.meeting_id)
    record("reminder.written", subject=letter, by=by, journey_id=journey_id, minutes_before=due.lead)
    post_letter.enqueue(letter_id=str(letter.id))
    return letter


@action("letters.chosen")
def choose_letters(
    *,
    title: str,
    own_title: str,
    shows_place: bool,
    reminders: Iterable[int],
    quiet_from: dt.time | None,
    quiet_until: dt.time | None,
    by: Person,
) -> LetterWishes:
    """Choose what meetings are called in calendars and subjects, when one is reminded, and the quiet hours."""
    demand(is_signed_in(by))
    chosen = sorted({one for one in reminders if one in LEADS}, reverse=True)
    whole = quiet_from is not None and quiet_until is not None
    wishes, _made = LetterWishes.objects.update_or_create(
        person=by,
        defaults={
            "title": Title(title),
            "own_title": " ".join(own_title.split()),
            "shows_place": shows_place,
            "reminders": ",".join(map(str, chosen)),
            "quiet_from": quiet_from if whole else None,
            "quiet_until": quiet_until if whole else None,
        },
    )
    record("letters.chosen", subject=wishes, by=by, title=str(title), reminders=chosen, quiet=whole)
    return wishes


@action("reminders.stopped")
def stop_reminders(*, letter: Letter, by: None) -> LetterWishes:
    """Stop all reminders to whom this one was sent. Letters about what changes still come."""
    demand(may_use_letter(letter))
    person = letter.recipient
    known = wishes_of([person])[person.id]
    wishes, _made = LetterWishes.objects.get_or_create(
        person=person, defaults={"title": known.title, "shows_place": known.shows_place}
    )
    wishes.reminders = ""
    wishes.save(update_fields=["reminders"])
    record("reminders.stopped", subject=wishes, by=by)
    return wishes

"""What can be done with reminders: write one that is due, choose, stop."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from alongside.journeys.restriction import found_by
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person
from alongside.people.queries import digest
from alongside.people.rules import is_signed_in

from ..emails import meeting_email_token
from ..models import EmailEvent, EmailWishes, Meeting, MeetingEmail, Title
from ..queries.calendars import Due, Wishes, wishes_of
from ..reminder_schedule import LEADS
from ..rules.calendars import may_use_meeting_email
from ..tasks import post_meeting_email

found_by("meeting_id", Meeting)


@action("reminder.written")
def write_reminder(*, due: Due, by: None) -> MeetingEmail | None:
    """Write a reminder and hand it to the worker, both or neither; None when another worker was quicker."""
    meeting_email = MeetingEmail(
        meeting_id=due.meeting_id,
        sequence=due.sequence,
        event=EmailEvent.REMINDER,
        mark=due.lead,
        recipient_id=due.person_id,
    )
    meeting_email.token_digest = digest(meeting_email_token(meeting_email))
    MeetingEmail.objects.bulk_create([meeting_email], ignore_conflicts=True)
    if not MeetingEmail.objects.filter(id=meeting_email.id).exists():
        return None
    journey_id = Meeting.objects.values_list("journey_id", flat=True).get(id=due.meeting_id)
    record("reminder.written", subject=meeting_email, by=by, journey_id=journey_id, minutes_before=due.lead)
    post_meeting_email.enqueue(meeting_email_id=str(meeting_email.id))
    return meeting_email


@action("emails.chosen")
def choose_emails(
    *,
    title: str,
    own_title: str,
    shows_place: bool,
    reminders: Iterable[int],
    quiet_from: dt.time | None,
    quiet_until: dt.time | None,
    by: Person,
) -> EmailWishes:
    """Choose what meetings are called in calendars and subjects, when one is reminded, and the quiet hours.

    A reminder that is new to the choice is for what falls due from now on.
    """
    demand(is_signed_in(by))
    known = wishes_of([by])[by.id]
    chosen = sorted({one for one in reminders if one in LEADS}, reverse=True)
    whole = quiet_from is not None and quiet_until is not None
    wishes, _made = EmailWishes.objects.update_or_create(
        person=by,
        defaults={
            "title": Title(title),
            "own_title": " ".join(own_title.split()),
            "shows_place": shows_place,
            "reminders": ",".join(map(str, chosen)),
            "wished_since": _since(known, chosen),
            "quiet_from": quiet_from if whole else None,
            "quiet_until": quiet_until if whole else None,
        },
    )
    record("emails.chosen", subject=wishes, by=by, title=str(title), reminders=chosen, quiet=whole)
    return wishes


def _since(known: Wishes, chosen: Iterable[int]) -> dict[str, str]:
    """When each reminder was chosen; one that was there before keeps its moment."""
    since = {lead: known.since.get(lead) if lead in known.reminders else now() for lead in chosen}
    return {str(lead): at.isoformat() for lead, at in since.items() if at}


@action("reminders.stopped", although_restricted="they ask to be sent less")
def stop_reminders(*, meeting_email: MeetingEmail, by: None) -> EmailWishes:
    """Stop all reminders to whom this one was sent. Letters about what changes still come."""
    demand(may_use_meeting_email(meeting_email))
    person = meeting_email.recipient
    known = wishes_of([person])[person.id]
    wishes, _made = EmailWishes.objects.get_or_create(
        person=person, defaults={"title": known.title, "shows_place": known.shows_place}
    )
    wishes.reminders = ""
    wishes.save(update_fields=["reminders"])
    record("reminders.stopped", subject=wishes, by=by)
    return wishes

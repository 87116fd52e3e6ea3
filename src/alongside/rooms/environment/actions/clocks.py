"""What Alongside does by itself when the rules of a time zone change."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment
from alongside.ledger.record import record
from alongside.people.queries import digest

from ..emails import meeting_email_token
from ..models import Claim, EmailEvent, Meeting, MeetingEmail, MeetingTime
from ..queries.calendars import participant_of
from ..queries.clocks import agreed_moment
from ..tasks import post_meeting_email


@action("meeting.followed_the_clocks")
def follow_the_clocks(*, meeting: Meeting, by: None) -> Meeting:
    """Give a meeting the moment its agreed time on the wall names now, raise its sequence, tell both.

    Another meeting in the way is never overrun: then `NotThisMoment`, and it stays as it was.
    """
    moment = agreed_moment(meeting.starts_at, meeting.wall_date, meeting.wall_time, meeting.zone)
    length = meeting.ends_at - meeting.starts_at
    known = Meeting.objects.filter(id=meeting.id, sequence=meeting.sequence, starts_at=meeting.starts_at)
    if moment == meeting.starts_at or not known.update(
        starts_at=moment, ends_at=moment + length, sequence=meeting.sequence + 1
    ):
        return meeting
    try:
        with transaction.atomic():
            Claim.objects.filter(meeting=meeting).update(starts_at=moment, ends_at=moment + length)
    except IntegrityError as error:
        raise NotThisMoment(_("Somebody is in another meeting then.")) from error
    meeting.starts_at, meeting.ends_at, meeting.sequence = moment, moment + length, meeting.sequence + 1
    MeetingTime.objects.create(
        meeting=meeting,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        by=meeting.booked_by,
    )
    record("meeting.followed_the_clocks", subject=meeting, by=by, sequence=meeting.sequence)
    _tell_both(meeting)
    return meeting


def _tell_both(meeting: Meeting) -> None:
    for person in filter(None, (participant_of(meeting), meeting.guide)):
        if not (person.email or person.user_id):
            continue
        meeting_email = MeetingEmail(
            meeting=meeting, sequence=meeting.sequence, event=EmailEvent.MOVED, recipient=person
        )
        meeting_email.token_digest = digest(meeting_email_token(meeting_email))
        meeting_email.save(force_insert=True)
        post_meeting_email.enqueue(meeting_email_id=str(meeting_email.id))

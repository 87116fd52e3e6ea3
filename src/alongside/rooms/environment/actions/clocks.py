"""What Alongside does by itself when the rules of a time zone change."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment
from alongside.ledger.record import record

from ..invitations import tell
from ..models import Claim, EmailEvent, Meeting, MeetingEmail, MeetingTime
from ..queries.calendars import participant_of
from ..queries.clocks import agreed_moment


@action("meeting.followed_the_clocks")
def follow_the_clocks(*, meeting: Meeting, by: None) -> Meeting:
    """Give a meeting the moment its agreed time on the wall names now, raise its sequence, tell both and ask them.

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
        raise NotThisMoment(_("Someone is in another meeting at that time.")) from error
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
    tell(meeting, EmailEvent.CLOCKS, filter(None, (participant_of(meeting), meeting.guide)))
    return meeting


@action("meeting.asked_about_the_clocks")
def ask_about_the_clocks(*, meeting: Meeting, by: None) -> bool:
    """Tell both that the agreed hour and the booked one differ now, and ask which it shall be; once.

    For a meeting that could not follow, as somebody is in another one at the agreed hour. True when they were asked.
    """
    asked = MeetingEmail.objects.filter(
        meeting=meeting, sequence=meeting.sequence, event=EmailEvent.CLOCKS_ASKED
    )
    if asked.exists():
        return False
    record("meeting.asked_about_the_clocks", subject=meeting, by=by, sequence=meeting.sequence)
    tell(meeting, EmailEvent.CLOCKS_ASKED, filter(None, (participant_of(meeting), meeting.guide)))
    return True

"""What a participant can do about times beside booking one: ask for one, wish for an earlier one."""

from __future__ import annotations

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..invitations import write_email
from ..models import EarlierWish, EmailEvent, Meeting, MeetingEmail, TimeRequest
from ..queries.asking import Earlier
from ..rules.asking import may_ask_for_time, may_wish_for_earlier
from ..tasks.asking import post_time_request


@action("time.asked_for")
def ask_for_time(*, word: str = "", by: Seat) -> TimeRequest:
    """Ask the guide for a time, in a few words or none. The guide is told by e-mail; the words stay on the page."""
    demand(may_ask_for_time(by))
    asked = TimeRequest.objects.create(journey=by.journey, person=by.actor, word=word.strip())
    record("time.asked_for", subject=asked, by=by)
    post_time_request.enqueue(request_id=str(asked.id))
    return asked


@action("earlier_time.wished_for")
def wish_for_earlier(*, meeting: Meeting, by: Seat) -> EarlierWish:
    """Wish to be told when a time before this meeting becomes free. Wishing twice is wishing once."""
    demand(may_wish_for_earlier(by, meeting))
    known = EarlierWish.objects.filter(meeting=meeting, person=by.actor, ended_at=None).first()
    if known:
        return known
    wish = EarlierWish.objects.create(meeting=meeting, person=by.actor)
    record("earlier_time.wished_for", subject=wish, by=by)
    return wish


@action("earlier_time.let_be")
def let_earlier_be(*, meeting: Meeting, by: Seat) -> int:
    """Wish no longer to be told of earlier times."""
    demand(may_wish_for_earlier(by, meeting))
    ended = EarlierWish.objects.filter(meeting=meeting, person=by.actor, ended_at=None).update(ended_at=now())
    record("earlier_time.let_be", subject=meeting, by=by)
    return ended


@action("earlier_time.told")
def tell_of_earlier(*, earlier: Earlier, by: None) -> MeetingEmail | None:
    """Tell somebody of an earlier time, once for each; nothing is held for them: the first to book it has it."""
    meeting, mark = earlier.meeting, int(earlier.starts_at.timestamp() // 60)
    told = MeetingEmail.objects.filter(
        meeting=meeting,
        sequence=meeting.sequence,
        recipient=earlier.person,
        event=EmailEvent.EARLIER,
        mark=mark,
    )
    if told.exists():
        return None
    record("earlier_time.told", subject=meeting, by=by)
    return write_email(meeting, EmailEvent.EARLIER, earlier.person, mark=mark)

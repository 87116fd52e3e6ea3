"""Who may do what with a focusing. Its author writes in it, both when they focus together; the other reads what is shared."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.journeys.kinds.shapes import FocusingLevel
from alongside.journeys.models import Journey
from alongside.journeys.rules import is_one_of_two, is_open, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours

from ..record.models import MeetingRecord
from . import levels
from .queries import FocusingHere, own_words_in
from .states import FOCUSING_TRANSITIONS, FocusingState


def may_look_round(seat: Seat) -> Verdict:
    """The focusings one knows of, and what has been understood: between the two."""
    return is_one_of_two(seat)


def may_begin_focusing(seat: Seat) -> Verdict:
    """Either of the two, at any time while the journey goes on."""
    return may_work(seat)


def may_begin_together(seat: Seat, record: MeetingRecord | None) -> Verdict:
    """Both focus together while they meet."""
    denied = may_work(seat)
    if denied and record is None:
        return not_now(_("You focus together during a meeting. Start the meeting first."))
    return denied


def may_see_focusing(seat: Seat, here: FocusingHere) -> Verdict:
    return is_one_of_two(seat)


def may_see_level(seat: Seat, here: FocusingHere, level: FocusingLevel) -> Verdict:
    """The cards are for those who write in it; the other reads what is shared, on the path."""
    return _is_its_writer(seat, here)


def may_write_in_focusing(seat: Seat, here: FocusingHere) -> Verdict:
    """Never refused because a journey is resting: a thought is kept when it comes."""
    return first_denial(_is_its_writer(seat, here), is_open(seat))


def may_write_in_level(
    seat: Seat, here: FocusingHere, level: FocusingLevel, box: str | None = None
) -> Verdict:
    return may_write_in_focusing(seat, here)


def may_correct_focusing(seat: Seat, here: FocusingHere) -> Verdict:
    """Words in the wrong focusing can be hidden by the one who wrote them, as long as the journey is open."""
    return may_write_in_focusing(seat, here)


def may_mark_in_focusing(seat: Seat, here: FocusingHere, words_id: UUID, reason: str) -> Verdict:
    """Only by the one who wrote them, alone; and with a reason."""
    denied = may_correct_focusing(seat, here)
    if not denied:
        return denied
    if words_id not in {words.id for words in own_words_in(seat, here)}:
        return hidden()
    if not reason.strip():
        return not_now(_("Please say in a few words why they were entered in error."))
    return ALLOWED


def _is_its_writer(seat: Seat, here: FocusingHere) -> Verdict:
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if here.is_written_by(seat):
        return ALLOWED
    return not_yours(_("This is someone else's own focusing. You can read what they have shared."))


def may_share_level(seat: Seat, here: FocusingHere, level: FocusingLevel) -> Verdict:
    """Its author opens one level to the other, once. The act is shared by itself."""
    denied = may_write_in_focusing(seat, here)
    if not denied:
        return denied
    if level.key not in levels.SHAREABLE:
        return hidden()
    if here.is_open(level.key):
        return not_now(_("You can both read this level already."))
    return ALLOWED


def may_plan_act(seat: Seat, here: FocusingHere) -> Verdict:
    """The act becomes a step of the plan, so the journey has to go on."""
    return first_denial(_is_its_writer(seat, here), may_work(seat))


def may_carry_acts(seat: Seat, source: Journey) -> Verdict:
    """Into the journey that follows another, from that one alone."""
    return may_work(seat) if seat.journey.follows_id == source.id else hidden()


def may_keep(seat: Seat, here: FocusingHere, state: FocusingState | None = None) -> Verdict:
    """A draft is kept as it is, or taken up again. What is shared needs neither."""
    denied = may_write_in_focusing(seat, here)
    if not denied:
        return denied
    wanted = (state,) if state else (FocusingState.KEPT, FocusingState.DRAFT)
    if not set(wanted) & set(FOCUSING_TRANSITIONS[here.state]):
        return not_now(_("This has changed since you opened it. Please look at it as it is now."))
    return ALLOWED

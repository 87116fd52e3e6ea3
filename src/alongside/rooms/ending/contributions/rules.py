"""Who may write, reword, show and take along what, and when."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import may_work
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.rooms.first_meeting.states import Side

from ..record.models import Ending
from ..record.queries import sayings_of, side_of, speaks_in_the_room, words_of
from ..record.rules import may_look_back, may_shape_ending
from ..record.states import Said
from .models import EndingEntry
from .queries import has_answered, has_support
from .states import Sort
from .suggestions import Suggestion


def may_put_down(seat: Seat, ending: Ending | None, entry: EndingEntry | None = None) -> Verdict:
    """The door where entries are typed: if the moment has passed the action says so, and the words are not lost."""
    return may_look_back(seat, ending)


def belongs(ending: Ending | None, entry: EndingEntry) -> Verdict:
    """An entry of another journey doesn't exist here."""
    return ALLOWED if ending is not None and entry.ending_id == ending.id else hidden()


def may_change_entry(seat: Seat, ending: Ending | None, entry: EndingEntry) -> Verdict:
    denied = first_denial(belongs(ending, entry), may_shape_ending(seat, ending))
    if denied and entry.removed_at is not None:
        return not_now(_("This was changed or removed in the meantime. Please look at it as it is now."))
    return denied


def may_bring_back(seat: Seat, ending: Ending | None, entry: EndingEntry) -> Verdict:
    denied = first_denial(belongs(ending, entry), may_shape_ending(seat, ending))
    if denied and (entry.removed_at is None or entry.replaced_by_id):
        return not_now(_("This has been brought back or reworded in the meantime."))
    return denied


def may_need_no_support(seat: Seat, ending: Ending | None) -> Verdict:
    denied = may_shape_ending(seat, ending)
    if not denied or ending is None:
        return denied
    if has_support(ending):
        return not_now(_("Support is written down. Remove it first, if none is needed after all."))
    if sayings_of(ending).of(Said.NO_SUPPORT):
        return not_now(_("This has been said already."))
    return ALLOWED


def may_write_in_ending(seat: Seat, ending: Ending, box: Box) -> Verdict:
    """Words one types are taken as long as the journey is open, also after the other has acknowledged."""
    return may_work(seat)


def may_show_answers(seat: Seat, ending: Ending | None) -> Verdict:
    """Each says so for their own answers; the guide for somebody who speaks with them in the room."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    waiting = sides_to_show(seat, ending)
    if not waiting:
        return not_now(_("This has been said already."))
    written = words_of(seat, ending)
    if not all(has_answered(seat, side, written) for side in waiting):
        return not_now(_("Answer at least one question first, so that there is something to show."))
    return ALLOWED


def sides_to_show(seat: Seat, ending: Ending) -> tuple[Side, ...]:
    """The sides this person still has to say *ready* for: their own, or in the room both."""
    sides = tuple(Side) if speaks_in_the_room(seat) else (side_of(seat),)
    said = sayings_of(ending).sides(Said.READY)
    return tuple(side for side in sides if side not in said)


def fits(seat: Seat, sort: Sort, category: str) -> Verdict:
    """Support has a category of its kind; nothing else has one."""
    known = {each.key for each in seat.kind.support_categories}
    return ALLOWED if (category in known) == (sort == Sort.SUPPORT) else hidden()


def may_take_along(seat: Seat, ending: Ending | None, suggestion: Suggestion | None = None) -> Verdict:
    """What one takes along is the participant's to choose; in the room the guide presses for them."""
    if seat.is_guide and not seat.is_participant and not speaks_in_the_room(seat):
        return not_yours(_("Only the other person can choose what they take with them."))
    return may_shape_ending(seat, ending)

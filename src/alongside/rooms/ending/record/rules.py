"""Who may come in, begin an ending and shape it. Person and moment are combined in one line each."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_one_of_two, is_open, may_enter_state, may_work
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, not_now, not_yours

from .models import Ending
from .queries import is_in_work, speaks_in_the_room
from .states import EDITORS_BY_STATE, TRANSITIONS, EndingState

SETTLED_MEANWHILE = _("This has already been decided. Please look at it as it is now.")
SAY_WHY = _("Please say in a few words why, so that both of you can look back and understand.")


def is_theirs(seat: Seat) -> Verdict:
    """The participant's own; the guide's where the two write in the room."""
    if seat.is_participant or speaks_in_the_room(seat):
        return ALLOWED
    return not_yours(_("This is for %(name)s to say.") % {"name": seat.participant.name})


def may_enter_room(seat: Seat, ending: Ending | None) -> Verdict:
    """The ending is in sight from the start: the two may always look in."""
    return is_one_of_two(seat)


def is_begun(seat: Seat, ending: Ending | None) -> Verdict:
    if ending is not None:
        return ALLOWED
    room = reverse("ending:room", args=[seat.journey.id])
    return not_now(_("The ending has not been started. Either of you can start it at any time."), room)


def may_look_back(seat: Seat, ending: Ending | None) -> Verdict:
    """The parts of an ending, from when it is begun, and for good."""
    return first_denial(is_one_of_two(seat), is_begun(seat, ending))


def may_begin_ending(seat: Seat, ending: Ending | None) -> Verdict:
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if ending is not None:
        return first_denial(is_open(seat), not_now(_("The ending has already been started.")))
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return not_now(
            _("This has not started yet, so there is nothing to end. You can withdraw it instead.")
        )
    if seat.state == JourneyState.ENDING:
        return ALLOWED
    return first_denial(is_open(seat), may_enter_state(seat, JourneyState.ENDING))


def may_enter_ending_state(seat: Seat, ending: Ending, state: EndingState) -> Verdict:
    """The transition table and the pen-holder table of the record, asked together."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    now = getattr(ending, "state", None)
    if now is None:
        return ALLOWED if state == EndingState.BEGUN else not_now(SETTLED_MEANWHILE)
    if state not in TRANSITIONS[now] or not seat.parts & EDITORS_BY_STATE[now]:
        return not_now(
            _("This ending is %(now)s. Please look at it as it is now.") % {"now": EndingState(now).label}
        )
    return ALLOWED


def may_shape_ending(seat: Seat, ending: Ending | None) -> Verdict:
    """Either of the two writes in it, until one has acknowledged how it stands."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if ending.state == EndingState.ACKNOWLEDGED_BY_ONE:  # type: ignore[attr-defined]
        closing = reverse("ending:closing", args=[seat.journey.id])
        return not_now(
            _("One of you has acknowledged the ending. Open it again first, then change it."),
            closing,
        )
    if not is_in_work(ending):
        return not_now(_("This ending is closed."))
    return ALLOWED


def may_hand_on(seat: Seat, ending: Ending) -> Verdict:
    """An ending that was begun closes as it is when the journey goes on with another guide."""
    denied = first_denial(is_one_of_two(seat), is_open(seat))
    if denied and not is_in_work(ending):
        return not_now(_("This ending is closed."))
    return denied

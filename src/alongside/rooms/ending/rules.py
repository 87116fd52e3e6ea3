"""Who may do what in the ending, and when. Person and moment are combined in one line each."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alongside.goals.models import Target
from alongside.goals.rules import may_change_target
from alongside.goals.states import TargetState
from alongside.journeys.rules import is_one_of_two, is_open, may_enter_state, may_work
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.journeys.words import Box
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours

from .closing_topics.settled import are_settled
from .models import Ending, EndingEntry, Wish
from .queries import (
    Sayings,
    has_answered,
    has_support,
    is_in_work,
    lacks_picture,
    notice_is_over,
    other_is_gone,
    sayings_of,
    side_of,
    speaks_in_the_room,
    words_of,
)
from .states import PEN_HOLDER, TRANSITIONS, EndingState, Said, Side, Sort, Wanted

Wishes = dict[str, Wish]

SETTLED_MEANWHILE = _("This has been settled meanwhile. Please look at it as it stands now.")
SAY_WHY = _("Please say in a few words why, so that both of you can look back and understand.")


# --- coming in -----------------------------------------------------------------------------------------


def may_enter_room(seat: Seat, ending: Ending | None) -> Verdict:
    """The ending is in sight from the start: the two may always look in."""
    return is_one_of_two(seat)


def is_begun(seat: Seat, ending: Ending | None) -> Verdict:
    if ending is not None:
        return ALLOWED
    room = reverse("ending:room", args=[seat.journey.id])
    return not_now(
        _("The ending has not been begun. It can be, whenever one of you thinks it is time."), room
    )


def may_look_back(seat: Seat, ending: Ending | None) -> Verdict:
    """The parts of an ending, from when it is begun, and for good."""
    return first_denial(is_one_of_two(seat), is_begun(seat, ending))


def may_open_keepsake(seat: Seat, ending: Ending | None) -> Verdict:
    """Both may read the keepsake, from when there is something in it and after the journey is over."""
    return may_look_back(seat, ending)


# --- beginning, going on, ending early -----------------------------------------------------------------


def may_say_why(seat: Seat, ending: Ending | None = None, wishes: Wishes | None = None) -> Verdict:
    """The doors where a reason is typed: if the moment has passed the action says so, and the words are not lost."""
    return is_one_of_two(seat)


def may_begin_ending(seat: Seat, ending: Ending | None) -> Verdict:
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if ending is not None:
        return first_denial(is_open(seat), not_now(_("The ending has been begun already.")))
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return not_now(_("What has not begun yet need not be ended. It can be withdrawn instead."))
    if seat.state == JourneyState.ENDING:
        return ALLOWED
    return first_denial(is_open(seat), may_enter_state(seat, JourneyState.ENDING))


def may_wish_to_go_on(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return first_denial(is_one_of_two(seat), not_now(_("This becomes possible once you are under way.")))
    if Wanted.GO_ON in wishes:
        return first_denial(
            may_work(seat), not_now(_("One of you has proposed this already. See what is said there."))
        )
    return may_work(seat)


def may_agree_to_go_on(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """What one wishes the other agrees to."""
    denied = first_denial(may_work(seat), _stands(wishes, Wanted.GO_ON))
    if denied and _is_mine(seat, wishes[Wanted.GO_ON]):
        return not_yours(_("You proposed this; the other of you agrees to it."))
    return denied


def may_let_go_on_go(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Whoever proposed takes it back; the other declines."""
    return first_denial(may_work(seat), _stands(wishes, Wanted.GO_ON))


def may_give_notice(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Either of the two may end early, saying why and from when."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    if seat.state in (JourneyState.DRAFT, JourneyState.PREPARING):
        return not_now(_("What has not begun yet need not be ended. It can be withdrawn instead."))
    if Wanted.END_EARLY in wishes:
        return first_denial(
            is_open(seat), not_now(_("Notice has been given already. See what is said there."))
        )
    return is_open(seat)


def may_take_notice_back(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    denied = first_denial(is_one_of_two(seat), is_open(seat), _stands(wishes, Wanted.END_EARLY))
    if denied and not _is_mine(seat, wishes[Wanted.END_EARLY]):
        return not_yours(_("Only the one who gave notice can take it back."))
    return denied


def may_end_early(seat: Seat, ending: Ending | None, wishes: Wishes) -> Verdict:
    """Either of the two, once the notice is over."""
    denied = first_denial(may_look_back(seat, ending), is_open(seat), _stands(wishes, Wanted.END_EARLY))
    if denied and not notice_is_over(seat, wishes[Wanted.END_EARLY]):
        return not_now(_("The notice is not over yet. Until then there is time for a closing talk."))
    return denied


def _stands(wishes: Wishes, wanted: Wanted) -> Verdict:
    return ALLOWED if wanted in wishes else not_now(SETTLED_MEANWHILE)


def _is_mine(seat: Seat, wish: Wish) -> bool:
    return wish.by_id == seat.actor.id


def may_enter_ending_state(seat: Seat, ending: Ending, state: EndingState) -> Verdict:
    """The transition table and the pen-holder table of the record, asked together."""
    if not seat.is_one_of_two:
        return is_one_of_two(seat)
    now = getattr(ending, "state", None)
    if now is None:
        return ALLOWED if state == EndingState.BEGUN else not_now(SETTLED_MEANWHILE)
    if state not in TRANSITIONS[now] or not seat.parts & PEN_HOLDER[now]:
        return not_now(
            _("This ending is %(now)s. Please look at it as it stands now.") % {"now": EndingState(now).label}
        )
    return ALLOWED


# --- the work of the ending ----------------------------------------------------------------------------


def may_shape_ending(seat: Seat, ending: Ending | None) -> Verdict:
    """Either of the two writes in it, until one has acknowledged how it stands."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if ending.state == EndingState.ACKNOWLEDGED_BY_ONE:  # type: ignore[attr-defined]
        closing = reverse("ending:closing", args=[seat.journey.id])
        return not_now(
            _("One of you has acknowledged the ending as it stands. Take it up again first, then change it."),
            closing,
        )
    if not is_in_work(ending):
        return not_now(_("This ending is closed."))
    return ALLOWED


def may_put_down(seat: Seat, ending: Ending | None, entry: EndingEntry | None = None) -> Verdict:
    """The door where entries are typed: if the moment has passed the action says so, and the words are not lost."""
    return may_look_back(seat, ending)


def belongs(ending: Ending | None, entry: EndingEntry) -> Verdict:
    """An entry of another journey doesn't exist here."""
    return ALLOWED if ending is not None and entry.ending_id == ending.id else hidden()


def may_change_entry(seat: Seat, ending: Ending | None, entry: EndingEntry) -> Verdict:
    denied = first_denial(belongs(ending, entry), may_shape_ending(seat, ending))
    if denied and entry.removed_at is not None:
        return not_now(_("This was changed or removed meanwhile. Please look at it as it stands now."))
    return denied


def may_bring_back(seat: Seat, ending: Ending | None, entry: EndingEntry) -> Verdict:
    denied = first_denial(belongs(ending, entry), may_shape_ending(seat, ending))
    if denied and (entry.removed_at is None or entry.replaced_by_id):
        return not_now(_("This has been brought back or reworded meanwhile."))
    return denied


def may_need_no_support(seat: Seat, ending: Ending | None) -> Verdict:
    denied = may_shape_ending(seat, ending)
    if not denied or ending is None:
        return denied
    if has_support(ending):
        return not_now(_("There is support written down. Remove it first, if none is needed after all."))
    if sayings_of(ending).of(Said.NO_SUPPORT):
        return not_now(_("This has been said already."))
    return ALLOWED


def may_look_at_today(seat: Seat, ending: Ending | None) -> Verdict:
    """Today's picture is the participant's own; in the room the guide writes it down with them."""
    if seat.is_guide and not seat.is_participant and not speaks_in_the_room(seat):
        return not_yours(_("How it is today is for the other of you to say."))
    return may_shape_ending(seat, ending)


def may_call_reached(seat: Seat, ending: Ending | None, target: Target) -> Verdict:
    """Whether a target is reached is for the two to say, whatever its numbers."""
    return first_denial(may_shape_ending(seat, ending), may_change_target(seat, target, TargetState.REACHED))


def may_leave_picture_out(seat: Seat, ending: Ending | None) -> Verdict:
    """Never silently: whoever leaves it out says why."""
    denied = may_shape_ending(seat, ending)
    if not denied or ending is None:
        return denied
    if not lacks_picture(ending, sayings_of(ending)):
        return not_now(_("There is nothing to leave out: the picture is there, or was left out already."))
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


# --- acknowledging and closing -------------------------------------------------------------------------


def is_complete(seat: Seat, ending: Ending, sayings: Sayings | None = None) -> Verdict:
    """What an ending can't do without: today's picture beside the first one, a word on support, what its kind asks for."""
    sayings = sayings or sayings_of(ending)
    journey = seat.journey.id
    if lacks_picture(ending, sayings):
        onward = reverse("ending:then_and_now", args=[journey])
        return not_now(_("Today's picture is still missing. Take it, or say why you leave it out."), onward)
    if not sayings.of(Said.NO_SUPPORT) and not has_support(ending):
        onward = reverse("ending:support", args=[journey])
        return not_now(_("Say what support goes on afterwards, or that none is needed."), onward)
    return are_settled(seat, ending, sayings)


def may_acknowledge(seat: Seat, ending: Ending | None, side: Side | None = None) -> Verdict:
    """Each of the two on their own side; in the room the guide notes the participant's word as well."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if not is_in_work(ending):
        return not_now(_("This ending is closed."))
    wanted = side or side_of(seat)
    if wanted != side_of(seat) and not speaks_in_the_room(seat):
        return not_yours(_("The other of you acknowledges for themselves."))
    if seat.covers_until:
        return not_yours(_("You cover for the guide for a time. Acknowledging the ending is for the guide."))
    if sayings_of(ending).of(Said.ACKNOWLEDGED, wanted) and side is not None:
        return not_now(_("This has been acknowledged already."))
    return is_complete(seat, ending)


def may_take_up_again(seat: Seat, ending: Ending | None) -> Verdict:
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if denied and ending is not None and ending.state != EndingState.ACKNOWLEDGED_BY_ONE:  # type: ignore[attr-defined]
        return not_now(_("Nobody has acknowledged it yet: it can be changed as it is."))
    return denied


def may_close_without_waiting(seat: Seat, ending: Ending | None) -> Verdict:
    """The guide, where the kind leaves the participant free to acknowledge; and either of the two when the other is gone."""
    denied = first_denial(may_look_back(seat, ending), may_work(seat))
    if not denied or ending is None:
        return denied
    if not other_is_gone(seat) and (not seat.is_guide or seat.kind.acknowledgement.participant_must):
        return not_yours(_("An ending is closed when both of you have acknowledged it."))
    if not sayings_of(ending).of(Said.ACKNOWLEDGED, side_of(seat)):
        return not_now(_("Acknowledge it yourself first."))
    return is_complete(seat, ending)


def fits(seat: Seat, sort: Sort, category: str) -> Verdict:
    """Support has a category of its kind; nothing else has one."""
    known = {each.key for each in seat.kind.support_categories}
    return ALLOWED if (category in known) == (sort == Sort.SUPPORT) else hidden()


def may_hand_on(seat: Seat, ending: Ending) -> Verdict:
    """An ending that was begun closes as it is when the journey goes on with another guide."""
    denied = first_denial(is_one_of_two(seat), is_open(seat))
    if denied and not is_in_work(ending):
        return not_now(_("This ending is closed."))
    return denied

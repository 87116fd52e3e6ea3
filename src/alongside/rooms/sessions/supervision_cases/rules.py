"""Who may take a case to supervision, read it there, take it up, say what came of it, and take it back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.rules import is_guide, is_one_of_two, is_open, may_work
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person

from ..record.queries import Table
from ..record.rules import may_work_in_record
from .models import Case, TakenCase
from .states import CASE_TRANSITIONS, TAKEN_TRANSITIONS, CaseState, TakenState

# --- the guide's own side ---------------------------------------------------------------------------------------


def may_see_own_cases(seat: Seat) -> Verdict:
    """A guide's own cases out of a journey, and what came of them: also when it is over."""
    return is_guide(seat)


def may_take_to_supervision(seat: Seat) -> Verdict:
    """The guide, also while a journey rests: being stuck does not wait."""
    return first_denial(is_guide(seat), is_open(seat))


def may_put_on_agenda(seat: Seat, taken: TakenCase, supervision: Seat | None) -> Verdict:
    """One's own case, once, and to a supervision one has oneself."""
    denied = first_denial(may_take_to_supervision(seat), is_own_case(seat, taken))
    if not denied:
        return denied
    if taken.case_id:
        return not_now(_("This case is already on the agenda."))
    return ALLOWED if supervision else not_now(_("You have no supervision of your own to take it to yet."))


def is_own_case(seat: Seat, taken: TakenCase) -> Verdict:
    own = taken.by_id == seat.actor.id and taken.journey_id == seat.journey.id
    return is_guide(seat) if own else hidden()


def may_tick_outcome(seat: Seat, taken: TakenCase, state: TakenState | None = None) -> Verdict:
    """What came of it is the guide's own step, and nobody else's: also once the journey is over."""
    denied = is_own_case(seat, taken)
    if denied and state is not None and state not in TAKEN_TRANSITIONS[TakenState(taken.state)]:  # type: ignore[attr-defined]
        return not_now(_("You have already said so."))
    return denied


def may_note_on_case(seat: Seat, taken: TakenCase) -> Verdict:
    return first_denial(is_own_case(seat, taken), is_open(seat))


def may_withdraw_case(actor: Person, case: Case) -> Verdict:
    """The one who brought it, at any time, whatever became of the two journeys: a name that slipped through can't wait."""
    if case.brought_by_id != actor.id:
        return not_yours(_("Only the person who brought this case can withdraw it."))
    return _can_become(case, CaseState.WITHDRAWN)


def may_withdraw_own(seat: Seat, taken: TakenCase) -> Verdict:
    """From the side it came from."""
    return is_own_case(seat, taken)


# --- on the supervision's table ---------------------------------------------------------------------------------


def may_see_cases(seat: Seat) -> Verdict:
    return is_one_of_two(seat)


def may_read_case(seat: Seat, case: Case) -> Verdict:
    """The two of the supervision. Of a withdrawn one they read that there was one."""
    return is_one_of_two(seat)


def may_withdraw_here(seat: Seat, case: Case) -> Verdict:
    return first_denial(is_one_of_two(seat), may_withdraw_case(seat.actor, case))


def may_take_up_case(seat: Seat, table: Table, case: Case) -> Verdict:
    """Either of the two, in a meeting that is open."""
    return first_denial(may_work_in_record(seat, table), _can_become(case, CaseState.TAKEN_UP))


def may_settle_case(seat: Seat, case: Case) -> Verdict:
    """Either of the two says what came of it; it can be said anew."""
    return first_denial(may_work(seat), _can_become(case, CaseState.SETTLED))


def _can_become(case: Case, state: CaseState) -> Verdict:
    now = CaseState(case.state)  # type: ignore[attr-defined]
    if state in CASE_TRANSITIONS[now]:
        return ALLOWED
    if now == CaseState.WITHDRAWN:
        return not_now(_("This case has been withdrawn."))
    return not_now(_("This case has already been discussed."))

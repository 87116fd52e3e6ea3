"""Who may have something erased, and when: two administrators, or one who has waited."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Rehearsal
from alongside.kernel.clock import now
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person, Restriction

from .copies import OnePart
from .models import AccessCopy, AccessRequest, Erasure, HarmCheck, LegalHold
from .states import ACCESS_TRANSITIONS, TRANSITIONS, AccessState, ErasureState

WAIT = dt.timedelta(days=7)
"""So long somebody waits who carries out alone what they decided themselves."""


def may_look_after_erasure(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator can have something erased."))


def may_ask_for_erasure(actor: Person, person: Person, *, is_open: bool = False) -> Verdict:
    """An administrator, of somebody else of their organisation, once at a time."""
    if person.organisation_id != actor.organisation_id:
        return hidden()
    if actor.id == person.id:
        return not_now(_("You cannot do this for yourself. Ask another administrator."))
    if is_open:
        waits = not_now(_("There is a request for this person already. Carry it out or withdraw it first."))
        return first_denial(may_look_after_erasure(actor), waits)
    return may_look_after_erasure(actor)


def may_see_erasure(actor: Person, erasure: Erasure) -> Verdict:
    if erasure.organisation_id != actor.organisation_id:
        return hidden()
    return may_look_after_erasure(actor)


def may_carry_out(
    actor: Person,
    erasure: Erasure,
    *,
    state: ErasureState,
    now: dt.datetime,
    still_open: int = 0,
    held: int = 0,
) -> Verdict:
    """A second administrator at once; who decided it alone after the wait.

    Nobody while a journey is still under way, or must not be erased.
    """
    if not (verdict := may_see_erasure(actor, erasure)):
        return verdict
    if ErasureState.DONE not in TRANSITIONS[state]:
        return not_now(_("This has been carried out, withdrawn or declined."))
    if actor.id == erasure.person_id:
        return not_now(_("You cannot do this for yourself. Ask another administrator."))
    if held:
        return not_now(_("There is a legal hold. Nothing is erased until it is lifted."))
    if still_open:
        return not_now(
            ngettext_lazy(
                "One of their journeys has not ended yet. Ask the two to end it first.",
                "%(count)s of their journeys have not ended yet. Ask the two to end them first.",
                still_open,
            )
            % {"count": still_open}
        )
    if actor.id == erasure.by_id and now < erasure.created_at + WAIT:
        return not_now(
            _("Another administrator can do this now. You can do it yourself from %(day)s.")
            % {"day": formats.date_format(timezone.localtime(erasure.created_at + WAIT), "j F Y, H:i")}
        )
    return ALLOWED


def may_withdraw(actor: Person, erasure: Erasure, *, state: ErasureState) -> Verdict:
    if not (verdict := may_see_erasure(actor, erasure)):
        return verdict
    if ErasureState.WITHDRAWN not in TRANSITIONS[state]:
        return not_now(_("This has been carried out, withdrawn or declined."))
    return ALLOWED


def may_set_keeping(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator sets how long records stay."))


def may_set_rule(actor: Person, kind: str) -> Verdict:
    return may_set_keeping(actor) if kind in KINDS else hidden()


def may_end_keeping(actor: Person, due: object) -> Verdict:
    """What has reached its end, is not held and not decided yet: nothing else is there to be decided."""
    return first_denial(may_set_keeping(actor), ALLOWED if due else hidden())


def may_hold(actor: Person, *, is_held: bool = False) -> Verdict:
    if is_held:
        return first_denial(may_set_keeping(actor), not_now(_("There is a legal hold on it already.")))
    return may_set_keeping(actor)


def may_lift_hold(actor: Person, hold: LegalHold) -> Verdict:
    if hold.organisation_id != actor.organisation_id:
        return hidden()
    if hold.lifted_at:
        return first_denial(may_set_keeping(actor), not_now(_("This hold has been lifted already.")))
    return may_set_keeping(actor)


def may_restrict(
    actor: Person, person: Person, *, is_restricted: bool = False, open_notices: int = 0
) -> Verdict:
    """An administrator, for somebody else of their organisation, once, and not over an answer about harm nobody has read."""
    if not (verdict := may_ask_for_erasure(actor, person)) or (not is_restricted and not open_notices):
        return verdict
    if is_restricted:
        return not_now(_("It is restricted already."))
    return not_now(_("Answers about safety are waiting. Someone has to answer them first."))


def may_lift_restriction(actor: Person, restriction: Restriction) -> Verdict:
    if not (verdict := may_ask_for_erasure(actor, restriction.person)):
        return verdict
    return not_now(_("It has been lifted already.")) if restriction.lifted_at else ALLOWED


def may_lift(actor: Person, person: Person, restriction: Restriction) -> Verdict:
    """The same, as the door asks it."""
    return may_lift_restriction(actor, restriction)


def may_look_after_access(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator can answer a request for access."))


def may_record_request(actor: Person, person: Person, *, is_open: bool = False) -> Verdict:
    """An administrator, of somebody else of their organisation, one at a time."""
    if person.organisation_id != actor.organisation_id:
        return hidden()
    if actor.id == person.id:
        return not_now(_("You cannot do this for yourself. Ask another administrator."))
    if is_open:
        waits = not_now(_("A request of this person is still to be answered."))
        return first_denial(may_look_after_access(actor), waits)
    return may_look_after_access(actor)


def may_see_request(actor: Person, request: AccessRequest) -> Verdict:
    if request.organisation_id != actor.organisation_id:
        return hidden()
    if actor.id == request.person_id:
        return first_denial(
            may_look_after_access(actor),
            not_now(_("You cannot do this for yourself. Ask another administrator.")),
        )
    return may_look_after_access(actor)


def may_take_request(actor: Person, request: AccessRequest, state: AccessState) -> Verdict:
    """As far as its state allows."""
    if not (verdict := may_see_request(actor, request)):
        return verdict
    if state not in ACCESS_TRANSITIONS[AccessState(request.state)]:  # type: ignore[attr-defined]
        return not_now(_("This has been done already, or the request is closed."))
    return ALLOWED


def may_note_harm_check(actor: Person, request: AccessRequest, *, state: AccessState) -> Verdict:
    if not (verdict := may_see_request(actor, request)):
        return verdict
    return ALLOWED if ACCESS_TRANSITIONS[state] else not_now(_("This request is closed."))


def may_give(check: HarmCheck | None) -> Verdict:
    """Health data is given once a health professional has said that it does no serious harm, within six months."""
    if check is None:
        return not_now(
            _(
                "Record the check for serious harm first: who made it, when, and what they said. It counts for six months."
            )
        )
    if check.may_harm:
        return not_now(
            _("The check says that reading it could cause serious harm. Take that part out, and check again.")
        )
    return ALLOWED


def may_end_rehearsal(actor: Person | None, rehearsal: Rehearsal) -> Verdict:
    """Whoever began it, at any time; by itself once its week is over."""
    if actor is None:
        return ALLOWED if rehearsal.ends_at <= now() else not_now(_("This rehearsal still has time left."))
    return ALLOWED if rehearsal.by_id == actor.id else hidden()


def may_change_copy(actor: Person, request: AccessRequest) -> Verdict:
    """Collect, take out, put back, look through: as long as it was not released, declined or withdrawn."""
    if not (verdict := may_see_request(actor, request)):
        return verdict
    state = AccessState(request.state)  # type: ignore[attr-defined]
    return ALLOWED if ACCESS_TRANSITIONS[state] else not_now(_("This request is closed."))


def may_see_part(actor: Person, part: OnePart) -> Verdict:
    return may_see_request(actor, part.request)


def may_release(waiting: int) -> Verdict:
    """Once every part of the copy has been looked through."""
    if not waiting:
        return ALLOWED
    return not_now(
        ngettext_lazy(
            "1 part of the copy has not been looked through yet.",
            "%(count)s parts of the copy have not been looked through yet.",
            waiting,
        )
        % {"count": waiting}
    )


def may_take_copy(actor: Person, request: AccessRequest, copy: AccessCopy | None) -> Verdict:
    """What was released, as long as it is here."""
    if not (verdict := may_see_request(actor, request)):
        return verdict
    if request.state != AccessState.ANSWERED:  # type: ignore[attr-defined]
        return not_now(_("The copy has not been released yet."))
    return ALLOWED if copy else not_now(_("The copy is no longer here."))

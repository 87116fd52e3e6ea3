"""Who may do what with the address of somebody who has lost their mailbox."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.kernel.email_addresses import trouble_with
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import ADDRESS_TRANSITIONS, AddressChange, AddressState, Person

from ..rules import is_guide, is_open
from ..seat import Seat


def may_look_after_address(seat: Seat) -> Verdict:
    """The guide, whoever covers, whoever took over."""
    return is_guide(seat)


def may_vouch_for_address(seat: Seat) -> Verdict:
    """The guide, who knows the participant, says that this is them at another address."""
    person = seat.participant.person
    facts = {"name": seat.participant.name}
    if not person.user_id:
        return first_denial(
            is_guide(seat),
            not_now(
                _("%(name)s has not accepted the invitation yet. You can correct the address yourself.")
                % facts
            ),
        )
    if not person.is_active:
        return first_denial(is_guide(seat), not_now(_("The account of %(name)s is closed.") % facts))
    return first_denial(is_guide(seat), is_open(seat))


def may_be_address(email: str, person: Person, by: Person) -> Verdict:
    """Whether this can be the new address of somebody else; whether anybody is known at it is not said."""
    if not email:
        return not_now(_("Please enter an email address."))
    if trouble := trouble_with(email):
        return not_now(trouble)
    if email == person.email:
        return not_now(_("This is the address we have already."))
    if email == by.email:
        return not_now(_("This is your own address."))
    return ALLOWED


def may_be_changed_here(person: Person, *, elsewhere: bool, waiting: bool) -> Verdict:
    """`elsewhere`: the sign-in stands for somebody in another organisation, too; that is not said, either."""
    if waiting:
        return not_now(_("A new address for %(name)s is being checked already.") % {"name": person.name})
    if elsewhere:
        return not_now(
            _(
                "The address of %(name)s cannot be changed here. Please ask the people who run Alongside for you."
            )
            % {"name": person.name}
        )
    return ALLOWED


def may_read_change(actor: Person, change: AddressChange) -> Verdict:
    if actor.organisation_id != change.person.organisation_id:
        return hidden()
    return ALLOWED if actor.is_administrator or actor.id in (change.person_id, change.by_id) else hidden()


def _may_enter(change: AddressChange, state: AddressState) -> Verdict:
    if state in ADDRESS_TRANSITIONS[AddressState(change.state)]:
        return ALLOWED
    return not_now(
        _("This change of address is %(state)s already.") % {"state": AddressState(change.state).label}
    )


def may_confirm_address(actor: Person, change: AddressChange) -> Verdict:
    """An administrator, and somebody else than who said that it is them: two people stand for it."""
    if not actor.is_administrator:
        return first_denial(
            may_read_change(actor, change),
            not_yours(_("An administrator of your organisation confirms this.")),
        )
    if actor.id in (change.by_id, change.person_id):
        return first_denial(
            may_read_change(actor, change), not_yours(_("Another administrator has to confirm this."))
        )
    return first_denial(may_read_change(actor, change), _may_enter(change, AddressState.CONFIRMED))


def may_decline_address(actor: Person, change: AddressChange) -> Verdict:
    if not actor.is_administrator:
        return first_denial(
            may_read_change(actor, change), not_yours(_("An administrator of your organisation does this."))
        )
    return first_denial(may_read_change(actor, change), _may_enter(change, AddressState.DECLINED))


def may_withdraw_address(actor: Person, change: AddressChange) -> Verdict:
    if actor.id != change.by_id:
        return first_denial(
            may_read_change(actor, change), not_yours(_("Only the one who asked for this can withdraw it."))
        )
    return first_denial(may_read_change(actor, change), _may_enter(change, AddressState.WITHDRAWN))


def may_object_to_address(actor: Person, change: AddressChange) -> Verdict:
    """The person themself; whoever holds the link from the old mailbox does so without signing in."""
    if actor.id != change.person_id:
        return first_denial(
            may_read_change(actor, change), not_yours(_("Only the person themself can object."))
        )
    return first_denial(may_read_change(actor, change), may_be_objected_to(change))


def may_be_objected_to(change: AddressChange) -> Verdict:
    return _may_enter(change, AddressState.OBJECTED)


def may_come_true(change: AddressChange, *, is_due: bool) -> Verdict:
    """Nothing is opened until the time for objections is over."""
    if not is_due:
        return not_now(_("There is still time to object."))
    return _may_enter(change, AddressState.DONE)

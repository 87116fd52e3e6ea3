"""Who may do what with people and settings of an organisation."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.kernel.email_addresses import trouble_with
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours

from .models import FACTOR_RESET_LASTS, FactorReset, Invitation, LoginSession, Person, Purpose, User


def is_signed_in(actor: Person) -> Verdict:
    """Anyone signed in, for their own pages."""
    return ALLOWED


def may_say_what_one_agrees_to(actor: Person, purpose: Purpose) -> Verdict:
    """Everybody for themselves, and nobody for anybody else."""
    return is_signed_in(actor)


def may_manage_people(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator of your organisation can manage people and roles."))


def may_manage_person(actor: Person, person: Person) -> Verdict:
    if person.organisation_id != actor.organisation_id:
        return hidden()
    return may_manage_people(actor)


def may_change_organisation(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator can change the details of your organisation."))


def may_read_safety_notices(actor: Person, reader: Person) -> Verdict:
    """Whether `actor` may name `reader` as the one who reads what nobody has answered: staff who can sign in."""
    if reader.organisation_id != actor.organisation_id:
        return hidden()
    if reader.is_active and reader.user_id and reader.needs_second_factor:
        return ALLOWED
    return not_now(_("Please choose someone with a role here who can sign in."))


def may_speak_for_address(actor: Person, person: Person) -> Verdict:
    """An administrator, for whom they added themselves; in a journey its guide does, after that the person alone."""
    if person.known_in:
        return first_denial(
            may_manage_person(actor, person),
            not_yours(_("This person was invited by their guide, who also corrects the address.")),
        )
    return may_manage_person(actor, person)


def may_be_spoken_for(actor: Person | None, person: Person, journey_id: UUID | None) -> Verdict:
    """Within a journey, that it is the one the person is known in; whose word counts there is that journey's rule.

    Outside of any, the command line or an administrator, for whom they added themselves.
    """
    if journey_id:
        return ALLOWED if person.known_in == journey_id or person.user_id else hidden()
    return ALLOWED if actor is None else may_speak_for_address(actor, person)


def may_change_roles(
    actor: Person, person: Person, *, stays_administrator: bool, gives: bool = False
) -> Verdict:
    """Whoever has not come yet may be anybody at the address somebody typed: they are given no role."""
    if gives and person.known_in:
        return first_denial(
            may_manage_person(actor, person),
            not_now(
                _("They have not accepted their invitation yet. Once they have, they can be given a role.")
            ),
        )
    if actor.id == person.id and not stays_administrator:
        return not_now(
            _("You cannot remove your own administrator role. Ask another administrator to do it.")
        )
    return may_manage_person(actor, person)


def may_close_account(actor: Person, person: Person) -> Verdict:
    if not person.is_active:
        return first_denial(may_manage_person(actor, person), not_now(_("This account is already closed.")))
    if actor.id == person.id:
        return not_now(_("You cannot close your own account. Ask another administrator to do it."))
    return may_manage_person(actor, person)


def may_reopen_account(actor: Person, person: Person) -> Verdict:
    if person.is_active:
        return first_denial(may_manage_person(actor, person), not_now(_("This account is already open.")))
    return may_manage_person(actor, person)


def may_be_written_to(email: str) -> Verdict:
    """An address in its normal form, or none at all."""
    trouble = trouble_with(email) if email else ""
    return not_now(trouble) if trouble else ALLOWED


def may_end_login_session(actor: Person, login_session: LoginSession) -> Verdict:
    """One's own alone: an administrator ends all of somebody's at once, and sees none."""
    return ALLOWED if actor.user_id and login_session.user_id == actor.user_id else hidden()


def may_sign_out(actor: Person, person: Person) -> Verdict:
    """Oneself, or as an administrator anyone who signs in to the organisation."""
    if actor.id != person.id and not (verdict := may_manage_person(actor, person)):
        return verdict
    return ALLOWED if person.user_id else not_now(_("This person cannot sign in yet."))


def may_ask_for_factor_reset(
    actor: Person, person: Person, *, has_one: bool, is_asked: bool = False
) -> Verdict:
    """An administrator, for somebody else who signs in with a second factor, once until it is decided."""
    if actor.id == person.id:
        return not_now(_("You cannot ask this for yourself. Ask another administrator."))
    if not has_one:
        return first_denial(may_manage_person(actor, person), not_now(_("They have no second factor.")))
    if is_asked:
        again = not_now(_("This has already been asked. A second administrator decides."))
        return first_denial(may_manage_person(actor, person), again)
    return may_manage_person(actor, person)


def may_see_factor_reset(actor: Person, reset: FactorReset) -> Verdict:
    return may_manage_person(actor, reset.person)


def may_decide_factor_reset(actor: Person, reset: FactorReset, *, now: dt.datetime) -> Verdict:
    """A second administrator, within a week; never who asked, and never about oneself."""
    if not (verdict := may_see_factor_reset(actor, reset)):
        return verdict
    if actor.id in (reset.asked_by_id, reset.person_id):
        return not_now(_("A second administrator has to agree."))
    if reset.decided_at or reset.created_at < now - FACTOR_RESET_LASTS:
        return not_now(_("This has been decided, or was asked more than a week ago."))
    return ALLOWED


def may_be_invited(person: Person) -> Verdict:
    if not person.is_active:
        return not_now(_("This person's account is closed."))
    if person.user_id:
        return not_now(_("This person can already sign in."))
    if not person.email:
        return not_now(_("There is no email address to send the invitation to."))
    return ALLOWED


def may_accept_invitation(invitation: Invitation | None, *, now: object) -> Verdict:
    if invitation is None or invitation.voided_at:
        return not_now(
            _("This invitation has been replaced by a newer one. Please look for our latest email.")
        )
    if invitation.accepted_at:
        return not_now(_("This invitation has been used. You can sign in with your email address."))
    if invitation.expires_at <= now:  # type: ignore[operator]
        return not_now(_("This invitation has expired. We can send you a new one."))
    return ALLOWED


def may_send_again(invitation: Invitation) -> Verdict:
    """Whoever holds an old link may have a fresh one sent, to the address it was sent to and no other."""
    person = invitation.person
    if person.user_id:
        return not_now(_("This invitation has been used. You can sign in with your email address."))
    if not person.is_active or person.email != invitation.email:
        return not_now(
            _("This invitation is no longer valid. Please ask the person who invited you for a new one.")
        )
    return ALLOWED


def may_be_tied(person: Person, user: User, known: Person | None) -> Verdict:
    """An invitation is used by one sign-in; `known` is who that one is in this organisation already."""
    if not user.is_active or (known and not known.is_active):
        return not_now(_("This account is closed. Please speak to the person who invited you."))
    if person.user_id not in (None, user.pk):
        return not_now(_("This invitation has been used. You can sign in with your email address."))
    return ALLOWED

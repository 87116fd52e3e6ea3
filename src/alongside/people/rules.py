"""Who may do what with people and settings of an organisation."""

from django.utils.translation import gettext_lazy as _

from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_now, not_yours

from .models import Invitation, Person


def is_signed_in(actor: Person) -> Verdict:
    """Anyone signed in, for their own pages."""
    return ALLOWED


def may_manage_people(actor: Person) -> Verdict:
    if actor.is_administrator:
        return ALLOWED
    return not_yours(_("Only an administrator of your organisation looks after people and roles."))


def may_manage_person(actor: Person, person: Person) -> Verdict:
    if person.organisation_id != actor.organisation_id:
        return hidden()
    return may_manage_people(actor)


def may_change_roles(actor: Person, person: Person, *, stays_administrator: bool) -> Verdict:
    if actor.id == person.id and not stays_administrator:
        return not_now(_("You can't take your own administrator role away. Ask another administrator to do it."))
    return may_manage_person(actor, person)


def may_be_invited(person: Person) -> Verdict:
    if not person.is_active:
        return not_now(_("This person's account is closed."))
    if person.user_id:
        return not_now(_("This person can already sign in."))
    if not person.email:
        return not_now(_("There is no e-mail address to send the invitation to."))
    return ALLOWED


def may_accept_invitation(invitation: Invitation | None, *, now: object) -> Verdict:
    if invitation is None or invitation.voided_at:
        return not_now(_("This invitation has been replaced by a newer one. Please look for the latest e-mail from us."))
    if invitation.accepted_at:
        return not_now(_("This invitation has been used. You can sign in with your e-mail address."))
    if invitation.expires_at <= now:  # type: ignore[operator]
        return not_now(_("This invitation has run out. We can send you a new one."))
    return ALLOWED

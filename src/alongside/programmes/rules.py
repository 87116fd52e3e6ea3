"""Who may do what with programmes, and who sees their figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import ALLOWED, Verdict, first_denial, hidden, not_now, not_yours
from alongside.people.models import Person

from .models import Programme, ProgrammeMember, ProgrammeRole
from .queries import ProgrammeSeat


def may_see_programmes(actor: Person) -> Verdict:
    if actor.is_lead or actor.is_administrator:
        return ALLOWED
    return not_yours(_("Programmes are looked after by those who lead them and by administrators."))


def may_add_programme(actor: Person) -> Verdict:
    return may_see_programmes(actor)


def may_see_programme(seat: ProgrammeSeat) -> Verdict:
    """Whoever is in it, as its lead or as an administrator; a seat is given to nobody else."""
    return may_see_programmes(seat.actor)


def may_change_programme(seat: ProgrammeSeat) -> Verdict:
    if seat.programme.closed_at:
        return first_denial(may_see_programme(seat), not_now(_("This programme is closed.")))
    return may_see_programme(seat)


def may_close_programme(seat: ProgrammeSeat, go_on_in: Programme | None = None) -> Verdict:
    if go_on_in and (go_on_in.id == seat.programme.id or go_on_in.closed_at):
        return first_denial(
            may_change_programme(seat), not_now(_("Please choose another programme that is open."))
        )
    if go_on_in and go_on_in.organisation_id != seat.programme.organisation_id:
        return hidden()
    return may_change_programme(seat)


def may_name_members(seat: ProgrammeSeat, member: ProgrammeMember | None = None) -> Verdict:
    """Names of people are for administrators: a lead sees figures alone."""
    if seat.actor.is_administrator:
        return may_change_programme(seat)
    return not_yours(_("Only an administrator can add people to a programme or remove them."))


def may_be_named(seat: ProgrammeSeat, person: Person, role: ProgrammeRole) -> Verdict:
    if person.organisation_id != seat.programme.organisation_id:
        return hidden()
    needed = {ProgrammeRole.LEAD: person.is_lead, ProgrammeRole.GUIDE: person.is_guide}
    if not needed.get(role, True):
        return not_now(
            _("They do not have this role in your organisation yet. Give it to them under People first.")
        )
    return first_denial(
        may_name_members(seat),
        ALLOWED if person.is_active else not_now(_("This person’s account is closed.")),
    )


def may_see_figures(seat: ProgrammeSeat, figure: str = "") -> Verdict:
    if seat.is_lead:
        return ALLOWED
    return not_yours(_("The figures of a programme are for those who lead it."))


def may_lead(actor: Person, figure: str = "") -> Verdict:
    """For the figures of all one's programmes together."""
    if actor.is_lead:
        return ALLOWED
    return not_yours(_("The figures of a programme are for those who lead it."))


def may_see_own_coverage(actor: Person) -> Verdict:
    if actor.is_guide:
        return ALLOWED
    return not_yours(_("This page is about the journeys one guides."))


def may_place_journey(seat: Seat, programme: Programme | None = None) -> Verdict:
    """The guide says which programme a journey belongs to; that it can take it is said by the action."""
    if not seat.is_guide:
        return not_yours(_("Only the guide can say which programme this belongs to."))
    if programme and programme.organisation_id != seat.journey.organisation_id:
        return hidden()
    if programme and programme.closed_at:
        return not_now(_("This programme is closed."))
    if programme and not programme.takes(seat.journey.kind, seat.journey.template):
        return not_now(_("This programme does not take journeys of this kind."))
    return ALLOWED

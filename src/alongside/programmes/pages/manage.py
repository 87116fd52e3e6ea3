"""Programmes as one looks after them: the list, one programme's details, its people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS
from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..models import Placement, Programme, ProgrammeMember, ProgrammeRole
from ..queries import ProgrammeSeat


@dataclass(frozen=True)
class ProgrammeLine:
    name: str
    about: str
    url: str
    state: str
    state_word: str


@dataclass(frozen=True)
class ProgrammesPage:
    lead: str
    lines: tuple[ProgrammeLine, ...]
    add: ActionButton
    empty: str


def programmes_page(actor: Person, programmes: Sequence[Programme]) -> ProgrammesPage:
    lead = (
        _("What your organisation offers, and who leads it. Their figures are seen by those who lead them.")
        if actor.is_administrator
        else _("The programmes you lead. You see figures, never a person.")
    )
    add = ActionButton(_("Add a programme"), reverse("programmes:add"), link=True, primary=not programmes)
    empty = _(
        "A programme is what you offer under one name, such as a placement or a mentoring scheme. Once journeys belong "
        "to it, you will see here how it is going."
    )
    return ProgrammesPage(lead, tuple(map(line_of, programmes)), add, empty)


def line_of(programme: Programme) -> ProgrammeLine:
    closed = programme.closed_at is not None
    return ProgrammeLine(
        name=str(programme.name),
        about=about(programme),
        url=url_of(programme),
        state="quiet" if closed else "here",
        state_word=_("closed") if closed else "",
    )


def url_of(programme: Programme, name: str = "programme", *parts: object) -> str:
    return reverse(f"programmes:{name}", args=[programme.id, *parts])


def about(programme: Programme) -> str:
    """Site, kinds and dates, in one line."""
    kinds = [str(KINDS[slug].name) for slug in programme.kinds if slug in KINDS]
    since = _("since %(day)s") % {"day": day(programme.begins_on)}
    parts = [str(programme.site), ", ".join(kinds), since]
    if programme.ends_on:
        parts[-1] = _("%(first)s to %(last)s") % {
            "first": day(programme.begins_on),
            "last": day(programme.ends_on),
        }
    return " · ".join(part for part in parts if part)


def day(on: dt.date | dt.datetime) -> str:
    return formats.date_format(timezone.localdate(on) if isinstance(on, dt.datetime) else on, "j F Y")


@dataclass(frozen=True)
class MemberLine:
    name: str
    role: str
    remove: ActionButton


@dataclass(frozen=True)
class Looked:
    """How a programme is looked after, beside its figures."""

    buttons: tuple[ActionButton, ...]
    members: tuple[MemberLine, ...]
    name_member: ActionButton | None
    no_lead: str


def looked_after(seat: ProgrammeSeat, members: Sequence[ProgrammeMember]) -> Looked:
    programme = seat.programme
    buttons: list[ActionButton] = []
    if rules.may_change_programme(seat):
        buttons = [
            ActionButton(_("Change details"), url_of(programme, "change"), link=True),
            ActionButton(_("Close the programme"), url_of(programme, "close"), link=True),
        ]
    names = rules.may_name_members(seat)
    no_lead = _("No one leads this programme yet, so no one sees its figures. Add someone as its lead.")
    has_lead = any(member.role == ProgrammeRole.LEAD for member in members)
    return Looked(
        buttons=tuple(buttons),
        members=tuple(_member(programme, member) for member in members) if names else (),
        name_member=ActionButton(_("Add someone"), url_of(programme, "add_member"), link=True)
        if names
        else None,
        no_lead=no_lead if names and not has_lead else "",
    )


def _member(programme: Programme, member: ProgrammeMember) -> MemberLine:
    remove = ActionButton(
        _("Remove"),
        url_of(programme, "remove_member", member.id),
        confirm=_("Remove %(name)s from this programme?") % {"name": member.person.name},
    )
    return MemberLine(str(member.person.name), capfirst(str(ProgrammeRole(member.role).label)), remove)


@dataclass(frozen=True)
class FormPage:
    eyebrow: str
    title: str
    lead: str
    button: str
    back: str


def add_page() -> FormPage:
    lead = _("What you offer under one name, and for whom it is.")
    return FormPage("", _("Add a programme"), lead, _("Save"), reverse("programmes:programmes"))


def change_page(programme: Programme) -> FormPage:
    return FormPage(str(programme.name), _("Change details"), "", _("Save"), url_of(programme))


def close_page(programme: Programme) -> FormPage:
    lead = _(
        "A closed programme takes no new journeys. Say where those under way go on. Its figures so far stay."
    )
    title = _("Close the programme")
    return FormPage(str(programme.name), title, lead, title, url_of(programme))


def add_member_page(programme: Programme) -> FormPage:
    lead = _(
        "A lead sees the figures. A guide’s new journeys can belong to the programme. A participant takes part in it."
    )
    return FormPage(str(programme.name), _("Add someone"), lead, _("Add"), url_of(programme))


@dataclass(frozen=True)
class PlacementPage:
    eyebrow: str
    title: str
    lead: str
    history: tuple[str, ...]
    can_move: bool
    back: str


def placement_page(
    seat: Seat, now: Programme | None, choices: Sequence[Programme], placements: Sequence[Placement]
) -> PlacementPage:
    where = (
        _("This belongs to %(programme)s.") % {"programme": now.name}
        if now
        else _("This does not belong to any programme.")
    )
    counted = _("It is counted there from this month on, without a name. Earlier months stay as they were.")
    return PlacementPage(
        eyebrow=str(seat.kind.name),
        title=_("Programme"),
        lead=f"{where} {counted}" if choices or now else where,
        history=tuple(
            _("%(programme)s, since %(day)s")
            % {
                "programme": each.programme.name if each.programme else _("No programme"),
                "day": day(each.created_at),
            }
            for each in placements
        ),
        can_move=bool(choices or now),
        back=reverse("overview:journey", args=[seat.journey.id]),
    )

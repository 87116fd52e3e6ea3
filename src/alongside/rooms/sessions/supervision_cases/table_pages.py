"""What the pages of a supervision show of the cases on its table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.ui.action_buttons import ActionButton

from ..record import queries as room
from ..record.pages import said
from . import rules
from .content import title_of
from .models import Case
from .pages import SHAPES, CaseView, case_view, where
from .queries import CaseHistory, OnTable, readable_content
from .states import CaseState


@dataclass(frozen=True)
class CasePage:
    title: str
    eyebrow: str
    state: str
    state_word: str
    case: CaseView | None
    came: str
    lead: str
    settle: str
    withdraw: ActionButton | None
    onward: tuple[tuple[str, str], ...]
    all: str
    back: str


def case_page(seat: Seat, case: Case, history: CaseHistory) -> CasePage:
    content = readable_content(case)
    state = CaseState(case.state)  # type: ignore[attr-defined]
    onward = []
    if history.taken_up_in:
        name = said.title_of(seat, history.taken_up_in)
        onward.append((name, address("sessions:meeting", seat.journey.id, history.taken_up_in)))
    mine = case.brought_by_id == seat.actor.id
    asks = _("No one will be able to read it any more. It stays marked as withdrawn. Withdraw it?")
    withdraws = ActionButton(_("Withdraw it"), where(seat, "withdraw_here", case.id), confirm=asks)
    return CasePage(
        title=title_of(case.number, content) if content else _("Case %(number)s") % {"number": case.number},
        eyebrow=_("Brought to supervision by %(name)s") % {"name": seat.name_of(case.brought_by_id)},
        state=SHAPES[state],
        state_word=_("%(state)s, %(day)s") % {"state": state.label, "day": said.day(case.since)},  # type: ignore[attr-defined]
        case=case_view(content) if content else None,
        came=(history.said or history.became) if content else "",
        lead=_came_back(seat, case, mine=mine),
        settle=where(seat, "settle", case.id) if rules.may_settle_case(seat, case) else "",
        withdraw=withdraws if mine and content else None,
        onward=tuple(onward),
        all=where(seat, "cases"),
        back=address("sessions:room", seat.journey.id),
    )


def _came_back(seat: Seat, case: Case, *, mine: bool) -> str:
    if mine:
        return _("What comes out of it is for you only. You will find it where the case came from.")
    return _("What comes out of it goes back to %(name)s only. It is not recorded here who it is about.") % {
        "name": seat.name_of(case.brought_by_id)
    }


@dataclass(frozen=True, slots=True)
class CaseHere:
    """A case on the agenda of a meeting, or in the list of all; of a withdrawn one only that there was one."""

    title: str
    question: str
    state: str
    state_word: str
    url: str
    take_up: ActionButton | None = None


@dataclass(frozen=True, slots=True)
class CasesHere:
    """The cases of one meeting."""

    heading: str
    cases: tuple[CaseHere, ...]


def cases_here(seat: Seat, cases: Iterable[OnTable], table: room.Table) -> CasesHere:
    """What is on the agenda of this meeting, with the act that puts it on the table once the record is open."""
    over = table.record is not None and room.is_closed(table.record)
    return CasesHere(
        heading=_("Cases you have discussed") if over else _("Cases on the agenda"),
        cases=tuple(_listed(seat, one, None if over else _take_up(seat, one, table)) for one in cases),
    )


def _take_up(seat: Seat, case: OnTable, table: room.Table) -> ActionButton | None:
    if case.state != CaseState.ON_AGENDA or table.record is None:
        return None
    return ActionButton(_("Discuss it now"), where(seat, "take_up", table.number, case.id))


@dataclass(frozen=True)
class CasesPage:
    cases: tuple[CaseHere, ...]
    nothing: str
    back: str


def cases_page(seat: Seat, cases: Iterable[OnTable]) -> CasesPage:
    return CasesPage(
        cases=tuple(_listed(seat, one) for one in reversed(list(cases))),
        nothing=_("Cases brought to this supervision will be listed here, without names, dates or places."),
        back=address("sessions:room", seat.journey.id),
    )


def _listed(seat: Seat, case: OnTable, take_up: ActionButton | None = None) -> CaseHere:
    content = case.content
    return CaseHere(
        title=title_of(case.number, content) if content else _("Case %(number)s") % {"number": case.number},
        question=content.question if content else "",
        state=SHAPES[case.state],
        state_word=str(case.state.label),
        url=where(seat, "case", case.id),
        take_up=take_up,
    )

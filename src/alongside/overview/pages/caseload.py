"""The list of one's journeys: each with where it stands, what it needs and the deed that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.measuring.many import Raised
from alongside.journeys.rules import may_begin_journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.people.models import Person
from alongside.ui.acts import Act

from ..caseload import SHOWN, Asked, Case, in_order, keep
from ..standing import Standing
from .common import day, room, title_of, when
from .covering import there_instead
from .hallway import first_act, shown
from .noticed import Look, Noticed, in_words, look
from .onward import next_page
from .path import room_name


@dataclass(frozen=True)
class CaseLine:
    title: str
    with_whom: str
    url: str
    about: str
    """Kind, stage and, where it is worth saying, the state."""
    next: str
    last: str
    needs: str
    needs_url: str
    noticed: tuple[Noticed, ...]


@dataclass(frozen=True)
class CaseGroup:
    key: str
    title: str
    lines: tuple[CaseLine, ...]


@dataclass(frozen=True)
class JourneysPage:
    groups: tuple[CaseGroup, ...]
    over: CaseGroup | None
    begin: Act | None
    may_filter: bool
    """There are so many that one looks for some of them."""
    said: str
    """How many are shown, where not all are."""
    shown: int
    rest: Act | None
    """Brings the rows beyond those shown at first."""
    none_found: bool
    empty: str


FEW = 3
Standings = Mapping[UUID, Standing]
AllRaised = Mapping[UUID, Raised]


def journeys_page(
    actor: Person, seats: list[Seat], standings: Standings, raised: AllRaised, asked: Asked
) -> JourneysPage:
    seats = shown(seats)
    seen = {
        seat.journey.id: look(seat, standings[seat.journey.id], raised.get(seat.journey.id))
        for seat in seats
        if seat.is_one_of_two
    }
    cases = [_case(seat, standings[seat.journey.id], seen.get(seat.journey.id)) for seat in seats]
    kept = in_order(keep(cases, asked), asked.order)
    found = kept if asked.whole else kept[:SHOWN]
    going = [case for case in found if not case.seat.is_over]
    drawn = {case.seat.journey.id: _line(case, seen, raised) for case in found}
    groups = [
        _group("guide", _("Where you guide"), [c for c in going if c.seat.is_guide], drawn),
        _group("participant", _("Where you take part"), [c for c in going if c.seat.is_participant], drawn),
        _group("named", _("Where you are named"), [c for c in going if c.seat.is_named], drawn),
    ]
    over = _group("over", _("Behind you"), [c for c in found if c.seat.is_over], drawn)
    none_going = all(case.seat.is_over for case in cases)
    begin = first_act(actor, Act(_("Begin a journey"), reverse("overview:begin"), link=True, primary=True))
    return JourneysPage(
        groups=tuple(group for group in groups if group),
        over=over,
        begin=begin if may_begin_journey(actor) or none_going else None,
        may_filter=len(cases) > FEW or not asked.is_everything,
        said="" if asked.is_everything else _how_many(len(kept), len(cases)),
        shown=len(found),
        rest=_rest(len(kept), len(found), asked),
        none_found=bool(cases) and not found,
        empty=_(
            "Every journey you guide or take part in will be listed here, with where it stands and what it needs."
        ),
    )


def _rest(kept: int, shown: int, asked: Asked) -> Act | None:
    if kept == shown:
        return None
    asked_for = {"name": asked.name, "show": asked.show, "kind": asked.kind, "order": asked.order, "all": "1"}
    label = _("Show all %(count)s") % {"count": number_format(kept, use_l10n=True, force_grouping=True)}
    return Act(label, f"{reverse('overview:journeys')}?{urlencode(asked_for)}", link=True)


def _how_many(found: int, of: int) -> str:
    text = ngettext("%(found)s of %(of)s journey", "%(found)s of %(of)s journeys", of)
    return text % {"found": found, "of": of}


def _case(seat: Seat, standing: Standing, seen: Look | None) -> Case:
    return Case(
        seat,
        standing,
        title_of(seat),
        bool(seen and seen.onward.needs_me and not seat.is_over),
        seen.notices if seen else (),
    )


def _group(key: str, title: str, cases: list[Case], drawn: Mapping[UUID, CaseLine]) -> CaseGroup | None:
    if not cases:
        return None
    return CaseGroup(key, title, tuple(drawn[case.seat.journey.id] for case in cases))


def _line(case: Case, seen: Mapping[UUID, Look], raised: AllRaised) -> CaseLine:
    seat, standing = case.seat, case.standing
    url = room(seat, "overview:journey")
    if seat.is_named:
        return CaseLine(case.title, "", url, str(seat.kind.name), "", "", "", "", ())
    onward = next_page(seat, standing) if case.needs_me else None
    about = [str(seat.kind.name)]
    if not seat.is_over:
        about.append(room_name(seat, standing.stage))
    if seat.covers_until:
        about.append(there_instead(seat))
    if seat.state not in (JourneyState.ACTIVE, JourneyState.ENDING):
        about.append(str(JourneyState(seat.state).label))
    return CaseLine(
        title=case.title,
        with_whom=seat.other.name if seat.journey.title else "",
        url=url,
        about=" · ".join(about),
        next=when(standing.next.starts_at) if standing.next else "",
        last=day(standing.last_at) if standing.last_at else "",
        needs=onward.title if onward else "",
        needs_url=onward.act.url if onward and onward.act and onward.act.link else url,
        noticed=tuple(
            in_words(seat, standing, notice, raised.get(seat.journey.id))
            for notice in seen[seat.journey.id].beside
        ),
    )

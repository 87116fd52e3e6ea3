"""Today, and the caseload."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.rules import may_begin_journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import CLOSED, JourneyState
from alongside.people.models import Person
from alongside.people.rules import may_manage_people
from alongside.ui.acts import Act
from alongside.ui.lists import StepLine

from ..queries import StepNow
from ..standing import Planned, Standing
from .common import day, meeting_name, room, title_of, when
from .journey import step_line
from .onward import NextPage, next_page
from .path import room_name

SHOWN = 12


@dataclass(frozen=True)
class Coming:
    """A meeting to come, and with whom."""

    when: str
    name: str
    with_whom: str
    place: str
    url: str
    is_today: bool


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader, in one journey."""

    title: str
    journey: str
    url: str
    act: Act | None


@dataclass(frozen=True)
class Group:
    """The journeys one guides, or those in which one is the participant: kept apart."""

    key: str
    title: str
    coming: tuple[Coming, ...]
    waiting: tuple[Waiting, ...]
    steps: tuple[StepLine, ...]
    more: int
    quiet: tuple[Waiting, ...]


@dataclass(frozen=True)
class TodayPage:
    greeting: str
    date: str
    groups: tuple[Group, ...]
    first_act: Act | None
    empty: str
    begin: Act | None


def today_page(
    actor: Person, seats: list[Seat], standings: dict[UUID, Standing], steps: list[StepNow]
) -> TodayPage:
    open_seats = [seat for seat in shown(seats) if not seat.is_over]
    begin = Act(_("Begin a journey"), reverse("overview:begin"), link=True, primary=not open_seats)
    groups = [
        _group("guide", _("Where you guide"), [s for s in open_seats if s.is_guide], standings, steps),
        _group(
            "participant",
            _("Where you take part"),
            [s for s in open_seats if s.is_participant],
            standings,
            steps,
        ),
        _group("named", _("Where you are named"), [s for s in open_seats if s.is_named], standings, []),
    ]
    may_begin = bool(may_begin_journey(actor))
    return TodayPage(
        greeting=_greeting(actor),
        date=capfirst(_today_in_words()),
        groups=_with_one_primary([group for group in groups if group]),
        first_act=_first_act(actor, begin) if not open_seats else None,
        empty=_empty(actor),
        begin=begin if may_begin and open_seats else None,
    )


def _first_act(actor: Person, begin: Act) -> Act | None:
    """What somebody without a journey can begin with: guides with one, administrators with people."""
    if may_begin_journey(actor):
        return begin
    if may_manage_people(actor):
        return Act(_("Look after people"), reverse("people:people"), link=True, primary=True)
    return None


def _empty(actor: Person) -> str:
    if may_begin_journey(actor):
        return _("Your journeys will be here: what comes next, what to prepare, what waits for you.")
    if may_manage_people(actor):
        return _("You look after people and places. Journeys stay between those who walk them.")
    if actor.is_lead:
        return _("You lead the programme. Journeys stay between those who walk them; you see figures alone.")
    return _("When somebody invites you to begin something together, you will find it here.")


def shown(seats: list[Seat]) -> list[Seat]:
    """A journey still being set up is its guide's alone."""
    return [seat for seat in seats if seat.state != JourneyState.DRAFT or seat.is_guide]


def _greeting(actor: Person) -> str:
    hour = timezone.localtime().hour
    first_name = str(actor.name).split(" ")[0]
    greetings = (
        (5, _("Good evening")),
        (12, _("Good morning")),
        (18, _("Good afternoon")),
        (24, _("Good evening")),
    )
    greeting = next(word for until, word in greetings if hour < until)
    return _("%(greeting)s, %(name)s") % {"greeting": greeting, "name": first_name}


def _today_in_words() -> str:
    return formats.date_format(timezone.localdate(), "l j F")


def _group(
    key: str, title: str, seats: list[Seat], standings: dict[UUID, Standing], steps: list[StepNow]
) -> Group | None:
    if not seats:
        return None
    seats = sorted(seats, key=lambda seat: soonest(standings[seat.journey.id]))
    by_id = {seat.journey.id: seat for seat in seats if seat.is_one_of_two}
    pages = [(seat, next_page(seat, standings[each])) for each, seat in by_id.items()]
    waiting = [_waiting(seat, page) for seat, page in pages if page.needs_me]
    coming = [_coming(seat, ahead) for each, seat in by_id.items() if (ahead := standings[each].next)]
    own = [(by_id[step.journey_id], step) for step in steps if step.journey_id in by_id]
    return Group(
        key=key,
        title=title,
        coming=tuple(coming[:SHOWN]),
        waiting=tuple(waiting[:SHOWN]),
        steps=tuple(step_line(seat, step, "today", title_of(seat)) for seat, step in own[:SHOWN]),
        more=max(0, len(coming) - SHOWN) + max(0, len(waiting) - SHOWN),
        quiet=tuple(_quiet(seat) for seat in seats if seat.is_named),
    )


def soonest(standing: Standing) -> dt.datetime:
    """For sorting: those with a meeting to come first."""
    return standing.next.starts_at if standing.next else dt.datetime.max.replace(tzinfo=dt.UTC)


def _with_one_primary(groups: list[Group]) -> tuple[Group, ...]:
    """One clear primary act on the page: the first thing that waits."""
    first = next((one for group in groups for one in group.waiting if one.act), None)
    return tuple(
        replace(group, waiting=tuple(one if one is first else _quieter(one) for one in group.waiting))
        for group in groups
    )


def _quieter(one: Waiting) -> Waiting:
    return replace(one, act=replace(one.act, primary=False)) if one.act else one


def _coming(seat: Seat, coming: Planned) -> Coming:
    first = coming.number == 1
    return Coming(
        when=when(coming.starts_at),
        name=capfirst(str(seat.kind.words.first_meeting)) if first else meeting_name(seat, coming.number),
        with_whom=seat.other.name,
        place=coming.place,
        url=room(seat, "overview:journey"),
        is_today=timezone.localtime(coming.starts_at).date() == timezone.localdate(),
    )


def _waiting(seat: Seat, page: NextPage) -> Waiting:
    return Waiting(page.title, _with(seat), room(seat, "overview:journey"), page.act)


def _quiet(seat: Seat) -> Waiting:
    return Waiting(title_of(seat), str(seat.kind.name), room(seat, "overview:journey"), None)


def _with(seat: Seat) -> str:
    kind, other = str(seat.kind.name), seat.other.name
    return _("%(kind)s with %(name)s") % {"kind": kind, "name": other}


# --- the caseload ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseLine:
    title: str
    with_whom: str
    url: str
    kind: str
    stage: str
    state: str
    next: str
    last: str
    needs: str
    needs_me: bool


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
    empty: str


def journeys_page(actor: Person, seats: list[Seat], standings: dict[UUID, Standing]) -> JourneysPage:
    seats = shown(seats)
    going = [seat for seat in seats if not seat.is_over]
    groups = [
        _cases("guide", _("Where you guide"), [s for s in going if s.is_guide], standings),
        _cases("participant", _("Where you take part"), [s for s in going if s.is_participant], standings),
        _cases("named", _("Where you are named"), [s for s in going if s.is_named], standings),
    ]
    may_begin = bool(may_begin_journey(actor))
    begin = _first_act(actor, Act(_("Begin a journey"), reverse("overview:begin"), link=True, primary=True))
    return JourneysPage(
        groups=tuple(group for group in groups if group),
        over=_cases("over", _("Behind you"), [s for s in seats if s.state in CLOSED], standings),
        begin=begin if may_begin or not going else None,
        empty=_(
            "Every journey you guide or take part in will be listed here, with where it stands and what it needs."
        ),
    )


def _cases(key: str, title: str, seats: list[Seat], standings: dict[UUID, Standing]) -> CaseGroup | None:
    if not seats:
        return None
    ordered = sorted(seats, key=lambda seat: soonest(standings[seat.journey.id]))
    return CaseGroup(key, title, tuple(_case(s, standings[s.journey.id]) for s in ordered))


def _case(seat: Seat, standing: Standing) -> CaseLine:
    if seat.is_named:
        return CaseLine(
            title_of(seat), "", room(seat, "overview:journey"), str(seat.kind.name), "", "", "", "", "", False
        )
    page = next_page(seat, standing)
    coming = standing.next
    return CaseLine(
        title=title_of(seat),
        with_whom=seat.other.name if seat.journey.title else "",
        url=room(seat, "overview:journey"),
        kind=str(seat.kind.name),
        stage="" if seat.is_over else room_name(seat, standing.stage),
        state=""
        if seat.state in (JourneyState.ACTIVE, JourneyState.ENDING)
        else str(JourneyState(seat.state).label),
        next=when(coming.starts_at) if coming else "",
        last=day(standing.last_at) if standing.last_at else "",
        needs=page.title if not seat.is_over else "",
        needs_me=page.needs_me,
    )

"""Today: what waits for the reader, what comes next, their steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.many import Raised
from alongside.goals.measuring.pages_schedule import DuePanel
from alongside.goals.safety.pages import SafetyAlert
from alongside.journeys.rules import may_begin_journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now
from alongside.people.models import AddressChange, Person
from alongside.people.rules import may_manage_people
from alongside.rooms.ending.handover.queries import HandoverFacts
from alongside.rooms.ending.record.states import AFTER
from alongside.rooms.ending.return_requests.models import WayBack
from alongside.ui.action_buttons import ActionButton

from ..first_day import FirstDay
from ..journey_summary import JourneySummary
from ..queries import GoalFacts, StepNow
from .addresses import AddressNotice, notices_of
from .common import (
    day,
    guided_title,
    named_title,
    own_title,
    room,
)
from .first_day import FirstDayLine, first_day_lines
from .journey import GoalLine, goal_lines_of, lead_of
from .today_groups import (
    SHOWN,
    Group,
    Waiting,
    group_of,
    soonest,
    with_due_forms,
    with_one_primary,
    with_whom,
)

GOALS_SHOWN = 3


@dataclass(frozen=True)
class Ended:
    """What stays of a journey one walked as its participant: what one took along, the days to come, the way back."""

    journey: str
    keepsake: str
    days: str
    way_back: str


@dataclass(frozen=True)
class Progress:
    """How far one has come in what one takes part in: the next to meet, in numbers and lines."""

    text: str
    journey: str
    goals: tuple[GoalLine, ...]
    url: str


@dataclass(frozen=True)
class TodayPage:
    greeting: str
    date: str
    alerts: tuple[SafetyAlert, ...]
    """Answers about harm: before everything else."""
    first_day: tuple[FirstDayLine, ...]
    """For an administrator, until there is nothing of it left to do."""
    addresses: tuple[AddressNotice, ...]
    """Changes of address of somebody one meets, or of one's own."""
    asked: tuple[Waiting, ...]
    """What waits beside the journeys that go on: asked to take over, somebody wishes to come back, asked again."""
    ended: tuple[Ended, ...]
    """First on the page of somebody whose journeys are over, last on that of others."""
    ended_first: bool
    groups: tuple[Group, ...]
    progress: Progress | None
    covers: tuple[Waiting, ...]
    """Journeys one covers, each with until when."""
    first_button: ActionButton | None
    empty: str
    begin: ActionButton | None
    coverage: str

    @property
    def has_margin(self) -> bool:
        return bool(self.covers or self.progress) or any(group.coming for group in self.groups)


def today_page(
    actor: Person,
    seats: list[Seat],
    summaries: dict[UUID, JourneySummary],
    raised: Mapping[UUID, Raised],
    steps: list[StepNow],
    beside: Beside,
) -> TodayPage:
    open_seats = [seat for seat in shown(seats) if not seat.is_over]
    begin = ActionButton(_("Begin a journey"), reverse("overview:begin"), link=True, primary=not open_seats)
    groups = [
        with_due_forms(
            group_of(key, title, [seat for seat in open_seats if belongs(seat)], summaries, raised, steps),
            open_seats,
            summaries,
            beside.due,
        )
        for key, title, belongs in (
            ("guide", guided_title, lambda seat: seat.is_guide),
            ("participant", own_title, lambda seat: seat.is_participant),
            ("named", named_title, lambda seat: seat.is_named),
        )
    ]
    may_begin = bool(may_begin_journey(actor))
    return TodayPage(
        greeting=_greeting(actor),
        date=capfirst(_today_in_words()),
        alerts=beside.alerts,
        first_day=first_day_lines(beside.first_day),
        addresses=notices_of(actor, beside.addresses),
        asked=_beside(beside),
        ended=tuple(_ended(seat, beside.ahead.get(seat.journey.id, [])) for seat in ended_of(seats)),
        ended_first=not open_seats,
        groups=with_one_primary([group for group in groups if group]),
        progress=_progress(beside.mine, summaries, beside.goals),
        covers=tuple(_covered(seat) for seat in open_seats if seat.covers_until),
        first_button=first_button(actor, begin) if not open_seats else None,
        empty=_empty(actor),
        begin=begin if may_begin and open_seats else None,
        coverage=reverse("programmes:own") if actor.is_guide and open_seats else "",
    )


def mine_of(seats: list[Seat], summaries: Mapping[UUID, JourneySummary]) -> Seat | None:
    """Of what one takes part in and has met in, the one whose next meeting comes first."""
    own = [seat for seat in shown(seats) if seat.is_participant and not seat.is_over]
    met = [seat for seat in own if summaries[seat.journey.id].held_in_all]
    return min(met, key=lambda seat: soonest(summaries[seat.journey.id]), default=None)


def _progress(
    seat: Seat | None, summaries: Mapping[UUID, JourneySummary], goals: Sequence[GoalFacts]
) -> Progress | None:
    if seat is None:
        return None
    lines = [line for line in goal_lines_of(seat, goals) if line.course]
    return Progress(
        text=lead_of(seat, summaries[seat.journey.id]),
        journey=with_whom(seat),
        goals=tuple(lines[:GOALS_SHOWN]),
        url=room(seat, "overview:journey") + "#progress",
    )


def ended_of(seats: list[Seat]) -> list[Seat]:
    """The journeys that are over for their participant, the latest first."""
    over = [seat for seat in seats if seat.is_participant and seat.state in AFTER]
    return sorted(over, key=lambda seat: seat.journey.created_at, reverse=True)[:SHOWN]


def _ended(seat: Seat, ahead: list[dt.date]) -> Ended:
    if not ahead:
        days = _("No dates are planned.")
    else:
        named = ", ".join(day(each) for each in ahead)
        days = _("You will be asked how things are on: %(days)s") % {"days": named}
    return Ended(
        journey=with_whom(seat),
        keepsake=reverse("keepsake:page", args=[seat.journey.id]),
        days=days,
        way_back=reverse("own_return_request:own", args=[seat.journey.id]),
    )


def first_button(actor: Person, begin: ActionButton) -> ActionButton | None:
    """What somebody without a journey can begin with: guides with one, administrators with people."""
    if may_begin_journey(actor):
        return begin
    if may_manage_people(actor):
        return ActionButton(_("Manage people"), reverse("people:people"), link=True, primary=True)
    return None


def _empty(actor: Person) -> str:
    if may_begin_journey(actor):
        return _(
            "Your work with others will appear here: what comes next, what to prepare and what needs you."
        )
    if may_manage_people(actor):
        return _("You manage people and places. What others write together stays private to them.")
    if actor.is_lead:
        return _(
            "You lead the programme. You will see figures here. What people write together stays "
            "private to them."
        )
    return _("When someone invites you, it will appear here.")


def shown(seats: list[Seat]) -> list[Seat]:
    """A journey still being set up is its guide's alone."""
    return [seat for seat in seats if seat.state != JourneyState.DRAFT or seat.is_guide]


def _greeting(actor: Person) -> str:
    hour = timezone.localtime(now()).hour
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
    return formats.date_format(timezone.localtime(now()), "l j F")


def _covered(seat: Seat) -> Waiting:
    until = _("until %(day)s") % {"day": day(seat.covers_until)} if seat.covers_until else ""
    return Waiting(with_whom(seat), until, room(seat, "overview:journey"), None)


@dataclass(frozen=True)
class Beside:
    """What the view has read of it; each is looked up only where the standings say that there is some."""

    alerts: tuple[SafetyAlert, ...] = ()
    handovers: tuple[HandoverFacts, ...] = ()
    wishes: tuple[WayBack, ...] = ()
    addresses: tuple[AddressChange, ...] = ()
    ahead: Mapping[UUID, list[dt.date]] = field(default_factory=dict)
    """Of each journey that is over: the days on which it is asked again, from today on."""
    worse: tuple[Seat, ...] = ()
    """Of journeys that are over: where an answer came that is much worse than the end."""
    again: tuple[tuple[Seat, UUID], ...] = ()
    """Seats of journeys that are over, each with the day on which it is asked how it is."""
    due: Mapping[UUID, DuePanel] = field(default_factory=dict)
    """Of each journey one is the participant of: the questionnaires still to answer before its next meeting."""
    first_day: FirstDay | None = None
    mine: Seat | None = None
    """Of the journeys one is the participant of, the one whose next meeting comes first."""
    goals: Sequence[GoalFacts] = ()
    """Of that one."""


def _beside(beside: Beside) -> tuple[Waiting, ...]:
    asked = [
        Waiting(
            _("Will you take over and work with %(name)s?") % {"name": facts.participant.name},
            _("covering for %(name)s") % {"name": facts.guide.name},
            reverse("asked:asked", args=[facts.handover.id]),
            None,
        )
        for facts in beside.handovers
    ]
    wishes = [
        Waiting(
            _("%(name)s would like to come back") % {"name": wish.by.name},
            _("asked on %(day)s") % {"day": day(wish.created_at)},
            reverse("return_requests:wish", args=[wish.id]),
            None,
        )
        for wish in beside.wishes
    ]
    again = [
        Waiting(
            _("How are things now?"),
            with_whom(seat),
            reverse("follow_up:answer", args=[seat.journey.id, one]),
            None,
        )
        for seat, one in beside.again
    ]
    worse = [
        Waiting(
            _("%(name)s’s answers are much worse than at the end") % {"name": seat.participant.name},
            with_whom(seat),
            reverse("follow_up:plan", args=[seat.journey.id]),
            None,
            shape="attention",
        )
        for seat in beside.worse
    ]
    return tuple(worse + again + asked + wishes)

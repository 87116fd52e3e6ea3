"""Today: what waits for the reader, what comes next, their steps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.many import Raised
from alongside.goals.safety.pages import SafetyAlert
from alongside.journeys.rules import may_begin_journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.people.models import AddressChange, Person
from alongside.people.rules import may_manage_people
from alongside.rooms.ending.handover.queries import HandoverFacts
from alongside.rooms.ending.return_requests.models import WayBack
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import StepLine

from ..journey_summary import JourneySummary, Planned
from ..notices import Notice
from ..queries import StepNow
from .addresses import AddressNotice, notices_of
from .common import day, meeting_name, room, title_of, when
from .journey import step_line
from .next_step import NextPage, next_page
from .notices import NoticeLine, in_words, look

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
    act: ActionButton | None


@dataclass(frozen=True)
class Aside:
    """Something that stands out in one journey."""

    text: str
    journey: str
    url: str
    shape: str


@dataclass(frozen=True)
class Group:
    """The journeys one guides, or those in which one is the participant: kept apart."""

    key: str
    title: str
    coming: tuple[Coming, ...]
    waiting: tuple[Waiting, ...]
    aside: tuple[Aside, ...]
    """What is good to know beside that."""
    steps: tuple[StepLine, ...]
    more: int
    quiet: tuple[Waiting, ...]


@dataclass(frozen=True)
class TodayPage:
    greeting: str
    date: str
    alerts: tuple[SafetyAlert, ...]
    """Answers about harm: before everything else."""
    addresses: tuple[AddressNotice, ...]
    """Changes of address of somebody one meets, or of one's own."""
    asked: tuple[Waiting, ...]
    """What waits beside the journeys that go on: asked to take over, somebody wishes to come back, asked again."""
    groups: tuple[Group, ...]
    first_button: ActionButton | None
    empty: str
    begin: ActionButton | None
    coverage: str


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
        _group(key, title, [seat for seat in open_seats if belongs(seat)], summaries, raised, steps)
        for key, title, belongs in (
            ("guide", _("Led by me"), lambda seat: seat.is_guide),
            ("participant", _("My own"), lambda seat: seat.is_participant),
            ("named", _("Where I am named"), lambda seat: seat.is_named),
        )
    ]
    may_begin = bool(may_begin_journey(actor))
    return TodayPage(
        greeting=_greeting(actor),
        date=capfirst(_today_in_words()),
        alerts=beside.alerts,
        addresses=notices_of(actor, beside.addresses),
        asked=_beside(beside),
        groups=_with_one_primary([group for group in groups if group]),
        first_button=first_button(actor, begin) if not open_seats else None,
        empty=_empty(actor),
        begin=begin if may_begin and open_seats else None,
        coverage=reverse("programmes:own") if actor.is_guide and open_seats else "",
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
    key: str,
    title: str,
    seats: list[Seat],
    summaries: dict[UUID, JourneySummary],
    raised: Mapping[UUID, Raised],
    steps: list[StepNow],
) -> Group | None:
    """What is shown is put in words; the rest is only counted, so that a long list costs little."""
    if not seats:
        return None
    seats = sorted(seats, key=lambda seat: soonest(summaries[seat.journey.id]))
    by_id = {seat.journey.id: seat for seat in seats if seat.is_one_of_two}
    seen = {each: look(seat, summaries[each], raised.get(each)) for each, seat in by_id.items()}
    waiting = [each for each, one in seen.items() if one.next_step.needs_me]
    # an answer about harm stands above, as an alert
    aside = [(each, notice) for each, one in seen.items() for notice in one.beside if notice != Notice.SAFETY]
    coming = [(seat, ahead) for each, seat in by_id.items() if (ahead := summaries[each].next)]
    own = [(by_id[step.journey_id], step) for step in steps if step.journey_id in by_id]
    return Group(
        key=key,
        title=title,
        coming=tuple(_coming(seat, ahead) for seat, ahead in coming[:SHOWN]),
        waiting=tuple(
            _waiting(by_id[each], next_page(by_id[each], summaries[each])) for each in waiting[:SHOWN]
        ),
        aside=tuple(
            _aside(by_id[each], in_words(by_id[each], summaries[each], notice, raised.get(each)))
            for each, notice in aside[:SHOWN]
        ),
        steps=tuple(step_line(seat, step, "today", title_of(seat)) for seat, step in own[:SHOWN]),
        more=sum(max(0, len(all_of) - SHOWN) for all_of in (coming, waiting, aside)),
        quiet=tuple(_quiet(seat) for seat in seats if seat.is_named),
    )


def soonest(summary: JourneySummary) -> dt.datetime:
    """For sorting: those with a meeting to come first."""
    return summary.next.starts_at if summary.next else dt.datetime.max.replace(tzinfo=dt.UTC)


def _with_one_primary(groups: list[Group]) -> tuple[Group, ...]:
    """One clear primary act on the page: the first thing that waits."""
    first = next((one for group in groups for one in group.waiting if one.act), None)
    return tuple(
        replace(group, waiting=tuple(one if one is first else _quieter(one) for one in group.waiting))
        for group in groups
    )


@dataclass(frozen=True)
class Beside:
    """What the view has read of it; each is looked up only where the standings say that there is some."""

    alerts: tuple[SafetyAlert, ...] = ()
    handovers: tuple[HandoverFacts, ...] = ()
    wishes: tuple[WayBack, ...] = ()
    addresses: tuple[AddressChange, ...] = ()
    again: tuple[tuple[Seat, UUID], ...] = ()
    """Seats of journeys that are over, each with the day on which it is asked how it is."""


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
            _with(seat),
            reverse("follow_up:answer", args=[seat.journey.id, one]),
            None,
        )
        for seat, one in beside.again
    ]
    return tuple(again + asked + wishes)


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


def _aside(seat: Seat, one: NoticeLine) -> Aside:
    return Aside(one.text, _with(seat), one.url, one.shape)


def _quiet(seat: Seat) -> Waiting:
    return Waiting(title_of(seat), str(seat.kind.name), room(seat, "overview:journey"), None)


def _with(seat: Seat) -> str:
    facts = {"kind": str(seat.kind.name), "name": seat.other.name, "guide": seat.guide.name}
    if seat.covers_until:
        return _("%(kind)s with %(name)s, for %(guide)s") % facts
    return _("%(kind)s with %(name)s") % facts

"""The groups of Today: meetings as cards, then one line for each person, then what comes later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.measuring.many import Raised
from alongside.goals.measuring.pages_schedule import DuePanel
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import StepLine

from ..journey_summary import JourneySummary, Planned
from ..next_step import Next
from ..notices import Notice
from ..queries import StepNow
from .common import (
    ahead_url,
    meeting_name,
    meeting_url,
    room,
    title_of,
    when,
)
from .journey import step_line
from .next_step import next_page
from .notices import Look, NoticeLine, in_words, look
from .questionnaires import asked_before_meeting

Line = TypeVar("Line", "Card", "Waiting")
SHOWN = 12
AT_ONCE = 5
"""How many things to do are seen before the rest is unfolded."""
OF_THE_MEETING = frozenset({Next.PREPARE, Next.SAY_WHAT_MATTERS, Next.OPEN_FIRST, Next.OPEN_MEETING})
"""What a card's own button does is not said a second time below it."""


@dataclass(frozen=True)
class Card:
    """A meeting of today, or a participant's next one: who, where, prepared or not, and the way in."""

    when: str
    who: str
    name: str
    place: str
    url: str
    state: str
    """The shape beside the word: done, quiet, or empty where there is nothing to say."""
    word: str
    alert: NoticeLine | None
    act: ActionButton


@dataclass(frozen=True)
class Coming:
    """A meeting to come, and with whom."""

    when: str
    name: str
    with_whom: str
    place: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader, in one journey."""

    title: str
    journey: str
    url: str
    act: ActionButton | None
    notes: tuple[NoticeLine, ...] = ()
    """What else stands out with the same person: one line for one person, however many notices."""
    shape: str = ""


@dataclass(frozen=True)
class Group:
    """The journeys one guides, or those in which one is the participant: kept apart."""

    key: str
    title: str
    cards: tuple[Card, ...]
    waiting: tuple[Waiting, ...]
    folded: tuple[Waiting, ...]
    """What there is to do besides the first five."""
    steps: tuple[StepLine, ...]
    more: int
    quiet: tuple[Waiting, ...]
    coming: tuple[Coming, ...]
    """Meetings after those of the cards, soonest first."""

    @property
    def is_empty(self) -> bool:
        return not (self.cards or self.waiting or self.steps or self.quiet)


def group_of(
    key: str,
    title: Callable[[list[Seat]], str],
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
    carded = [each for each, seat in by_id.items() if _has_card(seat, summaries[each])]
    cards = tuple(
        _card(by_id[each], summaries[each], seen[each], raised.get(each)) for each in carded[:SHOWN]
    )
    left = {each: _to_do(by_id[each], one, each in carded[:SHOWN]) for each, one in seen.items()}
    due = sorted((each for each, one in left.items() if one), key=lambda each: left[each].order)
    lines = [_line(by_id[each], summaries[each], left[each], raised.get(each)) for each in due[:SHOWN]]
    own = [(by_id[step.journey_id], step) for step in steps if step.journey_id in by_id]
    return Group(
        key=key,
        title=title(seats),
        cards=cards,
        waiting=tuple(lines[:AT_ONCE]),
        folded=tuple(lines[AT_ONCE:]),
        steps=tuple(step_line(seat, step, "today", title_of(seat)) for seat, step in own[:SHOWN]),
        more=sum(max(0, len(all_of) - SHOWN) for all_of in (carded, due)),
        quiet=tuple(_quiet(seat) for seat in seats if seat.is_named),
        coming=_all_coming(list(by_id.values()), summaries),
    )


def with_due_forms(
    group: Group | None,
    seats: list[Seat],
    summaries: Mapping[UUID, JourneySummary],
    due: Mapping[UUID, DuePanel],
) -> Group | None:
    """Where the reader is the participant, the questionnaires of the next meetings come first of what there is to do."""
    if group is None or group.key != "participant":
        return group
    asked = [seat for seat in seats if seat.is_participant and seat.journey.id in due]
    asked.sort(key=lambda seat: soonest(summaries[seat.journey.id]))
    first = [_due_line(seat, summaries[seat.journey.id], due[seat.journey.id]) for seat in asked[:SHOWN]]
    lines = (*first, *group.waiting, *group.folded)
    return replace(group, waiting=lines[:AT_ONCE], folded=lines[AT_ONCE:])


def _due_line(seat: Seat, summary: JourneySummary, panel: DuePanel) -> Waiting:
    assert summary.next is not None, "only before a meeting is something due"
    asked = asked_before_meeting(seat, summary.next.starts_at, panel)
    return Waiting(asked.title, with_whom(seat), asked.url, asked.act)


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is left to say of one journey below its card."""

    asks: bool
    """Its next act waits for the reader."""
    notices: tuple[Notice, ...]

    def __bool__(self) -> bool:
        return self.asks or bool(self.notices)

    @property
    def order(self) -> int:
        return 0 if Notice.ALERT in self.notices else 1 if self.asks else 2


def _to_do(seat: Seat, one: Look, has_card: bool) -> ToDo:
    """What the page says elsewhere is not said again: harm as an alert above, what a card tells, one's own late step."""
    elsewhere = {Notice.SAFETY} | ({Notice.UNPREPARED, Notice.ALERT} if has_card else set())
    elsewhere |= {Notice.OVERDUE} if seat.is_participant else set()
    asks = one.next_step.needs_me and not (has_card and one.next_step.next in OF_THE_MEETING)
    return ToDo(asks, tuple(notice for notice in one.beside if notice not in elsewhere))


def _line(seat: Seat, summary: JourneySummary, todo: ToDo, raised: Raised | None) -> Waiting:
    notes = tuple(in_words(seat, summary, notice, raised) for notice in todo.notices)
    if todo.asks:
        page = next_page(seat, summary)
        return Waiting(page.title, with_whom(seat), room(seat, "overview:journey"), page.act, notes)
    first = notes[0]
    return Waiting(first.text, with_whom(seat), first.url, None, notes[1:], first.shape)


def _has_card(seat: Seat, summary: JourneySummary) -> bool:
    """For who guides the meetings of today; for a participant the next one, whenever it is."""
    ahead = summary.next
    return ahead is not None and (seat.is_participant or _is_today(ahead.starts_at))


def _is_today(moment: dt.datetime) -> bool:
    return timezone.localtime(moment).date() == timezone.localtime(now()).date()


def _card(seat: Seat, summary: JourneySummary, one: Look, raised: Raised | None) -> Card:
    ahead = summary.next
    assert ahead is not None, "only a journey with a meeting to come has a card"
    state, word = _prepared(seat, summary, ahead)
    page = next_page(seat, summary) if one.next_step.next in OF_THE_MEETING else None
    act = page.act if page and page.act else _open(seat, ahead)
    alert = Notice.ALERT in one.notices
    return Card(
        when=when(ahead.starts_at),
        who=seat.other.name,
        name=_named_meeting(seat, ahead),
        place=ahead.place,
        url=_about(seat, ahead),
        state=state,
        word=word,
        alert=in_words(seat, summary, Notice.ALERT, raised) if alert else None,
        act=act,
    )


def _about(seat: Seat, ahead: Planned) -> str:
    """The participant's first meeting has a page of its own; of all others the journey tells."""
    if ahead.number == 1 and seat.is_participant:
        return ahead_url(seat, ahead.number)
    return room(seat, "overview:journey")


def _open(seat: Seat, ahead: Planned) -> ActionButton:
    return ActionButton(_("Open"), meeting_url(seat, ahead.number), link=True)


def _prepared(seat: Seat, summary: JourneySummary, ahead: Planned) -> tuple[str, str]:
    """Whether the participant has prepared; nothing is said of one who has no account to do it with."""
    participant = seat.participant.person
    if participant.user_id is None:
        return "", ""
    if ahead.said or (ahead.number == 1 and participant.id in summary.prepared_by):
        return "done", _("prepared")
    return "quiet", _("not prepared yet")


def _all_coming(seats: list[Seat], summaries: dict[UUID, JourneySummary]) -> tuple[Coming, ...]:
    """Of seats in the order of their next meetings, those without a card."""
    ahead = [
        (seat, summary.next)
        for seat in seats
        if seat.is_one_of_two
        and (summary := summaries[seat.journey.id]).next
        and not _has_card(seat, summary)
    ]
    ahead.sort(key=lambda one: one[1].starts_at)
    return tuple(_coming(seat, planned) for seat, planned in ahead[:SHOWN])


def soonest(summary: JourneySummary) -> dt.datetime:
    """For sorting: those with a meeting to come first."""
    return summary.next.starts_at if summary.next else dt.datetime.max.replace(tzinfo=dt.UTC)


def with_one_primary(groups: list[Group]) -> tuple[Group, ...]:
    """One clear primary act on the page: that of the first card, or else of the first thing to do."""
    cards = (card for group in groups for card in group.cards)
    lines = (one for group in groups for one in group.waiting if one.act)
    first = next(cards, None) or next(lines, None)
    return tuple(
        replace(
            group,
            cards=tuple(_as_primary(one, first) for one in group.cards),
            waiting=tuple(_as_primary(one, first) for one in group.waiting),
            folded=tuple(_as_primary(one, first) for one in group.folded),
        )
        for group in groups
    )


def _as_primary(one: Line, first: Card | Waiting | None) -> Line:
    return replace(one, act=replace(one.act, primary=one is first)) if one.act else one


def _coming(seat: Seat, coming: Planned) -> Coming:
    return Coming(
        when=when(coming.starts_at),
        name=_named_meeting(seat, coming),
        with_whom=seat.other.name,
        place=coming.place,
        url=room(seat, "overview:journey"),
    )


def _named_meeting(seat: Seat, ahead: Planned) -> str:
    if ahead.number == 1:
        return capfirst(str(seat.kind.words.first_meeting))
    return meeting_name(seat, ahead.number)


def _quiet(seat: Seat) -> Waiting:
    return Waiting(title_of(seat), str(seat.kind.name), room(seat, "overview:journey"), None)


def with_whom(seat: Seat) -> str:
    facts = {"kind": str(seat.kind.name), "name": seat.other.name, "guide": seat.guide.name}
    if seat.covers_until:
        return _("%(kind)s with %(name)s, for %(guide)s") % facts
    return _("%(kind)s with %(name)s") % facts

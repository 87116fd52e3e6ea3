"""The journey page: where the two are, the one thing to do next, goals with their lines, steps, words, readers.

The same page for both; each reads it from where they sit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.measuring.many import Raised
from alongside.goals.measuring.pages_schedule import DuePanel
from alongside.goals.states import StepState, TargetState
from alongside.journeys.models import Cover
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Part
from alongside.kernel import clock
from alongside.ledger.openings import Opened
from alongside.measures.catalogue import measure
from alongside.people.models import FailedEmail
from alongside.people.undelivered import UndeliveredLine, undelivered
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Reader, StepLine

from ..course import Course, course
from ..journey_summary import JourneySummary
from ..notices import Notice
from ..queries import GoalFacts, StepNow, Summary
from .common import ahead_url, day, meeting_name, room, title_of, when
from .covering import in_an_emergency, there_instead
from .links import Link, LinkGroup, links_of
from .next_step import NextPage, next_page
from .notices import in_words, look
from .questionnaires import asked_before_meeting


@dataclass(frozen=True)
class MeetingLine:
    when: str
    place: str
    name: str
    url: str


@dataclass(frozen=True)
class GoalLine:
    title: str
    need: str
    url: str
    state: str
    """"" while the two work on it; else in a word."""
    course: Course | None


@dataclass(frozen=True)
class Tile:
    """On a phone: one of the four things one comes for, with where it stands."""

    icon: str
    title: str
    text: str
    url: str


@dataclass(frozen=True)
class Quote:
    text: str
    title: str
    url: str


@dataclass(frozen=True)
class JourneyPage:
    eyebrow: str
    title: str
    lead: str
    handed: str
    """How a hand-over to another guide stands, while there is something to say of it."""
    handed_url: str
    instead: str
    """Who is there for the guide for a time."""
    emergencies: tuple[str, ...]
    """That an administrator said who covers, and why."""
    undelivered: tuple[UndeliveredLine, ...]
    """Said to the guide: an email to somebody here was given up."""
    words: object
    is_participant: bool
    next: NextPage
    meeting: MeetingLine | None
    no_meeting: str
    tiles: tuple[Tile, ...]
    goals: tuple[GoalLine, ...]
    goals_url: str
    my_steps: tuple[StepLine, ...]
    other_steps: tuple[StepLine, ...]
    other_name: str
    summary: Quote | None
    my_words: tuple[Link, ...]
    readers: tuple[Reader, ...]
    supervised: str
    """Said to the participant: that their guide is supervised, and what goes there."""
    openings: tuple[str, ...]
    opened_url: str
    links: tuple[LinkGroup, ...]


@dataclass(frozen=True)
class JourneyFacts:
    """What the view has read for the page."""

    journey_summary: JourneySummary
    goals: list[GoalFacts]
    steps: list[StepNow]
    summary: Summary | None
    openings: list[Opened]
    handed: str = ""
    emergencies: list[Cover] = field(default_factory=list)
    failed: list[FailedEmail] = field(default_factory=list)
    due: DuePanel | None = None
    """The questionnaires still to answer before the next meeting."""
    raised: Raised | None = None
    """What the rules say of it, to the guide."""
    came_along: bool = False
    """It goes on from an earlier journey with another guide."""


def journey_page(seat: Seat, facts: JourneyFacts) -> JourneyPage:
    journey_summary = facts.journey_summary
    return JourneyPage(
        eyebrow=str(seat.kind.name),
        title=title_of(seat) if seat.journey.title else _("With %(name)s") % {"name": seat.other.name},
        lead=lead_of(seat, journey_summary),
        handed=facts.handed,
        handed_url=room(seat, "handover:handover"),
        instead=there_instead(seat),
        emergencies=in_an_emergency(seat, facts.emergencies),
        undelivered=undelivered(facts.failed, leads=False),
        words=seat.kind.words,
        is_participant=seat.is_participant,
        next=_next(seat, facts),
        meeting=_meeting(seat, journey_summary),
        no_meeting="" if seat.is_over else str(seat.kind.words.no_meeting_booked),
        tiles=_tiles(seat, facts),
        goals=goal_lines_of(seat, facts.goals),
        goals_url=room(seat, "first_meeting:goals"),
        my_steps=tuple(step_line(seat, step) for step in facts.steps if step.owner_id == seat.actor.id),
        other_steps=tuple(step_line(seat, step) for step in facts.steps if step.owner_id != seat.actor.id),
        other_name=seat.other.name,
        summary=_summary(seat, facts.summary),
        my_words=_my_words(seat),
        readers=tuple(_reader(seat, member.name, member.part) for member in seat.members),
        supervised=str(seat.kind.supervised_note) if seat.is_participant else "",
        openings=tuple(_openings(seat, facts.openings)),
        opened_url=room(seat, "overview:opened"),
        links=links_of(seat, journey_summary, came_along=facts.came_along),
    )


def _next(seat: Seat, facts: JourneyFacts) -> NextPage:
    """Nobody is told that they are ready while questionnaires wait for them, or while something asks to be looked at."""
    page, coming = next_page(seat, facts.journey_summary), facts.journey_summary.next
    if page.needs_me:
        return page
    if facts.due and coming and seat.is_participant:
        asked = asked_before_meeting(seat, coming.starts_at, facts.due)
        return NextPage(asked.title, facts.due.lead, replace(asked.act, primary=True), True)
    return _what_stands_out(seat, facts) or page


def _what_stands_out(seat: Seat, facts: JourneyFacts) -> NextPage | None:
    """An answer about harm, or a review that is suggested, in the words in which Today says it; to the guide alone."""
    summary = facts.journey_summary
    found = look(seat, summary, facts.raised).notices if seat.is_guide else ()
    notice = next((each for each in (Notice.SAFETY, Notice.ALERT) if each in found), None)
    if seat.is_guide and summary.harm_waits:
        notice = Notice.SAFETY
    if notice is None:
        return None
    line = in_words(seat, summary, notice, facts.raised)
    text = _("See what has changed, and record what you decide.")
    return NextPage(line.text, text, ActionButton(_("See details"), line.url, primary=True, link=True), True)


def lead_of(seat: Seat, journey_summary: JourneySummary) -> str:
    """Where they are, in one sentence."""
    facts = {
        "held": journey_summary.held_in_all,
        "planned": journey_summary.planned_meetings,
        "meetings": seat.kind.words.meetings,
    }
    if seat.is_over or seat.state in (JourneyState.DRAFT, JourneyState.PAUSED):
        return capfirst(str(JourneyState(seat.state).label)) + "."
    if seat.journey.title:
        return _("With %(name)s.") % {"name": seat.other.name}
    if not journey_summary.held_in_all:
        ending = seat.state == JourneyState.ENDING
        return _("You are coming to the end.") if ending else _("You are getting ready to start.")
    if journey_summary.planned_meetings:
        return _("%(held)s of %(planned)s %(meetings)s so far.") % facts
    return _("%(held)s %(meetings)s so far.") % facts


def _meeting(seat: Seat, journey_summary: JourneySummary) -> MeetingLine | None:
    coming = journey_summary.next
    if coming is None:
        return None
    name = (
        meeting_name(seat, coming.number)
        if coming.number > 1
        else capfirst(str(seat.kind.words.first_meeting))
    )
    return MeetingLine(when(coming.starts_at), coming.place, name, ahead_url(seat, coming.number))


def _tiles(seat: Seat, facts: JourneyFacts) -> tuple[Tile, ...]:
    """The next meeting, the steps, the progress and the papers, in the words of the kind."""
    words = seat.kind.words
    coming = _meeting(seat, facts.journey_summary)
    mine = [step for step in facts.steps if step.owner_id == seat.actor.id]
    to_do = sum(step.is_still_to_do for step in mine)
    goals = sum(goal.state != TargetState.LET_GO for goal in facts.goals)
    none_booked = _("Nothing more is booked") if seat.is_over else str(words.no_meeting_booked)
    return (
        Tile(
            "calendar-event",
            str(words.next_meeting),
            coming.when if coming else none_booked,
            coming.url if coming else room(seat, "environment:room"),
        ),
        Tile(
            "check2",
            _("Steps"),
            ngettext("%(count)d is yours to do", "%(count)d are yours to do", to_do) % {"count": to_do}
            if to_do
            else _("None of yours to do"),
            "#steps" if facts.steps else room(seat, "first_meeting:goals"),
        ),
        Tile(
            "flag",
            _("Progress"),
            ngettext("%(count)d goal", "%(count)d goals", goals) % {"count": goals}
            if goals
            else _("No goals yet"),
            "#progress",
        ),
        _papers(seat, facts.journey_summary),
    )


def _papers(seat: Seat, summary: JourneySummary) -> Tile:
    """The keepsake once it is over, else the agreement."""
    if summary.ending_state and seat.is_over:
        return Tile("download", _("Papers"), _("Keepsake"), room(seat, "keepsake:page"))
    return Tile("download", _("Papers"), _("What we agreed"), room(seat, "first_meeting:agreement"))


def goal_lines_of(seat: Seat, goals: Sequence[GoalFacts]) -> tuple[GoalLine, ...]:
    """Every goal that was not given up, each with its line from then to now."""
    return tuple(_goal(seat, goal) for goal in goals if goal.state != TargetState.LET_GO)


def _goal(seat: Seat, goal: GoalFacts) -> GoalLine:
    instrument = measure(goal.measure)
    falls = goal.baseline is not None and goal.aim is not None and goal.aim < goal.baseline
    return GoalLine(
        title=goal.difference,
        need=goal.need,
        url=room(seat, "first_meeting:target", goal.id),
        state="" if goal.state == TargetState.AGREED else str(goal.state.label),
        course=course(goal.readings, instrument, goal.aim, falls=falls and instrument.open_direction),
    )


SHAPES = {
    StepState.OPEN: "open",
    StepState.DONE: "done",
    StepState.PARTLY: "partly",
    StepState.NOT_YET: "not_yet",
    StepState.DROPPED: "let_go",
}


def step_line(seat: Seat, step: StepNow, origin: str = "journey", serves: str = "") -> StepLine:
    """One step; its owner ticks it, or takes the tick back."""
    mine = step.owner_id == seat.actor.id and seat.is_one_of_two
    acts: tuple[ActionButton, ...] = ()
    if mine and not seat.is_over and seat.state != JourneyState.PAUSED:
        label, state = (_("Done"), StepState.DONE) if step.is_still_to_do else (_("Undo"), StepState.OPEN)
        fields = (("step_id", step.id), ("state", state.value), ("from", origin))
        acts = (
            ActionButton(
                label,
                room(seat, "overview:tick"),
                fields=fields,
                icon="check2" if step.is_still_to_do else "",
            ),
        )
    return StepLine(
        text=step.text,
        state=SHAPES[step.state],  # type: ignore[arg-type]
        state_word=str(StepState(step.state).label),
        due=_due(step.due) if step.is_still_to_do else "",
        serves=serves,
        url=room(seat, "overview:step", step.id) if acts else "",
        acts=acts,
        key=f"step-{step.id}",
    )


def _due(due: dt.date | None) -> str:
    if due is None:
        return ""
    if due < clock.today():
        return _("was due on %(day)s") % {"day": day(due)}
    return _("until %(day)s") % {"day": day(due)}


def _summary(seat: Seat, summary: Summary | None) -> Quote | None:
    if summary is None or not summary.text.strip():
        return None
    name = meeting_name(seat, summary.number)
    return Quote(summary.text, name, room(seat, "sessions:meeting", summary.number))


def _my_words(seat: Seat) -> tuple[Link, ...]:
    return (
        Link(_("My preparation"), room(seat, "first_meeting:preparation")),
        Link(_("For next time"), room(seat, "sessions:room")),
        Link(_("What we agreed"), room(seat, "first_meeting:agreement")),
    )


def _reader(seat: Seat, name: str, part: Part) -> Reader:
    if part in (Part.GUIDE, Part.PARTICIPANT, Part.COVERING):
        sees = _("Can read what you share. Their private notes are theirs alone.")
    else:
        sees = _("Can read only what is marked for them.")
    return Reader(name, seat.called(part), sees)


def _openings(seat: Seat, openings: list[Opened]) -> list[str]:
    names: dict[UUID, str] = {member.person.id: member.name for member in seat.members}
    return [
        _("%(name)s last read something here on %(day)s.")
        % {"name": names.get(opened.person_id, _("Someone who has left")), "day": day(opened.last_at)}
        for opened in openings
        if opened.person_id != seat.actor.id
    ]

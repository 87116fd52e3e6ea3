"""From the facts of a journey to its rows in the star. Pure: this is where each fact gets its month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from alongside.measures.talking_therapies import NOT_ASSESSABLE, Outcome, outcome

from .facts import JourneyFacts, MeetingFacts
from .months import last_day, later, month_of, months_between
from .rows import ENDED, NOWHERE, UNKNOWN, DueRow, EndingRow, MeetingRow, MonthRow, Tables

FIRST_MEETING_DAYS = 28
DECIDED_DAYS = 7
HANDOVER_DAYS = 90
UNDER_WAY = frozenset({"preparing", "active", "ending"})
MOST_MONTHS = 36


def tables_of(journeys: Iterable[JourneyFacts], *, last: int) -> Tables:
    """All rows up to the month `last`, which is over; nothing of a month that still goes on."""
    tables = Tables([], [], [], [])
    first = later(last, 1 - MOST_MONTHS)
    for facts in journeys:
        tables.months.extend(_months(facts, first, last))
        tables.meetings.extend(row for row in _meetings(facts) if first <= row.month <= last)
        tables.dues.extend(row for row in _dues(facts, last) if first <= row.month <= last)
        tables.endings.extend(row for row in _endings(facts) if first <= row.month <= last)
    return tables


def _head(facts: JourneyFacts, month: int) -> tuple[str, str, str, str, int]:
    return facts.key, facts.organisation, _programme(facts, last_day(month)), facts.kind, month


def _programme(facts: JourneyFacts, day: dt.date) -> str:
    return next((where for since, where in reversed(facts.placements) if since <= day), NOWHERE)


def _state(facts: JourneyFacts, day: dt.date) -> str:
    return next((state for since, state in reversed(facts.states) if since <= day), "")


def _held(facts: JourneyFacts) -> list[dt.date]:
    return sorted(meeting.on for meeting in facts.meetings if meeting.state == "held")


def _months(facts: JourneyFacts, first: int, last: int) -> Iterable[MonthRow]:
    held = _held(facts)
    begun = month_of(min((facts.created_on, *held)))
    for month in months_between(max(first, begun), last):
        end = last_day(month)
        state = _state(facts, end)
        if state in (*ENDED, "withdrawn"):
            return
        met = [day for day in held if day <= end]
        if state in UNDER_WAY and (met or state != "preparing"):
            number = _in_force(facts, end)
            every_days = facts.versions[number][0] if number is not None else facts.every_days
            yield MonthRow(
                *_head(facts, month),
                agreed=number is not None,
                days_since_met=(end - met[-1]).days if met else None,
                every_days=every_days,
                booked=any(_was_booked(meeting, end) for meeting in facts.meetings),
            )


def _in_force(facts: JourneyFacts, day: dt.date) -> int | None:
    """The number of the version in force at the end of this day."""
    states: dict[int, str] = {}
    for since, number, state in facts.agreements:
        if since <= day:
            states[number] = state
    return max((number for number, state in states.items() if state == "in_force"), default=None)


def _was_booked(meeting: MeetingFacts, day: dt.date) -> bool:
    """Whether, at the end of this day, a meeting to come was in the diary."""
    called_off = meeting.state == "cancelled" and meeting.state_on is not None and meeting.state_on <= day
    return meeting.booked_on <= day < meeting.on and not called_off


def _meetings(facts: JourneyFacts) -> Iterable[MeetingRow]:
    before: dt.date | None = None
    for meeting in sorted(facts.meetings, key=lambda each: each.on):
        if meeting.state == "planned":
            continue
        held = meeting.state == "held"
        first = held and before is None and facts.first_number == 1
        sides = _sides_prepared(facts, meeting, first) if held else 0
        yield MeetingRow(
            *_head(facts, month_of(meeting.on)),
            held=held,
            missed=meeting.state == "missed",
            first=first,
            sides_prepared=sides,
            prepared=sides == (2 if first else 1),
            protected=meeting.protected if held else None,
            measured=_measured(facts, before, meeting.on) if held and not first else None,
            questionnaires=_questionnaires(facts, meeting, before) if held else None,
        )
        if held:
            before = meeting.on


def _sides_prepared(facts: JourneyFacts, meeting: MeetingFacts, first: bool) -> int:
    if first:
        return min(2, sum(day <= meeting.on for day in facts.preparations))
    written = facts.matters.get(meeting.number or 0)
    return int(written is not None and written <= meeting.on)


def _measured(facts: JourneyFacts, before: dt.date | None, on: dt.date) -> bool | None:
    if not facts.measured or facts.measured[0] > on:
        return None
    since = before or facts.created_on
    return any(since < day <= on for day in facts.measured)


def _questionnaires(facts: JourneyFacts, meeting: MeetingFacts, before: dt.date | None) -> bool | None:
    """By the schedule as it was on the day of the meeting."""
    number = meeting.number
    if number is None:
        return None
    schedule = {asked.instrument: asked for since, asked in facts.asked if since <= meeting.on}
    is_last = facts.planned_meetings is not None and number >= facts.planned_meetings
    due = [
        key
        for key, asked in schedule.items()
        if asked.is_for(number, first=facts.first_number, is_last=is_last)
    ]
    if not due:
        return None
    return all(
        any((before is None or day > before) and day <= meeting.on for day in facts.submitted.get(key, ()))
        for key in due
    )


def _dues(facts: JourneyFacts, last: int) -> Iterable[DueRow]:
    """Each in the month in which its time was over."""
    end = last_day(last)
    for sort, due, done, since in _due_days(facts):
        if due <= end:
            days = (done - since).days if done is not None and done <= end else None
            yield DueRow(*_head(facts, month_of(due)), sort=sort, days=days)


def _due_days(facts: JourneyFacts) -> Iterable[tuple[str, dt.date, dt.date | None, dt.date]]:
    """What was due: its sort, the day its time was over, when it was done, and the day it is counted from."""
    first = _due_first_meeting(facts)
    if first:
        yield ("first_meeting", *first)
    for number, (_every, review_on) in facts.versions.items():
        if review_on and _in_force(facts, review_on - dt.timedelta(days=1)) == number:
            looked_at = [
                day for day, other, state in facts.agreements if other > number and state == "proposed"
            ]
            yield "agreement_review", review_on, min(looked_at, default=None), review_on
    for raised, decided in facts.suggestions:
        yield "suggested_review", raised + dt.timedelta(days=DECIDED_DAYS), decided, raised
    for asked, answered in facts.follow_ups:
        yield "follow_up", asked + dt.timedelta(days=FIRST_MEETING_DAYS), answered, asked
    for proposed, settled in facts.handovers:
        yield "handover", proposed + dt.timedelta(days=HANDOVER_DAYS), settled, proposed


def _due_first_meeting(facts: JourneyFacts) -> tuple[dt.date, dt.date | None, dt.date] | None:
    """From the day the participant was invited. Withdrawn before it was due, or begun elsewhere: nothing was due."""
    begun = next((day for day, state in facts.states if state == "preparing"), None)
    if begun is None or facts.first_number > 1:
        return None
    due = begun + dt.timedelta(days=FIRST_MEETING_DAYS)
    if _state(facts, due) == "withdrawn":
        return None
    held = _held(facts)
    return due, held[0] if held else None, begun


def _endings(facts: JourneyFacts) -> Iterable[EndingRow]:
    for day, state in facts.states:
        if state not in ENDED:
            continue
        held = _held(facts)
        begun = min((facts.created_on, *held))
        scored = _outcome(facts)
        yield EndingRow(
            *_head(facts, month_of(day)),
            how=state,
            closed=facts.ending_closed,
            support=facts.support,
            taken_along=facts.taken_along,
            weeks=max(0, (day - begun).days // 7),
            contacts=len(held),
            goals=facts.goals,
            goals_reached=facts.goals_reached,
            paired=scored.assessable,
            case_at_start=scored.case_at_start,
            recovered=scored.recovered,
            change=scored.change if scored.assessable else UNKNOWN,
        )


def _outcome(facts: JourneyFacts) -> Outcome:
    """Of the first and the last score of both questionnaires; one score alone is no pair."""
    pairs = []
    for key in ("phq-9", "gad-7"):
        scores = sorted(facts.scores.get(key, []))
        if len(scores) < 2:
            return NOT_ASSESSABLE
        pairs += [int(scores[0][1]), int(scores[-1][1])]
    return outcome(*pairs)

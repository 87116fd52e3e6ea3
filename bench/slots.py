"""How long finding common times takes, beside one pass over the same sorted intervals in the same run.

Three people and five places, twelve weeks, 2,000 busy intervals each, as recurring calendars make them. Four
questions: easy ones stop early, hard ones have to look to the very end. The figure is the worst of the four.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from alongside.rooms.environment.slots import Calendar, Found, TimeRange, find, merged

PEOPLE, PLACES, WEEKS, INTERVALS, COUNT = 3, 5, 12, 2_000, 20
AT_MOST = 3
ZONE = ZoneInfo("Europe/London")
BEGINS = int(dt.datetime(2026, 2, 2, tzinfo=dt.UTC).timestamp())
ENDS = BEGINS + WEEKS * 7 * 86_400
FIVE_MINUTES = 300


@dataclass(frozen=True)
class Question:
    """`filled` is how much of the time is taken in each calendar, `minutes` what is asked for."""

    name: str
    filled: float
    minutes: int
    keeps_hours: bool = False


QUESTIONS = (
    Question("roomy, an hour within working hours", 0.25, 60, keeps_hours=True),
    Question("roomy, an hour at any time", 0.25, 60),
    Question("crowded, half an hour", 0.5, 30),
    Question("full, hardly a quarter of an hour anywhere", 0.8, 15),
)


def slots_figures(blocks: int = 60) -> dict[str, Any]:
    """`ratio_to_floor` is the worst of the questions; each with its times in milliseconds and what it found."""
    asked = {question.name: _measure(question, blocks) for question in QUESTIONS}
    return {
        "ratio_to_floor": max(one["ratio_to_floor"] for one in asked.values()),
        "at_most": AT_MOST,
        "people": PEOPLE,
        "places": PLACES,
        "weeks": WEEKS,
        "questions": asked,
    }


def _measure(question: Question, blocks: int) -> dict[str, Any]:
    calendars = [_calendar(question, seed) for seed in range(PEOPLE + PLACES)]

    def look() -> list[Found]:
        return find(
            people=calendars[:PEOPLE],
            places=calendars[PEOPLE:],
            since=BEGINS,
            until=ENDS,
            minutes=question.minutes,
            zone=ZONE,
            count=COUNT,
        )

    found = look()
    floors, looks = [], []
    for _ in range(blocks):  # in turns, so that whatever else the machine does falls on both
        floors.append(_seconds(lambda: one_pass(calendars)))
        looks.append(_seconds(look))
    # the best of each: what they cost by themselves, whatever else the machine does meanwhile
    floor, took = (min(times) * 1000 for times in (floors, looks))
    return {
        "ratio_to_floor": round(took / floor, 2),
        "ms": round(took, 3),
        "floor_ms": round(floor, 3),
        "intervals": sum(len(one.busy) for one in calendars),
        "found": len(found),
        "last_found_on_day": round((found[-1].start - BEGINS) / 86_400, 1) if found else None,
    }


def one_pass(calendars: list[Calendar]) -> int:
    """The floor: every interval is looked at once, and next to nothing is done with it."""
    taken = 0
    for one in calendars:
        for begins, ends in one.busy:
            taken += ends - begins
    return taken


def _calendar(question: Question, seed: int) -> Calendar:
    chance = random.Random(seed)
    grid = (ENDS - BEGINS) // FIVE_MINUTES
    starts = [*sorted(chance.sample(range(grid), INTERVALS)), grid]
    spans = []
    for start, following in pairwise(starts):
        length = max(round((following - start) * question.filled), 1)
        # it ends a minute early, so that none run together and there are as many as were asked for
        spans.append((BEGINS + start * FIVE_MINUTES, BEGINS + (start + length) * FIVE_MINUTES - 60))
    return Calendar(busy=merged(spans), open=_hours() if question.keeps_hours else None)


def _hours() -> list[TimeRange]:
    """Monday to Friday, nine to five by the clock on the wall; the clocks change within the twelve weeks."""
    first = dt.datetime.fromtimestamp(BEGINS, ZONE).date()
    days = [first + dt.timedelta(days=number) for number in range(WEEKS * 7)]
    return [
        (_moment(day, 9), _moment(day, 17))
        for day in days
        if day.weekday() < 5  # Monday to Friday
    ]


def _moment(day: dt.date, hour: int) -> int:
    return int(dt.datetime.combine(day, dt.time(hour), tzinfo=ZONE).timestamp())


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write(json.dumps(slots_figures(), indent=1) + "\n")

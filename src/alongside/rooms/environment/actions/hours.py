"""What people say about their own hours: the week, one day that is different, days away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from ..models import OtherHours, Place, Protection, TimeAway, Window
from ..opening_hours import Around
from ..rules.hours import may_keep_time, may_take_back
from ..time_ranges import Minutes


@action("time.week_said")
def say_week(*, week: Mapping[int, Sequence[Minutes]], around: Around, by: Person) -> Protection:
    """Say in which hours of the week one can be booked, and how. No hours at all: the usual ones hold."""
    demand(may_keep_time(by))
    keeps = any(week.values())
    said, _new = Protection.objects.update_or_create(
        person=by, defaults={**asdict(around), "keeps_windows": keeps, "changed_at": now()}
    )
    keep_week(week, person=by)
    record("time.week_said", subject=said, by=by, days=sum(bool(stretches) for stretches in week.values()))
    return said


@action("time.day_said")
def say_day(*, day: dt.date, hours: Sequence[Minutes], by: Person) -> list[OtherHours]:
    """Say the hours of one day that isn't like its weekday; none means not at all. It replaces what was said of it."""
    demand(may_keep_time(by))
    rows = keep_day(day, hours, person=by)
    record("time.day_said", subject=rows[0], by=by, day=day.isoformat(), open=bool(hours))
    return rows


@action("time.day_forgotten")
def forget_day(*, said: OtherHours, by: Person) -> dt.date:
    """Let a day be like its weekday again."""
    demand(may_take_back(by, said))
    OtherHours.objects.filter(person=by, day=said.day).delete()
    record("time.day_forgotten", subject=said, by=by, day=said.day.isoformat())
    return said.day


@action("time.away_said")
def say_away(*, first_day: dt.date, last_day: dt.date, word: str = "", by: Person) -> TimeAway:
    """Say on which days one is away. Both days belong to it; what is booked there stays."""
    demand(may_keep_time(by))
    away = TimeAway.objects.create(person=by, first_day=first_day, last_day=last_day, word=word.strip())
    record("time.away_said", subject=away, by=by, days=(last_day - first_day).days + 1)
    return away


@action("time.away_taken_back")
def take_back_away(*, away: TimeAway, by: Person) -> None:
    """Be there after all."""
    demand(may_take_back(by, away))
    record("time.away_taken_back", subject=away, by=by)
    away.delete()


# --- what people and places have in common ----------------------------------------------------------------


def keep_week(week: Mapping[int, Sequence[Minutes]], **whose: Person | Place) -> None:
    """Write the windows of a week in the place of those known; `whose` is a person or a place."""
    Window.objects.filter(**whose).delete()
    Window.objects.bulk_create(
        Window(**whose, weekday=weekday, begins=begins, ends=ends)
        for weekday, stretches in week.items()
        for begins, ends in stretches
    )


def keep_day(day: dt.date, hours: Sequence[Minutes], **whose: Person | Place) -> list[OtherHours]:
    """Write the hours of one day in the place of what was said of it."""
    OtherHours.objects.filter(**whose, day=day).delete()
    stretches: Sequence[tuple[int | None, int | None]] = hours or [(None, None)]
    rows = [OtherHours(**whose, day=day, begins=begins, ends=ends) for begins, ends in stretches]
    OtherHours.objects.bulk_create(rows)
    return rows

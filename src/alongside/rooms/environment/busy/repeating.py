"""When something that repeats comes round, on the wall (RFC 5545, 3.3.10). Pure, and never longer at it than it may be.

Only the stretch that is asked for is walked through, and every day and time that is tried costs a step of a budget.
So a rule that never holds, or holds each second, ends soon. What a rule says wrongly is read so that it holds more often,
not less; `doubts` then says so. Well-formed rules are held against `dateutil` (tests/test_repeating.py), but for those in
which plain and numbered days stand in one BYDAY: there the two read differently.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import product

STEPS = 300_000
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = (
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    "BYDAY",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
)
_MORE = ("BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS")
_BY_OTHER_NAMES = {
    "FORTNIGHTLY": ("WEEKLY", 2),
    "BIWEEKLY": ("WEEKLY", 2),
    "QUARTERLY": ("MONTHLY", 3),
    "ANNUALLY": ("YEARLY", 1),
    "ANNUAL": ("YEARLY", 1),
    "WEEK": ("WEEKLY", 1),
    "DAY": ("DAILY", 1),
    "MONTH": ("MONTHLY", 1),
    "YEAR": ("YEARLY", 1),
    "BIMONTHLY": ("MONTHLY", 2),
    "BIANNUALLY": ("MONTHLY", 6),
}
_TIME_RANGES = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
_CLOCK = {"BYHOUR": 23, "BYMINUTE": 59, "BYSECOND": 60}
_UNITS = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_SECOND = dt.timedelta(seconds=1)
_DAY = dt.timedelta(days=1)


class TooMany(Exception):
    """More than anybody has, or a rule that takes too long to work out."""


class Budget:
    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def step(self, count: int = 1) -> None:
        self.left -= count
        if self.left < 0:
            raise TooMany


@dataclass(slots=True)
class Rule:
    """A rule as it was understood. `doubts`: part of it was not. `lost`: it may hold on days this does not know."""

    freq: str = ""
    interval: int = 1
    count: int | None = None
    until: str = ""
    wkst: int = 0
    by: dict[str, list[int]] = field(default_factory=dict)
    days: list[tuple[int, int]] = field(default_factory=list)
    doubts: bool = False
    lost: bool = False


def rule_of(text: str) -> Rule | None:
    """The rule a line holds; None when it is empty. One whose frequency nobody can read has no `freq`."""
    rule = Rule()
    said = [part for part in re.split(r"[;\s]+", text.strip().upper()) if part]
    for part in said:
        name, equals, value = part.partition("=")
        if not equals or name not in (*_PARTS, *_MORE):
            if (
                name.startswith("X-")
                or (name == "RSCALE" and value.startswith("GREG"))
                or part == "SKIP=OMIT"
            ):
                continue
            rule.doubts = True
            near = get_close_matches(name, (*_PARTS, *_MORE), 1, 0.75) if equals else []
            if not near:
                rule.lost = True
                continue
            name = near[0]
        _take(rule, name, value.strip(' "'))
    if said and not rule.freq:
        rule.doubts = rule.lost = True
    return rule if said else None


def _take(rule: Rule, name: str, value: str) -> None:
    if name == "FREQ":
        _take_frequency(rule, value)
    elif name in ("INTERVAL", "COUNT"):
        number = int(value) if re.fullmatch(r"\+?\d{1,9}", value) else 0
        if number < 1:
            rule.doubts = True
        elif name == "COUNT":
            rule.count = number
        else:
            rule.interval *= number
    elif name == "UNTIL":
        rule.until = value or "?"
    elif name == "WKST":
        rule.wkst = _DAYS.index(value[:2]) if value[:2] in _DAYS else 0
    elif name == "BYDAY":
        _take_days(rule, value)
    else:
        _take_numbers(rule, name, value)


def _take_frequency(rule: Rule, value: str) -> None:
    if value in FREQUENCIES:
        rule.freq = value
        return
    rule.doubts = True
    known = {**{each: (each, 1) for each in FREQUENCIES}, **_BY_OTHER_NAMES}
    near = get_close_matches(value, known, 1, 0.75)
    if near:
        rule.freq, times = known[near[0]]
        rule.interval *= times


def _take_days(rule: Rule, value: str) -> None:
    for each in filter(None, value.split(",")):
        found = re.fullmatch(r"([+-]?\d{1,2})?([A-Z]{2,})", each.strip())
        if found and found[2][:2] in _DAYS and abs(int(found[1] or 0)) <= 53:
            rule.days.append((int(found[1] or 0), _DAYS.index(found[2][:2])))
            rule.doubts = rule.doubts or len(found[2]) > 2
        else:
            rule.doubts = rule.lost = True


def _take_numbers(rule: Rule, name: str, value: str) -> None:
    most, least = (_CLOCK[name], 0) if name in _CLOCK else (_TIME_RANGES[name], -_TIME_RANGES[name])
    least = 1 if name == "BYMONTH" else least
    numbers = rule.by.setdefault(name, [])
    for each in filter(None, value.split(",")):
        number = int(each) if re.fullmatch(r"\s*[+-]?\d{1,3}\s*", each) else most + 1
        if least <= number <= most and (number or name in _CLOCK):
            numbers.append(min(number, 59) if name == "BYSECOND" else number)
        else:
            rule.doubts = rule.lost = True
    if not numbers:
        del rule.by[name]


def occurrences(
    rule: Rule,
    start: dt.datetime,
    until: dt.datetime | None,
    since: dt.datetime,
    end: dt.datetime,
    budget: Budget,
) -> Iterator[dt.datetime]:
    """The times on the wall from `since` to `end` at which it comes round; `start` counts always, as the first.

    Where a rule has both a count and a last day, the later of the two ends it.
    """
    left = rule.count
    if since <= start <= end:
        yield start
    skip = start if rule.count is not None or since <= start else since
    for one in _walk(rule, start, skip, end, budget):
        past = until is not None and one > until
        used = left is not None and left <= 0
        if (past and left is None) or (used and until is None) or (past and used):
            return
        left = None if left is None else left - 1
        if one > end:
            return
        if one >= since and one != start:
            yield one


def _walk(
    rule: Rule, start: dt.datetime, since: dt.datetime, end: dt.datetime, budget: Budget
) -> Iterator[dt.datetime]:
    positions = rule.by.get("BYSETPOS")
    for found in _sets(rule, start, since, end, budget):
        if positions:
            whole = list(found)
            found = iter(
                sorted(
                    {whole[at - 1 if at > 0 else at] for at in positions if -len(whole) <= at <= len(whole)}
                )
            )
        for one in found:
            if one >= start:
                yield one


def _sets(
    rule: Rule, start: dt.datetime, since: dt.datetime, end: dt.datetime, budget: Budget
) -> Iterator[Iterator[dt.datetime]]:
    """One after the other, what the rule says of each year, month, week, day, hour, minute or second."""
    if rule.freq in _UNITS:
        yield from _units(rule, start, since, end, budget)
        return
    fits = _filter(rule, start)
    times = _times(rule, start, budget)
    for first, last in _stretches(rule, start, since, end, budget):
        days = (first + _DAY * each for each in range((last - first).days))
        yield (
            dt.datetime.combine(day, time)
            for day in _tried(days, fits, budget)
            for time in _paid(times, budget)
        )


def _tried(days: Iterator[dt.date], fits: Callable[[dt.date], bool], budget: Budget) -> Iterator[dt.date]:
    for day in days:
        budget.step()
        if fits(day):
            yield day


def _paid(times: list[dt.time], budget: Budget) -> Iterator[dt.time]:
    for one in times:
        budget.step()
        yield one


def _times(rule: Rule, start: dt.datetime, budget: Budget) -> list[dt.time]:
    hours, minutes, seconds = (
        sorted(set(rule.by.get(name, [usual])))
        for name, usual in (("BYHOUR", start.hour), ("BYMINUTE", start.minute), ("BYSECOND", start.second))
    )
    budget.step(len(hours) * len(minutes) * len(seconds))
    return [dt.time(*each) for each in product(hours, minutes, seconds)]


def _stretches(
    rule: Rule, start: dt.datetime, since: dt.datetime, end: dt.datetime, budget: Budget
) -> Iterator[tuple[dt.date, dt.date]]:
    """Years, months, weeks or days, each from its first day up to the day after its last."""
    day, step = start.date(), rule.interval
    try:
        if rule.freq in ("YEARLY", "MONTHLY"):
            length = 12 if rule.freq == "YEARLY" else 1
            month = day.year * 12 + (0 if length == 12 else day.month - 1)
            ahead = (since.year * 12 + since.month - 1 - month) // (length * step) - 1
            month += max(0, ahead) * length * step
            while month // 12 <= end.year:
                budget.step()
                after = month + length
                yield dt.date(month // 12, month % 12 + 1, 1), dt.date(after // 12, after % 12 + 1, 1)
                month += length * step
            return
        length = 7 if rule.freq == "WEEKLY" else 1
        if length == 7:
            day -= _DAY * min((day.weekday() - rule.wkst) % 7, day.toordinal() - 1)
        day += _DAY * max(0, (since.date() - day).days // (length * step) - 1) * length * step
        while day <= end.date():
            budget.step()
            yield day, day + _DAY * length
            day += _DAY * length * step
    except (OverflowError, ValueError):
        return


def _filter(rule: Rule, start: dt.datetime) -> Callable[[dt.date], bool]:
    """Whether a day is one of the rule's. What it leaves open comes from the day it begins."""
    by, days, freq = rule.by, rule.days, rule.freq
    months = frozenset(by.get("BYMONTH", ()))
    month_days = by.get("BYMONTHDAY", [])
    if not (days or month_days or "BYYEARDAY" in by or "BYWEEKNO" in by):
        if freq in ("YEARLY", "MONTHLY"):
            month_days = [start.day]
            months = months or (frozenset([start.month]) if freq == "YEARLY" else months)
        elif freq == "WEEKLY":
            days = [(0, start.weekday())]
    if "BYWEEKNO" in by and not (days or month_days or "BYYEARDAY" in by):
        days = [(0, start.weekday())]
    any_week = {weekday for nth, weekday in days if not nth or freq not in ("YEARLY", "MONTHLY")}
    nth = {(nth, weekday) for nth, weekday in days if weekday not in any_week}
    of_year = freq == "YEARLY" and not months and "BYWEEKNO" not in by

    def fits(day: dt.date) -> bool:
        if months and day.month not in months:
            return False
        if month_days and not _counted(day.day, calendar.monthrange(day.year, day.month)[1], month_days):
            return False
        if days and day.weekday() not in any_week and not (nth and _is_nth(day, nth, of_year)):
            return False
        if "BYYEARDAY" in by:
            number = day.timetuple().tm_yday
            if not _counted(number, 366 if calendar.isleap(day.year) else 365, by["BYYEARDAY"]):
                return False
        return "BYWEEKNO" not in by or _in_week(day, by["BYWEEKNO"], rule.wkst)

    return fits


def _counted(number: int, of: int, wanted: list[int]) -> bool:
    return number in wanted or number - of - 1 in wanted


def _is_nth(day: dt.date, wanted: set[tuple[int, int]], of_year: bool) -> bool:
    if of_year:
        at, of = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    else:
        at, of = day.day, calendar.monthrange(day.year, day.month)[1]
    weekday = day.weekday()
    return ((at - 1) // 7 + 1, weekday) in wanted or (-((of - at) // 7 + 1), weekday) in wanted


def _in_week(day: dt.date, wanted: list[int], wkst: int) -> bool:
    """Weeks are numbered from the first that has four days in its year."""
    first, number = _first_week(day.year, wkst), 0
    if day.toordinal() < first:
        return False
    number = (day.toordinal() - first) // 7 + 1
    count = (_first_week(day.year + 1, wkst) - first) // 7
    return number <= count and _counted(number, count, wanted)


def _first_week(year: int, wkst: int) -> int:
    newyear = dt.date(year, 1, 1)
    back = (newyear.weekday() - wkst) % 7
    return newyear.toordinal() - back + (7 if back > 3 else 0)


def _units(
    rule: Rule, start: dt.datetime, since: dt.datetime, end: dt.datetime, budget: Budget
) -> Iterator[Iterator[dt.datetime]]:
    """Hours, minutes or seconds: day by day, so that days which don't count cost one step each."""
    unit, fits = _UNITS[rule.freq], _filter(rule, start)
    base = start - _SECOND * (
        start.minute * 60 + start.second if unit == 3600 else start.second if unit == 60 else 0
    )
    step, day = unit * rule.interval, max(start, since).date()
    while day <= end.date():
        budget.step()
        if fits(day):
            midnight = dt.datetime.combine(day, dt.time())
            behind = int((max(midnight, base) - base).total_seconds())
            at = behind + -behind % step
            while (here := base + _SECOND * at).date() == day:
                budget.step()
                found = _in_unit(rule, here, start, unit)
                if found:
                    yield iter(found)
                at += step
        day += _DAY


def _in_unit(rule: Rule, here: dt.datetime, start: dt.datetime, unit: int) -> list[dt.datetime]:
    by = rule.by
    if "BYHOUR" in by and here.hour not in by["BYHOUR"]:
        return []
    if unit < 3600 and "BYMINUTE" in by and here.minute not in by["BYMINUTE"]:
        return []
    if unit < 60:
        return [here] if "BYSECOND" not in by or here.second in by["BYSECOND"] else []
    seconds = sorted(set(by.get("BYSECOND", [start.second])))
    minutes = sorted(set(by.get("BYMINUTE", [start.minute]))) if unit == 3600 else [here.minute]
    return [here.replace(minute=minute, second=second) for minute in minutes for second in seconds]

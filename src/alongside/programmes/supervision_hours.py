"""Hours of supervision as the counselling bodies count them: pure functions, in exact fractions of an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

MONTHLY_MINIMUM = Fraction(3, 2)
"""Hours in each calendar month while seeing clients (BACP); never averaged over months."""
LARGEST_SMALL_GROUP = 4


def group_credit(hours: Fraction | int | float, supervisees: int) -> Fraction:
    """The hours of a group meeting that count for each supervisee.

    The facilitator is not counted among the supervisees; where peers supervise each other there is none, and everyone
    is. With up to four half of the time counts, with more the time divided by their number (BACP, *Supervision*). One
    alone was not in a group: all of the time counts. ValueError without anyone, or for less than no time.
    """
    exact = Fraction(hours).limit_denominator(3600)
    if supervisees < 1 or exact < 0:
        raise ValueError(f"A group of {supervisees} that met for {hours} hours cannot be counted.")
    if supervisees == 1:
        return exact
    return exact / 2 if supervisees <= LARGEST_SMALL_GROUP else exact / supervisees


def months_met(
    credits: Iterable[tuple[dt.date, Fraction | int | float]], minimum: Fraction = MONTHLY_MINIMUM
) -> dict[tuple[int, int], bool]:
    """For each calendar month, from the first with supervision to the last, whether its own hours reach the minimum.

    `credits` are days with the hours that count. Hours of one month never make up for another's (BACP). Months between
    without any are in it, as not met: whether the supervisee saw clients then is for people to say.
    """
    hours: dict[tuple[int, int], Fraction] = {}
    for day, credit in credits:
        month = (day.year, day.month)
        hours[month] = hours.get(month, Fraction(0)) + Fraction(credit).limit_denominator(3600)
    if not hours:
        return {}
    return {month: hours.get(month, Fraction(0)) >= minimum for month in _months(min(hours), max(hours))}


def _months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    start, end = first[0] * 12 + first[1] - 1, last[0] * 12 + last[1] - 1
    return [(month // 12, month % 12 + 1) for month in range(start, end + 1)]

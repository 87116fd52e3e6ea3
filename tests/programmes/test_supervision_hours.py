"""Hours that count in a group, and months that reach their minimum."""

import datetime as dt
from fractions import Fraction

import pytest

from alongside.programmes.supervision_hours import group_credit, months_met


@pytest.mark.parametrize(
    ("hours", "supervisees", "credit"),
    [
        (2, 4, Fraction(1)),
        (2, 6, Fraction(1, 3)),
        (2.5, 5, Fraction(1, 2)),
        (1.5, 1, Fraction(3, 2)),
        (2, 2, Fraction(1)),
        (0, 3, Fraction(0)),
    ],
)
def test_what_counts_of_a_group_for_each(hours, supervisees, credit):
    assert group_credit(hours, supervisees) == credit


@pytest.mark.parametrize(("hours", "supervisees"), [(2, 0), (-1, 3)])
def test_a_group_that_cannot_be_is_refused(hours, supervisees):
    with pytest.raises(ValueError, match="cannot be counted"):
        group_credit(hours, supervisees)


def test_one_month_never_makes_up_for_another():
    days = [(dt.date(2026, 3, 1), 1), (dt.date(2026, 3, 22), 1), (dt.date(2026, 4, 12), 1)]
    assert months_met(days) == {(2026, 3): True, (2026, 4): False}


def test_every_three_weeks_does_not_reach_each_month():
    days = [dt.date(2026, 7, 31) + dt.timedelta(days=21 * n) for n in range(5)]
    met = months_met((day, 1) for day in days)
    assert [met[2026, month] for month in (8, 9, 10)] == [False, False, True]


def test_a_month_between_without_any_is_not_met_and_the_year_may_turn():
    met = months_met([(dt.date(2025, 11, 3), 2), (dt.date(2026, 2, 3), 1.5)])
    assert met == {(2025, 11): True, (2025, 12): False, (2026, 1): False, (2026, 2): True}
    assert months_met([]) == {}

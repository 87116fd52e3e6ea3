"""Which backups stay."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from alongside.backups.schedule import kept

NIGHT = dt.datetime(2026, 11, 30, 3, tzinfo=dt.UTC)


def nights(count):
    return [NIGHT - dt.timedelta(days=days) for days in range(count)]


def test_after_two_years_of_nights_a_week_a_month_and_a_year_stay():
    stays = sorted(kept(nights(730)), reverse=True)

    assert stays[:7] == nights(7)
    months = {(moment.year, moment.month) for moment in stays}
    assert len(months) == 12 and (2025, 12) in months and (2025, 11) not in months
    assert len(stays) <= 7 + 4 + 12


def test_of_several_on_one_day_the_latest_stays():
    morning, noon = NIGHT, NIGHT + dt.timedelta(hours=9)
    assert kept([morning, noon]) == {noon}


def test_nights_that_nobody_was_there_for_do_not_cost_older_ones():
    lonely = [NIGHT - dt.timedelta(days=days) for days in (0, 40, 90)]
    assert kept(lonely) == set(lonely)
    assert kept([]) == set()


@given(st.lists(st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)), min_size=1))
def test_the_newest_always_stays_and_clearing_twice_changes_nothing(moments):
    aware = [moment.replace(tzinfo=dt.UTC) for moment in moments]
    stays = kept(aware)
    assert max(aware) in stays and stays <= set(aware)
    assert kept(stays) == stays

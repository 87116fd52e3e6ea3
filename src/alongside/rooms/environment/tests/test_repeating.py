"""When something comes round, held against `dateutil`, which reads well-formed rules as RFC 5545 says."""

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rooms.environment.busy.repeating import Budget, TooMany, occurrences, rule_of
from tests.sizes import many

pytestmark = pytest.mark.one_database

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
START = dt.datetime(2026, 1, 5, 9, 30)
END = START + dt.timedelta(days=3 * 366)


def some(values, name):
    """`;NAME=a,b` of some of the values, or nothing."""
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
    return st.one_of(st.just(""), chosen.map(lambda found: f";{name}=" + ",".join(map(str, found))))


INTERVALS = st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3"])
DAILY = st.builds("FREQ=DAILY{}{}{}".format, INTERVALS, some([1, 3, 8, 12], "BYMONTH"), some(DAYS, "BYDAY"))
WEEKLY = st.builds(
    "FREQ=WEEKLY{}{}{}".format, INTERVALS, some(DAYS, "BYDAY"), st.sampled_from(["", ";WKST=SU", ";WKST=MO"])
)
NUMBERED = ["1MO", "2TU", "-1FR", "3WE", "-2TH"]
MONTHLY = st.builds(
    "FREQ=MONTHLY{}{}".format,
    INTERVALS,
    st.one_of(some([1, 15, 28, 31, -1], "BYMONTHDAY"), some(NUMBERED, "BYDAY")),
)
SET_POSITIONS = st.builds(
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR{}".format,
    st.sampled_from([";BYSETPOS=1", ";BYSETPOS=-1", ";BYSETPOS=2,-2"]),
)
YEARLY = st.builds(
    "FREQ=YEARLY{}{}".format, some([1, 2, 6, 12], "BYMONTH"), some([1, 15, 29, -1], "BYMONTHDAY")
)


@settings(max_examples=many(200, 4000))
@given(st.one_of(DAILY, WEEKLY, MONTHLY, SET_POSITIONS, YEARLY), st.integers(0, 400), st.integers(0, 40))
def test_a_well_formed_rule_comes_round_when_dateutil_says(text, since_days, start_days):
    """The start itself is left out: it counts always here, and there only where the rule holds on it."""
    start = START + dt.timedelta(days=start_days)
    since = start + dt.timedelta(days=since_days)
    rule = rule_of(text)
    assert rule and not rule.doubts and not rule.lost

    found = list(occurrences(rule, start, None, since, END, Budget()))

    wanted = rrulestr(text, dtstart=start).between(since, END, inc=True)
    assert [one for one in found if one != start] == [one for one in wanted if one != start], text


@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=5"]), st.integers(1, 30)
)
def test_a_count_is_counted_as_dateutil_counts_where_the_rule_holds_on_the_start(text, count):
    """START is a Monday and a fifth, so that both count it."""
    rule = rule_of(f"{text};COUNT={count}")
    found = list(occurrences(rule, START, None, START, END, Budget()))
    assert found == rrulestr(f"{text};COUNT={count}", dtstart=START).between(START, END, inc=True)


def test_a_rule_that_never_holds_uses_up_its_budget_and_no_more():
    with pytest.raises(TooMany):
        list(
            occurrences(
                rule_of("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), START, None, START, END, Budget(1_000)
            )
        )

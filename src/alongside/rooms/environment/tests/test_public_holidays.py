"""Public holidays: kept by who says so, never offered, and overruled by a day of one's own."""

import datetime as dt

import pytest
from django.utils import translation

from alongside.kernel.clock import now
from alongside.rooms.environment import public_holidays
from alongside.rooms.environment.claims import NeedsReason, TimeTaken
from alongside.rooms.environment.models import OtherHours
from alongside.rooms.environment.queries.slots import first_times

from .test_slot_search import LONDON, book, protect


def day(year, month, number):
    return dt.date(year, month, number)


@pytest.mark.parametrize(
    ("country", "part", "date", "is_one"),
    [
        ("GB", "", day(2026, 12, 25), True),
        ("GB", "", day(2026, 12, 24), False),
        ("GB", "SCT", day(2026, 11, 30), True),
        ("GB", "ENG", day(2026, 11, 30), False),
        ("DE", "BY", day(2026, 1, 6), True),
        ("DE", "BE", day(2026, 1, 6), False),
        ("", "", day(2026, 12, 25), False),
        ("XX", "", day(2026, 12, 25), False),
        ("GB", "nowhere", day(2026, 12, 25), False),
        ("GB", "", day(1066, 12, 25), False),
    ],
)
def test_holidays_are_those_of_the_country_and_its_part(country, part, date, is_one):
    assert public_holidays.is_holiday(country, part, date) is is_one


def test_they_are_named_in_the_readers_language_where_the_library_speaks_it():
    with translation.override("en-gb"):
        assert public_holidays.named("DE", "", 2026)[day(2026, 12, 25)] == "Christmas Day"
    with translation.override("de"):
        assert public_holidays.named("DE", "", 2026)[day(2026, 12, 25)] == "Erster Weihnachtstag"


def test_countries_are_written_as_people_write_them():
    names = public_holidays.countries()
    assert names["GB"] == "United Kingdom" and names["KN"] == "Saint Kitts and Nevis"
    assert list(names.values()) == sorted(names.values())


def a_holiday():
    """A weekday within the year to come on which the United Kingdom rests, and ten o'clock on it."""
    today = now().astimezone(LONDON).date()
    ahead = (today + dt.timedelta(days=number) for number in range(7, 300))
    found = next(one for one in ahead if one.weekday() < 5 and public_holidays.is_holiday("GB", "ENG", one))
    return dt.datetime.combine(found, dt.time(10), tzinfo=LONDON).astimezone(dt.UTC)


def test_nothing_is_booked_on_them_but_by_oneself_with_a_reason(cast, seat, place):
    protect(cast.guide, country="GB", subdivision="ENG")
    start = a_holiday()

    with pytest.raises(TimeTaken, match="is not free"):
        book(cast.seat(cast.participant, seat.journey), place, start)
    with pytest.raises(NeedsReason):
        book(seat, place, start)
    assert book(seat, place, start, override="It can't wait").override_reason


def test_they_are_not_offered_and_the_days_around_them_are(cast, seat, place):
    protect(cast.guide, country="GB", subdivision="ENG")
    start = a_holiday()

    found = first_times(
        [cast.guide],
        [place],
        minutes=60,
        zone=LONDON,
        since=start - dt.timedelta(days=4),
        count=40,
        most_a_day=1,
    )

    days = {one.starts_at.astimezone(LONDON).date() for one in found}
    assert start.date() not in days and days
    assert not any(public_holidays.is_holiday("GB", "ENG", one) for one in days)


def test_a_day_of_ones_own_comes_before_the_holiday(cast, seat, place):
    protect(cast.guide, country="GB", subdivision="ENG")
    start = a_holiday()
    OtherHours.objects.create(person=cast.guide, day=start.date(), begins=540, ends=720)

    assert book(cast.seat(cast.participant, seat.journey), place, start)

"""Zones as our calendars define them, read by `dateutil`, which believes the file and knows no name of a zone.

A sample of zones each time; all there are, in some minutes, with `ALONGSIDE_LONG_TESTS=1`.
"""

import datetime as dt
import io
import os
import zoneinfo
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical

from alongside.rooms.environment import ics
from alongside.rooms.environment.tests.test_calendar_files import found_in, spoken
from alongside.rooms.environment.vtimezone import vtimezone

FIRST, LAST = 2026, 2036
SAMPLE = [
    *(
        "Europe/London",
        "Europe/Berlin",
        "Europe/Dublin",
        "America/New_York",
        "America/Havana",
        "America/Santiago",
    ),
    *(
        "America/Sao_Paulo",
        "America/Nuuk",
        "Asia/Jerusalem",
        "Asia/Kolkata",
        "Asia/Tehran",
        "Asia/Gaza",
        "Africa/Cairo",
    ),
    *(
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "Pacific/Norfolk",
        "Asia/Almaty",
    ),
    *("Antarctica/Troll", "Europe/Chisinau", "Etc/GMT+5", "America/Mexico_City", "Asia/Beirut"),
]
STEADY = [
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Sydney",
    "Pacific/Auckland",
    "America/Santiago",
]
ALL = sorted(zoneinfo.available_timezones() - {"Factory", "localtime"})


def as_file(name):
    made = icalendar.Calendar()
    made.add("version", "2.0")
    made.add_component(vtimezone(name, FIRST, LAST))
    return made.to_ical().decode()


def differences(name):
    """Times on the wall at which the file and the zone disagree, each half hour near a change and each noon."""
    believed = tzical(io.StringIO(as_file(name).replace("\r\n", "\n"))).get()
    zone, wrong = ZoneInfo(name), []
    here = dt.datetime(FIRST, 1, 2)
    while here.year < LAST:
        changes = (
            here.replace(tzinfo=zone).utcoffset()
            != (here + dt.timedelta(days=1)).replace(tzinfo=zone).utcoffset()
        )
        for half in range(48) if changes else (24,):
            wall = here + dt.timedelta(minutes=30 * half)
            offsets = {wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)}
            if len(offsets) == 1 and believed.utcoffset(wall) not in offsets:
                wrong.append(wall)
        here += dt.timedelta(days=1)
    return wrong


@pytest.mark.parametrize("name", ALL if os.environ.get("ALONGSIDE_LONG_TESTS") else SAMPLE)
def test_a_zone_is_what_the_file_says_for_ten_years(name):
    assert differences(name) == []


@pytest.mark.parametrize("name", STEADY)
def test_what_is_steady_is_written_as_a_rule(name):
    said = as_file(name)
    assert said.count("RRULE:") == 2 and "RDATE" not in said


def test_each_change_begins_by_the_wall_before_it():
    said = as_file("Europe/London")
    assert "DTSTART:20260329T010000" in said and "DTSTART:20261025T020000" in said
    said = as_file("America/New_York")
    assert "DTSTART:20260308T020000" in said and "DTSTART:20261101T020000" in said


def test_what_is_not_steady_is_written_date_by_date():
    assert "RDATE:" in as_file("Africa/Casablanca")


@pytest.mark.parametrize(
    "name", ["Europe/London", "America/New_York", "Africa/Casablanca", "Pacific/Auckland"]
)
def test_an_invitation_is_read_at_its_hour_by_one_who_knows_no_zone_by_name(name):
    """Its zone is given a name that nobody knows, so that only its definition can be believed."""
    for month in range(1, 13):
        start = dt.datetime(2027, month, 27, 9, 30, tzinfo=ZoneInfo(name)).astimezone(dt.UTC)
        entry = ics.Entry(
            uid="1@x",
            sequence=0,
            zone=name,
            title="Appointment",
            starts_at=start,
            ends_at=start + dt.timedelta(hours=1),
        )
        file = ics.invitation(
            entry, "REQUEST", organiser="us@example.org", attendee="you@example.org", stamp=start
        )
        assert file.count(b"BEGIN:VTIMEZONE") == 1
        found = found_in(file.replace(name.encode(), b"Our Own"))
        assert found.busy == [(start, start + dt.timedelta(hours=1))], spoken(found.busy)
        assert found.unread == []


def test_a_meeting_in_utc_needs_no_zone():
    start = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)
    entry = ics.Entry(
        uid="1@x",
        sequence=0,
        zone="UTC",
        title="Appointment",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=1),
    )
    assert b"VTIMEZONE" not in ics.feed([(entry, start)], name="Appointments")

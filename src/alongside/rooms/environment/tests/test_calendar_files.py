"""Calendars as they are found in the field, each with what is right: `calendar_files/`, with `expected.json` beside.

`expect` is what is busy between December 2026 and December 2028, in UTC; `starts T`: something busy begins then, and
nothing else is lost; `refused`: it may be refused by name instead. What is never right is to read it and leave the time free.
"""

import datetime as dt
import json
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alongside.rooms.environment.busy.reading import answer, read

from .calendars import calendar

FILES = Path(__file__).parent / "calendar_files"
EXPECTED = json.loads((FILES / "expected.json").read_text())
SINCE, UNTIL = dt.datetime(2026, 12, 1, tzinfo=dt.UTC), dt.datetime(2028, 12, 1, tzinfo=dt.UTC)
STARTS = {  # all that stands in the file beside what is asked for, so that nothing else is lost
    "newer-sequence": ["2027-01-06 09:00"],
    "gap-time": ["2027-03-28 01:30"],
    "allday-p0d": ["2027-01-05 00:00"],
}


def found_in(content, zone="Europe/London"):
    return read(content, ZoneInfo(zone), SINCE, UNTIL)


def spoken(time_ranges):
    """Moments as `expected.json` writes them."""
    return [(f"{a:%Y-%m-%d %H:%M}", f"{b:%Y-%m-%d %H:%M}") for a, b in time_ranges]


def moment(said):
    day, clock = said.split(" ")
    hours, minutes = map(int, clock.split(":"))
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC) + dt.timedelta(hours=hours, minutes=minutes)


def test_every_file_has_its_right_value():
    assert sorted(path.stem for path in FILES.glob("*.ics")) == sorted(EXPECTED)


@pytest.mark.parametrize(
    "name", [name for name, said in EXPECTED.items() if isinstance(said["expect"], list)]
)
def test_a_calendar_of_the_field_is_read_as_it_is_meant(name):
    found = found_in((FILES / f"{name}.ics").read_bytes(), EXPECTED[name]["zone"])
    assert spoken(found.busy) == spoken([(moment(a), moment(b)) for a, b in EXPECTED[name]["expect"]])


@pytest.mark.parametrize(
    "name",
    [
        name
        for name, said in EXPECTED.items()
        if isinstance(said["expect"], str) and said["expect"] != "refused: broken"
    ],
)
def test_a_calendar_with_a_fault_is_busy_where_it_can_be_placed(name):
    content = (FILES / f"{name}.ics").read_bytes()
    found = found_in(content, EXPECTED[name]["zone"])
    said = EXPECTED[name]["expect"]
    starts = (
        [said.removeprefix("starts ").removesuffix(", or refused")] if said != "undecided" else STARTS[name]
    )
    if b"20270301T120000Z" in content:
        starts.append("2027-03-01 12:00")
    begun = [a for a, _b in spoken(found.busy)]
    assert [one for one in starts if not any(each.startswith(one) for each in begun)] == []


def test_a_calendar_that_breaks_off_is_said_to_be_broken():
    content = (FILES / "no-end-vevent.ics").read_bytes()
    assert answer(content, "Europe/London", SINCE.isoformat(), UNTIL.isoformat()) == {"trouble": "broken"}


# --- others of each kind ------------------------------------------------------------------------------------------

JULY = dt.datetime(2027, 7, 6, tzinfo=dt.UTC)
NINE = [("2027-01-05 09:00", "2027-01-05 10:00")]


@pytest.mark.parametrize(
    "start",
    [
        *(
            "20270105T0900Z",
            "20270105T09Z",
            "2027-01-05T09:00Z",
            "2027-01-05 09:00:00Z",
            "20270105T090000.000Z",
        ),
        *("20270105t090000z", " 20270105T090000Z", "2027-01-05T10:00:00+01:00", "20270105T040000-0500"),
        *("2027/01/05 09:00Z", "2027-1-5 9:00 AM Z", "20270105T085960Z"),
    ],
)
def test_a_moment_written_in_another_way_is_that_moment(start):
    found = found_in(calendar(f"DTSTART:{start}\r\nDTEND:20270105T100000Z"))
    assert (spoken(found.busy), found.unread) == (NINE, [])


@pytest.mark.parametrize(
    ("end", "busy"),
    [
        ("20270105T240000Z", "2027-01-06 00:00"),
        ("20270105T096000Z", "2027-01-06 00:00"),
        ("nonsense", "2027-01-06 00:00"),
        ("", "2027-01-06 00:00"),
        ("20270106", "2027-01-06 00:00"),
        ("20270105", "2027-01-06 00:00"),
    ],
)
def test_an_end_nobody_can_read_is_the_end_of_that_day(end, busy):
    found = found_in(calendar(f"DTSTART:20270105T090000Z\r\nDTEND:{end}"))
    assert spoken(found.busy) == [("2027-01-05 09:00", busy)]
    assert [one.why for one in found.unread] == ([] if end[:8].isdigit() and "96" not in end else ["end"])


@pytest.mark.parametrize(
    "length", ["1H", "PT60M", "P1H", "pt1h", "PT3600S", "+PT1H", "PT0H60M", "P0DT1H0M0S", "PT1,0H"]
)
def test_a_length_written_in_another_way_is_that_length(length):
    assert spoken(found_in(calendar(f"DTSTART:20270105T090000Z\r\nDURATION:{length}")).busy) == NINE


@pytest.mark.parametrize("length", ["an hour", "P", "PT", "", "60", "PTXH"])
def test_a_length_nobody_can_read_is_the_rest_of_that_day_and_said(length):
    found = found_in(calendar(f"DTSTART:20270105T090000Z\r\nDURATION:{length}\r\nSUMMARY:Talk\\, long"))
    assert spoken(found.busy) == [("2027-01-05 09:00", "2027-01-06 00:00")]
    assert [(one.title, one.why, one.placed) for one in found.unread] == [("Talk, long", "end", "busy")]


@pytest.mark.parametrize(
    "zone",
    [
        *(
            "Eastern Standard Time",
            '"Eastern Standard Time"',
            "US/Eastern",
            "america/new_york",
            "America/New York",
        ),
        *(
            "(UTC-05:00) Eastern Time (US & Canada)",
            '"(GMT-05:00) Eastern Time (US & Canada)"',
            "EST5EDT",
            "EDT",
        ),
        *("/citadel.org/20190914_1/America/New_York", "/softwarestudio.org/Tzfile/America/New_York"),
        *("/freeassociation.sourceforge.net/America/New_York", "-0400", "UTC-04:00", "GMT-4", "Etc/GMT+4"),
    ],
)
def test_a_zone_by_another_name_is_that_zone(zone):
    for colon in (":", " :"):
        found = found_in(calendar(f"DTSTART;TZID={zone}{colon}20270706T100000\r\nDURATION:PT1H"))
        assert (spoken(found.busy), found.unread) == ([("2027-07-06 14:00", "2027-07-06 15:00")], [])


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", 8),
        ("(GMT+01.00) Belgrade / Bratislava / Budapest / Ljubljana / Prague", 8),
        ("(UTC+00:00) Dublin, Edinburgh, Lisbon, London", 9),
        ("(UTC) Dublin, Edinburgh, Lisbon, London", 9),
        ("(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi", 4.5),
        ("(UTC-08:00) Pacific Time (US & Canada)", 17),
        ("(UTC+10:00) Canberra, Melbourne, Sydney", 0),
        ("(UTC) Coordinated Universal Time", 10),
        ("(UTC-07:00) Arizona", 17),
        ("UTC+01:00", 9),
    ],
)
def test_a_name_that_is_shown_to_people_is_its_zone(zone, hour):
    found = found_in(calendar(f"DTSTART;TZID={zone}:20270706T100000\r\nDURATION:PT1H"), "America/New_York")
    assert (spoken(found.busy), found.unread) == (
        spoken([(JULY + dt.timedelta(hours=hour), JULY + dt.timedelta(hours=hour + 1))]),
        [],
    )


@pytest.mark.parametrize(
    "zone", ["Mars/Phobos", "tzone://Microsoft/Custom", "Customized Time Zone", "(UTC+03:00) Nowhere"]
)
def test_a_zone_nobody_knows_is_said(zone):
    found = found_in(calendar(f"DTSTART;TZID={zone}:20270706T100000\r\nDURATION:PT1H"))
    assert len(found.busy) == 1 and [one.why for one in found.unread] == ["zone"]


WEEKLY = "DTSTART;TZID=Europe/London:20270105T090000\r\nDURATION:PT1H\r\nRRULE:"


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "FREQ=WEEKLLY;COUNT=3",
            "FREQ=WEEKLY;COUNTT=3",
            "freq=weekly;count=3",
            "FREQ=WEEKLY; COUNT=3",
            "COUNT=3;FREQ=WEEKLY",
        ),
        *("FREQ=WEEKLY;BYDAYS=TU;COUNT=3", "FREQ=WEEKLY;BYDAY=TUE;COUNT=3", "FREQ=WEEKLY;COUNT=3;X-OF=ITS;"),
        *(
            "FREQ=WEEKLY;UNTIL=2027-01-19",
            "FREQ=WEEKLY;UNTIL=20270119T0900Z",
            "FREQ=WEEKLY;INTERVAL=0;COUNT=3",
        ),
    ],
)
def test_a_misspelt_rule_is_read_as_it_is_meant(rule):
    starts = [a for a, _b in spoken(found_in(calendar(WEEKLY + rule)).busy)]
    assert starts == ["2027-01-05 09:00", "2027-01-12 09:00", "2027-01-19 09:00"]


@pytest.mark.parametrize(
    "rule", ["FREQ=SOMETIMES", "every week", "BYDAY=TU", "FREQ=WEEKLY;BYDAY=XX", "W1 TU #3"]
)
def test_a_rule_nobody_can_read_asks_on_every_day(rule):
    found = found_in(calendar(WEEKLY + rule))
    assert ("2027-01-05 09:00", "2027-01-05 10:00") in spoken(found.busy)
    assert [one for one in spoken(found.unsure) if "2027-02-11" in one[0]] == [
        ("2027-02-11 09:00", "2027-02-11 10:00")
    ]
    assert [one.why for one in found.unread] == ["rule"]


@pytest.mark.parametrize("odd", ["DTSTXRT", "DTSTART", "dtstat", "DTSTART;TZID=X"])
def test_one_odd_line_takes_no_other_event_with_it(odd):
    others = [f"DTSTART:202702{day:02}T090000Z\r\nDTEND:202702{day:02}T100000Z" for day in range(1, 29)]
    for broken in (f"{odd}:nonsense", f"{odd}", "BEGIN:VALARM\r\nDURATION:PT9H", "END:VEVNT", "END:VALARM"):
        found = found_in(calendar(*others[:14], f"SUMMARY:Odd\r\n{broken}", *others[14:]))
        assert len([one for one in found.busy if one[0].month == 2]) == 28
        assert [one.title for one in found.unread] == ["Odd"]


@pytest.mark.parametrize(
    ("period", "busy"),
    [
        ("20270105T090000Z/PT1H", NINE),
        ("20270105T090000Z/20270105T100000Z,", NINE),
        ("20270105T090000Z/PT30M, 20270105T093000Z/PT30M", NINE),
        ("20270105T090000Z/PT30M;20270105T093000Z/PT30M", NINE),
        ("2027-01-05T09:00Z/2027-01-05T10:00Z", NINE),
        ("20270105T090000Z/nonsense", [("2027-01-05 09:00", "2027-01-06 00:00")]),
        ("20270105T090000Z", [("2027-01-05 09:00", "2027-01-06 00:00")]),
    ],
)
def test_busy_times_alone_in_their_variants(period, busy):
    content = calendar(f"FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:{period}").replace(b"VEVENT", b"VFREEBUSY")
    assert spoken(found_in(content).busy) == busy


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252", "latin-1"])
def test_a_calendar_in_another_encoding_is_read(code):
    content = calendar("DTSTART:20270105T090000Z\r\nDTEND:20270105T100000Z\r\nSUMMARY:Café").decode()
    assert spoken(found_in(content.encode(code)).busy) == NINE


@pytest.mark.parametrize("end", ["\n", "\r", "\r\r\n", "\r\n\r\n", " \r\n"])
def test_lines_that_end_in_another_way_are_read(end):
    content = (
        calendar("DTSTART:20270105T090000Z\r\nDTEND:20270105T1000\r\n 00Z").decode().replace("\r\n", end)
    )
    found = found_in(content.encode())
    assert spoken(found.busy) == NINE


def test_a_calendar_that_is_indented_is_read():
    content = calendar("DTSTART:20270105T090000Z\r\nDTEND:20270105T100000Z").replace(b"\r\n", b"\r\n  ")
    assert spoken(found_in(content).busy) == NINE


def test_an_exception_nobody_can_read_leaves_the_series_busy_and_is_said():
    for exception in ("2027-01-12", "tomorrow", "20270112T090000XYZ"):
        found = found_in(calendar(WEEKLY + f"FREQ=WEEKLY;COUNT=2\r\nEXDATE:{exception}"))
        assert len(found.busy) == 2 and [one.why for one in found.unread] == ["exception"]


def test_an_entry_of_which_nothing_is_known_is_named_and_nowhere():
    found = found_in(calendar("SUMMARY:Lost", "DTSTART:soon\r\nSUMMARY:Soon"))
    assert [(one.title, one.why, one.placed) for one in found.unread] == [
        ("Lost", "no_start", "nowhere"),
        ("Soon", "start", "nowhere"),
    ]


def test_an_entry_whose_day_alone_can_be_read_takes_that_day():
    found = found_in(calendar("DTSTART:20270105T9Xhrs\r\nSUMMARY:Some time"))
    assert spoken(found.busy) == [("2027-01-05 00:00", "2027-01-06 00:00")]
    assert [one.why for one in found.unread] == ["start"]


@pytest.mark.parametrize(
    "rule",
    [
        *("FREQ=SECONDLY", "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;INTERVAL=60;BYSECOND=30"),
        *(
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=SECONDLY;COUNT=999999999",
            "FREQ=MINUTELY;BYHOUR=3;COUNT=999999999",
        ),
    ],
)
@pytest.mark.parametrize("start", ["00010101T000000Z", "20250101T000000Z"])
def test_a_small_bomb_costs_less_than_two_seconds(rule, start):
    event = f"BEGIN:VEVENT\r\nDTSTART:{start}\r\nDURATION:PT1M\r\nRRULE:{rule}\r\nEND:VEVENT\r\n".encode()
    whole = b"BEGIN:VCALENDAR\r\n" + event * ((532 - 34) // len(event)) + b"END:VCALENDAR\r\n"
    begun = time.process_time()
    answer(whole, "Europe/London", SINCE.isoformat(), UNTIL.isoformat())
    assert time.process_time() - begun < 2

"""The promise: what is busy elsewhere is never offered, and never lost in silence.

Calendars come as they are in the field, and damaged at random: a letter lost, a line lost, doubled or cut. Whatever is
done to one line, every other entry stays busy; the entry itself stays busy, is asked about, or is named on the page of the
one whose calendar it is. And what was busy before stays busy while nobody knows when an entry is.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.kernel.clock import at as clock_at
from alongside.rooms.environment.actions.busy_times import keep_busy
from alongside.rooms.environment.busy.expanding import Reading, UnreadPart
from alongside.rooms.environment.busy.reading import read
from alongside.rooms.environment.models import BusyCalendar, BusyKind, BusyTimeRange, UnreadEntry
from alongside.rooms.environment.queries.slots import diary_of
from alongside.rooms.environment.tests.test_calendar_files import EXPECTED, FILES, moment
from tests.sizes import many

SINCE, UNTIL = dt.datetime(2026, 12, 1, tzinfo=dt.UTC), dt.datetime(2028, 12, 1, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)
LONDON = ZoneInfo("Europe/London")
TIME, ADD = reverse("environment_time:time"), reverse("environment_time:add_calendar")

ENTRIES = [
    ["DTSTART:20270104T090000Z", "DTEND:20270104T100000Z", "SEQUENCE:2"],
    [
        "DTSTART;TZID=Europe/London:20270105T090000",
        "DURATION:PT45M",
        "LOCATION:Room 1\\, first floor",
        "STATUS:CONFIRMED",
    ],
    ["DTSTART;VALUE=DATE:20270106", "DTEND;VALUE=DATE:20270107", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"],
    [
        "DTSTART;TZID=Europe/London:20270107T130000",
        "DTEND;TZID=Europe/London:20270107T140000",
        "RRULE:FREQ=WEEKLY;BYDAY=TH",
        "EXDATE;TZID=Europe/London:20270114T130000",
        *("BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "END:VALARM"),
    ],
    [
        "DTSTART;TZID=W. Europe Standard Time:20270108T100000",
        "DTEND;TZID=W. Europe Standard Time:20270108T113000",
    ],
    ["DTSTART:20270109T090000Z", "DTEND:20270109T093000Z", "RDATE:20270111T090000Z", "TRANSP:OPAQUE"],
]


def lines_of(entries: list[list[str]]) -> list[tuple[int, str]]:
    """The lines of a calendar, each with the number of its entry; those of the whole have -1."""
    lines = [(-1, "BEGIN:VCALENDAR"), (-1, "VERSION:2.0"), (-1, "PRODID:-//Elsewhere//EN")]
    for number, entry in enumerate(entries):
        inner = ["BEGIN:VEVENT", f"UID:{number}@elsewhere", f"SUMMARY:Entry {number}", *entry, "END:VEVENT"]
        lines += [(number, line) for line in inner]
    return [*lines, (-1, "END:VCALENDAR")]


def calendar_of(lines: list[str]) -> bytes:
    return "\r\n".join([*lines, ""]).encode()


def busy_of(number: int) -> list[tuple[dt.datetime, dt.datetime]]:
    """When one entry alone is busy."""
    lines = [line for each, line in lines_of(ENTRIES) if each in (-1, number)]
    return read(calendar_of(lines), LONDON, SINCE, UNTIL).busy


ALONE = [busy_of(number) for number in range(len(ENTRIES))]


@st.composite
def damage(draw: st.DrawFn) -> tuple[int, list[str]]:
    """A calendar of which one line was damaged, and the entry it belonged to."""
    lines = lines_of(ENTRIES)
    at = draw(st.integers(3, len(lines) - 2))
    number, line = lines[at]
    kind = draw(
        st.sampled_from(
            ["lost", "letter lost", "letter changed", "letter put in", "doubled", "cut", "broken"]
        )
    )
    place = draw(st.integers(0, len(line) - 1))
    letter = draw(st.sampled_from("XqZ-:;=\"'\\ ,.é\t"))
    changed = {
        "lost": [],
        "letter lost": [line[:place] + line[place + 1 :]],
        "letter changed": [line[:place] + letter + line[place + 1 :]],
        "letter put in": [line[:place] + letter + line[place:]],
        "doubled": [line, line],
        "cut": [line[:place]],
        "broken": [line[:place], line[place:]],
    }[kind]
    return number, [*(each for _n, each in lines[:at]), *changed, *(each for _n, each in lines[at + 1 :])]


def covers(spans: list[tuple[dt.datetime, dt.datetime]], wanted: tuple[dt.datetime, dt.datetime]) -> bool:
    return any(start <= wanted[0] and wanted[1] <= end for start, end in spans)


@given(damage())
@settings(max_examples=many(400, 8000), deadline=None)
def test_a_damaged_line_loses_no_entry_without_naming_it(damaged):
    number, lines = damaged
    try:
        found = read(calendar_of(lines), LONDON, SINCE, UNTIL)
    except ValueError:
        assert number == len(ENTRIES) - 1  # it breaks off: its last entry has no end any more
        return
    for other, alone in enumerate(ALONE):
        if other != number:
            assert [span for span in alone if not covers(found.busy, span)] == [], (
                f"entry {other} lost a time"
            )
    maybe = sorted([*found.busy, *found.unsure])
    first = ALONE[number][0]
    assert covers(maybe, first) or found.unread or any(a < first[1] and first[0] < b for a, b in maybe)


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_what_is_busy_in_a_calendar_of_the_field_is_not_offered(cast, name):
    """Whatever was read is kept, and asked for before anything is offered."""
    said = EXPECTED[name]["expect"]
    content = (FILES / f"{name}.ics").read_bytes()
    try:
        found = read(content, ZoneInfo(EXPECTED[name]["zone"]), SINCE, UNTIL)
    except ValueError:
        assert "refused" in said
        return
    made = BusyCalendar.objects.create(person=cast.guide, name="Work", is_file=True)
    keep_busy(calendar=made, reading=reading_of(found), tag="", until=UNTIL, by=None)
    taken = diary_of([cast.guide], [], SINCE, UNTIL).busy[cast.guide.id]
    for begins, ends in said if isinstance(said, list) else ():
        assert covers(taken, (moment(begins), moment(ends)))
    assert UnreadEntry.objects.filter(calendar=made).count() == len(found.unread)


def reading_of(found) -> Reading:
    """As it comes back from the reader beside the application."""
    unread = tuple(UnreadPart(one.title, one.why, one.placed, one.at, one.mark) for one in found.unread)
    return Reading(found.busy, found.unsure, unread, found.unread_count)


@pytest.mark.django_db
def test_the_page_names_what_could_not_be_read_and_what_became_of_it(cast):
    entries = [
        *ENTRIES[:2],
        ["DTSTART:20270112T090000Z", "DTEND:whenever"],
        ["DTSTART:20270113T090000Z"],
        ["DTSTART:one of these days"],
    ]
    content = calendar_of([line for _number, line in lines_of(entries)])
    client = cast.client(cast.guide)
    with clock_at(NOW):
        file = SimpleUploadedFile("work.ics", content, "text/calendar")
        page = client.post(ADD, {"name": "Work", "address": "", "file": file}, follow=True).content.decode()
    assert "Read, but 3 entries in it could not be understood" in page
    assert (
        "Entry 2, Tuesday 12 January 2027, 09:00: its end cannot be read. That time counts as busy." in page
    )
    assert (
        "Entry 3, Wednesday 13 January 2027, 09:00: it does not say when it ends. You are "
        "asked before anything is booked then." in page
    )
    assert "Entry 4: its beginning cannot be read. Times that were busy before stay busy" in page
    taken = diary_of([cast.guide], [], SINCE, UNTIL).busy[cast.guide.id]
    assert covers(taken, (moment("2027-01-12 09:00"), moment("2027-01-13 00:00")))
    assert covers(taken, (moment("2027-01-13 09:00"), moment("2027-01-13 10:00")))
    colleague = cast.client(cast.colleague).get(TIME).content.decode()
    assert "Entry 2" not in colleague


@pytest.mark.django_db
def test_what_was_busy_stays_busy_while_nobody_knows_when_an_entry_is(cast):
    made = BusyCalendar.objects.create(person=cast.guide, name="Work", is_file=True)

    def keep(*entries: list[str]) -> set[tuple[str, str]]:
        found = read(calendar_of([line for _n, line in lines_of(list(entries))]), LONDON, SINCE, UNTIL)
        keep_busy(calendar=made, reading=reading_of(found), tag="", until=UNTIL, by=None)
        rows = BusyTimeRange.objects.filter(calendar=made).values_list("kind", "starts_at")
        return {(kind, f"{starts:%d %H}") for kind, starts in rows}

    monday, tuesday = ENTRIES[0], ENTRIES[1]
    assert keep(monday, tuesday) == {("read", "04 09"), ("read", "05 09")}
    lost = ["DTSTART:2027", "DTEND:"]
    assert keep(lost, tuesday) == {(BusyKind.HELD, "04 09"), ("read", "05 09")}
    assert keep(lost, tuesday) == {(BusyKind.HELD, "04 09"), ("read", "05 09")}
    assert keep(lost) == {(BusyKind.HELD, "04 09")}  # nothing new is unknown: Tuesday was taken out
    assert keep(tuesday) == {("read", "05 09")}
    assert not UnreadEntry.objects.exists()

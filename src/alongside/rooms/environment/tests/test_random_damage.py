"""Random damage to a good calendar: whatever happens to one event, no other is lost, and it isn't lost in silence."""

import datetime as dt
from itertools import chain
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.rooms.environment.busy.content_lines import CutOff
from alongside.rooms.environment.busy.reading import NotACalendar, read
from tests.sizes import many

SINCE, UNTIL = dt.datetime(2026, 12, 1, tzinfo=dt.UTC), dt.datetime(2028, 12, 1, tzinfo=dt.UTC)
HOUR, DAY, COUNT = dt.timedelta(hours=1), dt.timedelta(days=1), 12
FIRST = dt.datetime(2027, 1, 5, 9, tzinfo=dt.UTC)


def event(number: int) -> list[str]:
    """An event of one hour, each on a day of its own; in UTC, in a zone, with a length, with a rule, by turns."""
    start = FIRST + number * DAY
    wall, until = f"{start:%Y%m%dT%H%M%S}", f"{start + HOUR:%Y%m%dT%H%M%S}"
    when = [
        [f"DTSTART:{wall}Z", f"DTEND:{until}Z"],
        [f"DTSTART;TZID=Europe/London:{wall}", f"DTEND;TZID=Europe/London:{until}"],
        [f"DTSTART:{wall}Z", "DURATION:PT1H"],
        [f"DTSTART:{wall}Z", f"DTEND:{until}Z", "RRULE:FREQ=YEARLY;COUNT=1"],
    ][number % 4]
    return [
        "BEGIN:VEVENT",
        f"UID:{number}@example.org",
        "DTSTAMP:20260101T000000Z",
        *when,
        "SUMMARY:Yoga",
        "END:VEVENT",
    ]


def file_of(events: list[list[str]]) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Elsewhere//EN",
        *chain.from_iterable(events),
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode("utf-8", "surrogateescape")


def starts(found) -> set[dt.datetime]:
    return {start for start, _end in [*found.busy, *found.unsure]}


def meant(number: int) -> dt.datetime:
    return FIRST + number * DAY


def test_without_damage_all_of_them_are_busy():
    found = read(file_of([event(number) for number in range(COUNT)]), ZoneInfo("Europe/London"), SINCE, UNTIL)
    assert starts(found) == {meant(number) for number in range(COUNT)} and not found.unread


junk = st.text(st.characters(blacklist_categories=("Cs", "Nd"), blacklist_characters="\r\n"), max_size=12)


@settings(max_examples=many(150, 3000))
@given(st.integers(0, COUNT - 1), st.integers(1, 6), st.integers(0, 40), st.integers(0, 6), junk)
def test_what_happens_within_one_event_happens_to_it_alone(number, line, at, cut, put):
    events = [event(one) for one in range(COUNT)]
    lines = events[number]
    line = min(line, len(lines) - 2)  # neither its first nor its last
    lines[line] = lines[line][:at] + put + lines[line][at + cut :]
    found = read(file_of(events), ZoneInfo("Europe/London"), SINCE, UNTIL)
    assert {meant(one) for one in range(COUNT) if one != number} <= starts(found)


@settings(max_examples=many(150, 3000))
@given(
    st.integers(0, COUNT - 1),
    st.sampled_from(["DTSTART", "RRULE"]),
    st.integers(0, 30),
    junk.filter(str.strip),
)
def test_an_event_whose_time_is_damaged_is_busy_or_named(number, name, at, put):
    events = [event(one) for one in range(COUNT)]
    for place, text in enumerate(events[number]):
        if text.startswith(name):
            at = len(name) + 1 + at % max(len(text) - len(name) - 1, 1)
            events[number][place] = text[:at] + put + text[at:]
    found = read(file_of(events), ZoneInfo("Europe/London"), SINCE, UNTIL)
    assert len(starts(found)) >= COUNT or found.unread_count


@settings(max_examples=many(150, 3000))
@given(st.integers(0, 2_000))
def test_a_file_that_breaks_off_is_refused_by_name(at):
    whole = file_of([event(number) for number in range(COUNT)])
    cut = whole[: at % len(whole)]
    if cut.rstrip().endswith(b"END:VCALENDAR"):
        return  # only its last line break is missing
    with pytest.raises((NotACalendar, CutOff)):
        read(cut, ZoneInfo("Europe/London"), SINCE, UNTIL)

"""ical.js as a further reader: of the invitations we send, and of the calendar files from the field."""

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core import mail

from alongside.rooms.environment.actions import series
from alongside.rooms.environment.models import Meeting

from .factories import at
from .test_calendar_files import EXPECTED, FILES, found_in

HERE = Path(__file__).parent
READ_OTHERWISE = {
    "vtimezone-empty": "ical.js takes a zone that is named and has no rules for UTC; we take it by its name",
}


def read_by_ical_js(*texts: str) -> list[dict]:
    node = shutil.which("node") or str(Path(__file__).parents[5] / ".venv/bin/node")
    done = subprocess.run(
        [node, str(HERE / "ical_js.mjs")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


@pytest.mark.django_db
def test_each_event_of_a_series_is_read_as_it_was_meant(seat, place):
    starts = [at(3) + number * dt.timedelta(weeks=1) for number in range(30)]
    series.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=seat)
    parts = [part for part in mail.outbox[0].message().walk() if part.get_content_type() == "text/calendar"]
    found = read_by_ical_js(*[part.get_payload(decode=True).decode() for part in parts])
    assert [one["method"] for one in found] == ["REQUEST"] * 30
    events = [one["events"][0] for one in found]
    assert [(one["uid"], moment(one["starts"]), one["zone"]) for one in events] == [
        (f"{meeting.uid}@alongside", meeting.starts_at, "Europe/London")
        for meeting in Meeting.objects.order_by("starts_at")
    ]


def test_the_files_from_the_field_are_read_alike_where_ical_js_reads_them():
    """Single events in UTC or in a zone the file itself defines: there both must say the same."""
    compared, differ = 0, set()
    names = [name for name, said in EXPECTED.items() if isinstance(said["expect"], list)]
    texts = [(FILES / f"{name}.ics").read_bytes().decode("utf-8", "replace") for name in names]
    for name, text, read in zip(names, texts, read_by_ical_js(*texts), strict=True):
        events = read.get("events", [])
        if len(events) != 1 or any(word in text for word in ("RRULE", "RDATE", "RECURRENCE-ID", "VFREEBUSY")):
            continue
        zone_is_said = "Z" in text.split("DTSTART", 1)[-1].splitlines()[0][-2:] or "BEGIN:VTIMEZONE" in text
        starts = [moment(start) for start, _end in spoken_as_moments(name)]
        if not zone_is_said or not events[0].get("starts") or not starts:
            continue
        compared += 1
        if moment(events[0]["starts"]) not in starts:
            differ.add(name)
    assert compared >= 3 and differ == set(READ_OTHERWISE)


def spoken_as_moments(name):
    found = found_in((FILES / f"{name}.ics").read_bytes(), EXPECTED[name]["zone"])
    return [(a.isoformat(), b.isoformat()) for a, b in found.busy]

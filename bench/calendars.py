"""How much work reading a whole calendar is, beside `icalendar` reading it in the same run; and how much memory.

Twenty MiB of 40,000 events, as a calendar of many years is: nearly all are over, a few hundred touch the time asked
for, one in a hundred repeats. Each reading is a process of its own, as in the application; the two take turns.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from alongside.rooms.environment.busy.reading import read

EVENTS, BYTES_A_EVENT = 40_000, 524
AT_MOST, MOST_MIB = 0.4, 150
ZONE = ZoneInfo("Europe/London")
SINCE = dt.datetime(2026, 2, 2, tzinfo=dt.UTC)
UNTIL = SINCE + dt.timedelta(weeks=12)
YEARS = 12
ONE_IN_A_HUNDRED = 100
SOURCE = Path(__file__).parents[1]


def calendars_figures(events: int = EVENTS, blocks: int = 3) -> dict[str, Any]:
    """`ratio_to_floor`: the middle of our times over the middle of theirs; `more_mib`: the most our reading added."""
    content = calendar_of(events)
    taken: dict[str, list[dict[str, float]]] = {"ours": [], "icalendar": []}
    for _ in range(blocks):  # in turns, so that whatever else the machine does falls on both
        for which, found in taken.items():
            found.append(_in_a_process(which, content))
    ours, floor = (statistics.median(one["seconds"] for one in taken[which]) for which in taken)
    return {
        "ratio_to_floor": round(ours / floor, 3),
        "at_most": AT_MOST,
        "more_mib": round(max(one["more_mib"] for one in taken["ours"])),
        "at_most_mib": MOST_MIB,
        "floor_more_mib": round(max(one["more_mib"] for one in taken["icalendar"])),
        "seconds": round(ours, 2),
        "floor_seconds": round(floor, 2),
        "events": events,
        "mib": round(len(content) / 2**20, 1),
        "busy": int(taken["ours"][0]["busy"]),
    }


def calendar_of(events: int) -> bytes:
    """A calendar of so many events, the same each time."""
    chance = random.Random(20)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//calendars//EN"]
    for number in range(events):
        lines += _event(number, chance)
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def _event(number: int, chance: random.Random) -> list[str]:
    day = SINCE + dt.timedelta(days=chance.randrange(-365 * YEARS, 84), minutes=15 * chance.randrange(32, 72))
    begins, ends = (f"{at:%Y%m%dT%H%M%S}" for at in (day, day + dt.timedelta(minutes=50)))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{number:032x}@bench.example",
        f"DTSTAMP:{begins}Z",
        f"DTSTART;TZID=Europe/London:{begins}",
        f"DTEND;TZID=Europe/London:{ends}",
        f"SUMMARY:Something that is on at number {number}",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ]
    if number % ONE_IN_A_HUNDRED == 0:
        lines.append("RRULE:FREQ=WEEKLY;COUNT=30")
    missing = BYTES_A_EVENT - sum(len(line) + 2 for line in lines) - len("DESCRIPTION:END:VEVENT") - 4
    words = "x" * max(missing - 3 * (missing // 70), 0)  # a fold costs three bytes
    folded = [words[at : at + 67] for at in range(0, len(words), 67)] or [""]
    return [*lines, f"DESCRIPTION:{folded[0]}", *(f" {rest}" for rest in folded[1:]), "END:VEVENT"]


# --- one reading, in a process of its own ------------------------------------------------------------------


def _in_a_process(which: str, content: bytes) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.calendars", which]
    done = subprocess.run(words, input=content, capture_output=True, check=True, cwd=SOURCE)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _one(which: str) -> dict[str, float]:
    before = _most_used()
    content = sys.stdin.buffer.read()
    began = time.process_time()
    busy = len(read(content, ZONE, SINCE, UNTIL).busy if which == "ours" else _whole(content))
    return {
        "seconds": time.process_time() - began,  # its own work: it waits for nothing but its turn
        "more_mib": (_most_used() - before) / 1024,
        "busy": busy,
    }


def _whole(content: bytes) -> list[Any]:
    """The floor: every line of every event made into an object."""
    return Calendar.from_ical(content).walk("VEVENT")


def _most_used() -> int:
    """The most memory this program has held, in KiB; of itself alone, not of what started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


if __name__ == "__main__":
    asked = sys.argv[1:]
    sys.stdout.write(json.dumps(_one(asked[0]) if asked else calendars_figures(), indent=1) + "\n")

"""The moment at which a run believes to be: `ALONGSIDE_TEST_CLOCK=2026-10-25T00:59+01:00 make test`.

Every test begins at that moment, and time goes on from there. Whatever Python a test starts (a server, its worker, a
command) is as late as the test, by `tests/moved/sitecustomize.py`; browsers are told when they are made. The database is
never asked what time it is. Without the variable it is now.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import time_machine

from alongside.kernel import ids
from tests.moved.later_ids import later as later_ids

ASKED = "ALONGSIDE_TEST_CLOCK"
LATER = "TESTS_ARE_LATER"
"""By how many seconds a process is to be later than it is; or `at`, and the moment at which it is to stay."""

MOVED = Path(__file__).resolve().parent / "moved"


def asked() -> dt.datetime | None:
    """The moment that was asked for, if any. Without an offset it is one on the wall in London."""
    said = os.environ.get(ASKED)
    if not said:
        return None
    moment = dt.datetime.fromisoformat(said)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/London"))


def later() -> float:
    """By how many seconds this process is later than it is."""
    moves = time_machine.escape_hatch.is_travelling()
    return time.time() - time_machine.escape_hatch.time.time() if moves else 0.0


class Clock:
    """The clock of a test process. Nothing moves unless it was asked for."""

    def __init__(self) -> None:
        self.moment = asked()
        self.traveller: time_machine.Traveller | None = None
        self.by = 0.0
        self.looks = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]

    def starts(self) -> None:
        """Move before any test module is read: some say at their top what time it is."""
        if self.moment:
            # a number, not a moment: with that the zone of the process would be another, too
            self.traveller = time_machine.travel(self.moment.timestamp()).start()
            ids.uuid7 = later_ids(ids.uuid7, lambda: self.by)  # type: ignore[assignment]
            self.begins_anew()

    def begins_anew(self) -> None:
        """Each test begins at the same moment, however long those before it took."""
        if self.traveller and self.moment:
            self.traveller.move_to(self.moment.timestamp())
            self.by = later()
            os.environ.update(told(*self.looks))


def told(*looks: str | Path, still: bool = False) -> dict[str, str]:
    """What says to a Python which this one starts how late it is; and where it looks for modules besides its own.

    `still`: for it, it is and stays the moment at which each test begins.
    """
    moment = asked()
    path = os.pathsep.join([*([str(MOVED)] if moment else []), *map(str, looks)])
    found = {"PYTHONPATH": path} if path else {}
    if moment:
        found[LATER] = f"at {moment.timestamp()}" if still else f"{later()}"
    return found

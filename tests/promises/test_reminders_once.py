"""The promise: a reminder comes, once, and for the meeting as it stands.

The real worker posts real messages into a folder, and dies by SIGKILL again and again: before a letter is in the
mailbox, after it is there but before anybody could be told so, and at moments of chance. Hours go by meanwhile (the
clock of the house can be put on), meetings are moved and cancelled, and people have quiet hours. In the end everybody
has exactly the reminders they should have.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from alongside.config.serving import end_with_parent
from tests.killed.application import AFTER_QUIET, BEFORE_QUIET, MEETINGS, starts_of
from tests.served import ROOT, environment_of, own_home, runs

PATIENCE = 1200
KILLING = "3 before\n9 after\n19 before\n22 after\n30 after\n37 before\n44 after\n47 before\n"
"""The first sixteen letters are invitations, the others mostly reminders."""

A_WHILE = 61
"""Seconds after which a worker that shows no life is taken for dead, and its work given back."""

MOVED_AFTERWARDS, MOVED, CANCELLED = 0, 5, 6
Key = tuple[str, str, str]
"""To whom, about a meeting with whom, beginning when."""


@dataclass
class Application:
    """The house with its worker: what is in it, what time it is, and how often the worker died."""

    home: Path
    environment: dict[str, str]
    worker: subprocess.Popen | None = None
    deaths: int = 0
    later: float = 0
    chance: random.Random = field(default_factory=lambda: random.Random(11))

    def runs(self, *words: str) -> str:
        return runs(*words, environment=self.environment)

    def goes_on_to(self, minutes: float) -> None:
        self.later = max(self.later, minutes * 60)
        (self.home / "clock").write_text(str(self.later))

    def starts_its_worker(self) -> None:
        command = [sys.executable, "-m", "alongside.config.command", "worker"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.worker = subprocess.Popen(
            command,
            env=environment_of(self.environment),
            cwd=ROOT,
            preexec_fn=end_with_parent,
            **quiet,
        )

    def kills_its_worker(self) -> None:
        if self.worker and self.worker.poll() is None:
            os.kill(self.worker.pid, signal.SIGKILL)
            self.worker.wait()

    def works_until(self, enough) -> None:
        """The worker works; whenever it has died, a while goes by and another one takes its place."""
        until = time.monotonic() + PATIENCE
        while not enough():
            assert time.monotonic() < until, (self.reminders(), self.left())
            if self.worker is None or self.worker.poll() is not None:
                self.deaths += self.worker is not None
                self.goes_on_to(self.later / 60 + (A_WHILE / 60 if self.worker else 0))
                self.starts_its_worker()
            time.sleep(0.2)

    def works_and_is_killed(self, times: int) -> None:
        """Killed from outside, at some moment of its work."""
        for _time in range(times):
            self.goes_on_to(self.later / 60 + A_WHILE / 60)
            self.starts_its_worker()
            time.sleep(self.chance.uniform(2.0, 6.0))
            self.deaths += 1
            self.kills_its_worker()

    def letters(self) -> list:
        files = sorted((self.home / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def reminders(self) -> Counter[Key]:
        return Counter(_key(one) for one in self.letters() if one["Subject"].endswith(": a reminder"))

    def invitations(self) -> Counter[str]:
        return Counter(str(one["To"]) for one in self.letters() if one["Subject"] == "Appointment")

    def left(self) -> dict[str, int]:
        return json.loads(self.runs("tests.killed.application", "left"))


def _key(letter) -> Key:
    words = letter.get_body(("plain",)).get_content()
    other = re.search(r"your appointment with (.+):", words)
    begins = re.search(r"^  (\w+ \d+ \w+ \d{4})\n  (\d\d:\d\d) to", words, re.M)
    assert other and begins, words
    return str(letter["To"]), other[1], " ".join(begins.groups())


def both(number: int, start: dt.datetime, guide: str) -> dict[Key, int]:
    """The reminders of one meeting: to whom comes, and to the guide."""
    when = f"{start:%A} {start.day} {start:%B %Y %H:%M}"
    name = f"Person{number:02d}"
    return {
        (f"{name.lower()}@example.org", "Gwen Guide", when): 1,
        (guide, f"{name} Comes", when): 1,
    }


@pytest.fixture
def application(tmp_path):
    with own_home(tmp_path) as own:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.killed.settings", "ALONGSIDE_DEMO": "0"}
        found = Application(tmp_path, {**own, **settings})
        (tmp_path / "killing").write_text(KILLING)
        found.runs("alongside.config.command", "setup")
        try:
            yield found
        finally:
            found.kills_its_worker()


@pytest.mark.django_db(transaction=True)
def test_every_reminder_comes_once_however_often_the_worker_is_killed(application):
    opened = dt.datetime.now(dt.UTC).replace(second=0, microsecond=0)
    application.runs("tests.killed.application", "make", opened.isoformat())
    starts = starts_of(opened)
    twelve_hours = dt.timedelta(hours=12)

    application.works_until(lambda: sum(application.invitations().values()) == MEETINGS)
    assert not application.reminders(), "nothing is due yet"
    guide = application.runs("tests.killed.application", "guide")

    def due(*numbers: int) -> dict[Key, int]:
        return {key: 1 for number in numbers for key in both(number, starts[number], guide)}

    application.goes_on_to(57)
    early = {key: 1 for key in both(BEFORE_QUIET, starts[BEFORE_QUIET], guide) if key[0] != guide}
    expected = due(0, 1, 2, 3) | early
    application.works_until(lambda: application.reminders() == expected)

    application.kills_its_worker()
    application.runs("tests.killed.application", "move", str(MOVED_AFTERWARDS), "12")
    application.runs("tests.killed.application", "move", str(MOVED), "12")
    application.runs("tests.killed.application", "cancel", str(CANCELLED))
    application.goes_on_to(150)
    expected |= due(4, 7, 8, 9)
    application.works_until(lambda: application.reminders() == expected)
    assert not any(key[0] == f"person{AFTER_QUIET}@example.org" for key in application.reminders()), (
        "it is quiet"
    )

    application.kills_its_worker()
    application.goes_on_to(330)
    application.works_and_is_killed(3)
    expected |= due(10, 11, 12, 13, BEFORE_QUIET, AFTER_QUIET)
    application.works_until(lambda: application.reminders() == expected)

    application.goes_on_to(17 * 60)
    expected |= both(MOVED_AFTERWARDS, starts[MOVED_AFTERWARDS] + twelve_hours, guide)
    expected |= both(MOVED, starts[MOVED] + twelve_hours, guide)
    application.works_until(lambda: application.reminders() == expected)
    application.works_until(lambda: application.left()["tasks"] == 0)

    assert application.deaths >= len(KILLING.splitlines()), application.deaths
    assert application.reminders() == expected
    assert set(application.invitations().values()) == {1} and len(application.invitations()) == MEETINGS
    tried = (application.home / "begun").stat().st_size
    assert tried <= len(application.letters()) + application.deaths, (
        "handed over again only where a worker died with it"
    )
    left = application.left()
    assert (left["letters"], left["failed"]) == (left["outdated"], 0), (
        "nothing waits but what has been overtaken"
    )

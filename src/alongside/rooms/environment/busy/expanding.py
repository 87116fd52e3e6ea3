"""Running `reading.py` beside the application, with a limit on its time and memory."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import alongside

from ..models import Trouble
from ..time_ranges import TimeRange
from .fetching import BIGGEST, Failed

LONGEST = 20
"""Seconds of processor time. A calendar of forty thousand appointments takes about four."""

_MEMORY = 1024 * 1024 * 1024
_COMMAND = [sys.executable, "-m", "alongside.rooms.environment.busy.reading"]
_SOURCE = Path(alongside.__file__ or "").parents[1]


@dataclass(frozen=True, slots=True)
class UnreadPart:
    """An entry of which something could not be read: what, and what became of its time. `mark` knows it again."""

    title: str
    why: str
    placed: str
    at: dt.datetime | None
    mark: str


@dataclass(frozen=True, slots=True)
class Reading:
    """When a calendar says *busy*, in UTC, sorted and merged; when it may say so (`unsure`); what could not be read."""

    busy: list[TimeRange]
    unsure: list[TimeRange]
    unread: tuple[UnreadPart, ...] = ()
    unread_count: int = 0


def busy_in(content: bytes, *, zone: str, since: dt.datetime, until: dt.datetime) -> list[TimeRange]:
    """When a calendar file says *busy* between two moments, in UTC, sorted and merged; raises `Failed`."""
    return reading_of(content, zone=zone, since=since, until=until).busy


def reading_of(content: bytes, *, zone: str, since: dt.datetime, until: dt.datetime) -> Reading:
    """All that a calendar file says about the time between two moments; raises `Failed`."""
    if len(content) > BIGGEST:
        raise Failed(Trouble.TOO_BIG)
    moments = [moment.astimezone(dt.UTC).isoformat() for moment in (since, until)]
    try:
        done = subprocess.run(  # noqa: S603 our own module, with a zone and two moments
            [*_COMMAND, zone, *moments, str(BIGGEST)],
            input=content,
            capture_output=True,
            timeout=2 * LONGEST,
            preexec_fn=_limit,
            env={"PYTHONPATH": str(_SOURCE), "PATH": ""},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Failed(Trouble.TOO_MANY) from slow
    return _reading(done)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _reading(done: subprocess.CompletedProcess[bytes]) -> Reading:
    """What it answered; when it was ended for taking too long, there was too much."""
    if done.returncode < 0:
        raise Failed(Trouble.TOO_MANY)
    try:
        answer = json.loads(done.stdout)
    except ValueError as nothing:
        raise Failed(Trouble.BROKEN) from nothing
    if "trouble" in answer:
        raise Failed(Trouble(answer["trouble"]))
    busy, unsure = ([(_moment(a), _moment(b)) for a, b in answer[name]] for name in ("busy", "unsure"))
    unread = tuple(
        UnreadPart(title, why, placed, None if at is None else _moment(at), mark)
        for title, why, placed, at, mark in answer["unread"]
    )
    return Reading(busy, unsure, unread, answer["count"])


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)

"""Running `reading.py` beside the product, with a limit on its time and memory."""

from __future__ import annotations

import datetime as dt
import json
import re
import resource
import subprocess
import sys
from pathlib import Path

import alongside

from ..models import Trouble
from ..spans import Span
from .fetching import BIGGEST, Failed

LONGEST = 15
"""Seconds of processor time. A calendar of two thousand appointments takes about two."""

_MEMORY = 1024 * 1024 * 1024
_BEGINS = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
_SOURCE = Path(alongside.__file__ or "").parents[1]


def busy_in(content: bytes, *, zone: str, since: dt.datetime, until: dt.datetime) -> list[Span]:
    """When a calendar file says *busy* between two moments, in UTC, sorted and merged; raises `Failed`."""
    if len(content) > BIGGEST:
        raise Failed(Trouble.TOO_BIG)
    if not _BEGINS.match(content):
        raise Failed(Trouble.NOT_A_CALENDAR)
    moments = [moment.astimezone(dt.UTC).isoformat() for moment in (since, until)]
    command = [sys.executable, "-m", "alongside.rooms.environment.busy.reading", zone, *moments]
    try:
        done = subprocess.run(  # noqa: S603 our own module, with a zone and two moments
            command,
            input=content,
            capture_output=True,
            timeout=2 * LONGEST,
            preexec_fn=_limit,
            env={"PYTHONPATH": str(_SOURCE), "PATH": ""},
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Failed(Trouble.TOO_MANY) from slow
    return _spans(done)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _spans(done: subprocess.CompletedProcess[bytes]) -> list[Span]:
    """What it answered; when it was ended for taking too long, there was too much."""
    if done.returncode < 0:
        raise Failed(Trouble.TOO_MANY)
    try:
        answer = json.loads(done.stdout)
    except ValueError as nothing:
        raise Failed(Trouble.BROKEN) from nothing
    if "trouble" in answer:
        raise Failed(Trouble(answer["trouble"]))
    return [(_moment(a), _moment(b)) for a, b in answer["busy"]]


def _moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)

"""How some words came to be: every version that was kept, gathered into the goes in which they were written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from alongside.kernel.addresses import address
from alongside.people.models import Person

from . import visibility
from .models import Words, WordsVersion
from .queries import seat_for
from .seat import Seat

EDIT_GAP = dt.timedelta(minutes=10)
"""Saves of one person that lie closer together are one go: words are saved every few seconds."""
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Version:
    """One kept version, and the text before its go began."""

    number: int
    at: dt.datetime
    by: str
    text: str
    before: str
    beside: bool = False
    """An addition, which never stood in the box."""


@dataclass(frozen=True, slots=True)
class History:
    """The last version of every go this person may read, the latest first. `more`: there are earlier ones."""

    words: Words
    versions: tuple[Version, ...]
    more: bool


def history_for(actor: Person, *, journey_id: UUID, words_id: UUID) -> tuple[Seat, Words] | None:
    """The door's find: (seat, words), or None for words this person may not read."""
    found = seat_for(actor, journey_id=journey_id)
    if found is None:
        return None
    words = Words.objects.filter(visibility.readable(found[0]), id=words_id).select_related("author").first()
    return (found[0], words) if words else None


def history_of(seat: Seat, words: Words) -> History:
    """One query for when and by whom, one for the texts that are shown."""
    rows = WordsVersion.objects.filter(visibility.readable_versions(seat, words))
    marks = list(rows.filter(beside=False).order_by("version").values_list("version", "created_at", "by_id"))
    additions = (
        list(rows.filter(beside=True).values_list("version", "created_at", "by_id"))
        if words.kept_beside
        else []
    )
    last = [
        mark
        for mark, following in zip(marks, [*marks[1:], None], strict=False)
        if following is None or following[2] != mark[2] or following[1] - mark[1] > EDIT_GAP
    ]
    last = sorted([*last, *additions])
    # one more than is shown, for what the earliest of them began with
    kept = last[-(SHOWN + 1) :]
    texts = {
        row.version: row
        for row in rows.filter(version__in=[mark[0] for mark in kept])
        .select_related("by")
        .order_by("version")
    }
    versions, before = [], ""
    for number, at, _by in kept:
        row = texts[number]
        versions.append(Version(number, at, str(row.by.name), str(row.text), before, row.beside))
        before = before if row.beside else str(row.text)
    more = len(last) > SHOWN
    return History(words, tuple(reversed(versions[1:] if more else versions)), more)


def version_for(
    actor: Person, *, journey_id: UUID, words_id: UUID, number: int
) -> tuple[Seat, Words, WordsVersion] | None:
    """The door's find for one version, whole."""
    found = history_for(actor, journey_id=journey_id, words_id=words_id)
    if found is None:
        return None
    rows = WordsVersion.objects.filter(visibility.readable_versions(*found), version=number)
    version = rows.select_related("by").first()
    return (*found, version) if version else None


def addition(seat: Seat, words: Words | None, door: str = "") -> str:
    """The address of what was kept beside the box, being too long together with what stands there; "" for none."""
    if words is None or not words.kept_beside or not seat.is_one_of_two:
        return ""
    if words.author_id not in (None, seat.actor.id):
        return ""  # what its author wrote before they shared it stays theirs
    there = address("overview:version", seat.journey.id, words.id, words.kept_beside)
    return f"{there}?{urlencode({'to': door})}" if door else there


def earlier(seat: Seat, words: Words | None, door: str = "") -> str:
    """The address of the history, for the box the words are in; "" where there is nothing earlier to read.

    `door` is where the box is saved: an earlier version is brought back through it, like anything else that is written.
    """
    if words is None or words.version < 2 or not seat.is_one_of_two:
        return ""
    there = address("overview:history", seat.journey.id, words.id)
    return f"{there}?{urlencode({'to': door})}" if door else there

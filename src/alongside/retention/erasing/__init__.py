"""Taking what has to go out of every table: the one way by which rows of a journey or a person leave the database.

Nothing else deletes or rewrites what was written (`tests/architecture/test_one_way_out.py`). Called within the transaction
of the action that was allowed to; what lies outside of tables is swept afterwards (`sweeping`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from alongside.people.models import Organisation, User

from . import emptying, persons, rows, versions, waiting


@dataclass
class Counts:
    """How many rows of each table were deleted, and how many fields of words emptied in rows that stay. No words."""

    deleted: Counter[str] = field(default_factory=Counter)
    emptied: Counter[str] = field(default_factory=Counter)

    def as_facts(self) -> dict[str, dict[str, int]]:
        return {"deleted": dict(sorted(self.deleted.items())), "emptied": dict(sorted(self.emptied.items()))}


def erase(*, journeys: set[UUID], people: set[UUID]) -> Counts:
    """Delete these journeys whole. These people lose name, sign-in and all that is theirs, wherever the record stays."""
    assert connection.in_atomic_block
    overwrite_what_is_freed()
    counts = Counts()
    kept = rows.journeys_of(people) - journeys
    about = rows.journeys_about(people) & kept
    going = rows.going(journeys, people)
    named = persons.names_and_addresses(people, journeys)
    waiting.forget(rows.ids(going) | people, named, counts.deleted)
    emptying.empty_cases_taken_from(journeys | about, counts.emptied)
    emptying.empty(people, kept, about, counts.emptied)
    versions.empty(people, kept, about, counts.emptied)
    persons.take_names(people, counts.emptied)
    rows.delete(going, counts.deleted)
    counts.emptied = +counts.emptied
    return counts


def erase_rehearsed(organisation: Organisation) -> Counts:
    """Delete a made-up organisation with everything and everybody in it: none of its rows has to stay for anybody."""
    assert connection.in_atomic_block and organisation.is_rehearsal
    overwrite_what_is_freed()
    counts = Counts()
    going = rows.going_with(organisation)
    # by address, not by name: somebody real may be called the same
    addresses = set(User.objects.filter(id__in=going[User]).values_list("email", flat=True))
    waiting.forget(rows.ids(going), addresses, counts.deleted)
    rows.delete(going, counts.deleted)
    return counts


def overwrite_what_is_freed() -> None:
    """SQLite leaves what was deleted in the pages it was deleted from, unless it is told to write over it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")

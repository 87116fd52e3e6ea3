"""Writing the ledger. Always inside the action's own transaction, so that no act is without its record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from alongside.kernel.kept import Kept
from alongside.kernel.prepared import Prepared

from .models import Entry, Opening


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What happens is only tried: in which rehearsal, and who it is that tries it, whoever they act as."""

    rehearsal_id: UUID
    person_id: UUID
    user_id: UUID | None


_REHEARSED: ContextVar[Rehearsed | None] = ContextVar("rehearsed", default=None)


@contextmanager
def recorded_as(rehearsed: Rehearsed) -> Iterator[None]:
    """All that is recorded meanwhile says that it was rehearsed, and by whom in truth: theirs is the sign-in it names."""
    token = _REHEARSED.set(rehearsed)
    try:
        yield
    finally:
        _REHEARSED.reset(token)


def record(
    event: str, *, subject: models.Model, by: Any, journey_id: UUID | None = None, **detail: Any
) -> Entry:
    """Append one act. `by` is a person, a seat (has `.actor`), or None for the product itself.

    `detail` takes facts only: states, numbers, ids. Never words a person wrote.
    """
    person = getattr(by, "actor", by)
    if journey_id is None:
        journey_id = getattr(getattr(by, "journey", None), "id", None) or getattr(subject, "journey_id", None)
    user_id, rehearsed = getattr(person, "user_id", None), _REHEARSED.get()
    if rehearsed:
        user_id = rehearsed.user_id
        detail |= {"rehearsal": str(rehearsed.rehearsal_id), "rehearsed_by": str(rehearsed.person_id)}
    return Entry.objects.create(
        user_id=user_id,
        person_id=getattr(person, "id", None),
        organisation_id=getattr(person, "organisation_id", None),
        journey_id=journey_id,
        event=event,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        detail=detail,
    )


def record_opening(
    *, subject_kind: str, subject_id: UUID, journey_id: UUID, login_session: str, by: Any
) -> None:
    """Append that `by` opened these words, once per login session. Safe to call on every page view."""
    record_openings([(journey_id, subject_id, subject_kind)], login_session=login_session, by=by)


def record_openings(things: Sequence[tuple[UUID, UUID, str]], *, login_session: str, by: Any) -> None:
    """As `record_opening`, of several things: (journey, subject, its kind) each. One question, however many."""
    person = getattr(by, "actor", by)
    wanted = {(journey, person.id, subject, login_session, kind) for journey, subject, kind in things}
    wanted = {what for what in wanted if what not in _KNOWN}
    if not wanted:
        return
    missing = wanted - _on_record(wanted)
    rehearsed = _REHEARSED.get()
    user_id = rehearsed.user_id if rehearsed else person.user_id
    rows = [Opening(user_id=user_id, **dict(zip(_FACTS, what, strict=True))) for what in missing]
    if rows:
        Opening.objects.bulk_create(rows, ignore_conflicts=True)
    transaction.on_commit(lambda: _remember(*wanted))


_FACTS = ("journey_id", "person_id", "subject_id", "login_session", "subject_kind")
"""What makes an opening the same one, in the order of `_KNOWN` and `_recorded`."""


def _on_record(wanted: set[tuple[Any, ...]]) -> set[tuple[Any, ...]]:
    """Those of one person and login session that stand in the ledger. One thing, as most pages open, is asked prepared."""
    one = next(iter(wanted))
    if len(wanted) == 1:
        return wanted if _RECORDED.rows(*one) else set()
    _journey, person_id, _subject, login_session, _kind = one
    found = Opening.objects.filter(
        person_id=person_id,
        login_session=login_session,
        journey_id__in={what[0] for what in wanted},
        subject_id__in={what[2] for what in wanted},
    )
    return set(found.values_list(*_FACTS))


_KNOWN: Kept[tuple[Any, ...], bool] = Kept(20_000)
"""What this process knows to be recorded: what is recorded once stays so."""


def _remember(*recorded: tuple[Any, ...]) -> None:
    for what in recorded:
        _KNOWN.put(what, True)


def _recorded(
    journey_id: UUID, person_id: UUID, subject_id: UUID, login_session: str, subject_kind: str
) -> models.QuerySet:
    of_person = Opening.objects.filter(
        journey_id=journey_id, person_id=person_id, login_session=login_session
    )
    return of_person.filter(subject_id=subject_id, subject_kind=subject_kind).values_list("id")


_RECORDED = Prepared(_recorded, takes=3, texts=2)

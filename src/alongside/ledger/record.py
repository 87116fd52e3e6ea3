"""Writing the ledger. Always inside the action's own transaction, so that no act is without its record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction

from alongside.kernel.prepared import Prepared

from .models import Entry, Opening


def record(
    event: str, *, subject: models.Model, by: Any, journey_id: UUID | None = None, **detail: Any
) -> Entry:
    """Append one act. `by` is a person, a seat (has `.actor`), or None for the product itself.

    `detail` takes facts only: states, numbers, ids. Never words a person wrote.
    """
    person = getattr(by, "actor", by)
    if journey_id is None:
        journey_id = getattr(getattr(by, "journey", None), "id", None) or getattr(subject, "journey_id", None)
    return Entry.objects.create(
        user_id=getattr(person, "user_id", None),
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
    person = getattr(by, "actor", by)
    what = (journey_id, person.id, subject_id, login_session, subject_kind)
    if what in _KNOWN or _RECORDED.rows(*what):
        return
    opening = Opening(
        user_id=person.user_id,
        journey_id=journey_id,
        person_id=person.id,
        login_session=login_session,
        subject_id=subject_id,
        subject_kind=subject_kind,
    )
    with transaction.atomic():
        Opening.objects.bulk_create([opening], ignore_conflicts=True)
        transaction.on_commit(lambda: _remember(what))


_KNOWN: dict[tuple[Any, ...], None] = {}
"""What this process knows to be recorded: what is recorded once stays so."""
MOST_KNOWN = 20_000


def _remember(what: tuple[Any, ...]) -> None:
    _KNOWN[what] = None
    while len(_KNOWN) > MOST_KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)), None)


def _recorded(
    journey_id: UUID, person_id: UUID, subject_id: UUID, login_session: str, subject_kind: str
) -> models.QuerySet:
    of_person = Opening.objects.filter(
        journey_id=journey_id, person_id=person_id, login_session=login_session
    )
    return of_person.filter(subject_id=subject_id, subject_kind=subject_kind).values_list("id")


_RECORDED = Prepared(_recorded, takes=3, texts=2)

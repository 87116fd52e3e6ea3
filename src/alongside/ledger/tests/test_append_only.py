"""The ledger can be added to, and nothing else: the database itself refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from alongside.ledger.models import Entry, Opening
from alongside.ledger.openings import openings_of
from alongside.ledger.record import record, record_opening


def test_an_entry_can_be_neither_changed_nor_deleted(cast):
    entry = record("test.done", subject=cast.guide, by=cast.guide, count=1)

    for attempt in (
        lambda: Entry.objects.filter(id=entry.id).update(event="other"),
        lambda: Entry.objects.filter(id=entry.id).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()

    assert Entry.objects.get(id=entry.id).event == "test.done"


def test_an_entry_names_who_where_and_what(cast):
    journey = cast.journey()

    entry = record("test.done", subject=journey, by=cast.seat(cast.guide, journey), count=3)

    assert entry.person_id == cast.guide.id
    assert entry.user_id == cast.guide.user_id
    assert entry.journey_id == journey.id
    assert entry.organisation_id == cast.organisation.id
    assert (entry.subject_kind, entry.subject_id, entry.detail) == (
        "journeys.journey",
        journey.id,
        {"count": 3},
    )


def test_an_opening_is_recorded_once_per_login_session(cast):
    journey = cast.journey()
    opened = {"subject_kind": "meeting", "subject_id": journey.id, "journey_id": journey.id, "by": cast.guide}

    for login_session in ("monday", "monday", "tuesday"):
        record_opening(login_session=login_session, **opened)

    assert Opening.objects.count() == 2
    assert [opening.person_id for opening in openings_of(journey.id)] == [cast.guide.id]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="INSERT OR REPLACE is SQLite's own")
def test_an_entry_is_not_replaced_by_one_with_its_id(cast):
    record("test.made", subject=cast.guide, by=cast.guide)
    statement = (
        "INSERT OR REPLACE INTO ledger_entry (id, created_at, event, subject_kind, detail) "
        "SELECT id, created_at, 'test.rewritten', subject_kind, detail FROM ledger_entry WHERE event = 'test.made'"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert Entry.objects.filter(event="test.made").count() == 1

"""Blocks: what is committed is sealed, whatever its id or time; what was changed since is found; copies tell of the rest."""

from __future__ import annotations

import datetime as dt
import json
import threading
from contextlib import contextmanager
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alongside.kernel.clock import at, now
from alongside.ledger import checking, copying, sealing
from alongside.ledger.models import Block, Entry, SealedRow
from alongside.ledger.record import record, record_opening
from alongside.ledger.tasks import seal_ledger, seal_whole_ledger


@contextmanager
def guards_down(table: str):
    """As somebody who owns the database can do it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    yield


def sealed_ids(block: Block) -> set[UUID]:
    return set(SealedRow.objects.filter(block=block).values_list("row_id", flat=True))


@pytest.fixture
def sealed(cast) -> list[Entry]:
    """Three blocks: of two entries and an opening, of one entry, and of one."""
    journey = cast.journey()
    entries = [record("test.made", subject=cast.guide, by=cast.guide, count=count) for count in range(2)]
    record_opening(
        subject_kind="meeting",
        subject_id=journey.id,
        journey_id=journey.id,
        login_session="monday",
        by=cast.guide,
    )
    sealing.seal()
    for count in (2, 3):
        entries.append(record("test.made", subject=cast.guide, by=cast.guide, count=count))
        sealing.seal()
    return entries


def test_each_block_holds_what_was_new_and_the_hash_of_the_one_before(sealed):
    first, second, third = Block.objects.order_by("number")

    assert (first.number, second.number, third.number) == (1, 2, 3)
    assert (first.previous, second.previous, third.previous) == ("", first.hash, second.hash)
    assert {sealed[0].id, sealed[1].id} < sealed_ids(first)
    assert (sealed_ids(second), sealed_ids(third)) == ({sealed[2].id}, {sealed[3].id})
    assert sealing.seal() == 0
    assert Block.objects.count() == 3
    assert checking.check().broken == ()


def test_a_row_with_a_smaller_id_and_an_earlier_time_is_sealed_too(sealed, cast):
    late = Entry.objects.create(
        id=UUID(int=sealed[0].id.int - 1),
        created_at=now() - dt.timedelta(hours=5),
        event="test.late",
        subject_kind="people.person",
    )
    assert sealing.seal() == 1
    assert sealed_ids(Block.objects.get(number=4)) == {late.id}


def test_the_daily_look_seals_what_says_it_is_very_old(sealed):
    old = Entry.objects.create(
        id=UUID(int=7), created_at=now() - dt.timedelta(days=90), event="test.old", subject_kind="x"
    )
    seal_ledger.func()
    assert Block.objects.count() == 3
    seal_whole_ledger.func()
    assert sealed_ids(Block.objects.get(number=4)) == {old.id}


def test_many_rows_make_several_blocks(cast, monkeypatch):
    monkeypatch.setattr(sealing, "MOST_ROWS", 4)
    sealing.seal()
    before = Block.objects.count()
    for count in range(10):
        record("test.made", subject=cast.guide, by=cast.guide, count=count)
    assert sealing.seal() == 10
    assert Block.objects.count() == before + 3
    assert checking.check().broken == ()


TAMPERED = [
    ("ledger_entry", "UPDATE ledger_entry SET event = 'test.other' WHERE id = %s", "was changed"),
    ("ledger_entry", "UPDATE ledger_entry SET person_id = NULL WHERE id = %s", "was changed"),
    ("ledger_entry", "DELETE FROM ledger_entry WHERE id = %s", "was deleted"),
    ("ledger_sealedrow", "DELETE FROM ledger_sealedrow WHERE row_id = %s", "not as it was sealed"),
]


@pytest.mark.parametrize(("table", "statement", "said"), TAMPERED)
def test_what_was_changed_since_is_found(sealed, table, statement, said):
    row = Entry._meta.pk.get_db_prep_value(sealed[2].id, connection)
    with guards_down(table):
        connection.cursor().execute(statement, [row])
    (broken,) = checking.check().broken
    assert said in broken and broken.startswith("Block 2")


def test_a_digest_put_right_for_a_changed_row_breaks_its_block(sealed):
    """Who changes a row and its digest has to change each block from there on."""
    changed = sealed[2]
    with guards_down("ledger_entry"), guards_down("ledger_sealedrow"):
        Entry.objects.filter(id=changed.id).update(event="test.other")
        (facts,) = sealing.rows_of("entry", [changed.id])
        SealedRow.objects.filter(row_id=changed.id).update(digest=sealing.digest_of("entry", facts))
    assert checking.check().broken == ("Block 2 is not as it was sealed.",)


@pytest.mark.parametrize(("number", "said"), [(1, "begins with block 2"), (2, "does not follow")])
def test_a_block_taken_out_is_missed(sealed, number, said):
    with guards_down("ledger_block"), guards_down("ledger_sealedrow"):
        SealedRow.objects.filter(block__number=number)._raw_delete("default")
        Block.objects.filter(number=number)._raw_delete("default")
    assert any(said in line for line in checking.check().broken)


def test_rows_older_than_an_hour_in_no_block_are_warned_of(sealed, cast):
    record("test.made", subject=cast.guide, by=cast.guide)
    assert checking.check().warnings == ()
    with at(now() - dt.timedelta(hours=2)):
        record("test.made", subject=cast.guide, by=cast.guide)
    (warning,) = checking.check().warnings
    assert warning.startswith("1 rows of the ledger are older than an hour")


# --- the second place ------------------------------------------------------------------------------------


@pytest.fixture
def second_place(settings, tmp_path):
    settings.LEDGER_COPY = str(tmp_path / "elsewhere")
    return tmp_path / "elsewhere"


def test_blocks_are_copied_with_their_rows_once(second_place, sealed):
    assert copying.copy_new() == 3
    assert copying.copy_new() == 0

    files = sorted(second_place.glob("*/*.json"))
    assert [int(file.stem) for file in files] == [1, 2, 3]
    assert all(file.stat().st_mode & 0o777 == 0o600 for file in files)
    copy = json.loads(files[1].read_text())
    assert [row["row"]["event"] for row in copy["rows"]] == ["test.made"]
    assert copy["hash"] == Block.objects.get(number=2).hash
    assert checking.check().broken == ()


def test_nothing_is_copied_where_no_place_is_named(sealed):
    assert copying.copy_new() == 0


def test_the_last_blocks_taken_out_with_their_rows_are_missed_at_the_second_place(second_place, sealed):
    copying.copy_new()
    last = sealed[3]
    with guards_down("ledger_block"), guards_down("ledger_sealedrow"), guards_down("ledger_entry"):
        SealedRow.objects.filter(row_id=last.id)._raw_delete("default")
        Block.objects.filter(number=3)._raw_delete("default")
        Entry.objects.filter(id=last.id)._raw_delete("default")
    (broken,) = checking.check().broken
    assert broken.startswith("Blocks 3 to 3 are at the second place and no longer in the database")


def test_a_ledger_rewritten_as_a_whole_is_another_one_than_its_copy(second_place, sealed):
    copying.copy_new()
    with guards_down("ledger_block"), guards_down("ledger_sealedrow"), guards_down("ledger_entry"):
        SealedRow.objects.all()._raw_delete("default")
        Block.objects.all()._raw_delete("default")
        Entry.objects.filter(id=sealed[0].id).update(event="test.other")
    sealing.seal()
    found = checking.check().broken
    assert any(line.startswith("Block 1 is another one than its copy") for line in found)


def test_a_copy_changed_or_torn_is_said(second_place, sealed):
    copying.copy_new()
    first, second, _third = sorted(second_place.glob("*/*.json"))
    first.write_text(first.read_text().replace("test.made", "test.other"))
    second.write_text(second.read_text()[:40])
    found = checking.check().broken
    assert [line[:37] for line in found] == [
        "Block 1 is another one than its copy ",
        "Block 2 is another one than its copy ",
    ]


def test_a_second_place_that_cannot_be_written_to_stops_no_sealing(settings, tmp_path, cast, caplog):
    (tmp_path / "a file").write_text("")
    settings.LEDGER_COPY = str(tmp_path / "a file")
    record("test.made", subject=cast.guide, by=cast.guide)
    seal_ledger.func()
    assert Block.objects.count() == 1
    assert "could not be copied" in caplog.text


# --- the command -----------------------------------------------------------------------------------------


def checked() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("checkledger", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_says_that_it_is_whole_with_the_last_hash(sealed):
    out, err = checked()
    last = Block.objects.get(number=3).hash
    assert out.startswith("The ledger is whole: ") and last in out
    assert err == ""


def test_the_command_fails_when_something_was_changed(sealed):
    with guards_down("ledger_entry"):
        Entry.objects.filter(id=sealed[0].id).update(event="test.other")
    with pytest.raises(CommandError, match="not as it was sealed: 1 "):
        checked()


# --- committed late --------------------------------------------------------------------------------------


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer: nothing is committed late"
)
@pytest.mark.django_db(transaction=True)
def test_a_row_committed_after_younger_ones_were_sealed_is_sealed_with_the_next():
    written, go_on = threading.Event(), threading.Event()
    late_id = []

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                late_id.append(Entry.objects.create(event="test.late", subject_kind="x").id)
                written.set()
                assert go_on.wait(20)
        finally:
            connection.close()

    slow = threading.Thread(target=write_slowly)
    slow.start()
    assert written.wait(20)
    younger = Entry.objects.create(event="test.quick", subject_kind="x")
    sealing.seal()
    assert sealed_ids(Block.objects.get(number=1)) == {younger.id}
    go_on.set()
    slow.join()
    sealing.seal()

    assert late_id[0] < younger.id
    assert sealed_ids(Block.objects.get(number=2)) == {late_id[0]}
    assert checking.check().broken == ()

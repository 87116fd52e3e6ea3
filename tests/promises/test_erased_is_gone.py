"""The promise: what was erased is gone, from every place there is; what stays names nobody; and the ledger is whole.

A sentence is planted in every kind of words there is: each field of each table that the list of places names. Afterwards it
is looked for in every field of every row, opened where it is sealed; in what waits to be posted; and, byte by byte and in
the sealed form it had, in the database's own files, in saved emails, in figures and in the next backup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from alongside.backups import databases
from alongside.journeys.models import Journey, JourneyMember, Visibility, Words, WordsVersion
from alongside.journeys.states import Part
from alongside.kernel.clock import now, today
from alongside.kernel.encryption import Sealed, SealedTextField, unseal
from alongside.ledger.checking import check
from alongside.ledger.sealing import seal
from alongside.people.emails import EmailKind
from alongside.people.models import LoginSession, Organisation, Person, User
from alongside.people.tasks import enqueue_message
from alongside.programmes.star import files as star_files
from alongside.programmes.star.months import ZONE, last_complete
from alongside.programmes.star.writing import write_from_here
from alongside.retention import actions, sweeping
from alongside.retention.erasing import emptying, rows
from alongside.retention.models import Certificate
from alongside.retention.places import TABLES, Table
from alongside.retention.states import Extent
from tests.any_row import any_row
from tests.cast import Cast, person

CANARY = "canary-of-the-erased"
ADDRESS = "canary-of-the-erased@example.org"
BY_THE_ORGANISATION = {"people.Organisation", "people.EmergencyNumber"}
GO_WITH_WHAT_THEY_ARE_PART_OF = {
    "room_environment.UnreadEntry",
    "archive.ArchivePiece",
    # with the request for access they belong to
    "retention.AccessStateRecord",
    "retention.HarmCheck",
    "retention.AccessPart",
    "retention.AccessRedaction",
}
HAVE_NO_ROWS_OF_THEIRS = {"people.User", "people.Person", "people.LoginSession"}


@dataclass
class Planted:
    cast: Cast
    journey: Journey
    second: Person
    tables: set[str]

    def erase(self, extent: Extent) -> Certificate:
        decided = actions.decide_erasure(
            person=self.cast.participant,
            extent=extent,
            journey_id=self.journey.id if extent == Extent.ONE_JOURNEY else None,
            asked_on=today("Europe/London"),
            agrees=True,
            reason="They asked, and no rule says to keep it.",
            by=self.cast.administrator,
        )
        return actions.carry_out_erasure(erasure=decided, by=self.second)


def plant(cast: Cast) -> Planted:
    """A row with the sentence in every table whose rows go or are emptied."""
    journey = cast.journey("treatment", "completed")
    journey.title = CANARY
    journey.save(update_fields=["title"])
    who = cast.participant
    _name(who)
    known = {Journey: journey, Person: who, Organisation: cast.organisation, User: who.user}
    member = JourneyMember.objects.get(journey=journey, part=Part.PARTICIPANT)
    known[JourneyMember] = member
    for label in ("room_ending.Ending", "room_environment.Place"):
        model = apps.get_model(label)
        known[model] = any_row(model, known, CANARY, **_facts(model, who))
    planted = set(HAVE_NO_ROWS_OF_THEIRS)
    for table in TABLES:
        if table.label in BY_THE_ORGANISATION | HAVE_NO_ROWS_OF_THEIRS or not _is_theirs(table):
            continue
        model = apps.get_model(table.label)
        if model in known:
            planted.add(table.label)
            continue
        known[model] = any_row(model, known, CANARY, **_facts(model, who))
        planted.add(table.label)
    theirs = any_row(
        apps.get_model("archive.Archive"), {}, CANARY, person=cast.guide, journeys=[str(journey.id)]
    )
    any_row(apps.get_model("archive.ArchivePiece"), {}, CANARY, archive=theirs)
    _write_in_box_of_both(journey, cast)
    _let_an_email_wait(cast)
    second = person(cast.organisation, "Sam Second", is_administrator=True)
    return Planted(cast, journey, second, planted)


def _name(who: Person) -> None:
    for field in Person._meta.concrete_fields:
        if isinstance(field, SealedTextField):
            setattr(who, field.name, CANARY)
    who.email = ADDRESS
    who.save()
    User.objects.filter(id=who.user_id).update(email=ADDRESS)


def _is_theirs(table: Table) -> bool:
    return bool(table.words) and bool(
        table.journey or table.person or table.user or any(w.whose for w in table.words)
    )


def _facts(model: type[models.Model], who: Person) -> dict[str, Any]:
    """What a row has to say besides, so that it is the person's."""
    facts: dict[str, Any] = {}
    names = {field.name for field in model._meta.concrete_fields}
    if "email" in names:
        facts["email"] = ADDRESS
    for name in ("owner", "person", "by"):
        field = next((f for f in model._meta.concrete_fields if f.name == name), None)
        if field is not None and field.related_model is Person:
            facts[name] = who
    return facts | FACTS.get(model._meta.label, lambda _who: {})(who)


FACTS: dict[str, Any] = {
    "journeys.Words": lambda who: {"author": who, "visibility": Visibility.MINE},
    "goals.Step": lambda who: {"entered_in_error_at": now(), "entered_in_error_by": who},
    "goals.SafetyNotice": lambda who: {"seen_at": now(), "seen_by": who},
    "journeys.JourneyStateRecord": lambda who: {"state": "completed"},
    "retention.LegalHold": lambda who: {"lifted_at": now(), "lifted_by": who},
    "room_ending.FollowUpValue": lambda who: {"instrument": "phq-9"},
}


def _write_in_box_of_both(journey: Journey, cast: Cast) -> None:
    """The guide writes, the participant adds to it, the guide writes on."""
    box = Words.objects.create(
        journey=journey,
        place="meeting_record",
        subject_id=journey.id,
        box="review",
        visibility=Visibility.OURS,
    )
    texts = (
        (cast.guide, "The guide."),
        (cast.participant, f"The guide. {CANARY}"),
        (cast.guide, f"On. {CANARY}"),
    )
    for number, (who, text) in enumerate(texts, start=1):
        WordsVersion.objects.create(words=box, version=number, text=text, by=who, visibility=Visibility.OURS)
    box.text, box.version = texts[-1][1], 3
    box.save()


def _let_an_email_wait(cast: Cast) -> None:
    facts = {"organisation": cast.organisation.id}
    enqueue_message(EmailKind("signing in"), to=ADDRESS, subject="A", text="To them.", **facts)
    enqueue_message(
        EmailKind("signing in"), to=cast.guide.email, subject="B", text=f"About {CANARY}.", **facts
    )


def hits() -> list[str]:
    """Every field of every row, opened, in which the sentence or the address stands."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.all().values():
            for field in model._meta.concrete_fields:
                if CANARY in _read(model, field, row):
                    found.append(f"{model._meta.label}.{field.name}")
    return sorted(set(found) | _waiting())


def _read(model: type[models.Model], field: models.Field, row: dict[str, Any]) -> str:
    value = row[field.attname]
    if isinstance(field, SealedTextField):
        return unseal(model, field.column, row[model._meta.pk.attname], Sealed(value)) if value else ""
    return str(value)


def _waiting() -> set[str]:
    from alongside.retention.erasing import waiting

    model = apps.get_model(waiting.LABEL)
    about = (waiting._is_about(one.args_kwargs, set(), {CANARY}) for one in model._base_manager.all())
    return {f"{waiting.LABEL}.args_kwargs"} if any(about) else set()


def sealed_forms() -> list[bytes]:
    """The sentence as it lies in the database before it goes: in clear, and each time it was sealed."""
    found = [CANARY.encode()]
    for model in apps.get_models():
        names = [f for f in model._meta.concrete_fields if isinstance(f, SealedTextField)]
        for row in model._base_manager.all().values():
            found += [
                bytes(row[f.attname])[8:] for f in names if row[f.attname] and CANARY in _read(model, f, row)
            ]
    return found


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": settings.QUEUES}}


@pytest.fixture
def planted(cast, queue, db) -> Planted:
    return plant(cast)


def test_the_sentence_is_in_every_kind_of_words(planted):
    """Else what follows would find nothing because there is nothing."""
    found = {name.rpartition(".")[0] for name in hits()}
    words = {
        table.label
        for table in TABLES
        if _is_theirs(table) and any(_opens(table, words.field) for words in table.words)
    }
    assert words - BY_THE_ORGANISATION <= found | {"people.LoginSession", "mfa.Authenticator"}
    assert "django_tasks_database.DBTaskResult" in found
    assert len(found) > 45


def _opens(table: Table, name: str) -> bool:
    field = apps.get_model(table.label)._meta.get_field(name)
    return isinstance(field, SealedTextField | models.EmailField)


@pytest.mark.parametrize("extent", [Extent.EVERYTHING, Extent.NAMES_AND_WORDS])
def test_what_was_a_persons_is_in_no_table(planted, extent):
    planted.erase(extent)
    assert hits() == []


def test_one_journey_is_in_no_table_and_its_people_stay(planted):
    planted.erase(Extent.ONE_JOURNEY)
    assert not Journey.objects.filter(id=planted.journey.id).exists()
    assert not [
        name
        for name in hits()
        if apps.get_model(name.rpartition(".")[0])._meta.app_label.startswith("room_")
        and name.rpartition(".")[0] not in OF_A_PERSON
    ]
    assert str(Person.objects.get(id=planted.cast.participant.id).name) == CANARY


OF_A_PERSON = {
    table.label
    for table in TABLES
    if table.person or (not table.journey and any(w.whose for w in table.words))
}


@pytest.mark.without_ledger("retention.actions.carry_out_erasure", "retention.actions.decide_erasure")
def test_what_the_other_wrote_stays_and_names_nobody(planted):
    planted.erase(Extent.NAMES_AND_WORDS)
    box = Words.objects.get(journey=planted.journey, box="review")
    assert str(box.text) == "The guide."
    assert str(Person.objects.get(id=planted.cast.participant.id).name) == "Former participant"
    assert str(Person.objects.get(id=planted.cast.guide.id).name) == "Gwen Guide"


LEFT_OUT = [
    table
    for table in TABLES
    if table.label not in BY_THE_ORGANISATION | HAVE_NO_ROWS_OF_THEIRS | GO_WITH_WHAT_THEY_ARE_PART_OF
    and any(_opens(table, words.field) for words in table.words)
    and _is_theirs(table)
    and not table.user
]


@pytest.mark.parametrize("left_out", LEFT_OUT, ids=lambda table: table.label)
def test_a_place_left_out_of_the_list_is_found(planted, monkeypatch, left_out):
    """The promise can fail: without any one of the tables the sentence is still there."""
    without = tuple(table for table in TABLES if table is not left_out)
    for module in (rows, emptying):
        monkeypatch.setattr(module, "TABLES", without)
    if left_out.label in ("journeys.Words", "journeys.WordsVersion"):
        monkeypatch.setattr("alongside.retention.erasing.versions.empty", lambda *given: None)
    if left_out.label == "room_sessions.Case":
        monkeypatch.setattr(
            "alongside.retention.erasing.emptying.empty_cases_taken_from", lambda *given: None
        )
    planted.erase(Extent.NAMES_AND_WORDS)
    assert left_out.label in {name.rpartition(".")[0] for name in hits()}


def test_whoever_is_erased_is_signed_out_at_once(planted):
    who = planted.cast.participant
    client = planted.cast.client(who)
    assert client.get("/profile/").status_code == 200
    planted.erase(Extent.NAMES_AND_WORDS)
    assert not LoginSession.objects.filter(user=who.user_id).exists()
    assert not User.objects.filter(id=who.user_id).exists()
    assert client.get("/profile/").status_code in (302, 303)


def test_a_sign_in_of_another_organisation_stays_and_is_signed_out(planted):
    who, elsewhere = planted.cast.participant, planted.cast.stranger.organisation
    there = Person.objects.create(organisation=elsewhere, user_id=who.user_id, name="Paul")
    planted.cast.client(who)
    planted.erase(Extent.EVERYTHING)
    there.refresh_from_db()
    assert there.user_id == who.user_id and str(there.name) == "Paul"
    assert not LoginSession.objects.filter(user=who.user_id).exists()


def test_the_ledger_is_whole_and_its_chain_verifies(planted):
    from alongside.ledger.models import Entry

    seal(everything=True)
    before = set(Entry.objects.values_list("id", flat=True))
    planted.erase(Extent.EVERYTHING)
    seal(everything=True)
    assert before <= set(Entry.objects.values_list("id", flat=True))
    assert check().broken == ()


def test_the_certificate_counts_and_has_no_word(planted):
    certificate = planted.erase(Extent.EVERYTHING)
    certificate.refresh_from_db()
    assert certificate.counts["deleted"]["journeys.Journey"] == 1
    assert certificate.counts["emptied"]["people.Person.name"] == 1
    assert CANARY not in str(certificate.counts)


def places_outside(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The database's own files, what the next backup packs of it, saved emails, figures, and what is cached."""
    name = settings.DATABASES["default"]["NAME"]
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-journal"):
            file = Path(f"{connection.settings_dict['NAME']}{end}")
            if file.exists():
                yield file.name, file.read_bytes()
    assert name
    databases.snapshot(connection.settings_dict, _made(folder))
    write_from_here(_made(folder / "star"), last=last_complete(today(ZONE)))
    with star_files.connect() as engine:
        for table in (folder / "star").glob("*.parquet"):
            yield table.name, repr(engine.read_parquet(str(table)).fetchall()).encode()
    for file in [*folder.rglob("*"), *Path(settings.EMAIL_FOLDER).rglob("*")]:
        if file.is_file():
            yield str(file.name), file.read_bytes()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM django_cache")
        yield "cache", repr(cursor.fetchall()).encode()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


@pytest.mark.django_db(transaction=True)
def test_it_is_in_no_file_and_in_no_backup(cast, queue, caplog, tmp_path):
    """As bytes: in clear, and in the form in which it lay sealed."""
    planted = plant(cast)
    saved = _made_if_missing(Path(settings.EMAIL_FOLDER)) / "waiting.eml"
    saved.write_text(f"To: {ADDRESS}\n\n{CANARY}")
    forms = sealed_forms()
    assert len(forms) > 50
    before = [
        name
        for name, content in places_outside(tmp_path / "before")
        if any(form in content for form in forms)
    ]
    certificate = planted.erase(Extent.EVERYTHING)
    assert sweeping.sweep_what_is_left() == 1
    after = [
        name for name, content in places_outside(tmp_path / "after") if any(form in content for form in forms)
    ]
    assert "waiting.eml" in before
    if connection.vendor == "sqlite":  # a dump of PostgreSQL is packed
        assert len(set(before)) > 2
    assert after == []
    assert CANARY not in caplog.text
    certificate.refresh_from_db()
    assert certificate.swept_at
    assert sweeping.sweep_what_is_left() == 0


def _made_if_missing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder

"""Every place where words may lie is named in `retention.places`: each table, each field, each folder, each cache."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models

import alongside
from alongside.config.data_classes import CONTACT, TRACE, WORDS, class_of
from alongside.kernel.encryption import SealedTextField
from alongside.retention.places import ELSEWHERE, TABLES, Table, table_of
from alongside.retention.places.table import IN_VERSIONS, PARTICIPANT

SOURCE = Path(alongside.__file__).parent
MODELS = {model._meta.label: model for model in apps.get_models()}
BY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.label)


def may_hold_words(field: models.Field) -> bool:
    if isinstance(field, models.BooleanField) or class_of(field) is TRACE:
        return False
    free = isinstance(field, SealedTextField | models.TextField | models.EmailField | models.BinaryField)
    return free or class_of(field) in (WORDS, CONTACT)


def along(model: type[models.Model], path: str) -> models.Field:
    """The field at the end of a path of foreign keys."""
    *keys, last = path.split("__")
    for key in keys:
        model = model._meta.get_field(key).related_model
    return model._meta.get_field(last)


def test_every_table_is_named_once():
    assert sorted(table.label for table in TABLES) == sorted(MODELS)


@BY_TABLE
def test_every_field_that_may_hold_words_is_named(table: Table):
    named = {words.field for words in table.words}
    found = {f.name for f in MODELS[table.label]._meta.concrete_fields if may_hold_words(f)}
    assert found <= named, f"say in retention/places/tables.py whose these are: {sorted(found - named)}"


@BY_TABLE
def test_every_row_goes_with_something_or_says_why_it_stays(table: Table):
    assert bool(table.journey or table.person or table.user) != bool(table.stays)


@BY_TABLE
def test_every_path_leads_where_it_says(table: Table):
    model = MODELS[table.label]
    for paths, label in ((table.journey, "journeys.Journey"), (table.person, "people.Person")):
        for path in paths:
            end = along(model, path)
            assert (end.related_model or end.model)._meta.label == label, path
    if table.user:
        end = along(model, table.user)
        assert (end.related_model or end.model)._meta.label == "people.User"
    for words in table.words:
        for path in set(words.whose) - {PARTICIPANT, IN_VERSIONS}:
            assert along(model, path).related_model._meta.label == "people.Person", path
    assert table.form <= {words.field for words in table.words}


@BY_TABLE
def test_words_in_a_journey_say_whose_they_are(table: Table):
    """Where the record stays they go with that person."""
    if table.journey:
        assert all(words.whose for words in table.words)


@BY_TABLE
def test_what_hangs_on_a_row_of_a_journey_hangs_on_that_journey(table: Table):
    """So that no child is left behind by a parent that goes."""
    for field in MODELS[table.label]._meta.concrete_fields:
        if not field.is_relation or field.null:
            continue
        above = table_of(field.related_model._meta.label)
        assert above
        if above.journey:
            assert table.journey, f"{table.label}.{field.name} hangs on a journey"


def test_a_field_left_out_is_found(monkeypatch):
    """The test above sees what is missing."""
    need = Table("goals.Need", journey="journey")
    with pytest.raises(AssertionError, match="statement"):
        test_every_field_that_may_hold_words_is_named(need)


def test_every_cache_is_named():
    assert {place.cache for place in ELSEWHERE} - {""} == set(settings.CACHES)


def test_every_folder_the_settings_name_is_named():
    """Each setting that is a path within the home, or may be given as one."""
    found = {
        name
        for name in dir(settings)
        if name[0].isupper()
        and name.isupper()
        and isinstance(getattr(settings, name), Path)
        and name not in ("HOME", "PACKAGE", "BASE_DIR")
    }
    named = {place.setting for place in ELSEWHERE} - {""}
    assert found <= named
    assert {"LEDGER_COPY", "EMAIL_FOLDER", "BACKUPS_FOLDER", "MEDIA_ROOT"} <= named


def test_every_folder_the_code_makes_in_the_home_is_named():
    named = {place.folder for place in ELSEWHERE} | {"mail", "static", "backups", "files"}
    found = set()
    for path in SOURCE.rglob("*.py"):
        if "tests" not in path.parts:
            text = path.read_text()
            found |= set(re.findall(r'(?:home\(\)|\bHOME\b|settings\.HOME\)) / "([^"]+)"', text))
    assert found, "the code is not read any more"
    assert found <= named


def test_nothing_of_a_person_is_written_as_a_file():
    """No field holds files, and nothing saves one to the storage of files: there is nothing there to erase."""
    fields = [f for model in MODELS.values() for f in model._meta.concrete_fields]
    assert not [f for f in fields if isinstance(f, models.FileField)]
    uses = [
        path
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and re.search(r"default_storage|MEDIA_ROOT", path.read_text())
    ]
    assert {path.name for path in uses} == {"base.py", "runs.py", "elsewhere.py"}


def test_a_path_that_leads_nowhere_is_seen():
    with pytest.raises(FieldDoesNotExist):
        along(MODELS["goals.Need"], "nowhere__id")

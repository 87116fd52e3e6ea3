"""What is remembered of static files is what would have been found, and what a thread keeps stays its own."""

from __future__ import annotations

import importlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import connections
from django.urls import base as addresses
from django.utils import timezone, translation
from django.utils.translation import trans_real

from alongside.config.remembered import keep_by_thread, remember_static_addresses
from alongside.ui.templatetags.ui import icon

PLACES: tuple[tuple[Any, str], ...] = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (addresses, "_prefixes"),
    (addresses, "_urlconfs"),
    (connections, "_connections"),
)


@pytest.fixture
def kept_by_thread():
    before = [getattr(module, name) for module, name in PLACES]
    keep_by_thread()
    yield
    for (module, name), value in zip(PLACES, before, strict=True):
        setattr(module, name, value)


def test_django_still_keeps_them_where_they_are_replaced(kept_by_thread):
    """Should a version move one, this says so: the replacement would quietly do nothing."""
    for module, name in PLACES:
        assert isinstance(getattr(module, name), threading.local)
    with translation.override("de"), timezone.override("Asia/Tokyo"):
        assert trans_real._active.value.language() == "de"
        assert str(timezone._active.value) == "Asia/Tokyo"
    assert connections["default"] is connections._connections.default


def test_each_thread_has_its_own_language_zone_and_connection(kept_by_thread):
    meeting_point = threading.Barrier(2, timeout=30)

    def answer(language: str, zone: str) -> tuple[str | None, str, int]:
        translation.activate(language)
        timezone.activate(zone)
        meeting_point.wait()
        found = translation.get_language(), timezone.get_current_timezone_name(), id(connections["default"])
        meeting_point.wait()
        return found

    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(answer, ("de", "ja"), ("Asia/Tokyo", "Europe/Rome"))

    assert (one[:2], other[:2]) == (("de", "Asia/Tokyo"), ("ja", "Europe/Rome"))
    assert one[2] != other[2]
    assert translation.get_language() != "ja"


def test_a_static_file_is_looked_up_once_and_found_where_it_was(monkeypatch):
    usual = staticfiles_storage.url
    asked = []
    monkeypatch.setattr(
        staticfiles_storage._wrapped, "url", lambda name: asked.append(name) or usual(name), raising=False
    )
    remember_static_addresses()

    for _ in range(2):
        assert staticfiles_storage.url("ui/dist/icons.svg") == usual("ui/dist/icons.svg")

    assert asked == ["ui/dist/icons.svg"]


def test_an_icon_is_the_same_each_time_and_its_name_escaped():
    assert icon("<b>") == icon("<b>")
    assert "#&lt;b&gt;" in icon("<b>")
    assert icon("a") != icon("b")


@pytest.mark.django_db
def test_whoever_reads_the_module_in_the_middle_of_a_transaction_stays_in_it():
    """A test that reads every module lost its transaction, and so did every test after it."""
    connections["default"].ensure_connection()
    before = [getattr(module, name) for module, name in PLACES]
    sys.modules.pop("alongside.config.wsgi", None)
    importlib.import_module("alongside.config.wsgi")
    assert [getattr(module, name) for module, name in PLACES] == before
    assert connections["default"].in_atomic_block

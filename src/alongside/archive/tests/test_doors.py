"""The doors to everything about oneself: asking, waiting, taking it, having it removed."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.archive import actions, asking, queries, tasks
from alongside.archive.models import Archive, ArchivePiece
from alongside.archive.states import ArchiveState
from alongside.journeys.models import JourneyMember
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry, Opening
from alongside.people.models import User
from tests.cast import PASSWORD, signed_in_at

pytestmark = pytest.mark.django_db

PAGE = reverse("archive:everything")
MAKE = reverse("archive:make_archive")


@pytest.fixture
def put_aside(monkeypatch):
    """What is handed to the worker waits, as it does in life."""
    asked: list[str] = []
    waits = SimpleNamespace(enqueue=lambda archive_id: asked.append(archive_id))
    monkeypatch.setattr(tasks, "make_archive", waits)
    return asked


def made_for(cast, who) -> Archive:
    assert cast.client(who).post(MAKE).status_code == 302
    archive = queries.newest_of(who)
    assert archive and archive.state == ArchiveState.READY
    return archive


def take(archive: Archive) -> str:
    return reverse("archive:take_archive", args=[archive.id])


def remove(archive: Archive) -> str:
    return reverse("archive:remove_archive", args=[archive.id])


def text_of(cast, who) -> str:
    return cast.client(who).get(PAGE).content.decode()


# --- asking and waiting --------------------------------------------------------------------------------------


def test_the_page_says_what_is_in_it_before_anything_is_made(cast):
    page = text_of(cast, cast.participant)
    assert "You have not made an archive yet." in page
    assert "What is in it" in page and "What is not in it" in page
    assert "Make my archive" in page


def test_it_is_led_to_from_the_profile(cast):
    assert PAGE in cast.client(cast.participant).get(reverse("people:profile")).content.decode()


def test_while_it_is_made_nothing_can_be_asked_for_again(cast, put_aside):
    client = cast.client(cast.participant)
    assert client.post(MAKE).status_code == 302
    page = text_of(cast, cast.participant)
    assert "Your archive is being made" in page and "Make my archive" not in page
    assert client.post(MAKE).status_code == 409
    assert len(put_aside) == Archive.objects.count() == 1
    with clock.at(clock.now() + dt.timedelta(hours=7)):
        assert "Your archive could not be made" in text_of(cast, cast.participant)
        assert client.post(MAKE).status_code == 302


@pytest.mark.without_ledger("archive.actions.note_failure")
def test_what_went_wrong_is_said_and_may_be_tried_again(cast, monkeypatch):
    def broken(_person):
        raise RuntimeError("no room left")

    monkeypatch.setattr("alongside.archive.offline.files.everything_about", broken)
    cast.client(cast.participant).post(MAKE)
    page = text_of(cast, cast.participant)
    assert "Your archive could not be made" in page and "no room left" not in page
    monkeypatch.undo()
    made_for(cast, cast.participant)


def test_a_second_run_of_the_task_changes_nothing(cast):
    cast.journey()
    archive = made_for(cast, cast.participant)
    pieces = ArchivePiece.objects.count()
    tasks.make_archive.call(archive_id=str(archive.id))
    actions.keep_archive(archive=archive, content=b"another", journeys=[], by=None)
    actions.note_failure(archive=archive, by=None)
    assert (ArchivePiece.objects.count(), Archive.objects.get().size) == (pieces, archive.size)
    assert queries.newest_of(cast.participant).state == ArchiveState.READY


def test_its_person_is_written_to_once_and_never_sent_the_file(cast, mailoutbox):
    cast.journey(title="A title nobody else reads")
    archive = made_for(cast, cast.participant)
    actions.keep_archive(archive=archive, content=b"another", journeys=[], by=None)
    (email,) = mailoutbox
    assert email.to == [cast.participant.email] and email.subject == "Your file is ready"
    assert PAGE in email.body and "If you did not ask for it" in email.body
    assert not email.attachments and "A title nobody else reads" not in email.body


@pytest.mark.without_ledger("archive.actions.keep_archive")
def test_who_reads_no_email_has_it_made_all_the_same(cast, mailoutbox):
    cast.participant.email = ""
    cast.participant.save()
    made_for(cast, cast.participant)
    assert not mailoutbox


# --- taking it -----------------------------------------------------------------------------------------------


def test_it_is_downloaded_whole_by_its_person_and_noted(cast):
    journey = cast.journey()
    archive = made_for(cast, cast.participant)
    answer = cast.client(cast.participant).get(take(archive))
    assert answer.status_code == 200 and answer["Content-Type"] == "application/zip"
    assert len(answer.content) == archive.size
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        assert file.namelist()[0] == "alongside/index.html"
    assert "no-store" in answer["Cache-Control"]
    opening = Opening.objects.get()
    assert (opening.person_id, opening.journey_id) == (cast.participant.id, journey.id)
    assert (opening.subject_kind, opening.subject_id) == ("archive", archive.id)
    events = Entry.objects.filter(person_id=cast.participant.id).values_list("event", flat=True)
    assert {"archive_asked_for", "copy.taken"} <= set(events)
    told = cast.client(cast.guide).get(reverse("overview:opened", args=[journey.id])).content.decode()
    assert "everything, as a copy to keep" in told


@pytest.mark.parametrize("role", ["guide", "colleague", "administrator", "stranger"])
def test_nobody_else_finds_it(cast, role):
    cast.journey()
    archive, client = made_for(cast, cast.participant), cast.client(getattr(cast, role))
    assert client.get(take(archive)).status_code == 404
    assert client.post(remove(archive)).status_code == 404
    assert ArchivePiece.objects.exists()


def test_what_lies_here_is_sealed(cast):
    cast.journey(title="Canary in the title")
    made_for(cast, cast.participant)
    (sealed,) = ArchivePiece.objects.values_list("content", flat=True)
    assert b"PK" not in bytes(sealed)[:60] and b"UEsDB" not in bytes(sealed)


def test_a_large_one_lies_in_pieces(cast, monkeypatch):
    monkeypatch.setattr(actions, "PIECE", 1000)
    cast.journey()
    archive = made_for(cast, cast.participant)
    assert ArchivePiece.objects.count() == -(-archive.size // 1000)
    assert len(queries.content_of(archive)) == archive.size


@pytest.mark.without_ledger("archive.actions.let_archive_go")
def test_after_its_days_it_is_gone(cast):
    archive = made_for(cast, cast.participant)
    with clock.at(clock.now() + queries.WAITS_FOR + dt.timedelta(minutes=1)):
        assert cast.client(cast.participant).get(take(archive)).status_code == 409
        assert "No archive here now" in text_of(cast, cast.participant)
        tasks.let_archives_go.call()
        tasks.let_archives_go.call()
    assert not ArchivePiece.objects.exists()
    assert Entry.objects.filter(event="archive_removed").count() == 1


def test_its_person_has_it_removed(cast):
    archive = made_for(cast, cast.participant)
    client = cast.client(cast.participant)
    assert client.post(remove(archive)).status_code == 302
    assert not ArchivePiece.objects.exists()
    assert client.post(remove(archive)).status_code == client.get(take(archive)).status_code == 409


@pytest.mark.without_ledger("archive.actions.remove_archive")
def test_a_new_one_takes_the_place_of_the_one_before(cast):
    first = made_for(cast, cast.participant)
    second = made_for(cast, cast.participant)
    assert set(ArchivePiece.objects.values_list("archive", flat=True)) == {second.id}
    assert cast.client(cast.participant).get(take(first)).status_code == 409


def test_who_has_no_part_any_more_does_not_take_along_what_was_in_it(cast):
    journey = cast.journey()
    archive = made_for(cast, cast.supporter)
    JourneyMember.objects.filter(journey=journey, person=cast.supporter).update(left_at=clock.now())
    answer = cast.client(cast.supporter).get(take(archive))
    assert answer.status_code == 409
    assert "no longer part of" in answer.content.decode()


@pytest.mark.parametrize("path", [MAKE, PAGE])
def test_other_methods_are_refused(cast, path):
    assert cast.client(cast.participant).delete(path).status_code == 405


# --- showing once more who one is ----------------------------------------------------------------------------


def signed_in_long_ago(who) -> Client:
    client = Client()
    client.force_login(who.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    signed_in_at(client, who, time.time() - 3600)
    return client


def test_who_signed_in_long_ago_signs_in_again_first(cast):
    archive = made_for(cast, cast.participant)
    for path in (MAKE, take(archive)):
        client = signed_in_long_ago(cast.participant)
        answer = client.get(path)
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
        assert path in answer["Location"]
        assert client.get(PAGE).status_code == 302, "they are signed out"
    assert signed_in_long_ago(cast.participant).post(MAKE).status_code == 302
    assert Archive.objects.count() == 1


def test_who_has_a_password_is_asked_for_it_and_led_back(cast):
    User.objects.filter(id=cast.participant.user_id).update(password=make_password(PASSWORD))
    cast.participant.user.refresh_from_db()
    client = signed_in_long_ago(cast.participant)
    asked = client.post(MAKE)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert not Archive.objects.exists()
    shown = client.post(asked["Location"], {"password": PASSWORD})
    assert shown["Location"] == MAKE
    assert client.get(MAKE)["Location"] == PAGE
    assert client.post(MAKE).status_code == 302
    assert Archive.objects.count() == 1


# --- the ledger and the count of questions -------------------------------------------------------------------


@pytest.mark.without_ledger("archive.asking.ask_for_archive")
def test_a_rule_is_asked_by_the_action_too(cast, put_aside):
    archive = asking.ask_for_archive(by=cast.participant)
    for act in (
        lambda: asking.ask_for_archive(by=cast.participant),
        lambda: actions.remove_archive(archive=queries.newest_of(cast.participant), by=cast.participant),
    ):
        with pytest.raises(Refused):
            act()
    assert archive.person_id == cast.participant.id


@pytest.mark.parametrize("door", ["page", "take"])
def test_the_doors_ask_as_much_for_three_journeys_as_for_one(cast, door):
    counts = []
    for journeys in (1, 2):
        for _ in range(journeys):
            cast.journey()
        archive = made_for(cast, cast.participant)
        path = PAGE if door == "page" else take(archive)
        client = cast.client(cast.participant)
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]

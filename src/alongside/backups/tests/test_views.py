"""The administrator's page about backups."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.urls import reverse

from alongside.backups import tasks
from alongside.backups.actions import asking
from alongside.backups.actions.noting import note
from alongside.backups.models import BackupRecord
from alongside.backups.states import Event
from alongside.kernel.clock import at, now
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry

PAGE, ASK = reverse("backups:backups"), reverse("backups:ask")


def noted(event, problem="", days_ago=0):
    with at(now() - dt.timedelta(days=days_ago)):
        return note(
            event=event, file="alongside-20261130-030000Z.age", size=2_000_000, problem=problem, by=None
        )


def read(cast, who=None):
    return cast.client(who or cast.administrator).get(PAGE).content.decode()


def test_before_the_first_night_the_page_says_what_will_come(cast, settings):
    settings.DEMO = False
    page = read(cast)
    assert "The first backup is made tonight" in page and "There is a problem" not in page


def test_in_the_demo_the_page_promises_no_night(cast, settings):
    settings.DEMO = True
    page = read(cast)
    assert "only when you ask for one" in page and "tonight" not in page and "Every night" not in page


def test_an_administrator_finds_the_page_from_the_people(cast):
    assert PAGE in cast.client(cast.administrator).get(reverse("people:people")).content.decode()


@pytest.mark.without_ledger("backups.actions.noting.note")
def test_the_last_restore_that_went_well_is_told(cast):
    noted(Event.MADE, days_ago=3)
    noted(Event.PROVED, days_ago=2)
    page = read(cast)
    assert "Last restore proved on" in page and "There is a problem" not in page
    assert "Backup restored as a test" in page


@pytest.mark.parametrize("event", list(Event))
def test_a_failure_is_an_alert_until_the_next_goes_well(cast, event):
    noted(event, problem="The disk could not take it: No space left on device.", days_ago=1)
    assert "No space left on device" in read(cast).split("Backups so far")[0]
    noted(event)
    assert "There is a problem" not in read(cast)


def test_after_ten_days_without_a_proof_it_is_an_alert(cast):
    noted(Event.MADE, days_ago=9)
    assert "There is a problem" not in read(cast)
    BackupRecord.objects.all().delete()
    noted(Event.PROVED, days_ago=11)
    noted(Event.MADE)
    assert "for more than ten days" in read(cast)


def test_only_administrators_look_after_backups(cast):
    assert cast.client(cast.guide).get(PAGE).status_code == 403
    assert cast.client(cast.guide).post(ASK).status_code == 403
    assert cast.client(cast.administrator).get(ASK).status_code == 405
    with pytest.raises(Refused):
        asking.ask_for_backup(by=cast.guide)


@pytest.mark.without_ledger("backups.actions.asking.ask_for_backup")
def test_a_backup_out_of_turn_is_asked_for_by_one_button(cast):
    with patch.object(tasks.runs, "back_up") as made, patch.object(tasks.runs, "prove_newest") as proved:
        answer = cast.client(cast.administrator).post(ASK, follow=True)
    assert "A backup is being made" in answer.content.decode()
    assert made.called and proved.called
    assert Entry.objects.filter(event="backup_asked_for", person_id=cast.administrator.id).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_with_many_nights(cast, count, django_assert_max_num_queries):
    for _ in range(count):
        noted(Event.MADE)
    cast.client(cast.administrator)
    with django_assert_max_num_queries(12):
        read(cast)

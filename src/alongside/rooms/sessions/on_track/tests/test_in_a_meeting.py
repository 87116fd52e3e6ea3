"""What is not on track, on the page of a meeting: for the guide alone, with its numbers and decisions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.measuring.models import FindingAnswer
from alongside.goals.measuring.queries import tracked
from alongside.rooms.sessions.on_track import actions, rules
from alongside.rooms.sessions.record.models import Issue
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.tests.factories import opened
from alongside.rooms.sessions.supervision_cases.tests.factories import practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast):
    made = practice(cast)
    opened(cast, made.treatment)
    return made


def door(name, here):
    return reverse(f"track:{name}", args=[here.treatment.id, 2])


def alert(here):
    return tracked(here.guide).speaking[0].finding


def test_the_meeting_asks_for_it_for_the_guide_and_not_for_the_participant(cast, here):
    page = reverse("sessions:meeting", args=[here.treatment.id, 2])
    assert door("review", here) in cast.client(cast.guide).get(page).content.decode()
    assert door("review", here) not in cast.client(here.patient).get(page).content.decode()


def test_it_shows_the_rule_its_numbers_and_the_fixed_line(cast, here):
    for headers in ({}, {"HX-Request": "true"}):
        page = cast.client(cast.guide).get(door("review", here), headers=headers).content.decode()
        assert alert(here).rule == "N1" and "May be getting worse" in page and "N1)" not in page
        assert "not a diagnosis" in page
    assert "<html" not in page, "the part beside the meeting comes alone"


@pytest.mark.parametrize("name", ["review", "decide", "bring_up"])
def test_its_doors(cast, here, name):
    ask = "get" if name == "review" else "post"
    for who in ("stranger", "colleague", "lead", "administrator"):
        assert getattr(cast.client(getattr(cast, who)), ask)(door(name, here)).status_code == 404, who
    assert getattr(cast.client(here.patient), ask)(door(name, here)).status_code == 403
    wrong = "delete" if name == "review" else "get"
    assert getattr(cast.client(cast.guide), wrong)(door(name, here)).status_code == 405


@pytest.mark.without_ledger("goals.measuring.actions.answer_finding")
def test_a_decision_is_noted_and_the_finding_is_quiet(cast, here):
    found = alert(here)
    typed = {"rule": found.rule, "subject": found.subject, "decision": "change_plan", "word": "Slower."}
    assert cast.client(cast.guide).post(door("decide", here), typed).status_code == 302
    assert FindingAnswer.objects.get().rule == found.rule
    assert found.key not in {one.finding.key for one in tracked(here.guide).speaking}


def test_a_decision_that_makes_no_sense_comes_back_with_what_was_typed(cast, here):
    found = alert(here)
    typed = {"rule": found.rule, "subject": found.subject, "decision": "", "word": "Slower."}
    answer = cast.client(cast.guide).post(door("decide", here), typed)
    assert answer.status_code == 422
    assert "Slower." in answer.content.decode()


def test_a_finding_that_no_longer_holds_is_said(cast, here):
    answer = cast.client(cast.guide).post(door("decide", here), {"rule": "N1", "subject": "gone"})
    assert answer.status_code == 409


@pytest.mark.without_ledger("rooms.sessions.on_track.actions.bring_up")
def test_it_is_brought_up_in_words_for_both_without_the_rule(cast, here):
    actions.bring_up(table=table_of(here.guide, 2), finding=alert(here), by=here.guide)
    text = str(Issue.objects.get(journey=here.treatment).text)
    assert alert(here).rule not in text
    assert "review" not in text.lower()


def test_who_may(cast, here):
    patient = cast.seat(here.patient, here.treatment)
    for seat, may in ((here.guide, True), (patient, False)):
        table = table_of(seat, 2)
        assert bool(rules.may_review(seat, table)) is may
        assert bool(rules.may_decide(seat, table)) is may
        assert bool(rules.may_bring_up(seat, table)) is may
        assert rules.is_looked_at(seat, table) is may


def test_the_page_of_a_meeting_costs_no_more_for_it(cast, here):
    """The rules are asked at an address of their own."""
    page = reverse("sessions:meeting", args=[here.treatment.id, 2])
    client = cast.client(cast.guide)
    client.get(page)
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    assert not [one for one in asked if "goals_findinganswer" in one["sql"]]
    assert len(asked) <= 15

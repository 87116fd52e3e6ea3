"""What a page that is open is told, what it costs, and what it leaves behind."""

from __future__ import annotations

import datetime as dt
import time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.states import StepState
from alongside.kernel.clock import now
from alongside.ledger.models import Entry, Opening
from alongside.rooms.sessions.live.actions import note_presence
from alongside.rooms.sessions.live.models import Presence
from alongside.rooms.sessions.live.queries import pulse_for
from alongside.rooms.sessions.meeting_page.tests.test_views import at
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.models import MeetingRecord
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened, target


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    opened(cast, journey)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def token_of(client, journey, number=2):
    page = client.get(at("meeting", journey, number)).content.decode()
    return page.split('data-token="')[1].split('"')[0]


def ask(client, journey, since, number=2):
    return client.get(at("now", journey, number), {"since": since}, headers={"accept": "application/json"})


def facts_of(cast, journey):
    return pulse_for(cast.guide, journey_id=journey.id, number=2)[0].facts


# --- what is told -----------------------------------------------------------------------------------------


def test_nothing_is_told_while_nothing_has_changed(cast, journey):
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    assert ask(client, journey, token).status_code == 204


@pytest.mark.without_ledger("rooms.sessions.record.actions.book_next")
def test_each_fact_a_page_shows_is_a_reason_to_fetch_it_anew(cast, journey, guide, participant):
    aim = target(guide)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    issue = issue_in(guide, actions.raise_issue(number=2, text="Sleep", by=guide).id)
    deeds = {
        "step": lambda: actions.plan_step_in_meeting(number=2, text="x", owner=cast.guide, by=guide),
        "dropped": lambda: actions.let_step_go(number=2, step=step, by=guide),
        "reading": lambda: actions.review_last_plan(number=2, values=[actions.Value(aim.id, 5)], by=guide),
        "issue": lambda: actions.raise_issue(number=2, text="x", by=participant),
        "settled": lambda: actions.settle_issue(number=2, issue=issue, becomes="let_be", by=guide),
        "next": lambda: actions.book_next(
            number=2, starts_at=now() + dt.timedelta(days=7), minutes=45, by=guide
        ),
        "closed": lambda: actions.close_meeting(number=2, closing=closing(guide), by=guide),
        "confirmed": lambda: actions.confirm_meeting(number=2, by=participant),
    }
    for name, deed in deeds.items():
        before = facts_of(cast, journey)
        deed()
        assert facts_of(cast, journey) > before, name


def test_a_step_reviewed_by_the_other_is_told(cast, journey, guide, participant):
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    booked(cast, journey, 3)
    actions.start_meeting(number=3, by=guide)
    client = cast.client(cast.guide)
    token = token_of(client, journey, 3)
    actions.review_last_plan(number=3, answers=[actions.StepAnswer(step.id, StepState.DONE)], by=participant)
    answer = ask(client, journey, token, 3)
    assert answer.status_code == 200 and answer.json()["page"] is True


def test_words_of_the_other_come_along_and_the_page_stays(cast, journey, guide, participant):
    actions.write_in_box(number=2, name="review", text="Then.", version=0, by=guide)
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    actions.write_in_box(number=2, name="review", text="Then. Now.", version=1, by=participant)

    told = ask(client, journey, token).json()

    assert told["page"] is False
    assert told["boxes"] == [{"url": at("write", journey, 2, "review"), "text": "Then. Now.", "version": 2}]
    assert ask(client, journey, told["token"]).status_code == 204


def test_private_words_are_never_told(cast, journey, participant):
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    actions.write_in_box(number=2, name="private", text="Only mine", version=0, by=participant)
    assert ask(client, journey, token).status_code == 204


def test_an_addition_of_the_other_to_a_closed_record_is_told(cast, journey, guide, participant):
    actions.close_meeting(number=2, closing=closing(guide), by=guide)
    actions.confirm_meeting(number=2, by=participant)
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    actions.write_in_box(number=2, name="review", text="And the rota", version=0, by=participant)

    told = ask(client, journey, token).json()

    assert told["page"] is True and told["boxes"] == []


def test_words_that_come_to_a_page_that_is_open_are_opened_in_its_login_session(cast, journey, participant):
    reader = cast.client(cast.participant)
    token = token_of(reader, journey)
    actions.write_in_box(number=2, name="review", text="secret", version=0, by=participant)
    fresh = cast.client(cast.guide)

    told = ask(fresh, journey, token)

    assert b"secret" in told.content
    (opening,) = Opening.objects.filter(person_id=cast.guide.id)
    assert (opening.subject_kind, opening.journey_id) == ("meeting_record", journey.id)


@pytest.mark.parametrize(
    "since", ["", "x", "1.2.3", "1.2.3.4.5", "a.b.c.d", "-1.0.0.0", "9" * 400 + ".1.1.0"]
)
def test_a_token_that_makes_no_sense_means_fetch_it_anew(cast, journey, since):
    answer = ask(cast.client(cast.guide), journey, since)
    assert answer.status_code == 200 and answer.json()["page"] is True


def test_a_meeting_that_is_not_open_yet_can_be_watched_until_it_is(cast, journey, guide):
    booked(cast, journey, 3)
    client = cast.client(cast.participant)
    token = token_of(client, journey, 3)
    assert ask(client, journey, token, 3).status_code == 204
    actions.start_meeting(number=3, by=guide)
    assert ask(client, journey, token, 3).json()["page"] is True


def test_what_is_laid_over_an_open_page_is_the_page_without_its_frame(cast, journey):
    client = cast.client(cast.guide)
    laid = client.get(at("meeting", journey), headers={"hx-request": "true"})
    whole = client.get(at("meeting", journey))
    assert b"<html" not in laid.content and b"data-watch" in laid.content
    assert b"<html" in whole.content and b"data-watch" in whole.content
    assert "HX-Request" in laid["Vary"] and "HX-Request" in whole["Vary"]


# --- who is here ------------------------------------------------------------------------------------------


def test_who_is_here_and_who_was(cast, journey):
    guide, participant = cast.client(cast.guide), cast.client(cast.participant)
    noon = dt.datetime.combine(now().date(), dt.time(12, 0), dt.UTC)
    with time_machine.travel(noon, tick=False) as clock:
        assert ask(guide, journey, "").json()["who"] == ""
        assert ask(participant, journey, "").json() | {"token": ""} == {
            "token": "", "page": True, "boxes": [], "here": True, "who": "Gwen Guide is here",
        }  # fmt: skip
        here = ask(guide, journey, "").json()
        assert (here["here"], here["who"]) == (True, "Paul Participant is here")
        assert ask(guide, journey, here["token"]).status_code == 204
        clock.shift(60)
        was = ask(guide, journey, here["token"]).json()
        assert (was["here"], was["page"]) == (False, False)
        assert was["who"].startswith("Paul Participant was here at ")
        assert "Paul Participant was here at" in guide.get(at("meeting", journey)).content.decode()
    with time_machine.travel(noon + dt.timedelta(days=1), tick=False):
        guide.force_login(cast.guide.user, backend="alongside.people.backends.SignInBackend")
        assert ask(guide, journey, "").json()["who"] == ""


def test_being_here_is_written_down_every_ten_seconds_in_one_row(cast, journey):
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    ask(client, journey, token)
    first = Presence.objects.get()
    with CaptureQueriesContext(connection) as captured:
        ask(client, journey, token)
    assert not any(q["sql"].startswith(("INSERT", "UPDATE")) for q in captured.captured_queries)
    with time_machine.travel(first.seen_at + dt.timedelta(seconds=11), tick=False):
        ask(client, journey, token)
    assert Presence.objects.get().seen_at == first.seen_at + dt.timedelta(seconds=11)
    assert not Entry.objects.filter(event__contains="presence").exists()


def test_presence_is_kept_once_for_each_person_and_journey(cast, journey):
    for _ in range(2):
        note_presence(journey_id=journey.id, by=cast.guide)
    note_presence(journey_id=cast.journey().id, by=cast.guide)
    assert Presence.objects.count() == 2


# --- what it costs and leaves behind ----------------------------------------------------------------------


def test_a_look_is_one_question_of_its_own_however_long_the_journey_is(cast, journey, guide):
    client = cast.client(cast.guide)
    for count in (1, 3):
        for n in range(count):
            actions.plan_step_in_meeting(number=2, text=f"Step {n}", owner=cast.guide, by=guide)
            actions.raise_issue(number=2, text=f"Issue {n}", by=guide)
        token = token_of(client, journey)
        ask(client, journey, token)
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, journey, token).status_code == 204
        asked = [q["sql"] for q in captured.captured_queries if q["sql"].startswith("SELECT")]
        assert len(asked) == 3, asked  # the login session, who it is, and the pulse
        assert len(captured.captured_queries) == 3, captured.captured_queries


def test_a_look_is_no_opening_and_keeps_no_login_session_awake(cast, journey, settings):
    client = cast.client(cast.guide)
    token = token_of(client, journey)
    openings = Opening.objects.count()
    began = time.time()
    settings.SESSION_IDLE_SECONDS = 600
    for minutes in range(1, 10):
        with time_machine.travel(began + minutes * 60, tick=False):
            assert ask(client, journey, token).status_code in (200, 204)
    assert Opening.objects.count() == openings
    with time_machine.travel(began + 11 * 60, tick=False):
        signed_out = ask(client, journey, token)
        assert signed_out.status_code == 401 and "signed out" in signed_out.json()["sentence"]
        assert client.get(at("meeting", journey)).status_code == 302


def test_whoever_does_something_stays_signed_in(cast, journey, settings):
    client = cast.client(cast.guide)
    began = time.time()
    settings.SESSION_IDLE_SECONDS = 600
    for minutes in range(0, 40, 8):
        with time_machine.travel(began + minutes * 60, tick=False):
            assert client.get(at("meeting", journey)).status_code == 200


def test_nobody_signed_in_is_told_so_as_json(client, journey):
    answer = ask(client, journey, "")
    assert answer.status_code == 401


def test_a_meeting_that_is_not_there_is_not_found(cast, journey):
    assert ask(cast.client(cast.guide), journey, "", 9).status_code == 404
    assert pulse_for(cast.stranger, journey_id=journey.id, number=2) is None
    assert MeetingRecord.objects.count() == 1
    assert reverse("sessions:now", args=[journey.id, 2]).endswith("/now/")

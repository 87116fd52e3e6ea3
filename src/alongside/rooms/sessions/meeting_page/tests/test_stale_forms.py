"""A review that is sent from a page as it was an hour ago undoes nothing, and loses nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.goals.actions import tick_step
from alongside.goals.models import Reading, StepStateRecord
from alongside.goals.queries import step_facts, step_for
from alongside.goals.states import StepState
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.tests.factories import booked, opened, target
from tests.html_forms import form_at, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    opened(cast, journey)
    guide = cast.seat(cast.guide, journey)
    target(guide)
    for text in ("Walk", "Rest"):
        actions.plan_step_in_meeting(number=2, text=text, owner=cast.participant, by=guide)
    opened(cast, journey, 3)
    return journey


@pytest.fixture
def steps(cast, journey):
    return {step.text: step.id for step in step_facts(cast.seat(cast.guide, journey))}


def review(cast, who, journey):
    """The form as it stands now on the page of that person."""
    return form_at(cast.client(who), reverse("sessions:meeting", args=[journey.id, 3]), "/review/")


def said(cast, journey):
    return {step.text: (str(step.state), step.word) for step in step_facts(cast.seat(cast.guide, journey))}


def test_what_the_sender_left_alone_does_not_undo_what_the_other_said_since(cast, journey, steps):
    stale = review(cast, cast.guide, journey)
    ticked = {f"state_{steps['Walk']}": "done", f"word_{steps['Walk']}": "Every day"}
    assert (
        review(cast, cast.participant, journey).send(cast.client(cast.participant), **ticked).status_code
        == 302
    )

    answer = stale.send(cast.client(cast.guide), **{f"state_{steps['Rest']}": "partly"})

    assert answer.status_code == 302
    assert said(cast, journey) == {"Walk": ("done", "Every day"), "Rest": ("partly", "")}


def test_an_answer_shown_before_is_not_said_again_over_a_newer_one(cast, journey, steps):
    walk = f"state_{steps['Walk']}"
    review(cast, cast.guide, journey).send(cast.client(cast.guide), **{walk: "partly"})
    stale = review(cast, cast.guide, journey)
    review(cast, cast.participant, journey).send(cast.client(cast.participant), **{walk: "done"})

    stale.send(cast.client(cast.guide), **{f"state_{steps['Rest']}": "done"})

    assert said(cast, journey)["Walk"] == ("done", "")


def test_two_different_answers_are_told_and_the_second_holds_if_sent_again(cast, journey, steps):
    walk, word = f"state_{steps['Walk']}", f"word_{steps['Walk']}"
    stale = review(cast, cast.guide, journey)
    review(cast, cast.participant, journey).send(
        cast.client(cast.participant), **{walk: "done", word: "All of it"}
    )

    answer = stale.send(cast.client(cast.guide), **{walk: "not_yet", word: "We were ill"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Paul Participant has just answered “done” here." in page
    assert said(cast, journey)["Walk"] == ("done", "All of it")
    again = next(form for form in read(page) if form.action.endswith("/review/"))
    assert (again.fields[walk], again.fields[word]) == (["not_yet"], ["We were ill"])
    assert again.send(cast.client(cast.guide)).status_code == 302
    assert said(cast, journey)["Walk"] == ("not_yet", "We were ill")


def test_words_both_wrote_on_one_step_are_put_together(cast, journey, steps):
    walk, word = f"state_{steps['Walk']}", f"word_{steps['Walk']}"
    stale = review(cast, cast.guide, journey)
    review(cast, cast.participant, journey).send(
        cast.client(cast.participant), **{walk: "done", word: "in the rain"}
    )

    answer = stale.send(cast.client(cast.guide), **{walk: "done", word: "with the dog"})

    assert answer.status_code == 302
    state, words = said(cast, journey)["Walk"]
    assert state == "done" and set(words.split()) == {"in", "the", "rain", "with", "dog"}


def test_what_one_said_oneself_is_changed_without_being_asked(cast, journey, steps):
    """Saved as one ticks, the page still shows what stood there when it was loaded."""
    stale, client, walk = review(cast, cast.guide, journey), cast.client(cast.guide), f"state_{steps['Walk']}"
    for state in ("done", "partly"):
        answer = client.post(stale.action, stale.filled(**{walk: state}), headers={"HX-Request": "true"})
        assert "Saved at" in answer.content.decode()
    assert said(cast, journey)["Walk"] == ("partly", "")


def test_a_reading_the_other_gave_since_is_not_taken_back_unseen(cast, journey):
    stale = review(cast, cast.guide, journey)
    (value,) = (name for name in stale.fields if name.startswith("reading_"))
    review(cast, cast.participant, journey).send(cast.client(cast.participant), **{value: "6"})

    untouched = stale.send(cast.client(cast.guide))
    other = stale.send(cast.client(cast.guide), **{value: "4"})

    assert (untouched.status_code, other.status_code) == (302, 409)
    assert "has just answered “6” here" in other.content.decode()
    assert [row.value for row in Reading.objects.filter(meeting_number=3, withdrawn_at=None)] == [6]
    again = next(form for form in read(other.content.decode()) if form.action.endswith("/review/"))
    assert again.fields[value] == ["4"]
    again.send(cast.client(cast.guide))
    assert [row.value for row in Reading.objects.filter(meeting_number=3, withdrawn_at=None)] == [4]


def test_saved_as_one_ticks_what_the_other_said_is_told_beside_it(cast, journey, steps):
    walk, stale = f"state_{steps['Walk']}", review(cast, cast.guide, journey)
    review(cast, cast.participant, journey).send(cast.client(cast.participant), **{walk: "done"})
    sent = stale.filled(**{walk: "partly"})
    answer = cast.client(cast.guide).post(stale.action, sent, headers={"HX-Request": "true"})
    assert "has just answered “done” here" in answer.content.decode()
    assert said(cast, journey)["Walk"] == ("done", "")


@pytest.mark.without_ledger("goals.actions.tick_step")
def test_what_was_ticked_between_two_meetings_and_left_so_is_said_in_this_review(cast, journey, steps):
    """Whoever sends the review as it is shown says yes to it: the closed record holds what was looked at in it."""
    participant = cast.seat(cast.participant, journey)
    step = step_for(participant, steps["Walk"])
    tick_step(step=step, state=StepState.DONE, word="All week", by=participant)

    form = review(cast, cast.guide, journey)
    assert form.fields[f"state_{steps['Walk']}"] == ["done"]
    assert form.send(cast.client(cast.guide)).status_code == 302

    latest = StepStateRecord.objects.filter(step=steps["Walk"]).latest("created_at")
    assert (latest.state, str(latest.word), latest.reviewed_in) == (StepState.DONE, "All week", 3)

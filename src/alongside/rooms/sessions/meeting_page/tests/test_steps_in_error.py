"""A step in the wrong record is hidden by the one who wrote it, and counts in no figure.

That no page, paper or search shows it is tried by `tests/promises/test_who_reads_which_words.py`.
"""

from __future__ import annotations

import base64
import os
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from alongside.goals.measuring.queries import tracked
from alongside.goals.models import Step, StepStateRecord
from alongside.goals.queries import step_facts
from alongside.goals.states import StepState
from alongside.goals.transfer import carry_goals
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.rooms.sessions.record import actions, issue_queries
from alongside.rooms.sessions.record.states import IssueState
from alongside.rooms.sessions.record.tests.factories import booked, opened, target

pytestmark = pytest.mark.django_db
REASON = "It was due on somebody else"


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    opened(cast, journey)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def planned(cast, seat, text="Wrong step"):
    return actions.plan_step_in_meeting(
        number=2, text=text, owner=cast.participant, target=target(seat), by=seat
    )


def marks(step, seat, reason=REASON):
    return actions.mark_step_in_error(number=2, step_id=step.id, reason=reason, by=seat)


def test_it_is_gone_from_the_steps_and_from_what_is_counted(cast, guide):
    right, wrong = planned(cast, guide, "Walk"), planned(cast, guide)
    marks(wrong, guide)
    assert [step.id for step in step_facts(guide)] == [right.id]
    assert "Wrong step" not in str(tracked(guide))
    kept = Step.everything.get(id=wrong.id)
    assert (str(kept.why_in_error), kept.entered_in_error_by_id) == (REASON, guide.actor.id)
    # a page that is open learns that something has changed
    assert StepStateRecord.objects.filter(step=wrong).latest("created_at").state == StepState.DROPPED
    assert Entry.objects.get(event="step.entered_in_error").detail == {}


def test_only_the_one_who_wrote_it_says_so_with_a_reason_and_once(cast, guide, participant):
    step = planned(cast, guide)
    for seat, reason, status in ((participant, REASON, 403), (guide, "  ", 409)):
        with pytest.raises(Refused) as refused:
            marks(step, seat, reason)
        assert refused.value.verdict.denial.value == status
    marks(step, guide)
    with pytest.raises(Refused) as refused:
        marks(step, guide)
    assert refused.value.verdict.denial.value == 404, "it is there for nobody any more"


def test_an_issue_goes_with_the_step_it_became_if_one_person_wrote_both(cast, guide, participant):
    mine = actions.raise_issue(number=2, text="Mine", by=participant)
    actions.settle_issue(number=2, issue=mine, becomes=IssueState.BECAME_STEP, by=participant)
    theirs = actions.raise_issue(number=2, text="Ours", by=participant)
    actions.settle_issue(number=2, issue=theirs, becomes=IssueState.BECAME_STEP, by=guide)

    facts = {"number": 2, "reason": REASON, "by": participant}
    actions.mark_issue_in_error(issue_id=mine.id, **facts)
    with pytest.raises(Refused):
        actions.mark_issue_in_error(issue_id=theirs.id, **facts)

    assert [str(step.text) for step in Step.objects.filter(journey=guide.journey)] == ["Ours"]
    assert [issue.text for issue in issue_queries.issues_through(guide)] == ["Ours"]


def test_it_is_chosen_on_the_page_beside_ones_own_words_by_its_author_alone(cast, journey, guide):
    step = planned(cast, guide)
    path = reverse("sessions:correct", args=[journey.id, 2])
    assert "Wrong step" not in cast.client(cast.participant).get(path).content.decode()
    assert "Wrong step" in cast.client(cast.guide).get(path).content.decode()

    empty = cast.client(cast.guide).post(path, {"words": str(step.id), "reason": ""})
    done = cast.client(cast.guide).post(path, {"words": str(step.id), "reason": REASON})

    assert (empty.status_code, done.status_code) == (422, 302)
    page = cast.client(cast.guide).get(reverse("sessions:meeting", args=[journey.id, 2])).content.decode()
    assert "Wrong step" not in page


@pytest.mark.without_ledger(
    "goals.actions.enter_step_in_error", "goals.actions.plan_step", "goals.transfer.carry_goals"
)
def test_it_does_not_go_along_to_another_guide(cast, journey, guide):
    planned(cast, guide, "Walk")
    marks(planned(cast, guide), guide)
    onward = cast.journey(follows=journey)
    carry_goals(source=journey, from_guide=cast.guide, by=cast.seat(cast.guide, onward))
    assert [str(step.text) for step in Step.everything.filter(journey=onward)] == ["Walk"]


def test_what_was_entered_in_error_is_sealed_anew_with_a_new_key(cast, guide, settings):
    """Or an investigation could not read it once the older key is laid away."""
    step = planned(cast, guide)
    marks(step, guide)
    new = base64.b64encode(os.urandom(32)).decode()
    keys = settings.ENCRYPTION_KEYRING["keys"]
    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": {**keys, "k2": new}}
    call_command("reseal", stdout=StringIO())

    settings.ENCRYPTION_KEYRING = {"current": "k2", "keys": {"k2": new}}
    kept = Step.everything.get(id=step.id)
    assert (str(kept.text), str(kept.why_in_error)) == ("Wrong step", REASON)

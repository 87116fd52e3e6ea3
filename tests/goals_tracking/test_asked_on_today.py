"""What is asked before a meeting, on the participant's Today and in the agreement's section on measures."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.goals.measuring import actions
from alongside.goals.measuring.actions import keep_form
from alongside.goals.measuring.models import AskedWhen
from alongside.goals.measuring.pages_schedule import asked_note
from alongside.goals.measuring.schedule import Asked, schedule_of
from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.overview.tests import build
from alongside.rooms.first_meeting.actions import begin_agreement
from alongside.rooms.first_meeting.models import AgreementStateRecord

PHQ = {str(number): "0" for number in range(1, 11)}
GAD = {str(number): "0" for number in range(1, 8)}


@pytest.fixture(autouse=True)
def monday():
    """A Monday at ten, so that tomorrow is Tuesday, whenever the tests run."""
    start = now().replace(hour=10, minute=0)
    with clock_at(start + dt.timedelta(days=7 - start.weekday())):
        yield


def met_once(cast, *, next_in: float = 1, **facts: str):
    journey = cast.journey("treatment", template="talking-therapy", **facts)
    build.meeting(cast, journey, 1, days=-7, state="held")
    build.agreement(cast, journey, "in_force", "guide", "participant")
    build.meeting(cast, journey, 2, days=next_in)
    return journey


def waiting(cast, who):
    groups = {group.key: group for group in cast.client(who).get("/").context["page"].groups}
    return [one for group in groups.values() for one in (*group.waiting, *group.folded)]


def asked_lines(cast, who):
    return [one.title for one in waiting(cast, who) if ", before " in one.title]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1 / 24, "PHQ-9 and GAD-7, before today’s appointment"),
        (1, "PHQ-9 and GAD-7, before Tuesday’s appointment"),
        (6, "PHQ-9 and GAD-7, before Sunday’s appointment"),
    ],
)
def test_today_says_in_one_line_what_to_answer_and_before_when(cast, days, said):
    met_once(cast, next_in=days)
    assert asked_lines(cast, cast.participant) == [said]


def test_a_meeting_more_than_a_week_ahead_is_named_by_its_date(cast):
    met_once(cast, next_in=9)
    (said,) = asked_lines(cast, cast.participant)
    assert said.startswith("PHQ-9 and GAD-7, before the appointment on ")


def test_its_button_opens_the_first_that_is_left_and_that_leads_back_here(cast):
    journey = met_once(cast)
    participant = cast.seat(cast.participant, journey)
    keep_form(instrument="phq-9", answers=PHQ, submit=True, by=participant)
    keep_form(instrument="gad-7", answers={"1": "0"}, submit=False, by=participant)
    (line,) = [one for one in waiting(cast, cast.participant) if ", before " in one.title]
    assert line.title == "GAD-7, before Tuesday’s appointment"
    assert line.act.label == "Continue"
    assert line.url == line.act.url == f"/journeys/{journey.id}/goals/forms/gad-7/?back=%2F"


@pytest.mark.without_ledger("goals.measuring.actions.keep_form")
def test_once_all_is_answered_today_asks_no_more(cast):
    participant = cast.seat(cast.participant, met_once(cast))
    keep_form(instrument="phq-9", answers=PHQ, submit=True, by=participant)
    keep_form(instrument="gad-7", answers=GAD, submit=True, by=participant)
    assert asked_lines(cast, cast.participant) == []


def test_the_guides_today_does_not_ask_the_guide(cast):
    met_once(cast)
    assert asked_lines(cast, cast.guide) == []


@pytest.mark.parametrize("state", ["paused", "completed"])
def test_nothing_is_asked_while_it_rests_or_when_it_is_over(cast, state):
    met_once(cast, state=state)
    assert asked_lines(cast, cast.participant) == []


def test_today_costs_the_same_with_one_and_with_three_that_ask(cast):
    client = cast.client(cast.participant)

    def cost() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/").status_code == 200
        return len(caught)

    met_once(cast)
    one = cost()
    met_once(cast), met_once(cast)
    assert len(asked_lines(cast, cast.participant)) == 3
    assert cost() == one


def test_the_journeys_page_does_not_say_that_one_is_ready_while_something_is_asked(cast):
    journey = met_once(cast, next_in=5)
    page = cast.client(cast.participant).get(f"/journeys/{journey.id}/").context["page"]
    assert page.next.title == "PHQ-9 and GAD-7, before Saturday’s appointment"
    assert page.next.needs_me and page.next.act.label == "Answer"
    assert (
        cast.client(cast.guide).get(f"/journeys/{journey.id}/").context["page"].next.title == "You’re ready"
    )


# --- the agreement ------------------------------------------------------------------------------------------------


def note(cast, journey, who):
    seat = cast.seat(who, journey)
    return asked_note(seat, schedule_of(seat))


def test_the_agreement_says_which_are_asked_when(cast):
    journey = cast.journey("treatment", template="talking-therapy")
    assert note(cast, journey, cast.participant).sentences == (
        "Mood over the last two weeks (PHQ-9) and Worry over the last two weeks (GAD-7) are asked before each appointment.",
    )
    actions.set_schedule(
        asked=[
            Asked("phq-9", AskedWhen.EVERY, 3),
            Asked("gad-7", AskedWhen.ENDS),
            Asked("pain-0-10", AskedWhen.EACH),
        ],
        by=cast.seat(cast.guide, journey),
    )
    assert note(cast, journey, cast.participant).sentences[:2] == (
        "Mood over the last two weeks (PHQ-9) is asked once in every 3 appointments.",
        "Worry over the last two weeks (GAD-7) is asked before the first appointment and before the last.",
    )


def test_where_nothing_is_asked_the_guide_is_led_to_where_it_is_changed_and_the_participant_sees_nothing(
    cast,
):
    journey = cast.journey("treatment")
    found = note(cast, journey, cast.guide)
    assert (found.sentences, found.is_asked) == (("No questionnaire is asked regularly.",), False)
    assert found.change_url == f"/journeys/{journey.id}/goals/schedule/"
    assert note(cast, journey, cast.participant) is None


SENTENCE = "Mood over the last two weeks (PHQ-9) and Worry over the last two weeks (GAD-7) are asked before each appointment."
CHANGE = "Change what is asked"


@pytest.mark.without_ledger("rooms.first_meeting.actions.begin_agreement")
def test_it_stands_in_the_draft_and_in_what_is_in_force_and_not_in_what_is_over(cast):
    journey = cast.journey("treatment", template="talking-therapy")
    version = begin_agreement(by=cast.seat(cast.guide, journey))
    path = f"/journeys/{journey.id}/first-meeting/agreement/1/"

    def both() -> list[tuple[bool, bool]]:
        pages = [cast.client(who).get(path).content.decode() for who in (cast.guide, cast.participant)]
        return [(SENTENCE in page, CHANGE in page) for page in pages]

    assert both() == [(True, True), (True, False)]
    for state, seen in (("proposed", True), ("in_force", True), ("superseded", False)):
        AgreementStateRecord.objects.create(version=version, state=state, by=cast.guide)
        assert both() == [(seen, seen), (seen, False)], state

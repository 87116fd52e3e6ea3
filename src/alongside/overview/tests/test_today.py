"""Today: meetings of the day as cards, then one line for each person, five at once."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.goals.actions import plan_step
from alongside.goals.models import StepStateRecord
from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.rooms.environment.actions.replies import put_away_possible_answer
from alongside.rooms.environment.models import Doubt, Meeting, PossibleAnswer
from alongside.ui.undo import undo_of

from . import build
from .test_views import queries_of


def groups(cast, who):
    return {group.key: group for group in cast.client(who).get("/").context["page"].groups}


@pytest.fixture
def at_ten():
    """Ten in the morning, so that two hours later is still today."""
    with clock_at(now().replace(hour=10, minute=0) + dt.timedelta(days=1)):
        yield


def test_a_meeting_of_today_is_a_card_for_its_guide_and_the_next_one_for_its_participant(cast, at_ten):
    soon, later = cast.journey(), cast.journey()
    build.under_way(cast, soon, next_in=2 / 24)
    build.under_way(cast, later, next_in=3)
    guide = groups(cast, cast.guide)["guide"]
    assert [card.who for card in guide.cards] == ["Paul Participant"]
    assert [one.with_whom for one in guide.coming] == ["Paul Participant"]
    assert len(groups(cast, cast.participant)["participant"].cards) == 2
    assert guide.cards[0].word == "not prepared yet"


def test_what_a_card_says_is_not_said_again_below_it(cast, at_ten):
    journey = cast.journey()
    build.under_way(cast, journey, next_in=2 / 24)
    page = cast.client(cast.guide).get("/").content.decode()
    assert page.count("not prepared yet") == 1 and "has not prepared yet" not in page


def test_there_is_one_line_for_a_person_and_five_at_once(cast):
    for _ in range(7):
        build.under_way(cast, cast.journey(), next_in=None)
    group = groups(cast, cast.guide)["guide"]
    assert (len(group.waiting), len(group.folded)) == (5, 2)
    assert "Show 2 more" in cast.client(cast.guide).get("/").content.decode()


def test_one_act_of_the_page_is_primary(cast, at_ten):
    build.under_way(cast, cast.journey(), next_in=2 / 24)
    build.under_way(cast, cast.journey(), next_in=None)
    group = groups(cast, cast.guide)["guide"]
    acts = [one.act for one in (*group.cards, *group.waiting) if one.act]
    assert [act.primary for act in acts].count(True) == 1 and group.cards[0].act.primary


@pytest.mark.without_ledger("rooms.environment.actions.replies.put_away_possible_answer")
def test_an_email_that_may_be_an_answer_is_said_to_the_guide_until_it_is_put_away(cast):
    journey = cast.journey()
    build.under_way(cast, journey)
    email = PossibleAnswer.objects.create(
        meeting=Meeting.objects.latest("starts_at"), sender="x@example.org", doubt=Doubt.NO_ANSWER, digest="1"
    )
    [line] = groups(cast, cast.guide)["guide"].waiting
    assert (line.title, line.url) == (
        "An email that may be an answer",
        f"/journeys/{journey.id}/environment/",
    )
    assert "may be an answer" not in cast.client(cast.participant).get("/").content.decode()
    put_away_possible_answer(possible=email, by=cast.seat(cast.guide, journey))
    assert groups(cast, cast.guide)["guide"].waiting == ()


def test_a_participant_reads_how_far_they_have_come(cast):
    journey = cast.journey("treatment")
    build.under_way(cast, journey)
    build.goals(cast, journey)
    page = cast.client(cast.participant).get("/").context["page"]

    assert page.progress.text.endswith("appointments so far.")
    assert page.progress.goals and all(goal.course for goal in page.progress.goals)
    assert page.progress.url == f"/journeys/{journey.id}/#progress"
    assert cast.client(cast.guide).get("/").context["page"].progress is None


def test_reading_how_far_costs_the_same_for_one_and_three_and_is_an_opening(cast):
    def one():
        journey = cast.journey()
        build.under_way(cast, journey)
        build.goals(cast, journey)
        return journey

    first = one()
    browser = cast.client(cast.participant)
    cost = queries_of(browser, "/")
    one()
    one()

    assert queries_of(browser, "/") == cost <= 12
    assert Opening.objects.filter(journey_id=first.id, person_id=cast.participant.id).exists()


def test_what_was_done_with_one_tap_is_taken_back_from_the_message_and_nothing_is_deleted(cast):
    journey = cast.journey()
    step = plan_step(text="Ring the clinic", owner=cast.participant, by=cast.seat(cast.guide, journey))
    browser, tick = cast.client(cast.participant), reverse("overview:tick", args=[journey.id])

    done = browser.post(tick, {"step_id": step.id, "state": "done", "from": "today"}, follow=True)
    [message] = done.context["messages"]
    undo = undo_of(message)
    assert "Undo" in done.content.decode() and undo.url == tick
    assert not groups(cast, cast.participant)["participant"].steps
    back = browser.post(tick, dict(undo.fields), follow=True)

    assert [line.text for line in groups(cast, cast.participant)["participant"].steps] == ["Ring the clinic"]
    assert "Undo" not in [str(each) for each in back.context["messages"]]
    states = StepStateRecord.objects.filter(step=step).order_by("created_at", "id")
    assert [str(each.state) for each in states] == ["open", "done", "open"]

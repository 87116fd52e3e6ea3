"""The page on which needs, targets and steps are put in order, and steps that come round again."""

import pytest

from alongside.goals.models import Step
from alongside.goals.queries import needs_of


def test_a_button_moves_a_need_and_comes_back_to_it(room, guide, participant):
    first, second = room.need("First"), room.need("Second")

    page = participant.get(room.url("goals/order/"))
    answer = participant.post(room.url(f"needs/{second.id}/move/"), {"place": "0"})

    assert 'name="place" value="0"' in page.text
    assert answer.url == room.url("goals/order/") + f"#need-{second.id}"
    assert [need.id for need in needs_of(room.guide)] == [second.id, first.id]


def test_targets_and_steps_move_too(room, guide):
    target = room.target()
    step, other = room.step("One"), room.step("Two")

    assert guide.post(room.url(f"targets/{target.id}/move/"), {"place": "1"}).status_code == 302
    assert guide.post(room.url(f"steps/{step.id}/move/"), {"place": "1"}).status_code == 302
    assert list(Step.objects.order_by("position")) == [other, step]


@pytest.mark.parametrize("place", ["", "x", "-2", "1.5"])
def test_a_place_that_is_none_says_so(room, guide, place):
    need = room.need()

    answer = guide.post(room.url(f"needs/{need.id}/move/"), {"place": place})

    assert answer.status_code == 409
    assert "This place is not there." in answer.text


def test_ordering_is_closed_to_others(room, cast):
    need = room.need()

    for path in ("goals/order/", f"needs/{need.id}/move/"):
        assert cast.client(cast.stranger).get(room.url(path)).status_code in (404, 405)
    assert cast.client(cast.stranger).post(room.url(f"needs/{need.id}/move/")).status_code == 404
    assert cast.client(cast.guide).get(room.url(f"needs/{need.id}/move/")).status_code == 405


def test_the_order_costs_the_same_with_one_and_three(room, guide, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (1, 2):
        for _each in range(more):
            room.target()
        guide.get(room.url("goals/order/"))
        with CaptureQueriesContext(connection) as asked:
            guide.get(room.url("goals/order/"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_step_can_come_round_again(room, guide, participant):
    room.need()
    owner = room.guide.participant.person.id
    facts = {"text": "Walk for ten minutes", "owner": owner, "times_a_week": "7", "target": ""}

    assert participant.post(room.url("steps/"), facts).status_code == 302
    step = Step.objects.get()
    participant.post(
        f"/journeys/{room.journey.id}/steps/{step.id}/", {"state": "done", "word": "Easier than I thought."}
    )

    assert step.times_a_week == 7
    assert "every day, done 1 this week" in guide.get(room.url("goals/")).text


def test_a_step_cannot_come_round_eight_times(room, guide):
    room.need()
    facts = {"text": "Walk", "owner": room.guide.participant.person.id, "times_a_week": "8", "target": ""}

    answer = guide.post(room.url("steps/"), facts)

    assert answer.status_code == 422
    assert "Walk" in answer.text and Step.objects.count() == 0

"""What has to hold of focusing, whatever else changes."""

from __future__ import annotations

import ast
import datetime as dt
import re
from pathlib import Path

import pytest
from django.urls import reverse

import alongside
from alongside.goals.models import Step
from alongside.journeys.kinds import KINDS
from alongside.kernel import clock
from alongside.kernel.clock import now
from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.focusing.models import Focusing
from alongside.rooms.sessions.focusing.queries import words_of
from alongside.rooms.sessions.focusing.tests.factories import SECRETS, level, plan, say, written_through
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.review_queries import steps_here, to_review
from alongside.rooms.sessions.record.tests.factories import closing, opened, target

pytestmark = pytest.mark.django_db


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


def page_of(cast, who, door, *parts):
    return cast.client(who).get(reverse(door, args=parts)).content.decode()


def test_all_five_levels_blank_the_meeting_is_closed_without_a_warning(cast, journey, guide, participant):
    focusing = actions.begin_focusing(together=True, by=guide)

    page = page_of(cast, cast.guide, "sessions:meeting", journey.id, 2)
    path = page_of(cast, cast.guide, "focusing:path", journey.id, focusing.id)
    sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    state = sessions.confirm_meeting(number=2, by=participant)

    assert state == "closed"
    for said in (page, path):
        assert not any(word in said.lower() for word in ("missing", "incomplete", "of 5", "%", "badge"))


def test_stopped_at_the_second_level_it_is_there_the_next_day_for_its_author_alone(
    cast, journey, participant, guide
):
    focusing = actions.begin_focusing(by=participant)
    say(focusing, "describe", "account", "what-took-place", participant)
    actions.leave_focusing(focusing_id=focusing.id, level=level(participant, "describe"), by=participant)

    with clock.at(now() + dt.timedelta(days=1)):
        listed = page_of(cast, cast.participant, "focusing:list", journey.id)
        client = cast.client(cast.participant)
        card = client.get(
            reverse("focusing:show", args=[journey.id, focusing.id]), follow=True
        ).content.decode()
        theirs = page_of(cast, cast.guide, "focusing:list", journey.id)

    assert "· draft" in listed
    assert "what-took-place" in card and "Observe and describe" in card
    assert str(focusing.id) not in theirs
    assert words_of(guide, focusing.id)[focusing.id] == {}


def test_of_a_focusing_whose_fourth_level_is_shared_the_guide_sees_the_fourth_and_the_fifth_and_no_trace_of_the_others(
    cast, journey, participant
):
    focusing = written_through(participant)
    actions.choose_perspectives(focusing_id=focusing.id, keys=["other"], by=participant)
    actions.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)
    plan(focusing, participant, "the-act-itself", success_sign="the-sign")

    doors = [
        ("focusing:path", journey.id, focusing.id),
        ("focusing:list", journey.id),
        ("focusing:understood", journey.id),
        ("sessions:meeting", journey.id, 2),
        ("reading:text", journey.id, 2),
        ("reading:copy", journey.id, 2),
        ("reading:page", journey.id, 2),
        ("reading:story", journey.id),
        ("sessions:room", journey.id),
        ("overview:journey", journey.id),
        ("overview:timeline", journey.id),
    ]
    pages = {door: page_of(cast, cast.guide, door, *parts) for door, *parts in doors}
    find = reverse("overview:search")
    pages["find"] = cast.client(cast.guide).post(find, {"words": "private"}).content.decode()
    assert "tired-and-" in cast.client(cast.participant).post(find, {"words": "private"}).content.decode()

    path = pages["focusing:path"]
    assert "what-it-tells" in path and "the-act-itself" in path and "the-sign" in path
    hidden = [text for key, (_name, text) in SECRETS.items() if key != "narrow"]
    for door, said in pages.items():
        assert not any(text in said.replace("<mark>", "").replace("</mark>", "") for text in hidden), door
    assert not any(title in path for title in ("Wide view", "Observe and describe", "Explore and explain"))


@pytest.mark.parametrize("while_meeting", [True, False])
def test_the_act_is_the_first_thing_of_the_next_review_with_what_did_you_notice(
    cast, journey, participant, guide, while_meeting
):
    sessions.plan_step_in_meeting(number=2, text="An ordinary step", owner=cast.participant, by=guide)
    if not while_meeting:
        sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    plan(written_through(participant), participant, "the-act-itself", success_sign="She nods")
    if while_meeting:
        sessions.plan_step_in_meeting(number=2, text="A later step", owner=cast.participant, by=guide)
        sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    opened(cast, journey, 3)

    page = page_of(cast, cast.participant, "sessions:meeting", journey.id, 3)

    review = to_review(steps_here(guide, 3, closed=False), 3)
    assert review[0].text == "the-act-itself"
    first = page[page.index("review-step") :]
    assert (
        first.index("the-act-itself") < first.index("What did you notice?") < first.index("An ordinary step")
    )
    assert "She nods" in first


def test_what_was_reviewed_once_is_no_longer_first(cast, journey, participant, guide):
    planned = plan(written_through(participant), participant, "the-act-itself")
    sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    opened(cast, journey, 3)
    answer = sessions.StepAnswer(planned.step_id, sessions.StepState.PARTLY, "It is slow")
    sessions.review_last_plan(number=3, answers=[answer], by=guide)
    sessions.plan_step_in_meeting(number=3, text="An ordinary step", owner=cast.participant, by=guide)
    in_this_review = to_review(steps_here(guide, 3, closed=False), 3)
    sessions.close_meeting(number=3, closing=closing(guide), by=guide)
    opened(cast, journey, 4)

    assert in_this_review[0].text == "the-act-itself"
    assert [step.text for step in to_review(steps_here(guide, 4, closed=False), 4)] == [
        "An ordinary step",
        "the-act-itself",
    ]


def test_the_act_comes_first_with_another_guide_too_and_brings_no_path_along(cast, journey, participant):
    planned = plan(written_through(participant), participant, "the-act-itself", success_sign="She nods")
    other = cast.journey(follows=journey)
    onward = cast.seat(cast.guide, other)
    sessions.plan_step(text="An ordinary step", owner=cast.participant, by=onward)
    step = sessions.plan_step(text="the-act-itself", owner=cast.participant, by=onward)
    Step.objects.filter(id=step.id).update(created_at=planned.step.created_at)
    actions.carry_acts(source=journey, by=onward)
    opened(cast, other)

    review = to_review(steps_here(onward, 2, closed=False), 2)
    page = page_of(cast, cast.guide, "sessions:meeting", other.id, 2)

    assert [step.text for step in review] == ["the-act-itself", "An ordinary step"]
    assert review[0].focusing_id is None and "She nods" in page
    assert not any(text in page for _name, text in SECRETS.values())


def test_the_labels_of_viewpoints_follow_the_kind_and_their_keys_do_not(cast):
    labels, keys = {}, {}
    for kind in KINDS:
        journey = cast.journey(kind=kind)
        seat = cast.seat(cast.participant, journey)
        focusing = actions.begin_focusing(by=seat)
        chosen = [one.key for one in seat.kind.perspectives]
        actions.choose_perspectives(focusing_id=focusing.id, keys=chosen, by=seat)
        card = page_of(cast, cast.participant, "focusing:level", journey.id, focusing.id, "explore")
        assert all(str(one.label)[1:] in card.replace("&#x27;", "'") for one in seat.kind.perspectives)
        labels[kind] = [str(one.label) for one in seat.kind.perspectives]
        keys[kind] = Focusing.objects.get(id=focusing.id).perspectives
    assert len(set(map(tuple, keys.values()))) == 1
    assert len(set(map(tuple, labels.values()))) == len(KINDS)


def test_a_pair_that_focused_twenty_times_looks_like_one_that_never_did_from_above(
    cast, journey, participant, guide
):
    """No overview, caseload or timeline tells of it, and nobody above this room may ask."""
    target(guide)
    client = cast.client(cast.guide)
    doors = ["/", reverse("overview:journeys"), reverse("overview:timeline", args=[journey.id])]

    def seen():
        return [re.sub(rb"[A-Za-z0-9]{64}", b"", client.get(path).content) for path in doors]

    before = seen()
    for _turn in range(20):
        written_through(participant)
    assert seen() == before

    source = Path(alongside.__file__).parent
    for above in ("overview", "programmes", "api"):
        for path in (source / above).rglob("*.py"):
            if "tests" in path.parts:
                continue
            named = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
            assert not {name for name in named if name.startswith("Focusing")}, path


def test_nothing_is_stored_that_could_be_counted_as_depth():
    kept = {field.name for field in Focusing._meta.get_fields()}
    assert not {
        name for name in kept if any(w in name for w in ("score", "percent", "depth", "seconds", "count"))
    }

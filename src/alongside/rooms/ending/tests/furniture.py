"""A journey that has come to its end: needs, targets, readings, pictures, and an ending that was begun."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.urls import reverse

from alongside.goals.actions import (
    Wording,
    agree_all,
    plan_step,
    propose_need,
    propose_target,
    take_reading,
    tick_step,
)
from alongside.goals.queries import step_for
from alongside.goals.states import StepState
from alongside.journeys.words import write
from alongside.rooms.ending.closing_topics.actions import say_how_long, say_nothing
from alongside.rooms.ending.comparison import actions as comparison_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.queries import box_named
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.record import actions as record_actions
from alongside.rooms.ending.record.queries import ending_of, sayings_of
from alongside.rooms.first_meeting.actions import take_picture

KEPT_UNTIL = dt.date(2039, 1, 1)
LEVELS = ("not at all", "once in a while", "most days", "every day", "and helps others do it")


def chain(cast, journey, needs: int = 1):
    """Needs with two targets each, one on a scale and one with levels, agreed; and the starting picture."""
    seat = cast.seat(cast.guide, journey)
    made = []
    for number in range(needs):
        need = propose_need(statement=f"Sleep through the night {number}", by=seat)
        rated = Wording(
            difference=f"I rest {number}", measure="rating-0-10", baseline=Decimal(3), aim=Decimal(7)
        )
        levelled = Wording(
            difference=f"I walk {number}", measure="gas", baseline=Decimal(-1), aim=Decimal(0), levels=LEVELS
        )
        targets = [propose_target(need=need, wording=wording, by=seat) for wording in (rated, levelled)]
        made.append((need, *targets))
    agree_all(by=seat)
    take_picture(entries={need.id: (3, "I lie awake") for need, *_ in made}, moment="start", by=seat)
    return made


def now_picture(cast, journey, made, rating: int = 7):
    participant = cast.seat(cast.participant, journey)
    comparison_actions.look_at_today(
        entries={need.id: (rating, "I sleep till six") for need, *_ in made}, readings={}, by=participant
    )


def begun(cast, **facts):
    """A journey under way whose ending was begun by the guide, with the two seats."""
    journey = cast.journey(**facts)
    record_actions.begin_ending(by=cast.seat(cast.guide, journey))
    return journey


def answer(cast, who, journey, key: str = "benefit", text: str = "A great deal"):
    seat = cast.seat(who, journey)
    ending = ending_of(seat)
    box = box_named(seat, ending, key, revealed=sayings_of(ending).both_ready)
    write(box=box, text=text, version=0, by=seat)


def support(seat):
    return contributions_actions.add_entry(
        sort=Sort.SUPPORT,
        content=contributions_actions.Content(
            what="Ada, next door",
            then="Knock",
            link="020 7946 0958",
            category=seat.kind.support_categories[0].key,
            first_contact=dt.date(2030, 5, 1),
        ),
        by=seat,
    )


def later(cast, journey, target, value):
    return take_reading(target=target, value=Decimal(value), by=cast.seat(cast.guide, journey))


def address(name, journey, **parts):
    name = "keepsake:page" if name == "keepsake" else f"ending:{name}"
    return reverse(name, kwargs={"journey_id": journey.id, **parts})


def reviewed(cast, journey, step_id, state=StepState.DONE, word="", number=2):
    """What was said of a step in a review."""
    seat = cast.seat(cast.guide, journey)
    tick_step(step=step_for(seat, step_id), state=state, word=word, reviewed_in=number, by=seat)


def done_step(
    cast,
    journey,
    text="Save the evening before",
    word="The card by the bed",
    owner=None,
    number=2,
    state=StepState.DONE,
):
    seat = cast.seat(cast.guide, journey)
    owner = owner or seat.participant.person
    step = plan_step(text=text, owner=owner, planned_in=number - 1, by=seat)
    reviewed(cast, journey, step.id, state=state, word=word, number=number)
    return step


def settled(seat):
    """Every matter the kind asks for is said to be nothing, or written where words are wanted in any case."""
    for matter in seat.kind.ending_matters:
        if matter.settled:
            say_nothing(matter=matter, by=seat)
        else:
            box = box_named(seat, ending_of(seat), matter.key, revealed=False)
            write(box=box, text="It was a back that hurt; now it carries.", version=0, by=seat)
    say_how_long(until=KEPT_UNTIL, by=seat)


def ready_to_close(cast, **facts):
    journey = begun(cast, **facts)
    contributions_actions.need_no_support(by=cast.seat(cast.guide, journey))
    settled(cast.seat(cast.guide, journey))
    return journey

"""Today and the journey's page say the same of what is next, to both people, and neither says ready while something waits.

Each situation has one journey, so that whatever Today says is about it.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from alongside.goals.actions import Wording, propose_need, propose_target, take_reading
from alongside.goals.measuring.actions import raise_safety, set_schedule
from alongside.goals.measuring.many import raised_in
from alongside.goals.measuring.models import AskedWhen
from alongside.goals.measuring.schedule import Asked
from alongside.goals.models import Need, NeedStateRecord, Reading, Target, TargetStateRecord
from alongside.goals.queries import target_for
from alongside.journeys.queries import seats_of
from alongside.kernel.clock import today
from alongside.rooms.ending.tests import afterwards, hand_over
from alongside.rooms.ending.wishes.models import Wish
from tests.furnish import furnish_journey

from . import build

READY, NOTHING = "You’re ready", "You have nothing to do today."


def state(name):
    return lambda cast: cast.journey("mentoring", name)


def first_meeting(cast, days=5.0, held=False, agreed=()):
    journey = cast.journey(state="preparing")
    build.meeting(cast, journey, 1, days=days, state="held" if held else "planned")
    if agreed:
        build.picture(cast, journey)
        propose_target(
            need=propose_need(statement="x", by=cast.seat(cast.guide, journey)),
            wording=Wording("y", "rating-0-10"),
            by=cast.seat(cast.guide, journey),
        )
        build.agreement(cast, journey, "accepted_by_one", *agreed)
    return journey


def sessions(cast, kind="treatment", **facts):
    journey = cast.journey(kind)
    build.under_way(cast, journey, **facts)
    return journey


def steps_to_do(cast):
    journey = sessions(cast)
    build.goals(cast, journey)
    agreed(cast, journey)
    return journey


def agreed(cast, journey):
    for model, records in ((Need, NeedStateRecord), (Target, TargetStateRecord)):
        for row in model.objects.filter(journey=journey):
            records.objects.create(**{model.__name__.lower(): row}, state="agreed", by=cast.guide)


def record_open(cast, *sides):
    journey = sessions(cast)
    held = build.meeting(cast, journey, None, days=-1, state="held")
    held.number = 9
    held.save()
    build.record(cast, held, "acknowledged_by_one" if sides else "open", *sides)
    return journey


def goal_proposed(by):
    def make(cast):
        journey = sessions(cast)
        propose_need(statement="Sleep", by=cast.seat(getattr(cast, by), journey))
        return journey

    return make


def handed_over(cast):
    journey = furnish_journey(cast, "treatment")
    hand_over.proposed(cast, journey)
    hand_over.summarised(cast, journey)
    return journey


def questionnaires(cast):
    journey = sessions(cast)
    asked = [Asked("phq-9", AskedWhen.EACH, 1)]
    set_schedule(asked=asked, by=cast.seat(cast.guide, journey))
    return journey


def harm(cast):
    journey = sessions(cast)
    answers = {f"item_{number}": "0" for number in range(1, 9)} | {"item_9": "2"}
    raise_safety(instrument="phq-9", answers=answers, by=cast.seat(cast.participant, journey))
    return journey


def much_worse_on_the_way(cast):
    """Readings that fall, of an agreed goal: a review is suggested."""
    journey = sessions(cast, held=3)
    seat = cast.seat(cast.guide, journey)
    need = propose_need(statement="x", by=seat)
    wording = Wording("y", "rating-0-10", baseline=Decimal(8), aim=Decimal(10))
    made = propose_target(need=need, wording=wording, by=seat)
    agreed(cast, journey)
    Reading.objects.filter(target=made).update(taken_on=today("Europe/London") - dt.timedelta(days=40))
    take_reading(target=target_for(seat, made.id), value=Decimal(2), by=seat)
    assert raised_in(cast.guide, seats_of(cast.guide))[journey.id].speaks, "else nothing is tried here"
    return journey


def longer(cast):
    journey = sessions(cast)
    Wish.objects.create(journey=journey, wanted="go_on", by=cast.guide)
    return journey


def in_the_ending(*sides):
    def make(cast):
        journey = cast.journey("treatment", "ending")
        build.under_way(cast, journey, next_in=None)
        build.ending(cast, journey, "acknowledged_by_one" if sides else "begun", *sides)
        return journey

    return make


SITUATIONS = {
    "draft": state("draft"),
    "preparing": state("preparing"),
    "paused": state("paused"),
    "completed": state("completed"),
    "first booked": first_meeting,
    "first at hand": lambda cast: first_meeting(cast, days=0.005),
    "first held": lambda cast: first_meeting(cast, days=-1, held=True),
    "agreement accepted by the guide": lambda cast: first_meeting(cast, -1, True, ("guide",)),
    "ready": sessions,
    "tomorrow": lambda cast: sessions(cast, next_in=1),
    "now": lambda cast: sessions(cast, next_in=-0.01),
    "nothing booked": lambda cast: sessions(cast, next_in=None),
    "not said what became": lambda cast: sessions(cast, next_in=-2),
    "steps": steps_to_do,
    "record open": record_open,
    "record confirmed by the guide": lambda cast: record_open(cast, "guide"),
    "goal proposed by the guide": goal_proposed("guide"),
    "goal proposed by the participant": goal_proposed("participant"),
    "hand-over": handed_over,
    "questionnaires": questionnaires,
    "harm": harm,
    "review suggested": much_worse_on_the_way,
    "longer": longer,
    "ending begun": in_the_ending(),
    "ending confirmed by the guide": in_the_ending("guide"),
    "asked afterwards": lambda cast: afterwards.ended(cast, days=(dt.date(2031, 3, 3),))[0],
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_today_and_the_journey_say_the_same_to_both(cast, name):
    journey = SITUATIONS[name](cast)
    for person in (cast.guide, cast.participant):
        if name == "draft" and person == cast.participant:
            continue  # one that is being set up is its guide's alone
        browser = cast.client(person)
        answer = browser.get("/")
        first_page, nothing_to_do = answer.context["page"], NOTHING in answer.content.decode()
        there = browser.get(reverse("overview:journey", args=[journey.id])).context
        assert_the_same(first_page, there, person.name)
        assert not (nothing_to_do and (there["page"].next.needs_me or first_page.alerts or first_page.asked))


def assert_the_same(first_page, there, who):
    one = there["page"].next
    lines = [line for group in first_page.groups for line in (*group.waiting, *group.folded)]
    cards = [card for group in first_page.groups for card in group.cards]
    asks = {line.title for line in lines} | {card.alert.text for card in cards if card.alert}
    asks |= {"Safety: answers that need your attention now"} if first_page.alerts else set()
    acts = {line.act.url for line in lines if line.act} | {card.act.url for card in cards}
    if one.needs_me:
        assert one.title in asks or (one.act and one.act.url in acts), (who, one.title, asks, acts)
        assert one.title != READY
    else:
        assert not [line.title for line in lines if line.act], (who, one.title, lines)
    if one.title == READY:
        assert not first_page.alerts and not first_page.asked and not there["alert"], who
        assert not [line for line in lines if line.shape == "attention"], (who, lines)
        assert not (there["due"] and there["page"].is_participant), who

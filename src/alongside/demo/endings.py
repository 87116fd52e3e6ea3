"""How an ended story ended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from alongside.goals.queries import goals_of, target_for
from alongside.journeys.words import write
from alongside.kernel.clock import months_after
from alongside.rooms.ending.closing.actions import acknowledge
from alongside.rooms.ending.closing_topics.actions import say_how_long, say_nothing
from alongside.rooms.ending.comparison.actions import look_at_today
from alongside.rooms.ending.contributions.actions import Content, add_entry, show_answers
from alongside.rooms.ending.contributions.queries import box_named
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.follow_up import actions as later
from alongside.rooms.ending.follow_up.queries import asked_of, days_of
from alongside.rooms.ending.follow_up.states import Readers, Way
from alongside.rooms.ending.record.actions import begin_ending
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.first_meeting.states import Side

if TYPE_CHECKING:
    from alongside.demo.teller import Teller


def tell_ending(teller: Teller) -> None:
    """Begin the ending, look at today, answer, name support and strategies, and close it together."""
    told = teller.story.ending
    begun = begin_ending(by=teller.as_guide)
    needs = {need.statement: need for need in teller.story.needs}
    entries = {
        need.id: (needs[need.statement].now, needs[need.statement].now_words)
        for need in goals_of(teller.as_guide).needs
    }
    last = {
        aim.difference: aim.readings[-1]
        for need in teller.story.needs
        for aim in need.targets
        if aim.readings
    }
    readings = {}
    for facts in goals_of(teller.as_guide).targets:
        target = target_for(teller.as_guide, facts.id)
        assert target
        readings[target] = Decimal(last[facts.wording.difference])
    look_at_today(entries=entries, readings=readings, by=teller.as_participant)
    for seat, answers in ((teller.as_participant, told.participant), (teller.as_guide, told.guide)):
        for key, text in answers.items():
            box = box_named(seat, begun, key, revealed=False)
            assert box, key
            write(box=box, text=text, version=0, by=seat)
        show_answers(by=seat)
    _add_entries(teller)
    _say_what_remains(teller)
    if told.later:
        days = (first_asked(teller), *(months_after(teller.today, months) for months in (2, 5)))
        later.plan_days(days=days, readers=Readers.OURS, by=teller.as_participant)
    acknowledge(side=Side.PARTICIPANT, by=teller.as_participant)
    acknowledge(side=Side.GUIDE, by=teller.as_guide)


def first_asked(teller: Teller) -> dt.date:
    """Nine days ago: one was asked, and where nobody has answered the worker asks once more today."""
    return teller.today - dt.timedelta(days=9)


def tell_afterwards(teller: Teller) -> None:
    """What was asked four weeks after the end, and what was answered."""
    told = teller.story.ending.later
    if told is None:
        return
    seat = teller.as_participant
    day = days_of(seat)[0]
    later.ask(day_id=day.id, by=None)
    if not told.helping:
        return
    asked = asked_of(seat)
    content = later.Content(
        helping=told.helping,
        words=told.words,
        doing=told.doing,
        needs={asked.needs[0].id: (told.rating, told.rating_words)},
        targets={
            target.id: Decimal(value) for target, value in zip(asked.targets, told.readings, strict=False)
        },
    )
    later.answer(day=day, content=content, way=Way.BY_LINK, by=seat)


def _say_what_remains(teller: Teller) -> None:
    """What the kind asks for before an ending closes; kept for eight years."""
    seat = teller.as_guide
    begun = ending_of(seat)
    assert begun
    for matter in seat.kind.ending_matters:
        if told := teller.story.ending.matters.get(matter.key):
            box = box_named(seat, begun, matter.key, revealed=False)
            assert box
            write(box=box, text=told, version=0, by=seat)
        else:
            say_nothing(matter=matter, by=seat)
    say_how_long(until=months_after(teller.today, 96), by=seat)


def _add_entries(teller: Teller) -> None:
    told = teller.story.ending
    soon = teller.day_of(len(teller.story.meetings) + 2) + dt.timedelta(days=3)
    contents = [
        *[(Sort.KEY_POINT, Content(what=point)) for point in told.key_points],
        *[(Sort.STRATEGY, Content(what=when, then=then)) for when, then in told.strategies],
        *[(Sort.EARLY_SIGN, Content(what=sign, then=then)) for sign, then in told.signs],
        *[
            (Sort.SUPPORT, Content(what=who, then=f"{how} ({first})", category=category, first_contact=soon))
            for category, who, how, first in told.support
        ],
    ]
    for sort, content in contents:
        add_entry(sort=sort, content=content, by=teller.as_participant)

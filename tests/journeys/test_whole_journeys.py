"""Whole journeys, from the invitation to the keepsake: two people, two browsers, one story for each kind."""

from __future__ import annotations

import pytest

from . import beginnings as begin
from . import endings, sessions
from . import first_meetings as first
from .beginnings import Walk
from .tales import TALES


@pytest.fixture(params=TALES)
def walk(request, calendar, a_guide, somebody) -> Walk:
    tale = TALES[request.param]
    guide = a_guide(tale.guide)
    return Walk(
        tale=tale,
        guide=somebody(tale.guide, guide.email),
        participant=somebody(tale.participant, tale.email, width=390),
        calendar=calendar,
    )


def test_two_people_walk_from_the_invitation_to_the_keepsake(walk):
    guide, participant, tale = walk.guide, walk.participant, walk.tale

    # given a guide who begins a journey, and somebody who has never been here
    begin.signs_in(guide)
    begin.begins_a_journey(walk, email=participant.email)
    begin.invites(walk)
    begin.opens_the_letter(walk)
    begin.accepts_the_invitation(walk)

    # when a time and a place are found, and both prepare
    begin.adds_a_place(walk)
    begin.books(walk, guide, days=0, hour=10)
    first.prepares(walk, participant, *tale.answers)
    first.does_not_yet_see(walk, guide, *tale.answers)
    first.sends_it(walk, participant)
    first.prepares(walk, guide, tale.offer)
    first.sends_it(walk, guide)
    first.sees_what_was_sent(walk, guide, *tale.answers)
    first.sees_what_was_sent(walk, participant, tale.offer)

    # and meet for the first time
    walk.calendar.goes_on_to(days=0, hour=10)
    first.says_what_is_needed(walk, participant)
    first.sets_a_target_with_five_levels(walk, guide)
    first.sets_a_rated_target(walk, participant)
    first.plans_a_first_step(
        walk, participant, text=tale.step, owner=tale.participant, serves=tale.levels_aim.difference
    )
    first.plans_a_first_step(
        walk, guide, text=tale.guides_step, owner=tale.guide, serves=tale.rated_aim.difference
    )
    first.writes_the_agreement(walk, guide, own="We begin with what went well.")
    first.proposes_it(guide)
    first.accepts_it(walk, participant)
    first.accepts_it(walk, guide)
    walk.calendar.goes_on_to(days=0, hour=11, minute=15)
    first.notes_that_they_met(walk, guide)

    # and again a week later
    begin.books(walk, guide, days=7, hour=10)
    walk.calendar.goes_on_to(days=6, hour=18)
    begin.signs_in_with_a_code(participant)
    sessions.says_what_matters(walk, 2)
    walk.calendar.goes_on_to(days=7, hour=9, minute=55)
    begin.signs_in(guide)
    begin.signs_in_with_a_code(participant)
    sessions.open_the_meeting(walk, 2)
    sessions.reviews_the_first_steps(walk, participant)
    sessions.write_at_the_same_time(walk)
    sessions.writes_privately(walk)
    sessions.makes_an_issue_a_need(walk, participant)
    sessions.plans_a_step(walk, guide, tale.next_step)
    sessions.books_the_next(walk, guide, days=14, hour=10)
    sessions.says_it_in_own_words(walk)
    sessions.closes(walk, 2)
    sessions.acknowledges(walk, 2)
    sessions.answers_the_four_questions(walk, 2)

    # and look back together at the end
    walk.calendar.goes_on_to(days=14, hour=10)
    begin.signs_in(guide)
    begin.signs_in_with_a_code(participant)
    endings.begins_the_ending(walk, guide)
    endings.says_how_it_is_today(walk)
    endings.answer_how_it_has_gone(walk)
    endings.writes_down_what_to_take_along(walk)
    endings.says_who_goes_on_helping(walk, guide)
    endings.says_what_remains(walk, guide)
    endings.acknowledge_the_end(walk)

    # then the participant has a keepsake, and no page stood in anybody's way
    endings.keeps_the_keepsake(walk)
    for walker in walk.both:
        assert walker.trouble == []
        assert walker.found == []

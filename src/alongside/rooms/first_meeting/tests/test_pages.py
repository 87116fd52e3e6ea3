"""The one thing to do now, for each of the two, as the room fills."""

import pytest

from alongside.goals.models import TargetWording
from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.models import Preparation
from alongside.rooms.first_meeting.pages.goals import said, signed
from alongside.rooms.first_meeting.pages.room import next_of


def titles(room):
    facts = room.facts
    meeting = queries.first_meeting_of(room.guide)
    return [str(next_of(seat, facts, meeting).title) for seat in (room.guide, room.participant)]


def test_next_act_follows_what_is_done(room, cast):
    assert titles(room) == ["Prepare"] * 2
    for person in (cast.guide, cast.participant):
        Preparation.objects.create(journey=room.journey, person=person)
    assert titles(room) == ["Say what is needed"] * 2
    need = room.need(rating=None)
    assert titles(room) == ["Take the starting picture"] * 2
    actions.take_picture(entries={need.id: (3, "")}, by=room.participant)
    assert titles(room) == ["Agree your goals"] * 2
    room.target(need)
    room.step()
    assert titles(room) == ["Make the agreement"] * 2


def test_next_act_is_the_others_once_one_has_accepted(room, cast):
    for person in (cast.guide, cast.participant):
        Preparation.objects.create(journey=room.journey, person=person)
    version = room.proposed()
    assert titles(room) == ["Read the agreement"] * 2
    actions.accept_agreement(version=version, typed_name="Paul", by=room.participant)
    assert titles(room) == ["Read the agreement", "Nothing for you to do now"]
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)
    assert titles(room) == ["You have made a start"] * 2


@pytest.mark.parametrize(("value", "shown"), [(-2, "\N{MINUS SIGN}2"), (0, "0"), (1, "+1")])
def test_levels_are_said_as_people_write_them(value, shown):
    assert signed(value) == shown


def test_level_is_said_with_the_words_the_two_wrote(room):
    wording = TargetWording(measure="gas", sealed_levels='["nothing", "", "once", "", ""]')

    assert [said(wording, value) for value in (-2, 0)] == ["\N{MINUS SIGN}2 nothing", "0 once"]
    assert "less than expected" in said(wording, -1)

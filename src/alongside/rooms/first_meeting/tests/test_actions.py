"""Each action: how it goes, when it is refused, and that nothing has changed when the ledger can't be written."""

import pytest

from alongside.journeys import words as writing
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.rooms.first_meeting import actions, boxes, queries
from alongside.rooms.first_meeting.models import (
    Picture,
    Preparation,
)
from alongside.rooms.first_meeting.states import Moment


def write(seat, key, text, *, has_sent=False):
    box = boxes.own_answer(seat, key, has_sent=has_sent)
    return writing.write(box=box, text=text, version=0, by=seat)


# --- preparation -------------------------------------------------------------------------------------------


def test_sending_opens_ones_words_to_the_other(room):
    write(room.participant, "brings", "I lie awake.")
    assert not queries.preparation_words(room.guide)

    actions.send_preparation(by=room.participant)

    found = queries.preparation_words(room.guide)
    assert [words.text for words in found.values()] == ["I lie awake."]
    assert room.facts.participant_sent_at
    assert Entry.objects.filter(event="preparation.sent").count() == 1


def test_sending_nothing_is_refused_kindly(room):
    write(room.participant, "brings", "  \n ")

    with pytest.raises(Refused, match="nothing to send"):
        actions.send_preparation(by=room.participant)

    assert not Preparation.objects.exists()


@pytest.mark.without_ledger("rooms.first_meeting.actions.send_preparation")
def test_sending_twice_is_refused(room):
    write(room.guide, "offer", "Time.")
    actions.send_preparation(by=room.guide)

    with pytest.raises(Refused):
        actions.send_preparation(by=room.guide)


# --- needs and the picture ---------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.first_meeting.actions.add_need")
def test_need_is_added_with_how_it_is_now(room):
    need = actions.add_need(statement=" Speaking up ", rating=0, words="Hard.", by=room.participant)

    start = queries.starting_picture(room.guide)
    assert start.entries == {need.id: (0, "Hard.")}
    assert (need.statement, start.moment, start.taken_by_id) == (
        "Speaking up",
        Moment.START,
        room.participant.actor.id,
    )


def test_need_is_added_with_or_without_its_number_when_the_picture_of_the_others_is_fixed(room):
    room.in_force()

    without = actions.add_need(statement="Later", by=room.participant)
    rated = actions.add_need(statement="Later still", rating=4, words=" So-so. ", by=room.participant)

    entries = queries.starting_picture(room.guide).entries
    assert without.id not in entries and entries[rated.id] == (4, "So-so.")
    with pytest.raises(Refused):
        actions.take_picture(entries={rated.id: (9, "")}, by=room.participant)


def test_start_is_one_picture_and_later_ones_are_added(room):
    first, second = room.need(rating=None), room.need("Finishing on time", rating=None)
    actions.take_picture(entries={first.id: (3, "a")}, by=room.participant)
    actions.take_picture(entries={first.id: (4, "b"), second.id: (10, "c")}, by=room.guide)
    for rating in (6, 7):
        actions.take_picture(entries={first.id: (rating, "")}, moment="now", by=room.participant)

    start, *later = queries.pictures_of(room.guide)

    assert start.entries == {first.id: (4, "b"), second.id: (10, "c")}
    assert [(one.moment, one.entries) for one in later] == [
        (Moment.NOW, {first.id: (6, "")}),
        (Moment.NOW, {first.id: (7, "")}),
    ]


def test_need_of_another_journey_is_not_in_this_picture(room):
    elsewhere = type(room)(room.cast).need("Elsewhere", rating=None)

    with pytest.raises(Refused):
        actions.take_picture(entries={elsewhere.id: (3, "")}, by=room.guide)

    assert not Picture.objects.exists()


@pytest.mark.without_ledger("rooms.first_meeting.actions.go_on_without_picture")
def test_going_on_without_a_picture_says_why(room):
    room.need(rating=None)
    assert not room.facts.goes_on_without_picture

    actions.go_on_without_picture(reason=" They would rather not. ", by=room.guide)

    assert queries.reason_without_picture(room.participant).reason == "They would rather not."
    assert room.facts.goes_on_without_picture
    with pytest.raises(Refused):
        actions.go_on_without_picture(reason="  ", by=room.guide)

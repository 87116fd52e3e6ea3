"""What helped on the way is offered, and taken along by one press of the participant's; never by itself."""

import pytest

from alongside.goals.states import StepState
from alongside.journeys.models import Words
from alongside.kernel.clock import now
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.queries import entries_of, standing
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.contributions.suggestions import suggestions_of
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.first_meeting.states import Side
from alongside.rooms.sessions.focusing import actions as focusings
from alongside.rooms.sessions.focusing.tests.factories import level, plan, say

from .furniture import address, begun, done_step, ready_to_close, reviewed


def offered(cast, who, journey):
    seat = cast.seat(who, journey)
    return [each.text for each in suggestions_of(seat, ending_of(seat))]


def understood(cast, who, journey, text, *, state=StepState.DONE):
    """A focusing with something understood, and the step it came to, reviewed."""
    seat = cast.seat(who, journey)
    focusing = focusings.begin_focusing(by=seat)
    say(focusing, "narrow", "insight", text, seat)
    act = plan(focusing, seat, text=f"Try: {text}")
    if state != StepState.OPEN:
        reviewed(cast, journey, act.step_id, state=state, number=3)
    return focusing


def taking(cast, who, journey):
    return cast.client(who).get(address("taking_with_me", journey)).content.decode()


def takes(cast, who, journey, thing):
    path = address("take_along", journey, suggested_id=thing.id)
    return cast.client(who).post(path)


def test_a_step_that_was_done_is_offered_with_what_helped(cast, journey, helped):
    page = taking(cast, cast.participant, journey)

    assert "Save the evening before" in page and "The card by the bed" in page
    assert entries_of(ending_of(cast.seat(cast.guide, journey))) == [], "nothing is copied by itself"


def test_one_press_takes_it_along_and_it_is_offered_no_more(cast, journey, helped):
    response = takes(cast, cast.participant, journey, helped)

    [entry] = entries_of(ending_of(cast.seat(cast.guide, journey)))
    assert response.status_code == 302
    assert (entry.sort, str(entry.what), str(entry.then)) == (
        "strategy",
        "",
        "Save the evening before",
    )
    assert offered(cast, cast.participant, journey) == []
    assert takes(cast, cast.participant, journey, helped).status_code == 404
    assert "When will that be?" in taking(cast, cast.participant, journey)


@pytest.mark.without_ledger("rooms.ending.contributions.actions.reword_entry")
def test_reworded_or_taken_away_again_it_does_not_come_back_by_itself(cast, journey, helped):
    takes(cast, cast.participant, journey, helped)
    participant = cast.seat(cast.participant, journey)
    [entry] = entries_of(ending_of(participant))
    content = contributions_actions.Content(what="it is late", then="write it down")
    reworded = contributions_actions.reword_entry(entry=entry, content=content, by=participant)
    after_rewording = offered(cast, cast.participant, journey)

    contributions_actions.remove_entry(entry=reworded, by=participant)

    assert after_rewording == offered(cast, cast.participant, journey) == []


@pytest.mark.parametrize("state", [StepState.PARTLY, StepState.NOT_YET, StepState.DROPPED])
def test_a_step_that_was_not_done_is_not_offered(cast, journey, state):
    done_step(cast, journey, text="Run a mile", word="Too far", state=state)

    assert offered(cast, cast.participant, journey) == []


def test_what_the_guide_did_is_not_offered(cast, journey):
    done_step(cast, journey, text="Send the chart", owner=cast.guide)

    assert offered(cast, cast.participant, journey) == []


def test_steps_with_a_word_on_what_helped_come_first_and_the_latest_before_the_others(cast, journey):
    for text, word, number in (("old", "yes", 2), ("silent", "", 5), ("new", "yes", 4)):
        done_step(cast, journey, text=text, word=word, number=number)

    assert offered(cast, cast.participant, journey) == ["new", "old", "silent"]


def test_what_was_understood_is_offered_once_its_step_was_done(cast, journey):
    understood(cast, cast.participant, journey, "I wait to be asked")
    understood(cast, cast.participant, journey, "Not tried yet", state=StepState.OPEN)

    texts = offered(cast, cast.participant, journey)

    assert "I wait to be asked" in texts and "Not tried yet" not in texts


def test_what_only_the_participant_reads_is_said_to_be_so_and_shown_to_nobody_else(cast, journey):
    understood(cast, cast.participant, journey, "I wait to be asked")
    secret = Words.objects.get(box="insight")

    own = taking(cast, cast.participant, journey)
    guides = taking(cast, cast.guide, journey)
    taken_by_guide = takes(cast, cast.guide, journey, secret)

    assert "I wait to be asked" in own and "Only you can read this so far" in own
    assert "I wait to be asked" not in guides and "From what helped on the way" not in guides
    assert taken_by_guide.status_code == 404
    takes(cast, cast.participant, journey, secret)
    assert "I wait to be asked" in taking(cast, cast.guide, journey), "now it was chosen to be read by both"


def test_what_the_guide_understood_alone_is_not_offered_also_when_shared(cast, journey):
    focusing = understood(cast, cast.guide, journey, "She needs less of me")
    guide = cast.seat(cast.guide, journey)
    focusings.share_level(focusing_id=focusing.id, level=level(guide, "narrow"), by=guide)

    assert "She needs less of me" not in offered(cast, cast.participant, journey)


def test_words_entered_in_error_are_not_offered(cast, journey):
    understood(cast, cast.participant, journey, "Of another patient")
    Words.objects.filter(box="insight").update(entered_in_error_at=now(), entered_in_error_by=cast.guide)

    assert "Of another patient" not in offered(cast, cast.participant, journey)


def test_in_the_room_the_guide_presses_for_somebody_without_an_account(cast):
    journey = begun(cast, participant_has_account=False)
    step = done_step(cast, journey)

    takes(cast, cast.guide, journey, step)

    ending = ending_of(cast.seat(cast.guide, journey))
    assert [str(entry.then) for entry in standing(entries_of(ending), Sort.STRATEGY)] == [
        "Save the evening before"
    ]


def test_the_guide_does_not_choose_for_the_participant(cast, journey, helped):
    assert takes(cast, cast.guide, journey, helped).status_code == 403


def test_after_one_has_acknowledged_nothing_is_offered(cast):
    journey = ready_to_close(cast)
    step = done_step(cast, journey)
    closing_actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, journey))

    assert takes(cast, cast.participant, journey, step).status_code == 409
    assert "From what helped on the way" not in taking(cast, cast.participant, journey)


@pytest.mark.without_ledger("rooms.ending.contributions.actions.take_along")
def test_a_strategy_without_a_when_stands_in_the_keepsake_as_it_is(cast, journey, helped):
    takes(cast, cast.participant, journey, helped)

    page = cast.client(cast.participant).get(address("keepsake", journey)).content.decode()

    assert "Save the evening before" in page
    assert '<span class="keepsake-word">When</span>' not in page

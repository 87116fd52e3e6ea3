"""The keepsake: all that both may read, and nothing else."""

import pytest

from alongside.ledger.models import Opening
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.first_meeting.states import Side

from .furniture import address, answer, begun, chain, later, now_picture, settled, support


def closed(cast, **facts):
    journey = begun(cast, title="Finding my feet", **facts)
    made = chain(cast, journey)
    now_picture(cast, journey, made)
    later(cast, journey, made[0][1], 8)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    support(participant)
    settled(guide)
    for sort, what, then in (
        (Sort.KEY_POINT, "Rest is work", ""),
        (Sort.STRATEGY, "I lie awake", "get up and read"),
        (Sort.EARLY_SIGN, "I skip lunch", "I call Ada"),
    ):
        contributions_actions.add_entry(
            sort=sort, content=contributions_actions.Content(what=what, then=then), by=participant
        )
    answer(cast, cast.participant, journey, text="I trust my hands")
    answer(cast, cast.guide, journey, text="She asks before she guesses")
    answer(cast, cast.guide, journey, key="did_not_help", text="Mondays were bad")
    return journey, guide, participant


def test_without_a_title_the_kind_is_said_once(cast):
    journey = begun(cast)

    page = cast.client(cast.participant).get(address("keepsake", journey)).content.decode()

    assert ">What I take with me</h1>" in page
    assert page.count(">Supervision<") == 1


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_keepsake_of_a_closed_journey(cast, who):
    journey, guide, participant = closed(cast)
    contributions_actions.show_answers(by=participant)
    contributions_actions.show_answers(by=guide)
    closing_actions.acknowledge(side=Side.GUIDE, by=guide)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    response = cast.client(getattr(cast, who)).get(address("keepsake", journey))

    page = response.content.decode()
    for words in (
        "Finding my feet",
        "<bdi>Paul Participant</bdi>, with <bdi>Gwen Guide</bdi>",
        "I lie awake",
        "I sleep till six",
        "I trust my hands",
        "She asks before she guesses",
        "Rest is work",
        "get up and read",
        "I skip lunch",
        "Ada, next door",
        "1 May 2030",
    ):
        assert words in page, words
    assert "Mondays were bad" not in page
    assert ending_of(guide).state == EndingState.CLOSED
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_keepsake_never_holds_what_was_not_shown(cast, who):
    journey, *_seats = closed(cast)

    page = cast.client(getattr(cast, who)).get(address("keepsake", journey)).content.decode()

    assert "She asks before she guesses" not in page
    assert ("I trust my hands" in page) == (who == "participant")
    assert "still being written" in page


def test_opening_shared_words_is_noted_once_a_login_session(cast, journey, entry):
    client = cast.client(cast.guide)
    for name in ("keepsake", "keepsake", "support"):
        client.get(address(name, journey))

    assert Opening.objects.filter(person_id=cast.guide.id, subject_kind="room_ending.ending").count() == 1

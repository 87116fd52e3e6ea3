"""Every door: works, stranger 404, named reader 403, wrong method 405, wrong moment 409, and what it costs."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.goals.queries import goals_of
from alongside.journeys.actions import enter_state
from alongside.journeys.models import Words
from alongside.journeys.states import JourneyState
from alongside.ledger.models import Opening
from alongside.rooms.environment.tests.factories import at, booked
from alongside.rooms.environment.tests.factories import room as make_room
from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.models import Preparation

from .conftest import Room

JSON = {"accept": "application/json"}
SECRETS = "<script>alert(1)</script> \N{SEEDLING} \u05e9\u05dc\u05d5\u05dd"


def pages(room):
    """Every page of the room, with something on it."""
    target = goals_of(room.guide).targets[0]
    need = goals_of(room.guide).needs[0]
    paths = ["", "preparation/", "picture/", "goals/", "agreement/", "agreement/1/"]
    return [room.url(path) for path in (*paths, f"targets/{target.id}/")], [
        room.url(path) for path in (f"needs/{need.id}/target/", f"targets/{target.id}/reword/")
    ]


def addresses_posted_to(room):
    """Every address to which something is posted."""
    target = goals_of(room.guide).targets[0]
    need, step = goals_of(room.guide).needs[0], goals_of(room.guide).steps[0]
    version = ("frame", "words/purpose", "texts", "texts/purpose", "propose", "accept", "accept-in-the-room")
    paths = [
        *(
            "words/notes",
            "held",
            "preparation/send",
            "picture/take",
            "picture/go-on-without",
            "goals/suggestion",
        ),
        *("needs", f"needs/{need.id}/agree", f"needs/{need.id}/change", f"needs/{need.id}/target"),
        *(f"targets/{target.id}/agree", f"targets/{target.id}/change", f"targets/{target.id}/reword"),
        f"targets/{target.id}/agree-wording",
        *("steps", f"steps/{step.id}/change", "agreement/begin", "agreement/1/reopen", "agreement/1/drop"),
        *(f"agreement/1/{name}" for name in version),
    ]
    return [room.url(path + "/") for path in paths]


# --- who may come in ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_pages_open_for_the_two(room, cast, who):
    room.draft()
    reading, writing = pages(room)

    assert {
        url: cast.client(getattr(cast, who)).get(url).status_code for url in reading + writing
    } == dict.fromkeys(reading + writing, 200)


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("colleague", 404), ("administrator", 404), ("lead", 404), ("supporter", 403)],
)
def test_pages_and_actions_stay_closed_for_others(room, cast, who, status):
    room.draft()
    client = cast.client(getattr(cast, who))
    reading, writing = pages(room)

    opened = {url: client.get(url).status_code for url in reading + writing}
    done = {url: client.post(url, {}).status_code for url in addresses_posted_to(room)}

    assert opened == dict.fromkeys(opened, status)
    assert done == dict.fromkeys(done, status)


def test_wrong_method(room, guide):
    room.draft()
    reading, writing = pages(room)
    both = set(writing)

    assert {guide.post(url).status_code for url in reading} == {405}
    assert {guide.get(url).status_code for url in addresses_posted_to(room) if url not in both} == {405}


def test_wrong_moment_when_the_journey_is_over(cast):
    room = Room(cast)
    room.draft()
    enter_state(state=JourneyState.WITHDRAWN, reason="Moved away", by=room.guide)
    client = cast.client(cast.guide)
    reading, writing = pages(room)

    assert {client.get(url).status_code for url in reading} == {200}
    assert {client.get(url).status_code for url in writing} == {409}
    assert {url: client.post(url, {}).status_code for url in addresses_posted_to(room)} == dict.fromkeys(
        addresses_posted_to(room), 409
    )


def test_version_need_and_target_of_another_journey_are_not_here(room, cast, guide):
    other = Room(cast)
    other.draft()
    need, target = goals_of(other.guide).needs[0], goals_of(other.guide).targets[0]

    for path in ("agreement/1/", f"targets/{target.id}/", f"needs/{need.id}/target/"):
        assert guide.get(room.url(path)).status_code == 404
    assert guide.post(room.url("words/no-such-box/")).status_code == 404
    assert guide.post(other.url("agreement/1/words/no-such-section/")).status_code == 404


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_pages_cost_the_same_with_one_and_with_three(cast, who):
    counts = {}
    for size in (1, 3):
        room = Room(cast)
        room.draft()
        for number in range(size - 1):
            room.target(room.need(f"Need {number}"))
            room.step(f"Step {number}")
        client = cast.client(getattr(cast, who))
        for place, url in enumerate(pages(room)[0]):
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            counts.setdefault(place, []).append(len(asked))

    assert {place: pair for place, pair in counts.items() if pair[0] != pair[1]} == {}
    assert max(max(pair) for pair in counts.values()) <= 15, counts


# --- words -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "x" * 10_000, SECRETS])
def test_words_survive_the_way_there_and_back(room, participant, text):
    reply = participant.post(room.url("words/answer-else/"), {"text": text, "version": "0"}, headers=JSON)

    assert reply.json()["text"] == text
    page = participant.get(room.url("preparation/")).content.decode()
    assert "<script>alert" not in page
    assert all(words.text == text for words in Words.objects.all())


def test_box_without_scripts_leads_back_to_its_page(room, guide):
    shared = guide.post(room.url("words/notes/"), {"text": "We met.", "version": "0"})
    answer = guide.post(room.url("words/answer-offer/"), {"text": "Time.", "version": "0"})

    assert (shared.url, answer.url) == (room.url(), room.url("preparation/"))


def test_private_notes_are_read_by_their_author_alone(room, guide, participant):
    guide.post(room.url("words/private/"), {"text": "a secret of the guide", "version": "0"})
    participant.post(room.url("words/notes/"), {"text": "shared by the participant", "version": "0"})

    assert "a secret of the guide" in guide.get(room.url()).content.decode()
    page = participant.get(room.url()).content.decode()
    assert "a secret of the guide" not in page
    assert "shared by the participant" in guide.get(room.url()).content.decode()


def test_answers_are_read_once_they_are_sent(room, guide, participant):
    participant.post(room.url("words/answer-brings/"), {"text": "what brings me", "version": "0"})
    assert "what brings me" not in guide.get(room.url("preparation/")).content.decode()

    assert participant.post(room.url("preparation/send/")).url == room.url("preparation/")

    assert "what brings me" in guide.get(room.url("preparation/")).content.decode()
    participant.post(room.url("words/answer-aims/"), {"text": "a late addition", "version": "0"})
    assert "a late addition" in guide.get(room.url("preparation/")).content.decode()
    assert Preparation.objects.count() == 1


def test_sending_twice_is_the_wrong_moment(room, participant):
    participant.post(room.url("words/answer-brings/"), {"text": "x", "version": "0"})
    participant.post(room.url("preparation/send/"))

    assert participant.post(room.url("preparation/send/")).status_code == 409


def test_guide_writes_answers_down_for_one_without_account(cast, guide):
    room = Room(cast, participant_has_account=False)
    guide.post(room.url("words/together-brings/"), {"text": "told in the room", "version": "0"})

    words = queries.preparation_words(room.guide)[("brings", None)]
    assert words.text == "told in the room"
    assert "told in the room" in guide.get(room.url("preparation/")).content.decode()
    assert guide.post(Room(cast).url("words/together-brings/"), {"text": "x"}).status_code == 409


def test_opening_is_recorded_once_a_login_session_and_without_words_not_at_all(room, guide):
    guide.get(room.url("preparation/"))
    assert not Opening.objects.exists()
    room.need()
    for _time in range(2):
        guide.get(room.url("preparation/"))

    assert Opening.objects.filter(journey_id=room.journey.id).count() == 1


# --- the agreement and the meeting -------------------------------------------------------------------------


def test_proposing_too_early_says_what_is_missing(room, guide):
    actions.begin_agreement(by=room.guide)

    reply = guide.post(room.url("agreement/1/propose/"))

    page = reply.content.decode()
    assert reply.status_code == 409
    required = [str(section.title) for section in room.guide.kind.agreement if section.required]
    assert all(title.replace("'", "&#x27;") in page for title in required)


def test_frame_that_does_not_fit_comes_back(room, guide):
    guide.post(room.url("agreement/begin/"))
    sent = {"begins_on": "2026-03-02", "review_on": "2026-03-01", "every_days": "14", "meeting_minutes": "50"}

    assert guide.post(room.url("agreement/1/frame/"), sent).status_code == 422
    assert guide.post(room.url("agreement/1/frame/"), {**sent, "review_on": "2026-06-01"}).status_code == 302


@pytest.mark.without_ledger("rooms.first_meeting.actions.drop_draft")
@pytest.mark.parametrize("kind", ["supervision", "mentoring", "treatment"])
def test_agreement_from_first_word_to_in_force_and_anew(cast, kind, guide, participant):
    room = Room(cast, kind=kind)
    room.draft()
    assert guide.post(room.url("agreement/1/texts/")).status_code == 302
    assert participant.post(room.url("agreement/1/accept/"), {"typed_name": "Paul"}).status_code == 409
    assert guide.post(room.url("agreement/1/propose/")).status_code == 302
    assert participant.post(room.url("agreement/1/accept/"), {"typed_name": ""}).status_code == 422
    assert participant.post(room.url("agreement/1/accept/"), {"typed_name": "Paul"}).status_code == 302
    assert participant.post(room.url("agreement/1/accept/"), {"typed_name": "Paul"}).status_code == 409
    assert guide.post(room.url("agreement/1/accept/"), {"typed_name": "Gwen"}).status_code == 302
    assert room.guide.state == JourneyState.ACTIVE

    assert participant.post(room.url("agreement/1/reopen/")).status_code == 302
    for number in (1, 2):
        assert guide.get(room.url(f"agreement/{number}/")).status_code == 200
    assert guide.post(room.url("agreement/2/drop/")).status_code == 302
    page = participant.get(room.url("agreement/")).content.decode()
    assert "in force since" in page and "Accepted by" in page


def test_accepting_in_the_room_needs_a_name(cast, guide):
    room = Room(cast, participant_has_account=False)
    room.proposed()
    url = room.url("agreement/1/accept-in-the-room/")

    assert guide.get(room.url("agreement/")).status_code == 200
    assert guide.post(url, {"typed_name": ""}).status_code == 422
    assert guide.post(url, {"typed_name": "Pat"}).status_code == 302
    assert "witnessed by Gwen Guide" in guide.get(room.url("agreement/")).content.decode()


def test_typing_on_in_a_proposed_section_loses_nothing(room, participant):
    room.proposed()
    sent = {"text": "My own last thought", "version": "1", "base": "something"}

    reply = participant.post(room.url("agreement/1/words/purpose/"), sent, headers=JSON).json()

    assert (reply["text"], reply["merged"]) == ("My own last thought", True)
    assert "My own last thought" in participant.get(room.url("agreement/1/")).content.decode()


def test_held_is_noted_from_the_day_of_the_first_meeting(room, cast, guide):
    assert guide.post(room.url("held/")).status_code == 409
    booked(room.guide, make_room(cast.guide), at(3, hour=10))
    assert guide.post(room.url("held/")).status_code == 409
    assert "Quiet room" in guide.get(room.url()).content.decode()

    with time_machine.travel(at(3, hour=12)):
        cast.clients.clear()  # the login session of three days ago is over
        guide = cast.client(cast.guide)
        assert "Did you meet?" in guide.get(room.url()).content.decode()
        assert guide.post(room.url("held/")).status_code == 302
        assert queries.first_meeting_of(room.guide).state == "held"
        assert guide.post(room.url("held/")).status_code == 409


@pytest.mark.without_ledger("rooms.first_meeting.actions.carry_agreement_over")
def test_carried_over_agreement_says_when_it_was_made(cast, guide):
    room = Room(cast, first_number=4)
    actions.carry_agreement_over(made_on=dt.date(2025, 9, 1), by=room.guide)

    assert "1 September 2025" in guide.get(room.url("agreement/")).content.decode()

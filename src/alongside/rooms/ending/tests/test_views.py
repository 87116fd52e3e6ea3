"""Each action of the ending, through its door."""

import datetime as dt

import pytest

from alongside.journeys.models import Words
from alongside.journeys.states import JourneyState
from alongside.rooms.ending.contributions.queries import entries_of
from alongside.rooms.ending.record.queries import ending_of, sayings_of
from alongside.rooms.ending.record.states import Said
from alongside.rooms.first_meeting.queries import pictures_of

from .furniture import address, begun, chain, later, ready_to_close, settled

NO_ID = "00000000-0000-7000-8000-000000000000"


def test_beginning(cast):
    journey = cast.journey()

    response = cast.client(cast.participant).post(address("begin", journey), follow=True)

    assert cast.seat(cast.guide, journey).state == JourneyState.ENDING
    assert "Gwen Guide has been told" in response.content.decode()


def test_resting_and_taking_it_up_again(cast):
    journey, client = cast.journey(), cast.client(cast.participant)
    wrong = client.post(address("rest", journey), {"reason": "", "expected_return": "2001-01-01"})
    client.post(address("rest", journey), {"reason": "Exams", "expected_return": "2031-06-01"})
    rested = cast.seat(cast.guide, journey).state

    client.post(address("resume", journey))

    assert wrong.status_code == 422 and "in the past" in wrong.content.decode()
    assert (rested, cast.seat(cast.guide, journey).state) == ("paused", "active")


@pytest.mark.parametrize(
    ("name", "state", "typed"),
    [
        ("rest", "ending", {"reason": "My own words", "expected_return": "2031-06-01"}),
        ("withdraw", "active", {"reason": "My own words"}),
        ("go_on", "paused", {"word": "My own words", "planned_meetings": "20"}),
        ("early", "completed", {"reason": "My own words", "last_day": "2031-06-01"}),
    ],
)
def test_when_the_moment_has_passed_the_words_come_back(cast, name, state, typed):
    journey = cast.journey(state=state)

    response = cast.client(cast.participant).post(address(name, journey), typed)

    assert response.status_code == 409
    assert "My own words" in response.content.decode()
    assert cast.seat(cast.guide, journey).state == state
    assert cast.client(cast.participant).get(address(name, journey)).status_code == 409


@pytest.mark.without_ledger("rooms.ending.wishes.actions.withdraw")
def test_withdrawing_before_an_agreement(cast):
    journey = cast.journey(state="preparing")

    cast.client(cast.participant).post(address("withdraw", journey), {"reason": "Another course"})

    assert cast.seat(cast.guide, journey).state == "withdrawn"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"planned_meetings": "10"},
        {"planned_end": "2001-01-01"},
        {"planned_meetings": "-1"},
        {"planned_meetings": "x"},
    ],
)
def test_going_on_longer_asks_for_more_than_is_planned(cast, typed):
    journey = cast.journey(planned_meetings=10)

    response = cast.client(cast.guide).post(address("go_on", journey), {"word": "More please", **typed})

    assert response.status_code == 422 and "More please" in response.content.decode()


def test_going_on_longer_is_asked_and_answered(cast):
    journey = cast.journey(planned_meetings=10)
    cast.client(cast.guide).post(
        address("go_on", journey), {"planned_meetings": "14", "word": "Nearly there"}
    )
    seen = cast.client(cast.participant).get(address("room", journey)).content.decode()
    wish = seen.split('name="wish" value="')[1][:36]

    cast.client(cast.participant).post(address("go_on_yes", journey), {"wish": wish})

    journey.refresh_from_db()
    assert journey.planned_meetings == 14
    assert "Nearly there" in seen and "14 supervision sessions in all" in seen


def test_giving_notice_and_closing_early(cast):
    journey = cast.journey()
    day = dt.date.today() + dt.timedelta(days=1)
    participant = cast.client(cast.participant)
    participant.post(address("early", journey), {"reason": "I am moving", "last_day": day.isoformat()})
    too_soon = cast.client(cast.guide).post(address("end_early", journey))
    participant.post(address("early_back", journey))
    participant.post(
        address("early", journey), {"reason": "I am moving", "last_day": dt.date.today().isoformat()}
    )

    done = cast.client(cast.guide).post(address("end_early", journey), follow=True)

    assert too_soon.status_code == 409
    assert cast.seat(cast.guide, journey).state == "ended_early"
    assert "I am moving" in done.content.decode()


def test_todays_picture_is_laid_beside_the_first(cast, journey):
    made = chain(cast, journey, needs=2)
    (first, rated, levelled), _other = made
    client = cast.client(cast.participant)
    empty = client.post(address("today", journey), {})
    words_only = client.post(address("today", journey), {f"words_{first.id}": "Much better"})
    bad = client.post(address("today", journey), {f"rating_{first.id}": "11", f"reading_{rated.id}": "99"})

    client.post(
        address("today", journey),
        {
            f"rating_{first.id}": "7",
            f"words_{first.id}": "I sleep",
            f"reading_{rated.id}": "8",
            f"reading_{levelled.id}": "1",
        },
    )

    page = client.get(address("then_and_now", journey)).content.decode()
    assert [each.status_code for each in (empty, words_only, bad)] == [422, 422, 422]
    assert "Much better" in words_only.content.decode()
    assert pictures_of(cast.seat(cast.guide, journey))[-1].entries[first.id] == (7, "I sleep")
    assert "I lie awake" in page and "I sleep" in page
    assert "4 points closer" in page and "Better by 5 (a change of 3 or more is reliable)" in page
    assert "Better by 2 levels" in page and "every day" in page
    assert "Not yet rated today" in page and "No score since the start" in page


def test_a_target_is_called_reached_once(cast, journey, target):
    client = cast.client(cast.participant)
    later(cast, journey, target, 8)
    before = client.get(address("then_and_now", journey)).content.decode()
    other = begun(cast)

    client.post(address("reached", journey, target_id=target.id))

    again = client.post(address("reached", journey, target_id=target.id))
    elsewhere = client.post(address("reached", other, target_id=target.id))
    page = client.get(address("then_and_now", journey)).content.decode()
    assert before.count("This is reached") == 1 and page.count("This is reached") == 0
    assert "Reached" in page
    assert (again.status_code, elsewhere.status_code) == (409, 404)


def test_a_need_or_target_of_another_journey_cannot_be_smuggled_in(cast, journey):
    chain(cast, journey)
    other = cast.journey()
    [(theirs, target, _levelled)] = chain(cast, other)

    response = cast.client(cast.participant).post(
        address("today", journey), {f"rating_{theirs.id}": "9", f"reading_{target.id}": "9"}
    )

    assert response.status_code == 422
    assert pictures_of(cast.seat(cast.guide, other))[-1].entries[theirs.id].rating == 3


def test_leaving_the_picture_out(cast, journey):
    chain(cast, journey)
    client = cast.client(cast.guide)
    wrong = client.post(address("leave_out", journey), {"reason": " "})

    page = client.post(
        address("leave_out", journey), {"reason": "Not reached any more"}, follow=True
    ).content.decode()

    assert wrong.status_code == 422
    assert "Not reached any more" in page


def test_answers_are_saved_as_typed_and_stay_closed_until_both_are_ready(cast, journey):
    guide, participant = cast.client(cast.guide), cast.client(cast.participant)
    saved = guide.post(
        address("words", journey, box="benefit"),
        {"text": "Braver <b>now</b> \N{GRINNING FACE}", "version": "0"},
        headers={"accept": "application/json"},
    )
    plain = participant.post(
        address("words", journey, box="benefit"), {"text": "I trust myself", "version": "0"}
    )
    before = participant.get(address("looking_back", journey)).content.decode()
    guide.post(address("ready", journey))
    half = participant.get(address("looking_back", journey)).content.decode()

    participant.post(address("ready", journey))

    after = participant.get(address("looking_back", journey)).content.decode()
    assert saved.json()["version"] == 1 and plain.status_code == 302
    assert (
        "Braver" not in before
        and "Braver" not in half
        and "is ready. You can read their answers once you are ready too" in half
    )
    assert "Braver &lt;b&gt;now&lt;/b&gt; \N{GRINNING FACE}" in after and "I trust myself" in after


@pytest.mark.parametrize("box", ["nonsense", "participant_benefit", "shared", "..", "0"])
def test_a_box_that_is_not_there(cast, journey, box):
    response = cast.client(cast.guide).post(f"/journeys/{journey.id}/ending/words/{box}/", {"text": "x"})

    assert response.status_code == 404
    assert not Words.objects.exists()


def test_in_the_room_the_guide_writes_both_voices(cast):
    journey = begun(cast, participant_has_account=False)
    client = cast.client(cast.guide)
    client.post(
        address("words", journey, box="participant_benefit"), {"text": "I walk again", "version": "0"}
    )
    client.post(address("words", journey, box="benefit"), {"text": "They walk again", "version": "0"})

    client.post(address("ready", journey))

    page = client.get(address("looking_back", journey)).content.decode()
    assert "I walk again" in page and "They walk again" in page and "You have both answered" in page


@pytest.mark.parametrize(
    ("sort", "typed"),
    [
        ("key_point", {"what": "Ask early"}),
        ("strategy", {"what": "I lie awake", "then": "get up and read"}),
        ("early_sign", {"what": "I skip lunch", "then": "I call Ada"}),
        ("support", {"what": "Ada", "category": "peer", "first_contact": "2031-02-03"}),
    ],
)
def test_entries_are_put_down(cast, journey, sort, typed):
    client = cast.client(cast.participant)
    incomplete = client.post(address("add_entry", journey), {"sort": sort, "what": ""})

    page = client.post(address("add_entry", journey), {"sort": sort, **typed}, follow=True).content.decode()

    assert incomplete.status_code == 422
    assert typed["what"] in page
    assert [entry.sort for entry in entries_of(ending_of(cast.seat(cast.guide, journey)))] == [sort]


def test_long_words_and_strange_ones_survive(cast, journey):
    text = "<script>alert(1)</script> שלום \N{GRINNING FACE} " + "long " * 2000

    cast.client(cast.participant).post(address("add_entry", journey), {"sort": "key_point", "what": text})

    page = cast.client(cast.guide).get(address("taking_with_me", journey)).content.decode()
    kept = entries_of(ending_of(cast.seat(cast.guide, journey)))[0]
    assert kept.what == text.strip()
    assert "<script>alert" not in page and "שלום" in page


def test_an_entry_is_reworded_removed_and_brought_back(cast, journey, entry):
    client = cast.client(cast.participant)
    form = client.get(address("entry", journey, entry_id=entry.id)).content.decode()
    wrong = client.post(address("entry", journey, entry_id=entry.id), {"what": ""})
    client.post(address("entry", journey, entry_id=entry.id), {"what": "Ask early"})
    late = client.post(address("entry", journey, entry_id=entry.id), {"what": "My other words"})
    now = entries_of(ending_of(cast.seat(cast.guide, journey)))[0]
    client.post(address("remove_entry", journey, entry_id=now.id))
    removed = client.get(address("taking_with_me", journey)).content.decode()
    again = client.post(address("remove_entry", journey, entry_id=now.id))
    client.post(address("bring_back", journey, entry_id=now.id))

    assert "Ask for help" in form and wrong.status_code == 422
    assert late.status_code == 409 and "My other words" in late.content.decode()
    assert "1 removed" in removed and again.status_code == 409
    assert [e.removed_at for e in entries_of(ending_of(cast.seat(cast.guide, journey)))] == [None]


def test_words_typed_when_the_moment_has_passed_come_back(cast, journey):
    client = cast.client(cast.participant)
    client.post(address("no_support", journey))
    settled(cast.seat(cast.guide, journey))
    cast.client(cast.guide).post(address("acknowledge", journey), {"side": "guide"})

    response = client.post(address("add_entry", journey), {"sort": "key_point", "what": "Not to be lost"})

    assert response.status_code == 409
    assert "Not to be lost" in response.content.decode()


@pytest.mark.parametrize("entry_id", [NO_ID])
def test_an_entry_that_is_not_there(cast, journey, entry_id):
    client = cast.client(cast.guide)

    statuses = {
        client.post(address(n, journey, entry_id=entry_id)).status_code
        for n in ("entry", "remove_entry", "bring_back")
    }

    assert statuses == {404}


def test_an_entry_of_another_journey_is_not_there(cast, journey, entry):
    mine = begun(cast)

    response = cast.client(cast.guide).post(address("entry", mine, entry_id=entry.id), {"what": "x"})

    assert response.status_code == 404


def test_both_acknowledge_and_it_is_over(cast, journey):
    guide, participant = cast.client(cast.guide), cast.client(cast.participant)
    unready = guide.post(address("acknowledge", journey), {"side": "guide"})
    guide.post(address("no_support", journey))
    settled(cast.seat(cast.guide, journey))
    forged = guide.post(address("acknowledge", journey), {"side": "participant"})
    guide.post(address("acknowledge", journey), {"side": "guide"})
    guide.post(address("take_up_again", journey))
    guide.post(address("acknowledge", journey), {"side": "guide"})

    page = participant.post(
        address("acknowledge", journey), {"side": "nonsense"}, follow=True
    ).content.decode()

    assert (unready.status_code, forged.status_code) == (409, 403)
    assert cast.seat(cast.guide, journey).state == "completed"
    assert "Keepsake" in page


def test_closing_without_waiting(cast):
    journey = ready_to_close(cast, kind="treatment")
    client = cast.client(cast.guide)
    client.post(address("acknowledge", journey))
    page = client.get(address("closing", journey)).content.decode()

    client.post(address("close", journey))

    assert "Close it without waiting" in page
    assert cast.seat(cast.guide, journey).state == "completed"


def test_what_was_said_is_shown_on_the_closing_page(cast):
    journey = ready_to_close(cast)
    client = cast.client(cast.participant)
    client.post(address("acknowledge", journey), {"side": "participant"})

    page = client.get(address("closing", journey)).content.decode()

    assert "Acknowledged on" in page and "Open it again" in page
    assert sayings_of(ending_of(cast.seat(cast.guide, journey))).of(Said.ACKNOWLEDGED).side == "participant"

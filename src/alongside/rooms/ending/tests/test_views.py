"""The doors of the ending, each tried: works, stranger, named reader, wrong method, wrong moment, queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.models import Words
from alongside.journeys.states import JourneyState
from alongside.ledger.models import Opening
from alongside.rooms.ending import actions
from alongside.rooms.ending.queries import ending_of, entries_of, sayings_of
from alongside.rooms.ending.states import EndingState, Said, Side, Sort
from alongside.rooms.first_meeting.queries import pictures_of

from .furniture import answer, begun, chain, later, now_picture, support

PARTS = ["then_and_now", "looking_back", "taking_with_me", "support", "closing", "keepsake"]
NO_ID = "00000000-0000-7000-8000-000000000000"
# every door: its methods, and the address's further parts
DOORS = {
    "room": ("GET", {}),
    "begin": ("POST", {}),
    "rest": ("GET POST", {}),
    "resume": ("POST", {}),
    "withdraw": ("GET POST", {}),
    "go_on": ("GET POST", {}),
    "go_on_yes": ("POST", {}),
    "go_on_no": ("POST", {}),
    "early": ("GET POST", {}),
    "early_back": ("POST", {}),
    "end_early": ("POST", {}),
    "then_and_now": ("GET", {}),
    "today": ("GET POST", {}),
    "leave_out": ("POST", {}),
    "reached": ("POST", {"target_id": None}),
    "looking_back": ("GET", {}),
    "ready": ("POST", {}),
    "words": ("POST", {"box": "benefit"}),
    "taking_with_me": ("GET", {}),
    "support": ("GET", {}),
    "no_support": ("POST", {}),
    "add_entry": ("POST", {}),
    "entry": ("GET POST", {"entry_id": None}),
    "remove_entry": ("POST", {"entry_id": None}),
    "bring_back": ("POST", {"entry_id": None}),
    "closing": ("GET", {}),
    "acknowledge": ("POST", {}),
    "take_up_again": ("POST", {}),
    "close": ("POST", {}),
    "keepsake": ("GET", {}),
}


def address(name, journey, **parts):
    return reverse(f"ending:{name}", kwargs={"journey_id": journey.id, **parts})


def parts_of(name, entry, target=None):
    known = {"entry_id": entry, "target_id": target}
    return {key: value or known[key].id for key, value in DOORS[name][1].items()}


@pytest.fixture
def journey(cast):
    return begun(cast)


@pytest.fixture
def target(cast, journey):
    return chain(cast, journey)[0][1]


@pytest.fixture
def entry(cast, journey):
    content = actions.Content(what="Ask for help")
    return actions.add_entry(sort=Sort.KEY_POINT, content=content, by=cast.seat(cast.guide, journey))


def test_every_door_is_in_this_battery():
    from alongside.rooms.ending.urls import urlpatterns

    assert {pattern.name for pattern in urlpatterns} == set(DOORS)


@pytest.mark.parametrize("who", ["stranger", "colleague", "administrator"])
def test_without_a_part_there_is_nothing_here(cast, journey, entry, target, who):
    client = cast.client(getattr(cast, who))
    for name, (methods, _parts) in DOORS.items():
        for method in methods.split():
            response = client.generic(method, address(name, journey, **parts_of(name, entry, target)))
            assert response.status_code == 404, name


def test_a_named_person_reads_nothing_here(cast, journey, entry, target):
    client = cast.client(cast.supporter)
    for name, (methods, _parts) in DOORS.items():
        for method in methods.split():
            response = client.generic(method, address(name, journey, **parts_of(name, entry, target)))
            assert response.status_code == 403, name


def test_the_wrong_method_is_refused(cast, journey, entry, target):
    client = cast.client(cast.guide)
    for name, (methods, _parts) in DOORS.items():
        wrong = next(method for method in ("GET", "POST", "DELETE") if method not in methods.split())
        response = client.generic(wrong, address(name, journey, **parts_of(name, entry, target)))
        assert response.status_code == 405, name


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_not_there_before_the_ending_is_begun(cast, name):
    response = cast.client(cast.guide).get(address(name, cast.journey()))

    assert response.status_code == 409
    assert address("room", cast.journey()).split("/")[-2] in response.content.decode()


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("begin", "preparing"),
        ("rest", "paused"),
        ("resume", "active"),
        ("withdraw", "active"),
        ("go_on", "paused"),
        ("go_on_yes", "active"),
        ("go_on_no", "active"),
        ("early", "draft"),
        ("early_back", "active"),
        ("end_early", "active"),
        ("today", "active"),
        ("leave_out", "active"),
        ("ready", "active"),
        ("no_support", "active"),
        ("add_entry", "active"),
        ("acknowledge", "active"),
        ("take_up_again", "active"),
        ("close", "active"),
    ],
)
def test_at_the_wrong_moment_the_door_says_so(cast, name, state):
    journey = cast.journey(state=state)

    response = cast.client(cast.participant).post(address(name, journey))

    assert response.status_code == 409
    assert cast.seat(cast.guide, journey).state == state


@pytest.mark.parametrize(
    "state", ["draft", "preparing", "active", "paused", "ending", "completed", "withdrawn"]
)
@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_room_can_be_entered_in_every_state(cast, state, who):
    response = cast.client(getattr(cast, who)).get(address("room", cast.journey(state=state)))

    assert response.status_code == 200


def test_before_it_is_begun_the_end_is_in_sight(cast):
    journey = cast.journey(planned_meetings=10, planned_end=dt.date(2031, 3, 4), first_number=7)

    page = cast.client(cast.guide).get(address("room", journey)).content.decode()

    assert "6 of 10" in page and "4 March 2031" in page
    assert (
        "Begin the ending" in page
        and "Let it rest" in page
        and "Go on longer" in page
        and "End early" in page
    )


# --- each deed, through its door -----------------------------------------------------------------------


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
    assert "4 steps nearer" in page and "Better by 5: more than chance explains" in page
    assert "Better by 2 levels" in page and "every day" in page
    assert "Not yet put on the scale today" in page and "No reading since the start" in page


def test_a_target_is_called_reached_once(cast, journey, target):
    client = cast.client(cast.participant)
    before = client.get(address("then_and_now", journey)).content.decode()
    other = begun(cast)

    client.post(address("reached", journey, target_id=target.id))

    again = client.post(address("reached", journey, target_id=target.id))
    elsewhere = client.post(address("reached", other, target_id=target.id))
    page = client.get(address("then_and_now", journey)).content.decode()
    assert before.count("This is reached") == 2 and page.count("This is reached") == 1
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
    assert "Braver" not in before and "Braver" not in half and "is ready and waits for you" in half
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
    assert "I walk again" in page and "They walk again" in page and "Both of you have answered" in page


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
    forged = guide.post(address("acknowledge", journey), {"side": "participant"})
    guide.post(address("acknowledge", journey), {"side": "guide"})
    guide.post(address("take_up_again", journey))
    guide.post(address("acknowledge", journey), {"side": "guide"})

    page = participant.post(
        address("acknowledge", journey), {"side": "nonsense"}, follow=True
    ).content.decode()

    assert (unready.status_code, forged.status_code) == (409, 403)
    assert cast.seat(cast.guide, journey).state == "completed"
    assert "The keepsake" in page


def test_closing_without_waiting(cast):
    journey = begun(cast, kind="treatment")
    client = cast.client(cast.guide)
    client.post(address("no_support", journey))
    client.post(address("acknowledge", journey))
    page = client.get(address("closing", journey)).content.decode()

    client.post(address("close", journey))

    assert "Close it without waiting" in page
    assert cast.seat(cast.guide, journey).state == "completed"


# --- the keepsake --------------------------------------------------------------------------------------


def closed(cast, **facts):
    journey = begun(cast, title="Finding my feet", **facts)
    made = chain(cast, journey)
    now_picture(cast, journey, made)
    later(cast, journey, made[0][1], 8)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    support(participant)
    for sort, what, then in (
        (Sort.KEY_POINT, "Rest is work", ""),
        (Sort.STRATEGY, "I lie awake", "get up and read"),
        (Sort.EARLY_SIGN, "I skip lunch", "I call Ada"),
    ):
        actions.add_entry(sort=sort, content=actions.Content(what=what, then=then), by=participant)
    answer(cast, cast.participant, journey, text="I trust my hands")
    answer(cast, cast.guide, journey, text="She asks before she guesses")
    answer(cast, cast.guide, journey, key="did_not_help", text="Mondays were bad")
    return journey, guide, participant


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_keepsake_of_a_closed_journey(cast, who):
    journey, guide, participant = closed(cast)
    actions.show_answers(by=participant)
    actions.show_answers(by=guide)
    actions.acknowledge(side=Side.GUIDE, by=guide)
    actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    response = cast.client(getattr(cast, who)).get(address("keepsake", journey))

    page = response.content.decode()
    for words in (
        "Finding my feet",
        "Paul Participant, with Gwen Guide",
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


def test_opening_shared_words_is_noted_once_a_sitting(cast, journey):
    client = cast.client(cast.guide)
    for name in ("keepsake", "keepsake", "support"):
        client.get(address(name, journey))

    assert Opening.objects.filter(person_id=cast.guide.id, subject_kind="room_ending.ending").count() == 1


# --- how many queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["room", *PARTS])
def test_a_page_asks_as_much_for_three_as_for_one(cast, name):
    counts = []
    for needs in (1, 3):
        journey = begun(cast)
        made = chain(cast, journey, needs=needs)
        now_picture(cast, journey, made)
        for _each in range(needs):
            for sort in (Sort.KEY_POINT, Sort.STRATEGY):
                content = actions.Content(what="a", then="b")
                actions.add_entry(sort=sort, content=content, by=cast.seat(cast.participant, journey))
            support(cast.seat(cast.participant, journey))
        client = cast.client(cast.participant)
        client.get(address(name, journey))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address(name, journey)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= (13 if name == "keepsake" else 12)


def test_what_was_said_is_shown_on_the_closing_page(cast, journey):
    client = cast.client(cast.participant)
    client.post(address("no_support", journey))
    client.post(address("acknowledge", journey), {"side": "participant"})

    page = client.get(address("closing", journey)).content.decode()

    assert "Acknowledged on" in page and "Take it up again" in page
    assert sayings_of(ending_of(cast.seat(cast.guide, journey))).of(Said.ACKNOWLEDGED).side == "participant"

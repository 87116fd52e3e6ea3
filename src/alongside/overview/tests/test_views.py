"""The doors of the overview.

Long, because all of them are tried in every role on the journeys of the same few people.
"""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.queries import step_facts
from alongside.goals.states import StepState
from alongside.journeys.models import Journey, JourneyMember, Visibility, Words
from alongside.journeys.queries import seat_for
from alongside.journeys.states import JourneyState, Part
from alongside.ledger.models import Opening
from alongside.people.models import Person

from . import build

BEGIN = "/journeys/begin/?kind=supervision&template=student-placement"
NEW = {
    "name": "Nia New",
    "email": "nia@example.org",
    "time_zone": "Europe/London",
    "planned_meetings": "8",
    "meeting_minutes": "45",
    "every_days": "7",
}


def address(name: str, journey, *more) -> str:
    return reverse(f"overview:{name}", args=[journey.id, *more])


def queries_of(browser: Client, url: str) -> int:
    assert browser.get(url).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        browser.get(url)
    return len(queries)


# --- who comes in ------------------------------------------------------------------------------------------

PAGES = ["journey", "timeline", "people"]
ACTIONS = ["tick", "name", "let_go"]


@pytest.mark.parametrize("name", PAGES + ACTIONS + ["invite"])
@pytest.mark.parametrize("who", ["stranger", "colleague", "lead", "administrator"])
def test_nobody_without_a_part_finds_a_journey(cast, name, who):
    url = address(name, cast.journey())
    method = cast.client(getattr(cast, who)).post if name in ACTIONS else cast.client(getattr(cast, who)).get
    assert method(url).status_code == 404


@pytest.mark.parametrize("name", PAGES[1:] + ACTIONS + ["invite"])
def test_a_named_person_comes_no_further_than_what_is_marked(cast, name):
    url = address(name, cast.journey())
    browser = cast.client(cast.supporter)
    assert (browser.post(url) if name in ACTIONS else browser.get(url)).status_code == 403


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_are_not_opened(cast, name):
    assert cast.client(cast.guide).get(address(name, cast.journey())).status_code == 405


@pytest.mark.parametrize("name", ["journey", "timeline", "people"])
def test_pages_take_nothing(cast, name):
    assert cast.client(cast.guide).post(address(name, cast.journey())).status_code == 405


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("invite", "active"),
        ("people", "completed"),
        ("tick", "paused"),
    ],
)
def test_the_wrong_moment_is_said(cast, name, state):
    url = address(name, cast.journey(state=state))
    browser = cast.client(cast.guide)
    assert (browser.post(url) if name in ACTIONS else browser.get(url)).status_code == 409


@pytest.mark.parametrize("url", ["/", "/journeys/", "/journeys/begin/"])
def test_signed_out_leads_to_the_sign_in(db, url):
    assert Client().get(url)["Location"].startswith("/accounts/login/")


# --- today and the journeys --------------------------------------------------------------------------------


def test_an_empty_day_says_what_will_be_here_and_offers_the_first_act(cast):
    page = cast.client(cast.colleague).get("/").content.decode()
    assert "Begin a journey" in page
    assert "Begin a journey" not in cast.client(cast.participant).get("/").content.decode()


def test_an_administrator_without_journeys_is_led_to_people(cast):
    for url in ("/", "/journeys/"):
        main = cast.client(cast.administrator).get(url).content.decode().partition("<main")[2]
        assert 'href="/people/"' in main and "Manage people" in main
    assert "figures here" in cast.client(cast.lead).get("/").content.decode()


def test_today_keeps_guiding_and_taking_part_apart(cast):
    build.under_way(cast, cast.journey())
    other = cast.journey(kind="treatment", state="preparing")
    JourneyMember.objects.filter(journey=other).update(left_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    JourneyMember.objects.create(journey=other, person=cast.colleague, part=Part.GUIDE)
    JourneyMember.objects.create(journey=other, person=cast.guide, part=Part.PARTICIPANT)
    page = cast.client(cast.guide).get("/").content.decode()
    guided, taken = page.split('aria-labelledby="h-participant"')
    assert "My treatment" in taken and "Treatment with Colin Colleague" in taken
    assert "Colin Colleague" not in guided
    assert "Paul Participant" in page.partition("h-coming-guide")[2]


def test_today_shows_own_steps_to_tick(cast):
    journey = cast.journey()
    build.goals(cast, journey)
    assert "Step 0.0" in cast.client(cast.participant).get("/").content.decode()
    assert "Step 0.0" not in cast.client(cast.guide).get("/").content.decode()


def test_a_draft_is_its_guides_alone(cast):
    cast.journey(state="draft", title="Still a draft")
    assert "Still a draft" in cast.client(cast.guide).get("/journeys/").content.decode()
    for url in ("/", "/journeys/"):
        assert "Still a draft" not in cast.client(cast.participant).get(url).content.decode()


@pytest.mark.parametrize("url", ["/", "/journeys/"])
def test_lists_cost_the_same_for_one_and_three(cast, url):
    def one():
        journey = cast.journey()
        build.under_way(cast, journey)
        build.goals(cast, journey)

    one()
    browser = cast.client(cast.guide)
    first = queries_of(browser, url)
    one()
    one()
    assert queries_of(browser, url) == first <= 12


# --- the journey page --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["journey", "timeline"])
def test_pages_cost_the_same_however_much_there_is(cast, name):
    journey = cast.journey()
    build.under_way(cast, journey)
    build.goals(cast, journey)
    browser = cast.client(cast.participant)
    first = queries_of(browser, address(name, journey))
    build.goals(cast, journey, targets=3, readings=30, steps=3)
    for number in (8, 9, 10):
        build.meeting(cast, journey, number, days=-number, state="held")
    assert queries_of(browser, address(name, journey)) == first <= 12


def test_a_long_journey_stays_light(cast):
    journey = cast.journey()
    build.under_way(cast, journey, held=30)
    build.goals(cast, journey, targets=8, readings=30, steps=3)
    page = cast.client(cast.guide).get(address("journey", journey)).content
    assert page.count(b"<polyline") == 8
    assert len(page) < 60_000


def test_the_page_is_read_from_where_one_sits(cast):
    journey = cast.journey()
    build.under_way(cast, journey)
    build.goals(cast, journey)
    guides = cast.client(cast.guide).get(address("journey", journey)).content.decode()
    participants = cast.client(cast.participant).get(address("journey", journey)).content.decode()
    assert "With Paul Participant" in guides
    assert "With Gwen Guide" in participants
    assert "How far I have come" in participants
    assert reverse("overview:tick", args=[journey.id]) in participants
    assert reverse("overview:tick", args=[journey.id]) not in guides


def test_the_last_summary_is_quoted_and_its_opening_told(cast):
    journey = cast.journey()
    held = build.meeting(cast, journey, 1, days=-3, state="held")
    build.record(cast, held, "closed", "guide", "participant", summary="We go slowly.")
    assert "We go slowly." in cast.client(cast.guide).get(address("journey", journey)).content.decode()
    cast.client(cast.guide).get(address("journey", journey))
    assert Opening.objects.filter(journey_id=journey.id, person_id=cast.guide.id).count() == 1
    page = cast.client(cast.participant).get(address("journey", journey)).content.decode()
    assert "Gwen Guide last read something here" in page


def test_a_named_person_reads_what_is_marked_for_them_and_nothing_else(cast):
    journey = cast.journey(title="Title of the two")
    build.under_way(cast, journey)
    build.goals(cast, journey)
    for text, visibility in (("For the supporter", Visibility.NAMED), ("Only you two", Visibility.OURS)):
        words = Words.objects.create(
            journey=journey,
            place="x",
            subject_id=journey.id,
            box=text[:30],
            visibility=visibility,
            text=text,
            version=1,
            edited_by=cast.guide,
        )
        if visibility == Visibility.NAMED:
            words.named_for.set(JourneyMember.objects.filter(journey=journey, person=cast.supporter))
    page = cast.client(cast.supporter).get(address("journey", journey)).content.decode()
    assert "For the supporter" in page
    for kept in ("Only you two", "Title of the two", "Nights 0", "Blue room"):
        assert kept not in page


def test_the_timeline_tells_what_happened_without_private_words(cast):
    journey = cast.journey(state="ending")
    build.under_way(cast, journey)
    build.goals(cast, journey)
    build.ending(cast, journey, "begun")
    held = build.meeting(cast, journey, 7, days=-1, state="held")
    build.record(cast, held, "closed", summary="Words of a meeting")
    page = cast.client(cast.guide).get(address("timeline", journey)).content.decode()
    for told in (
        "The agreement came into force",
        "1 reading taken",
        "Session 7",
        "The starting picture was recorded",
    ):
        assert told in page
    assert "Words of a meeting" not in page
    only = cast.client(cast.guide).get(address("timeline", journey) + "?show=goals").content.decode()
    assert "1 reading taken" in only
    assert "The agreement came into force" not in only


# --- steps -------------------------------------------------------------------------------------------------


@pytest.fixture
def step(cast):
    """(journey, a step of the participant)."""
    journey = cast.journey()
    build.goals(cast, journey)
    return journey, step_facts(cast.seat(cast.guide, journey))[0]


def state_of(cast, journey, step):
    return next(each for each in step_facts(cast.seat(cast.guide, journey)) if each.id == step.id)


def test_a_step_is_ticked_with_one_tap_and_taken_back(cast, step):
    journey, one = step
    browser = cast.client(cast.participant)
    browser.post(address("tick", journey), {"step_id": one.id, "state": "done"})
    assert state_of(cast, journey, one).state == StepState.DONE
    assert "Undo" in browser.get(address("journey", journey)).content.decode()
    browser.post(address("tick", journey), {"step_id": one.id, "state": "open", "from": "today"})
    assert state_of(cast, journey, one).state == StepState.OPEN


def test_how_it_went_is_kept_with_the_step(cast, step):
    journey, one = step
    url = address("step", journey, one.id)
    assert "Step 0.0" in cast.client(cast.participant).get(url).content.decode()
    cast.client(cast.participant).post(url, {"state": "partly", "word": "The bus was late"})
    found = state_of(cast, journey, one)
    assert (found.state, found.word) == (StepState.PARTLY, "The bus was late")
    assert cast.client(cast.participant).post(url, {"word": "No state"}).status_code == 422


def test_a_step_is_ticked_by_its_owner_alone(cast, step):
    journey, one = step
    assert cast.client(cast.guide).get(address("step", journey, one.id)).status_code == 404
    answer = cast.client(cast.guide).post(address("tick", journey), {"step_id": one.id, "state": "done"})
    assert answer.status_code == 404
    assert state_of(cast, journey, one).state == StepState.OPEN


@pytest.mark.parametrize("step_id", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_step_does_not_exist(cast, step, step_id):
    answer = cast.client(cast.participant).post(
        address("tick", step[0]), {"step_id": step_id, "state": "done"}
    )
    assert answer.status_code == 404


def test_when_the_moment_has_passed_the_word_on_a_step_comes_back(cast, step):
    journey, one = step
    browser, url = cast.client(cast.participant), address("step", journey, one.id)
    rest = {"reason": "Exams", "expected_return": "2031-01-10"}
    cast.client(cast.guide).post(reverse("ending:rest", args=[journey.id]), rest)

    answer = browser.post(url, {"state": "done", "word": "The bus helped"})

    assert answer.status_code == 409 and "The bus helped" in answer.content.decode()
    assert browser.get(url).status_code == 409


def test_a_step_of_another_journey_does_not_exist(cast, step):
    _journey, one = step
    other = cast.journey()
    answer = cast.client(cast.participant).post(address("tick", other), {"step_id": one.id, "state": "done"})
    assert answer.status_code == 404


# --- resting, going on, withdrawing: the ending's doors ----------------------------------------------------


@pytest.mark.parametrize(
    ("state", "door"), [("active", "rest"), ("paused", "resume"), ("preparing", "withdraw")]
)
def test_the_journey_leads_to_the_doors_of_the_ending(cast, state, door):
    journey = cast.journey(state=state)
    page = cast.client(cast.participant).get(address("journey", journey)).content.decode()
    assert reverse(f"ending:{door}", args=[journey.id]) in page


def test_why_it_rests_is_told_in_what_happened(cast):
    journey = cast.journey()
    typed = {"reason": "Exams", "expected_return": "2031-01-10"}
    cast.client(cast.participant).post(reverse("ending:rest", args=[journey.id]), typed)
    assert "Exams" in cast.client(cast.guide).get(address("timeline", journey)).content.decode()


# --- beginning and inviting --------------------------------------------------------------------------------


def test_a_journey_is_begun_and_the_other_invited(cast, mailoutbox):
    browser = cast.client(cast.guide)
    for url in ("/journeys/begin/", "/journeys/begin/?kind=supervision", BEGIN):
        assert browser.get(url).status_code == 200
    page = browser.post(BEGIN, NEW, follow=True).content.decode()
    assert "Invite Nia New" in page
    journey = Journey.objects.get()
    assert browser.get(address("invite", journey)).status_code == 200
    browser.post(address("invite", journey), {"email": "nia@example.org"})
    assert mailoutbox[-1].to == ["nia@example.org"]
    assert cast.seat(cast.guide, journey).state == JourneyState.PREPARING


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "not an address"}, "email"),
        ({"meeting_minutes": "0"}, "meeting_minutes"),
        ({"already": "on"}, "first_number"),
        ({"already": "on", "first_number": "4", "agreed_on": "2999-01-01"}, "agreed_on"),
        ({"time_zone": "Mars/Crater"}, "time_zone"),
    ],
)
def test_what_was_typed_comes_back_with_a_sentence(cast, typed, field):
    answer = cast.client(cast.guide).post(BEGIN, {**NEW, **typed, "title": "Kept as typed"})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Kept as typed" in answer.content.decode()
    assert not Journey.objects.exists()


def test_nobody_begins_with_themselves(cast):
    answer = cast.client(cast.guide).post(BEGIN, {**NEW, "email": cast.guide.email})
    assert answer.status_code == 422


def test_only_own_participants_are_offered(cast):
    cast.journey()
    page = cast.client(cast.guide).get(BEGIN).content.decode()
    assert "Paul Participant" in page
    assert "Paul Participant" not in cast.client(cast.colleague).get(BEGIN).content.decode()
    answer = cast.client(cast.colleague).post(BEGIN, {**NEW, "known": str(cast.participant.id)})
    assert not Journey.objects.filter(begun_by=cast.colleague, members__person=cast.participant).exists()
    assert answer.status_code == 302


def test_another_journey_with_somebody_known(cast):
    cast.journey()
    facts = {**NEW, "name": "", "email": "", "known": str(cast.participant.id)}
    assert cast.client(cast.guide).post(BEGIN, facts).status_code == 302
    assert Journey.objects.filter(members__person=cast.participant).count() == 2


def test_only_guides_begin(cast):
    assert cast.client(cast.participant).get("/journeys/begin/").status_code == 403


# --- named people ------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("journeys.actions.let_person_leave")
def test_somebody_is_named_and_let_go(cast):
    journey = cast.journey()
    browser = cast.client(cast.participant)
    facts = {"name": "Fay Friend", "email": "fay@example.org", "part": "supporter"}
    browser.post(address("name", journey), facts)
    assert "Fay Friend" in browser.get(address("people", journey)).content.decode()
    member = JourneyMember.objects.get(person=Person.objects.get(email="fay@example.org"))
    browser.post(address("let_go", journey), {"member_id": str(member.id)})
    member.refresh_from_db()
    assert member.left_at
    assert seat_for(member.person, journey_id=journey.id) is None


def test_naming_somebody_twice_keeps_what_was_typed(cast):
    facts, journey = {"name": "Susanna", "email": "sue@example.org", "part": "assessor"}, cast.journey()
    browser = cast.client(cast.guide)
    assert browser.post(address("name", journey), facts).status_code == 302
    answer = browser.post(address("name", journey), {**facts, "email": "Sue@Example.org"})
    assert answer.status_code == 409
    assert "Susanna" in answer.content.decode() and "invited already" in answer.content.decode()


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_two_are_not_let_go(cast, who):
    journey = cast.journey()
    member = JourneyMember.objects.get(journey=journey, person=getattr(cast, who))
    answer = cast.client(cast.guide).post(address("let_go", journey), {"member_id": str(member.id)})
    assert answer.status_code == 404


def test_members_of_other_journeys_are_not_reached(cast):
    journey, other = cast.journey(), cast.journey()
    member = JourneyMember.objects.get(journey=other, person=cast.supporter)
    answer = cast.client(cast.guide).post(address("let_go", journey), {"member_id": str(member.id)})
    assert answer.status_code == 404


# --- the path ----------------------------------------------------------------------------------------------


def test_the_path_is_above_every_page_of_the_two_and_not_of_named_people(cast):
    journey = cast.journey()
    build.under_way(cast, journey)
    page = cast.client(cast.guide).get(address("people", journey)).content.decode()
    assert "2 of 8" in page
    assert reverse("ending:room", args=[journey.id]) in page
    assert "Stages" not in cast.client(cast.supporter).get(address("journey", journey)).content.decode()

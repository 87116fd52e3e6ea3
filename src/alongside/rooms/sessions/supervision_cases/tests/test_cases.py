"""Taking a case to supervision: its acts, who may do what, its doors."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.measuring.queries import tracked
from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.rooms.sessions.focusing import actions as focusings
from alongside.rooms.sessions.record.actions import mark_step_in_error, settle_issue
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.models import Issue
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.states import IssueState
from alongside.rooms.sessions.record.tests.factories import booked, opened
from alongside.rooms.sessions.supervision_cases import actions, rules
from alongside.rooms.sessions.supervision_cases.hints import hints
from alongside.rooms.sessions.supervision_cases.models import (
    Case,
    CaseStateRecord,
    TakenCase,
)
from alongside.rooms.sessions.supervision_cases.queries import (
    case_in,
    cases_of,
    history_of,
    known_of,
    leaks_in,
    outcomes_of,
    taken_in,
)
from alongside.rooms.sessions.supervision_cases.states import TakenState
from alongside.rooms.sessions.supervision_cases.tests.factories import practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(cast):
    return practice(cast)


def door(name, journey, *more):
    return reverse(f"taken:{name}", args=[journey.id, *more])


# --- acts --------------------------------------------------------------------------------------------------------


def test_a_draft_is_kept_as_it_is_and_once(here):
    first = here.keep(here.draft(question="Whitlöck is stuck"))
    again = here.keep(here.draft(question="They are stuck"), age_band="60-69")
    assert first.id == again.id
    assert TakenCase.objects.count() == 1
    assert Case.objects.count() == 0


def test_a_case_goes_on_the_agenda_of_ones_own_supervision(here):
    case = here.brought()
    assert (case.journey, case.number) == (here.supervision, 1)
    assert [one.id for one in cases_of(here.supervisor)] == [case.id]
    assert [one.id for one in cases_of(here.supervised)] == [case.id]


def test_a_case_is_numbered_after_the_others(here):
    here.brought()
    assert here.brought().number == 2


def test_what_gives_somebody_away_is_refused_though_it_was_kept(here):
    here.keep(here.draft(question="Margarethe is stuck"))
    with pytest.raises(Refused):
        here.put()
    assert Case.objects.count() == 0


@pytest.mark.without_ledger("rooms.sessions.supervision_cases.actions.take_up_case")
def test_it_is_taken_up_as_an_issue_that_says_nothing_of_its_content(cast, here):
    case = here.brought()
    opened(cast, here.supervision)
    table = table_of(here.supervisor, 2)
    actions.take_up_case(table=table, case=case, by=here.supervisor)
    issue = Issue.objects.get(journey=here.supervision)
    assert "brace" not in str(issue.text)
    with pytest.raises(Refused):
        actions.take_up_case(table=table, case=case, by=here.supervisor)


@pytest.mark.without_ledger(
    "rooms.sessions.supervision_cases.actions.settle_case",
    "rooms.sessions.supervision_cases.actions.tick_outcome",
)
def test_what_comes_of_it_is_the_guides_to_tick(here):
    case = here.brought()
    actions.settle_case(case=case, word="Ask what the bracing is for.", by=here.supervisor)
    (outcome,) = outcomes_of(here.guide)
    assert "bracing is for" in str(outcome.words)
    actions.tick_outcome(taken=outcome.taken, state=TakenState.DONE, by=here.guide)
    assert taken_in(here.guide, outcome.taken.id).state == TakenState.DONE


# --- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "paused", "ending", "completed"])
def test_a_guide_takes_a_case_as_long_as_the_journey_is_open(cast, state):
    journey = cast.journey("treatment", state)
    assert bool(rules.may_take_to_supervision(cast.seat(cast.guide, journey))) is (state != "completed")
    assert not rules.may_take_to_supervision(cast.seat(cast.participant, journey))
    assert not rules.may_take_to_supervision(cast.seat(cast.supporter, journey))


@pytest.mark.parametrize(
    ("state", "up", "settle", "withdraw"),
    [
        ("on_agenda", True, True, True),
        ("taken_up", False, True, True),
        ("settled", False, True, True),
        ("withdrawn", False, False, False),
    ],
)
def test_what_can_become_of_a_case(cast, here, state, up, settle, withdraw):
    case = here.brought()
    if state != "on_agenda":
        CaseStateRecord.objects.create(case=case, state=state, by=cast.colleague)
    opened(cast, here.supervision)
    case = case_in(here.supervisor, case.id)
    for seat in (here.supervisor, here.supervised):
        assert bool(rules.may_take_up_case(seat, table_of(seat, 2), case)) is up
        assert bool(rules.may_settle_case(seat, case)) is settle
    assert bool(rules.may_withdraw_case(cast.guide, case)) is withdraw
    assert not rules.may_withdraw_case(cast.colleague, case)


def test_what_came_back_is_nobody_elses(cast, here):
    here.brought()
    taken = outcomes_of(here.guide)[0].taken
    JourneyMember.objects.filter(journey=here.treatment, part=Part.GUIDE).update(person=cast.lead)
    covering = cast.seat(cast.lead, here.treatment)
    assert not rules.is_own_case(covering, taken)
    assert outcomes_of(covering) == []


# --- doors -------------------------------------------------------------------------------------------------------

GUIDES = ["mine", "write", "look"]


@pytest.mark.parametrize("name", [*GUIDES, "put"])
def test_the_guides_doors(cast, here, name):
    url = door(name, here.treatment)
    ask = "post" if name == "put" else "get"
    for who in ("stranger", "colleague", "lead", "administrator"):
        assert getattr(cast.client(getattr(cast, who)), ask)(url).status_code == 404, who
    patient = cast.client(here.patient)
    assert getattr(patient, ask)(url).status_code == 403
    wrong = "get" if name == "put" else "delete"
    assert getattr(cast.client(cast.guide), wrong)(url).status_code == 405


def test_a_closed_journey_takes_no_case_and_says_so(cast, here):
    from alongside.journeys.models import JourneyStateRecord

    JourneyStateRecord.objects.create(journey=here.treatment, state="completed", by=cast.guide)
    assert cast.client(cast.guide).get(door("write", here.treatment)).status_code == 409
    assert cast.client(cast.guide).get(door("mine", here.treatment)).status_code == 200


def test_a_case_is_written_looked_at_and_put_on_the_agenda(cast, here):
    client = cast.client(cast.guide)
    page = client.get(door("write", here.treatment)).content.decode()
    assert "To be outdoors" not in page
    typed = {"question": "Whitlöck braces. Why?", here.own: "To be outdoors and not hold back"}
    found = client.post(door("write", here.treatment), typed)
    assert found.status_code == 422
    assert "Whitlöck braces. Why?" in found.content.decode(), "what was typed is still there"
    typed["question"] = "They still brace. Why?"
    assert client.post(door("write", here.treatment), typed)["Location"] == door("look", here.treatment)
    looked = client.get(door("look", here.treatment)).content.decode()
    assert "They still brace. Why?" in looked
    put = client.post(door("put", here.treatment), {"supervision": str(here.supervision.id)}, follow=True)
    assert "on the agenda of your supervision" in put.content.decode()
    case = Case.objects.get()
    read = cast.client(cast.colleague).get(door("case", here.supervision, case.id)).content.decode()
    assert "They still brace. Why?" in read
    assert "To be outdoors and not hold back" in read


def test_the_words_that_were_agreed_come_back_to_be_said_anew(cast, here):
    typed = {"question": "They still brace. Why?", here.own: "She tends her allotment again without bracing"}
    assert cast.client(cast.guide).post(door("write", here.treatment), typed).status_code == 422


def test_a_guide_without_supervision_is_told_kindly(cast, here):
    JourneyMember.objects.filter(journey=here.supervision).delete()
    page = cast.client(cast.guide).get(door("write", here.treatment))
    assert page.status_code == 200
    here.keep()
    answer = cast.client(cast.guide).post(door("put", here.treatment), {}, follow=True).content.decode()
    assert "no supervision of your own" in answer


def test_the_supervisor_finds_no_door_to_the_treatment(cast, here):
    here.brought()
    client = cast.client(cast.colleague)
    for url in (
        reverse("overview:journey", args=[here.treatment.id]),
        reverse("goals:on_track", args=[here.treatment.id]),
        door("mine", here.treatment),
        door("cases", here.treatment),
    ):
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("name", ["cases", "case", "settle", "withdraw_here"])
def test_the_doors_of_the_supervision(cast, here, name):
    case = here.brought()
    more = () if name == "cases" else (case.id,)
    url = door(name, here.supervision, *more)
    ask = "get" if name in ("cases", "case") else "post"
    for who in ("stranger", "lead", "administrator", "participant"):
        assert getattr(cast.client(getattr(cast, who)), ask)(url).status_code == 404, who
    supervisor = getattr(cast.client(cast.colleague), ask)(url, {} if ask == "post" else None)
    assert supervisor.status_code == {"settle": 422, "withdraw_here": 403}.get(name, 200)


def test_a_case_on_the_agenda_stands_on_the_page_of_the_meeting(cast, here):
    case = here.brought()
    booked(cast, here.supervision, 2)
    for who in (cast.colleague, cast.guide):
        page = cast.client(who).get(reverse("sessions:meeting", args=[here.supervision.id, 2]))
        assert door("case", here.supervision, case.id) in page.content.decode()


def test_cases_cost_the_same_for_one_and_three(cast, here):
    client = cast.client(cast.colleague)

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    here.brought()
    url = door("cases", here.supervision)
    one = cost(url)
    here.brought()
    here.brought()
    assert cost(url) == one


def test_the_way_to_supervision_stands_beside_a_finding(cast, here):
    assert tracked(here.guide).speaking
    page = cast.client(cast.guide).get(reverse("goals:on_track", args=[here.treatment.id])).content.decode()
    assert door("write", here.treatment) in page


@pytest.mark.without_ledger(
    "rooms.sessions.focusing.actions.focus_on_issue", "rooms.sessions.focusing.actions.plan_act"
)
def test_the_act_a_focusing_on_a_case_came_to_returns_to_the_guide(cast, here):
    case = here.brought()
    opened(cast, here.supervision, 2)
    taken_up = actions.take_up_case(table=table_of(here.supervisor, 2), case=case, by=here.supervisor)
    issue = issue_in(here.supervisor, taken_up.issue_id)
    focusing = focusings.focus_on_issue(number=2, issue=issue, together=True, by=here.supervisor)
    assert [one.words for one in outcomes_of(here.guide)] == [""]

    act = focusings.ActionButton(text="Ask what the bracing is for", owner=cast.guide)
    focusings.plan_act(focusing_id=focusing.id, act=act, by=here.supervised)
    assert [(one.words, one.is_to_do) for one in outcomes_of(here.guide)] == [(act.text, True)]
    assert history_of(case).became == act.text


@pytest.mark.without_ledger("rooms.sessions.record.actions.mark_step_in_error")
def test_a_step_entered_in_error_is_not_what_came_of_a_case(cast, here):
    case = here.brought()
    opened(cast, here.supervision, 2)
    taken_up = actions.take_up_case(table=table_of(here.supervisor, 2), case=case, by=here.supervisor)
    issue = issue_in(here.supervisor, taken_up.issue_id)
    settled = settle_issue(number=2, issue=issue, becomes=IssueState.BECAME_STEP, by=here.supervisor)
    assert history_of(case).became == str(settled.step.text)

    mark_step_in_error(number=2, step_id=settled.step_id, reason="Of another", by=here.supervisor)
    assert [one.words for one in outcomes_of(here.guide)] == [""]
    assert history_of(case).became == ""


# --- what is asked before it goes -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She works as a vet and drives.", "works as a vet"),
        ("Her boss at the bakery; he is a plumber.", "plumber"),
        ("He works at Tesco Extra on Sundays.", "works at Tesco Extra"),
        ("She takes the number 17 bus.", "number 17 bus"),
        ("On the bus line he froze.", "bus line"),
        ("Since she left her primary school it is better.", "primary school"),
        ("Everybody in the village knows.", "village"),
        ("He sings in the choir.", "choir"),
        ("She is the only midwife there.", "the only midwife"),
    ],
)
def test_a_trade_an_employer_a_bus_a_school_or_a_village_raises_a_question(text, words):
    assert words in [text[one.start : one.end] for one in hints(text)]


def test_ordinary_words_raise_none():
    assert (
        hints("They move more and still brace. Am I in too much of a hurry? It works for me. We line it up.")
        == ()
    )


@pytest.mark.without_ledger("rooms.sessions.supervision_cases.actions.put_on_agenda")
def test_a_case_with_such_a_word_goes_once_the_guide_has_looked_at_it(cast, here):
    here.keep(here.draft(question="They work as a vet in a village. Am I in too much of a hurry?"))
    with pytest.raises(NotThisMoment) as refused:
        actions.put_on_agenda(supervision_id=here.supervision.id, by=here.guide)
    assert refused.value.verdict.next_url.endswith("/look/")

    client, look = cast.client(cast.guide), door("look", here.treatment)
    page = client.get(look).content.decode()
    assert "work as a vet" in page and "village" in page and 'name="considered"' in page
    answer = client.post(door("put", here.treatment), {"supervision": here.supervision.id})
    assert answer["Location"] == look and not Case.objects.exists()
    client.post(door("put", here.treatment), {"supervision": here.supervision.id, "considered": "on"})
    assert Case.objects.exists()


def test_a_name_entered_for_one_case_is_known_to_the_next_of_the_same_journey(here):
    here.keep(also_called="Rosie, Biscuit")
    here.put()
    draft = here.draft(question="Rosie has stopped coming. What now?")
    here.keep(draft)
    assert leaks_in(draft, known_of(here.guide))
    with pytest.raises(NotThisMoment):
        here.put()

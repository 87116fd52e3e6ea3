"""Deciding and carrying out, by whom and when; and the pages of a record that stays without its participant."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.journeys.models import Journey, JourneyStateRecord
from alongside.kernel.clock import at, now, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.retention import actions, rules
from alongside.retention.models import Certificate, Erasure
from alongside.retention.states import TRANSITIONS, Extent
from alongside.retention.states import ErasureState as S
from tests.cast import person
from tests.furnish import furnish_journey
from tests.promises.forms_everywhere import walk

PAGE = reverse("retention:erasures")


@pytest.fixture
def second(cast):
    return person(cast.organisation, "Sam Second", is_administrator=True)


@pytest.fixture
def ended(cast):
    return cast.journey("treatment", "completed")


def decided(cast, *, extent=Extent.EVERYTHING, agrees=True, journey=None, by=None):
    return actions.decide_erasure(
        person=cast.participant,
        extent=extent,
        journey_id=journey.id if journey else None,
        asked_on=today("Europe/London"),
        agrees=agrees,
        reason="They asked.",
        by=by or cast.administrator,
    )


def answer(actor, erasure, state=S.AGREED, later=dt.timedelta(), **facts):
    verdict = rules.may_carry_out(actor, erasure, state=state, now=erasure.created_at + later, **facts)
    return verdict.denial.name if not verdict else "allowed"


def test_who_may_carry_it_out_and_when(cast, second, ended):
    erasure = decided(cast)
    assert answer(second, erasure) == "allowed"
    assert answer(cast.administrator, erasure) == "NOT_NOW"
    assert answer(cast.administrator, erasure, later=rules.WAIT) == "allowed"
    assert answer(second, erasure, still_open=1) == "NOT_NOW"
    assert answer(cast.guide, erasure) == "NOT_YOURS"
    assert answer(cast.stranger, erasure) == "HIDDEN"
    for state in (S.DONE, S.DECLINED, S.WITHDRAWN):
        assert answer(second, erasure, state) == "NOT_NOW"


def test_nobody_erases_themselves(cast, second, ended):
    erasure = decided(cast)
    Erasure.objects.filter(id=erasure.id).update(person=second)
    erasure.refresh_from_db()
    assert answer(second, erasure) == "NOT_NOW"
    assert not rules.may_ask_for_erasure(second, second)


def test_who_may_decide(cast):
    assert rules.may_ask_for_erasure(cast.administrator, cast.participant)
    assert not rules.may_ask_for_erasure(cast.administrator, cast.participant, is_open=True)
    assert not rules.may_ask_for_erasure(cast.guide, cast.participant)
    assert rules.may_ask_for_erasure(cast.stranger, cast.participant).denial.name == "HIDDEN"


def test_who_may_withdraw(cast, ended):
    erasure = decided(cast)
    assert rules.may_withdraw(cast.administrator, erasure, state=S.AGREED)
    assert not rules.may_withdraw(cast.guide, erasure, state=S.AGREED)
    assert not rules.may_withdraw(cast.administrator, erasure, state=S.DONE)


def test_every_state_says_what_may_follow():
    assert set(TRANSITIONS) == set(S)


def test_while_a_journey_is_under_way_nothing_is_erased(cast, second):
    journey = cast.journey("treatment", "active")
    erasure = decided(cast)
    with pytest.raises(Refused, match="has not ended yet"):
        actions.carry_out_erasure(erasure=erasure, by=second)
    assert Journey.objects.filter(id=journey.id).exists()


def test_a_request_that_is_declined_is_kept_with_its_reason(cast, ended):
    erasure = decided(cast, agrees=False)
    assert str(erasure.reason) == "They asked." and erasure.state_records.get().state == S.DECLINED
    assert decided(cast)


def test_one_that_waits_is_not_decided_twice(cast, ended):
    decided(cast)
    with pytest.raises(Refused, match="already"):
        decided(cast)


@pytest.mark.without_ledger("retention.actions.withdraw_erasure")
def test_what_is_withdrawn_is_not_carried_out(cast, second, ended):
    erasure = actions.withdraw_erasure(erasure=decided(cast), by=second)
    with pytest.raises(Refused):
        actions.carry_out_erasure(erasure=erasure, by=second)


def test_it_is_carried_out_once(cast, second, ended):
    erasure = decided(cast)
    actions.carry_out_erasure(erasure=erasure, by=second)
    with pytest.raises(Refused):
        actions.carry_out_erasure(erasure=erasure, by=second)
    assert Certificate.objects.get().by == second


def test_one_alone_carries_it_out_after_the_wait(cast, ended):
    erasure = decided(cast)
    with pytest.raises(Refused, match="You can do it yourself from"):
        actions.carry_out_erasure(erasure=erasure, by=cast.administrator)
    with at(now() + rules.WAIT):
        assert actions.carry_out_erasure(erasure=erasure, by=cast.administrator)


def test_the_other_administrators_are_told(
    cast, second, ended, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        decided(cast)
    assert [letter.to for letter in mailoutbox] == [[second.email]]
    assert "Paul" not in mailoutbox[0].subject + mailoutbox[0].body


def test_the_ledger_knows_of_it(cast, second, ended):
    actions.carry_out_erasure(erasure=decided(cast), by=second)
    events = list(Entry.objects.filter(event__startswith="erasure").values_list("event", flat=True))
    assert sorted(events) == ["erasure.carried_out", "erasure.decided"]


@pytest.mark.parametrize("kind", ["treatment", "supervision"])
@pytest.mark.parametrize("who", ["participant", "guide"])
def test_a_record_that_stays_can_be_read_and_names_nobody(cast, second, kind, who):
    """Every page the other of the two reaches."""
    journey = furnish_journey(cast, kind)
    JourneyStateRecord.objects.create(journey=journey, state="completed", by=cast.guide)
    gone = getattr(cast, who)
    name = str(gone.name)
    actions.carry_out_erasure(
        erasure=actions.decide_erasure(
            person=gone,
            extent=Extent.NAMES_AND_WORDS,
            journey_id=None,
            asked_on=today("Europe/London"),
            agrees=True,
            reason="They asked.",
            by=cast.administrator,
        ),
        by=second,
    )
    other = cast.guide if who == "participant" else cast.participant
    pages = 0
    for path, page in walk(cast.client(other), [reverse("overview:journey", args=[journey.id])]):
        assert name not in page, path
        pages += 1
    assert pages >= 10


# --- the doors -------------------------------------------------------------------------------------------------


def given(**changed):
    return {
        "asked_on": today("Europe/London").isoformat(),
        "extent": "everything",
        "journey": "",
        "decision": "agreed",
        "reason": "They asked.",
        **changed,
    }


def test_an_administrator_decides_and_another_carries_it_out(cast, second, ended):
    client = cast.client(cast.administrator)
    ask = reverse("retention:ask", args=[cast.participant.id])
    assert ask in client.get(reverse("people:person", args=[cast.participant.id])).content.decode()
    page = client.get(ask).content.decode()
    assert "Paul Participant with Gwen Guide" in page
    answered = client.post(ask, given())
    assert answered.status_code == 302
    page = client.get(answered["Location"]).content.decode()
    assert "Another administrator can do this now" in page and "has to be answered by" in page
    erasure = Erasure.objects.get()
    cast.client(second).post(reverse("retention:carry_out", args=[erasure.id]))
    page = client.get(answered["Location"]).content.decode()
    assert "Certificate" in page and "Former participant" in page and "Paul" not in page
    assert "Former participant" in client.get(PAGE).content.decode()


def test_it_is_withdrawn_from_the_page(cast, second, ended):
    erasure = decided(cast)
    assert "Paul Participant" in cast.client(second).get(PAGE).content.decode()
    cast.client(second).post(reverse("retention:withdraw", args=[erasure.id]))
    assert "withdrawn" in cast.client(second).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"asked_on": "2999-01-01"}, "must not be in the future"),
        ({"extent": "one_journey"}, "Choose the journey"),
        ({"reason": ""}, "required"),
        ({"journey": "not-one-of-theirs"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast, ended, wrong, said):
    answered = cast.client(cast.administrator).post(
        reverse("retention:ask", args=[cast.participant.id]), given(**wrong)
    )
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert not Erasure.objects.exists()


def test_a_journey_is_chosen_for_one_journey_alone(cast, ended):
    answered = cast.client(cast.administrator).post(
        reverse("retention:ask", args=[cast.participant.id]), given(journey=str(ended.id))
    )
    assert "Choose “None”" in answered.content.decode()


def addresses(cast, erasure):
    return [
        (PAGE, "GET"),
        (reverse("retention:ask", args=[cast.participant.id]), "GET"),
        (reverse("retention:erasure", args=[erasure.id]), "GET"),
        (reverse("retention:carry_out", args=[erasure.id]), "POST"),
        (reverse("retention:withdraw", args=[erasure.id]), "POST"),
    ]


def test_who_is_no_administrator_finds_nothing(cast, ended):
    for path, method in addresses(cast, decided(cast)):
        expected = 403 if path == PAGE else 404
        assert cast.client(cast.guide).generic(method, path).status_code == expected, path
        stranger = cast.client(cast.stranger).generic(method, path).status_code
        assert stranger == (200 if path == PAGE else 404), path


def test_the_wrong_method_is_refused(cast, ended):
    for path, method in addresses(cast, decided(cast)):
        wrong = "POST" if method == "GET" and "people" not in path else "PUT"
        assert cast.client(cast.administrator).generic(wrong, path).status_code == 405, path


def test_too_early_is_a_conflict(cast, ended):
    erasure = decided(cast)
    answered = cast.client(cast.administrator).post(reverse("retention:carry_out", args=[erasure.id]))
    assert answered.status_code == 409


def test_the_list_costs_the_same_for_one_and_for_three(cast, ended, django_assert_num_queries):
    client = cast.client(cast.administrator)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        return len(asked)

    decided(cast, agrees=False)
    client.get(PAGE)
    one = cost()
    decided(cast, agrees=False)
    decided(cast, agrees=False)
    assert cost() == one

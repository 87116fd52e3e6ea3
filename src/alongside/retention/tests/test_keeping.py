"""How long records stay: the rule of each kind, what has reached its end, what must not be erased."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import at, now, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.models import LoginSession, Person
from alongside.retention import actions, keeping_actions, queries, rules
from alongside.retention.keeping import ended_before, keepings_of, kept_until, sentence_for_participant
from alongside.retention.models import Certificate, KeepingRule, LegalHold
from alongside.retention.states import Extent
from tests.cast import person

PAGE = reverse("retention:keeping")
YEARS_AGO = dt.timedelta(days=366 * 20)


@pytest.fixture
def second(cast):
    return person(cast.organisation, "Sam Second", is_administrator=True)


@pytest.fixture
def old(cast):
    """A treatment that ended more than twenty years ago."""
    with at(now() - YEARS_AGO):
        return cast.journey("treatment", "completed")


def due(cast, who=None):
    return queries.due_journeys(who or cast.administrator, today("Europe/London"))


def set_years(cast, kind, years):
    return keeping_actions.set_keeping(kind=kind, years=years, basis="Our own.", by=cast.administrator)


def ended(cast, kind, days):
    with at(now() - dt.timedelta(days=days)):
        return cast.journey(kind, "completed")


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        (dt.date(2020, 5, 1), 8, dt.date(2028, 5, 1)),
        (dt.date(2024, 2, 29), 1, dt.date(2025, 3, 1)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
    ],
)
def test_until_when_a_record_stays(day, years, until):
    assert kept_until(day, years) == until


@pytest.mark.parametrize(
    "on", [dt.date(2028, 2, 29), dt.date(2028, 3, 1), dt.date(2027, 2, 28), dt.date(2026, 11, 30)]
)
@pytest.mark.parametrize("years", [1, 4, 20])
def test_nothing_is_due_before_its_day(on, years):
    assert kept_until(ended_before(on, years), years) <= on


def test_what_is_proposed_has_its_source(cast):
    found = keepings_of(cast.organisation.id)
    assert found["treatment"].years == 20 and "NHS Records Management Code" in str(found["treatment"].basis)
    assert found["supervision"].years is None and found["mentoring"].years is None


@pytest.mark.without_ledger("retention.keeping_actions.set_keeping")
def test_the_latest_rule_of_ones_own_organisation_holds(cast):
    set_years(cast, "mentoring", 3)
    set_years(cast, "mentoring", 6)
    assert keepings_of(cast.organisation.id)["mentoring"].years == 6
    assert keepings_of(cast.stranger.organisation_id)["mentoring"].years is None


def test_what_has_reached_its_end_is_listed(cast, old):
    cast.journey("treatment", "active")
    ended(cast, "treatment", 30)
    [found] = due(cast)
    assert found.line.id == old.id
    assert due(cast, cast.stranger) == [] and due(cast, cast.guide) == []


def test_without_years_nothing_is_due(cast):
    ended(cast, "mentoring", 365 * 30)
    assert due(cast) == []
    set_years(cast, "mentoring", 1)
    assert len(due(cast)) == 1


def test_a_journey_that_went_on_in_another_waits_for_it(cast, old):
    later = cast.journey("treatment", "active", follows=old)
    assert due(cast) == []
    Journey.objects.filter(id=later.id).update(follows=None)
    assert len(due(cast)) == 1


def test_what_is_held_is_not_due_and_not_erased(cast, second, old):
    hold = keeping_actions.hold_journey(journey_id=old.id, reason="A claim.", by=cast.administrator)
    assert due(cast) == []
    erasure = actions.decide_erasure(
        person=cast.participant,
        extent=Extent.NAMES_AND_WORDS,
        journey_id=None,
        asked_on=today("Europe/London"),
        agrees=True,
        reason="They asked.",
        by=cast.administrator,
    )
    with pytest.raises(Refused, match="legal hold"):
        actions.carry_out_erasure(erasure=erasure, by=second)
    keeping_actions.lift_hold(hold=hold, by=second)
    assert len(due(cast)) == 1
    assert actions.carry_out_erasure(erasure=erasure, by=second)


@pytest.mark.without_ledger("retention.keeping_actions.hold_journey", "retention.keeping_actions.lift_hold")
def test_one_hold_at_a_time(cast, old):
    hold = keeping_actions.hold_journey(journey_id=old.id, reason="A claim.", by=cast.administrator)
    with pytest.raises(Refused, match="already"):
        keeping_actions.hold_journey(journey_id=old.id, reason="Another.", by=cast.administrator)
    keeping_actions.lift_hold(hold=hold, by=cast.administrator)
    with pytest.raises(Refused, match="lifted already"):
        keeping_actions.lift_hold(hold=hold, by=cast.administrator)


def test_two_end_it_and_who_was_here_for_nothing_else_goes_with_it(cast, second, old):
    [found] = due(cast)
    erasure = keeping_actions.end_keeping(due=found, by=cast.administrator)
    assert due(cast) == []
    assert queries.would_delete(erasure) > 5
    with pytest.raises(Refused, match="You can do it yourself from"):
        actions.carry_out_erasure(erasure=erasure, by=cast.administrator)
    actions.carry_out_erasure(erasure=erasure, by=second)
    assert not Journey.objects.filter(id=old.id).exists()
    assert str(Person.objects.get(id=cast.participant.id).name) == "Former participant"
    assert not LoginSession.objects.filter(user=cast.participant.user_id).exists()
    assert str(Person.objects.get(id=cast.guide.id).name) == "Gwen Guide"
    assert Certificate.objects.get().counts["deleted"]["journeys.Journey"] == 1


def test_who_takes_part_elsewhere_stays(cast, second, old):
    cast.journey("mentoring", "active")
    [found] = due(cast)
    erasure = keeping_actions.end_keeping(due=found, by=cast.administrator)
    actions.carry_out_erasure(erasure=erasure, by=second)
    assert str(Person.objects.get(id=cast.participant.id).name) == "Paul Participant"
    assert JourneyMember.objects.filter(person=cast.participant, part=Part.PARTICIPANT).count() == 1


@pytest.mark.without_ledger("retention.keeping_actions.end_keeping")
def test_what_is_not_due_any_more_is_not_decided(cast, old):
    [found] = due(cast)
    keeping_actions.end_keeping(due=found, by=cast.administrator)
    with pytest.raises(Refused):
        keeping_actions.end_keeping(due=found, by=cast.administrator)


def test_who_may(cast, old):
    hold = keeping_actions.hold_journey(journey_id=old.id, reason="A claim.", by=cast.administrator)
    assert rules.may_set_keeping(cast.administrator) and not rules.may_set_keeping(cast.guide)
    assert rules.may_set_rule(cast.administrator, "treatment")
    assert rules.may_set_rule(cast.administrator, "nonsense").denial.name == "HIDDEN"
    assert rules.may_end_keeping(cast.administrator, object())
    assert rules.may_end_keeping(cast.administrator, None).denial.name == "HIDDEN"
    assert rules.may_lift_hold(cast.administrator, hold) and not rules.may_lift_hold(cast.guide, hold)
    assert rules.may_lift_hold(cast.stranger, hold).denial.name == "HIDDEN"
    assert not rules.may_hold(cast.guide) and rules.may_hold(cast.administrator)


def test_the_ledger_knows(cast, old):
    set_years(cast, "mentoring", 3)
    [found] = due(cast)
    keeping_actions.end_keeping(due=found, by=cast.administrator)
    assert {"keeping.set", "keeping.ended"} <= set(Entry.objects.values_list("event", flat=True))


# --- the doors and the participant's line -------------------------------------------------------------------------


def test_a_participant_reads_how_long_their_record_stays(cast):
    journey = cast.journey("treatment", "active")
    url = reverse("overview:opened", args=[journey.id])
    page = cast.client(cast.participant).get(reverse("overview:journey", args=[journey.id])).content.decode()
    assert f"{url}#keeping" in page
    said = "This record stays for 20 years after it has ended."
    assert said in cast.client(cast.participant).get(url).content.decode()
    assert said not in cast.client(cast.guide).get(url).content.decode()
    assert "has not set yet" in sentence_for_participant(cast.organisation.id, "mentoring")
    set_years(cast, "treatment", 1)
    assert "for 1 year after" in sentence_for_participant(cast.organisation.id, "treatment")


def test_the_pages_lead_from_the_rule_to_the_erasure(cast, old):
    client = cast.client(cast.administrator)
    page = client.get(PAGE).content.decode()
    assert (
        "20 years after the end (suggested by Alongside)" in page
        and "Paul Participant with Gwen Guide" in page
    )
    answered = client.post(
        reverse("retention:set_keeping", args=["treatment"]), {"years": 8, "basis": "Ours."}
    )
    assert answered.status_code == 302
    assert "8 years after the end" in client.get(PAGE).content.decode()
    answered = client.post(reverse("retention:end_keeping", args=[old.id]))
    page = client.get(answered["Location"]).content.decode()
    assert "records would be deleted" in page and "Another administrator can do this now" in page
    assert "Paul Participant with Gwen Guide" in client.get(reverse("retention:erasures")).content.decode()


def test_a_hold_is_added_and_lifted_on_the_pages(cast, old):
    client = cast.client(cast.administrator)
    url = reverse("retention:hold", args=[cast.participant.id])
    assert "Which journey" in client.get(url).content.decode()
    assert client.post(url, {"journey": str(old.id), "reason": ""}).status_code == 422
    client.post(url, {"journey": str(old.id), "reason": "A claim."})
    page = client.get(PAGE).content.decode()
    assert "A claim." in page and "None yet." in page
    client.post(reverse("retention:lift_hold", args=[LegalHold.objects.get().id]))
    assert "A claim." not in client.get(PAGE).content.decode()


def test_what_is_wrong_is_said(cast):
    url = reverse("retention:set_keeping", args=["treatment"])
    client = cast.client(cast.administrator)
    assert "20" in client.get(url).content.decode()
    answered = client.post(url, {"years": 0, "basis": "Ours."})
    assert answered.status_code == 422 and not KeepingRule.objects.exists()
    assert client.get(reverse("retention:set_keeping", args=["nonsense"])).status_code == 404


def test_who_is_no_administrator_finds_nothing(cast, old):
    hold = LegalHold.objects.create(
        organisation=cast.organisation, journey=old, reason="A claim.", by=cast.administrator
    )
    for who, path, method, expected in (
        (cast.guide, PAGE, "GET", 403),
        (cast.guide, reverse("retention:set_keeping", args=["treatment"]), "GET", 403),
        (cast.guide, reverse("retention:end_keeping", args=[old.id]), "POST", 404),
        (cast.guide, reverse("retention:hold", args=[cast.participant.id]), "GET", 404),
        (cast.guide, reverse("retention:lift_hold", args=[hold.id]), "POST", 404),
        (cast.stranger, reverse("retention:end_keeping", args=[old.id]), "POST", 404),
        (cast.stranger, reverse("retention:hold", args=[cast.participant.id]), "GET", 404),
        (cast.stranger, reverse("retention:lift_hold", args=[hold.id]), "POST", 404),
    ):
        assert cast.client(who).generic(method, path).status_code == expected, (who.name, path)

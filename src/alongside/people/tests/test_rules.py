"""Who may look after people: truth tables."""

import datetime as dt
from uuid import UUID

import pytest

from alongside.kernel.clock import now
from alongside.kernel.verdict import Denial
from alongside.people import rules
from alongside.people.models import Invitation, Organisation, Person, User

ORGANISATION, ELSEWHERE = Organisation(name="organisation"), Organisation(name="elsewhere")
USER = User(email="a@example.org")
NOW = dt.datetime(2031, 3, 3, 9, tzinfo=dt.UTC)


@pytest.mark.parametrize("administrator", [True, False])
@pytest.mark.parametrize("organisation", [ORGANISATION, ELSEWHERE])
def test_may_manage_person(administrator, organisation):
    actor = Person(organisation=ORGANISATION, is_administrator=administrator)
    verdict = rules.may_manage_person(actor, Person(organisation=organisation))
    if organisation is ELSEWHERE:
        assert verdict.denial is Denial.HIDDEN
    else:
        assert verdict.denial is (None if administrator else Denial.NOT_YOURS)


@pytest.mark.parametrize(
    ("oneself", "stays", "denial"),
    [(True, True, None), (True, False, Denial.NOT_NOW), (False, True, None), (False, False, None)],
)
def test_may_change_roles(oneself, stays, denial):
    actor = Person(organisation=ORGANISATION, is_administrator=True)
    other = actor if oneself else Person(organisation=ORGANISATION)
    assert rules.may_change_roles(actor, other, stays_administrator=stays).denial is denial


@pytest.mark.parametrize(
    ("active", "user", "email", "denial"),
    [
        (True, None, "a@example.org", None),
        (True, None, "", Denial.NOT_NOW),
        (True, USER, "a@example.org", Denial.NOT_NOW),
        (False, None, "a@example.org", Denial.NOT_NOW),
    ],
)
def test_may_be_invited(active, user, email, denial):
    person = Person(organisation=ORGANISATION, is_active=active, user=user, email=email)
    assert rules.may_be_invited(person).denial is denial


@pytest.mark.parametrize(
    ("facts", "denial"),
    [
        ({}, None),
        ({"voided_at": NOW}, Denial.NOT_NOW),
        ({"accepted_at": NOW}, Denial.NOT_NOW),
        ({"expires_at": NOW - dt.timedelta(seconds=1)}, Denial.NOT_NOW),
    ],
)
def test_may_accept_invitation(facts, denial):
    invitation = Invitation(**{"expires_at": NOW + dt.timedelta(days=1), **facts})
    assert rules.may_accept_invitation(invitation, now=NOW).denial is denial


def test_may_accept_no_invitation():
    assert rules.may_accept_invitation(None, now=now()).denial is Denial.NOT_NOW


@pytest.mark.parametrize(
    ("person", "denial"),
    [
        ({"email": "a@example.org"}, None),
        ({"email": "corrected@example.org"}, Denial.NOT_NOW),
        ({"email": "a@example.org", "user": USER}, Denial.NOT_NOW),
        ({"email": "a@example.org", "is_active": False}, Denial.NOT_NOW),
    ],
)
def test_may_send_again(person, denial):
    invitation = Invitation(person=Person(organisation=ORGANISATION, **person), email="a@example.org")
    assert rules.may_send_again(invitation).denial is denial


def test_may_be_tied(cast):
    free, shut = Person(organisation=cast.organisation), User(email="closed@example.org", is_active=False)
    user = User.objects.create_user("new@example.org")
    assert rules.may_be_tied(free, user, None)
    assert rules.may_be_tied(free, cast.participant.user, cast.participant)
    assert rules.may_be_tied(cast.participant, user, None).denial is Denial.NOT_NOW
    assert rules.may_be_tied(free, shut, None).denial is Denial.NOT_NOW
    assert rules.may_be_tied(free, user, Person(is_active=False)).denial is Denial.NOT_NOW


IN = UUID(int=7)


@pytest.mark.parametrize(
    ("actor", "person", "denial"),
    [
        ({"is_administrator": True}, {}, None),
        ({"is_administrator": True}, {"known_in": IN}, Denial.NOT_YOURS),
        ({}, {}, Denial.NOT_YOURS),
        ({"is_administrator": True}, {"organisation": ELSEWHERE}, Denial.HIDDEN),
    ],
)
def test_may_speak_for_address(actor, person, denial):
    actor, person = (
        Person(organisation=ORGANISATION, **actor),
        Person(**{"organisation": ORGANISATION, **person}),
    )
    assert rules.may_speak_for_address(actor, person).denial is denial
    assert rules.may_be_spoken_for(actor, person, None).denial is denial


@pytest.mark.parametrize(
    ("facts", "journey_id", "denial"),
    [
        ({"known_in": IN}, IN, None),
        ({"known_in": IN}, UUID(int=8), Denial.HIDDEN),
        ({}, IN, Denial.HIDDEN),
        ({"user": USER}, IN, None),
    ],
)
def test_may_be_spoken_for_in_a_journey(facts, journey_id, denial):
    person = Person(organisation=ORGANISATION, **facts)
    assert rules.may_be_spoken_for(Person(organisation=ORGANISATION), person, journey_id).denial is denial
    assert rules.may_be_spoken_for(None, Person(organisation=ORGANISATION), None)


def test_no_role_is_given_before_somebody_came():
    actor = Person(organisation=ORGANISATION, is_administrator=True)
    waiting = Person(organisation=ORGANISATION, known_in=IN)
    assert rules.may_change_roles(actor, waiting, stays_administrator=False)
    given = rules.may_change_roles(actor, waiting, stays_administrator=False, gives=True)
    assert given.denial is Denial.NOT_NOW

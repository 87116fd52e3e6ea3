"""Beginning a journey, inviting, naming: what changes, what is refused, and that nothing changes without its record."""

import datetime as dt

import pytest
from django.core import mail

from alongside.journeys.states import JourneyState, Part
from alongside.kernel.errors import Refused
from alongside.overview import actions
from alongside.people.models import Person

FACTS = {
    "kind": "supervision",
    "template": "student-placement",
    "title": "",
    "meeting_minutes": 45,
    "every_days": 7,
    "planned_meetings": 8,
}
NEW = {"participant": None, "name": "Nia New", "email": "nia@example.org", "time_zone": "Europe/Paris"}


def test_a_journey_begins_with_somebody_new(cast):
    journey = actions.set_up_journey(**FACTS, **NEW, by=cast.guide)
    seat = cast.seat(cast.guide, journey)
    assert (seat.state, seat.participant.name) == (JourneyState.DRAFT, "Nia New")
    assert seat.participant.person.time_zone == "Europe/Paris"
    assert mail.outbox == []


def test_somebody_known_at_the_address_is_somebody_new_until_they_come(cast):
    facts = {**NEW, "name": "Another name", "email": cast.participant.email}
    journey = actions.set_up_journey(**FACTS, **facts, by=cast.guide)
    who = cast.seat(cast.guide, journey).participant
    assert who.person != cast.participant and who.name == "Another name"
    assert (who.person.known_in, who.person.user_id) == (journey.id, None)


def test_somebody_of_another_organisation_stays_there(cast):
    facts = {**NEW, "email": cast.stranger.email}
    journey = actions.set_up_journey(**FACTS, **facts, by=cast.guide)
    who = cast.seat(cast.guide, journey).participant.person
    assert who != cast.stranger
    assert who.organisation_id == cast.organisation.id


@pytest.mark.without_ledger("overview.actions.set_up_journey")
def test_one_under_way_elsewhere_goes_on_with_its_agreement(cast):
    facts = {**NEW, "participant": cast.participant, "first_number": 5, "agreed_on": dt.date(2026, 1, 2)}
    journey = actions.set_up_journey(**FACTS, **facts, by=cast.guide)
    assert cast.seat(cast.guide, journey).state == JourneyState.ACTIVE
    assert mail.outbox[-1].to == [cast.participant.email]


def test_only_guides_begin(cast):
    with pytest.raises(Refused):
        actions.set_up_journey(**FACTS, **NEW, by=cast.participant)
    assert not Person.objects.filter(email="nia@example.org").exists()


def test_an_invitation_goes_to_the_corrected_address(cast):
    journey = actions.set_up_journey(**FACTS, **NEW, by=cast.guide)
    actions.invite_at(email="Right@Example.org", by=cast.seat(cast.guide, journey))
    assert mail.outbox[-1].to == ["right@example.org"]
    assert cast.seat(cast.guide, journey).state == JourneyState.PREPARING
    actions.invite_at(email="righter@example.org", by=cast.seat(cast.guide, journey))
    assert mail.outbox[-1].to == ["righter@example.org"]


@pytest.mark.without_ledger("overview.actions.invite_at")
def test_without_an_address_the_two_write_in_the_room(cast):
    journey = actions.set_up_journey(**FACTS, **{**NEW, "email": ""}, by=cast.guide)
    assert actions.invite_at(email="", by=cast.seat(cast.guide, journey)) is None
    assert cast.seat(cast.guide, journey).state == JourneyState.PREPARING
    assert mail.outbox == []


def test_who_has_come_is_not_invited_again(cast):
    journey = cast.journey()
    with pytest.raises(Refused):
        actions.invite_at(email="other@example.org", by=cast.seat(cast.guide, journey))
    assert Person.objects.get(id=cast.participant.id).email == cast.participant.email


def test_the_address_of_one_who_signs_in_is_theirs(cast):
    journey = cast.journey(state="draft")
    actions.invite_at(email="other@example.org", by=cast.seat(cast.guide, journey))
    assert Person.objects.get(id=cast.participant.id).email == cast.participant.email
    assert mail.outbox[-1].to == [cast.participant.email]


@pytest.mark.without_ledger("overview.actions.name_somebody")
def test_somebody_new_is_named_and_invited(cast):
    journey = cast.journey()
    by = cast.seat(cast.participant, journey)
    member = actions.name_somebody(name="Fay Friend", email="fay@example.org", part=Part.SUPPORTER, by=by)
    assert mail.outbox[-1].to == ["fay@example.org"]
    assert cast.seat(member.person, journey).is_named


def test_somebody_who_signs_in_is_asked(cast):
    by = cast.seat(cast.guide, cast.journey())
    member = actions.name_somebody(name="Colin", email=cast.colleague.email, part=Part.CO_GUIDE, by=by)
    assert mail.outbox[-1].to == [cast.colleague.email]
    assert "/invitation/" in mail.outbox[-1].body
    assert member.person != cast.colleague


def test_nobody_is_invited_twice_at_one_address(cast):
    journey = cast.journey()
    facts = {"email": "fay@example.org", "part": Part.SUPPORTER}
    actions.name_somebody(name="Fay", **facts, by=cast.seat(cast.guide, journey))
    with pytest.raises(Refused, match="invited already"):
        actions.name_somebody(name="Fay again", **facts, by=cast.seat(cast.participant, journey))


def test_a_named_person_names_nobody(cast):
    by = cast.seat(cast.supporter, cast.journey())
    with pytest.raises(Refused):
        actions.name_somebody(name="Fay", email="fay@example.org", part=Part.SUPPORTER, by=by)
    assert not Person.objects.filter(email="fay@example.org").exists()

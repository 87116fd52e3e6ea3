"""Coming in by an invitation: one seat, with all that was written from it, and nothing beside it."""

import datetime as dt

import pytest
from django.apps import apps

from alongside.journeys import joining
from alongside.journeys.joining import move_seat, sit_apart, take_seat
from alongside.journeys.models import JourneyMember, Visibility, Words
from alongside.journeys.states import Part
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.overview.actions import invite_at
from alongside.people.models import Invitation, Person
from alongside.rooms.environment.actions import PlaceWords, book_meeting, make_place
from alongside.rooms.environment.models import Claim, Meeting

NOT_OF_A_JOURNEY = {
    "archive.Archive",
    "archive.ArchiveStateRecord",
    "caseload_files.CaseloadFile",
    "people.AccountStateRecord",
    "people.AddressChange",
    "people.AddressStateRecord",
    "people.FactorReset",
    "people.KeptForm",
    "people.ConsentRecord",
    "people.Restriction",
    "people.Invitation",
    "people.FailedEmail",
    "people.Organisation",
    "people.Person",
    "goals.SafetyTest",
    "goals.ServiceInstrument",
    "goals.TrackingBounds",
    "journeys.Material",
    "journeys.MaterialVersion",
    "journeys.Rehearsal",
    "programmes.Programme",
    "programmes.ProgrammeMember",
    "retention.AccessCopy",
    "retention.AccessLogEntry",
    "retention.AccessPart",
    "retention.AccessRedaction",
    "retention.AccessRequest",
    "retention.AccessStateRecord",
    "retention.HarmCheck",
    "retention.Certificate",
    "retention.Erasure",
    "retention.ErasureStateRecord",
    "retention.KeepingRule",
    "room_environment.BusyCalendar",
    "room_environment.BusyTimeRange",
    "room_environment.Feed",
    "room_environment.EmailWishes",
    "room_environment.OtherHours",
    "room_environment.Place",
    "room_environment.Protection",
    "room_environment.TimeAway",
    "room_environment.Window",
    "room_first_meeting.AgreementText",
}
"""What is a person's own, or the service's: it stays where it is when a seat moves."""


def test_every_model_that_names_a_person_lies_in_a_journey_or_is_known_here():
    reached = {model for model, _path, _names in joining._naming_people()}
    others = {
        model._meta.label
        for model in apps.get_models()
        if model not in reached
        and any(field.is_relation and field.related_model is Person for field in model._meta.concrete_fields)
    }
    assert others <= NOT_OF_A_JOURNEY, others - NOT_OF_A_JOURNEY
    assert len(reached) > 40


def waiting(cast, email: str) -> tuple:
    """A journey whose participant, without an account, is invited at that address: (journey, invitation)."""
    journey = cast.journey(state="preparing", participant_has_account=False)
    invite_at(email=email, by=cast.seat(cast.guide, journey))
    return journey, Invitation.objects.get(journey_id=journey.id, accepted_at=None, voided_at=None)


def booked(cast, journey, hour: int) -> Meeting:
    starts = clock.now().replace(hour=hour, minute=0, second=0, microsecond=0) + dt.timedelta(days=3)
    words = PlaceWords(kind="room", name=f"Room {hour}", is_private=True)
    place, seat = make_place(words=words, by=cast.guide), cast.seat(cast.guide, journey)
    return book_meeting(place=place, starts_at=starts, minutes=60, override="It suits both", by=seat)


@pytest.mark.without_ledger("journeys.joining.take_seat")
def test_what_was_written_from_the_seat_goes_along(cast):
    journey, invitation = waiting(cast, cast.participant.email)
    unproven = invitation.person
    facts = {"place": "preparation", "subject_id": journey.id, "box": "brings", "visibility": Visibility.OURS}
    Words.objects.create(journey=journey, author=unproven, text="In the room.", **facts)
    meeting = booked(cast, journey, 9)

    person = take_seat(invitation=invitation, user=cast.participant.user, by=None)

    assert person == cast.participant
    assert Words.objects.get(journey=journey, place="preparation").author == cast.participant
    assert Claim.objects.get(meeting=meeting, role="participant").subject == cast.participant.id
    assert not JourneyMember.objects.filter(person=unproven).exists()


def test_two_appointments_at_one_time_are_not_taken_together(cast):
    own = booked(cast, cast.journey(), 13)
    journey, invitation = waiting(cast, cast.participant.email)
    other = booked(cast, journey, 9)
    at = {"starts_at": other.starts_at, "ends_at": other.ends_at}
    Claim.objects.filter(meeting=own, role="participant").update(**at)

    with pytest.raises(Refused, match="another appointment at the same time"):
        take_seat(invitation=invitation, user=cast.participant.user, by=None)

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert cast.seat(cast.guide, journey).participant.person != cast.participant


def test_who_sits_there_already_does_not_take_another_seat(cast):
    _journey, invitation = waiting(cast, cast.guide.email)
    with pytest.raises(Refused, match="already have a part"):
        take_seat(invitation=invitation, user=cast.guide.user, by=None)
    invitation.refresh_from_db()
    assert invitation.accepted_at is None


def test_the_link_to_an_earlier_address_opens_nothing(cast):
    _journey, invitation = waiting(cast, "first@example.org")
    Person.objects.filter(id=invitation.person_id).update(email="second@example.org")
    invitation.refresh_from_db()
    with pytest.raises(Refused, match="no longer valid"):
        take_seat(invitation=Invitation.objects.get(id=invitation.id), user=None, by=None)


def test_somebody_in_several_journeys_sits_apart_before_they_are_invited(cast):
    first, second = cast.journey(participant_has_account=False), cast.journey(participant_has_account=False)
    pat = cast.seat(cast.guide, first).participant.person
    JourneyMember.objects.filter(journey=second, part=Part.PARTICIPANT).update(person=pat)

    seat = sit_apart(cast.seat(cast.guide, second))

    assert seat.participant.person != pat and seat.participant.person.known_in == second.id
    assert cast.seat(cast.guide, first).participant.person == pat
    assert sit_apart(seat) is seat


def test_an_invitation_sent_while_they_sat_in_several_is_not_valid(cast):
    first = cast.journey(participant_has_account=False)
    _second, invitation = waiting(cast, "pat@example.org")
    JourneyMember.objects.filter(journey=first, part=Part.PARTICIPANT).update(person=invitation.person)
    with pytest.raises(Refused, match="no longer valid"):
        take_seat(invitation=invitation, user=None, by=None)


def test_a_seat_moves_to_nobody_else_for_nothing(cast):
    journey = cast.journey()
    assert move_seat(cast.guide, cast.guide, journey.id) == 0

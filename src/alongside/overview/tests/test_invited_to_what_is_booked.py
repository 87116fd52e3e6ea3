"""Who is invited to a journey is invited to what is booked in it, at once, at the address they are invited at."""

import pytest
from django.core import mail

from alongside.overview.actions import invite_at
from alongside.rooms.environment.models import MeetingEmail
from alongside.rooms.environment.tasks.invitations import look_for_astray
from alongside.rooms.environment.tests.factories import at, booked, place  # noqa: F401

pytestmark = pytest.mark.django_db


def about_meetings():
    return [(row.email, row.event) for row in MeetingEmail.objects.order_by("id")]


@pytest.mark.parametrize("has_account", [True, False])
def test_what_was_booked_in_a_draft_is_told_when_the_participant_is_invited(cast, place, has_account):  # noqa: F811
    seat = cast.seat(cast.guide, cast.journey(state="draft", participant_has_account=has_account))
    booked(seat, place, at(3))
    look_for_astray.enqueue()
    assert mail.outbox == []
    invite_at(email=seat.participant.person.email, by=seat)
    look_for_astray.enqueue()
    assert about_meetings() == [(seat.participant.person.email, "booked")]


def test_a_new_invitation_at_another_address_takes_the_meetings_along(cast, place):  # noqa: F811
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    booked(seat, place, at(3))
    wrong = seat.participant.person.email
    invite_at(email="right@example.org", by=seat)
    assert about_meetings() == [
        (wrong, "booked"),
        (wrong, "withdrawn"),
        ("right@example.org", "booked"),
    ]

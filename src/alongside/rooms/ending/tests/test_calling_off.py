"""When a journey is over nobody keeps a time for a meeting that will not be."""

import pytest
from django.core import mail

from alongside.kernel.clock import today
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.wishes import actions as wishes_actions
from alongside.rooms.environment.models import Claim
from alongside.rooms.environment.queries import meetings_with_state
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.environment.tests.factories import at, booked, room
from alongside.rooms.first_meeting.states import Side

from .furniture import ready_to_close


def completed(cast, journey):
    for who, side in ((cast.guide, Side.GUIDE), (cast.participant, Side.PARTICIPANT)):
        closing_actions.acknowledge(side=side, by=cast.seat(who, journey))


def ended_early(cast, journey):
    wishes_actions.give_notice(
        reason="Away", last_day=today("Europe/London"), by=cast.seat(cast.guide, journey)
    )
    closing_actions.end_early(by=cast.seat(cast.participant, journey))


def takes_back(letter) -> bool:
    """A letter on which a calendar takes the meeting out again."""
    return any(part.get_param("method") == "CANCEL" for part in letter.message().walk())


@pytest.mark.parametrize("ends", [completed, ended_early])
def test_what_is_booked_is_called_off_and_both_are_told(cast, ends, django_capture_on_commit_callbacks):
    journey = ready_to_close(cast)
    meeting = booked(cast.seat(cast.guide, journey), room(cast.guide), at(3))
    with django_capture_on_commit_callbacks(execute=True):
        ends(cast, journey)
    seat = cast.seat(cast.guide, journey)
    assert meetings_with_state(seat).get(id=meeting.id).state == MeetingState.CANCELLED
    assert not Claim.objects.filter(meeting=meeting).exists()
    told = [letter for letter in mail.outbox if takes_back(letter)]
    assert seat.is_over and {letter.to[0] for letter in told} >= {cast.participant.email}


def test_withdrawing_frees_it_too(cast):
    journey = cast.journey(state="preparing")
    meeting = booked(cast.seat(cast.guide, journey), room(cast.guide), at(3))
    wishes_actions.withdraw(reason="Not now", by=cast.seat(cast.participant, journey))
    assert not Claim.objects.filter(meeting=meeting).exists()

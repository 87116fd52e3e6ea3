"""When the rules of a zone change, what was agreed on the wall stays, and both are told."""

import datetime as dt

import pytest
from django.core import mail

from alongside.rooms.environment.actions.clocks import follow_the_clocks
from alongside.rooms.environment.models import Claim, Meeting, MeetingTime
from alongside.rooms.environment.queries import meeting_in
from alongside.rooms.environment.queries.clocks import moved_by_the_clocks
from alongside.rooms.environment.tasks.clocks import look_at_the_clocks

from .factories import at, booked

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def as_under_older_rules(meeting: Meeting) -> None:
    """As it would have been stored when its zone was an hour elsewhere."""
    time_ranges = {"starts_at": meeting.starts_at + HOUR, "ends_at": meeting.ends_at + HOUR}
    Claim.objects.filter(meeting=meeting).update(**time_ranges)
    Meeting.objects.filter(id=meeting.id).update(**time_ranges)


def test_a_meeting_keeps_its_time_on_the_wall_and_both_get_an_update(cast, seat, place):
    meeting = booked(seat, place, at(3))
    as_under_older_rules(meeting)
    look_at_the_clocks.enqueue()
    look_at_the_clocks.enqueue()
    now = meeting_in(seat, meeting_id=meeting.id)
    assert (now.starts_at, now.sequence, now.wall_time) == (meeting.starts_at, 1, meeting.wall_time)
    assert set(Claim.objects.values_list("starts_at", flat=True)) == {meeting.starts_at}
    assert list(MeetingTime.objects.order_by("sequence").values_list("sequence", flat=True)) == [0, 1]
    assert [one.subject for one in mail.outbox] == ["Appointment", "Appointment moved", "Appointment moved"]


@pytest.mark.without_ledger("rooms.environment.actions.clocks.follow_the_clocks")
def test_meetings_right_behind_one_another_all_follow(seat, place):
    meetings = [booked(seat, place, at(3, hour)) for hour in (10, 11, 12)]
    for meeting in reversed(meetings):
        as_under_older_rules(meeting)
    look_at_the_clocks.enqueue()
    assert moved_by_the_clocks() == []
    assert [one.sequence for one in Meeting.objects.all()] == [1, 1, 1]


def test_what_did_not_move_is_left_alone(seat, place):
    meeting = booked(seat, place, at(3))
    assert moved_by_the_clocks() == []
    assert follow_the_clocks(meeting=meeting, by=None).sequence == 0


@pytest.mark.without_ledger("rooms.environment.actions.clocks.ask_about_the_clocks")
def test_a_meeting_that_would_run_into_another_stays_as_it_was_and_it_is_logged(seat, place, caplog):
    meeting = booked(seat, place, at(3))
    as_under_older_rules(meeting)
    in_the_way = booked(seat, place, at(3))

    look_at_the_clocks.enqueue()

    now = meeting_in(seat, meeting_id=meeting.id)
    assert (now.starts_at, now.sequence) == (meeting.starts_at + HOUR, 0)
    assert meeting_in(seat, meeting_id=in_the_way.id).sequence == 0
    assert "1 meetings could not follow a change of the clocks" in caplog.text


def test_both_are_told_and_asked_when_it_follows(cast, seat, place):
    meeting = booked(seat, place, at(3))
    as_under_older_rules(meeting)
    look_at_the_clocks.enqueue()
    assert [one.to[0] for one in mail.outbox[1:]] == [cast.participant.email, cast.guide.email]
    for one in mail.outbox[1:]:
        assert "The rules for the clocks of Europe/London have changed." in one.body
        assert "Does this hour still suit you?" in one.body
    assert "/emails/" in mail.outbox[1].body and "/environment/" in mail.outbox[2].body


def test_both_are_asked_once_when_it_cannot_follow_and_the_page_says_so(cast, seat, place):
    meeting = booked(seat, place, at(3))
    as_under_older_rules(meeting)
    booked(seat, place, at(3))
    before = len(mail.outbox)
    look_at_the_clocks.enqueue()
    look_at_the_clocks.enqueue()
    assert [(one.to[0], one.subject) for one in mail.outbox[before:]] == [
        (cast.participant.email, "Appointment: which hour?"),
        (cast.guide.email, "Appointment: which hour?"),
    ]
    assert "Which hour shall it be?" in mail.outbox[-1].body
    page = cast.client(cast.participant).get(f"/journeys/{seat.journey.id}/environment/").content.decode()
    assert "The rules for the clocks of Europe/London have changed" in page


def test_a_meeting_whose_zone_is_no_longer_known_stays_where_it_is(seat, place):
    booked(seat, place, at(3))
    Meeting.objects.update(zone="Mars/Phobos")

    look_at_the_clocks.enqueue()

    assert (moved_by_the_clocks(), Meeting.objects.get().sequence) == ([], 0)

"""Each action: done, refused, and nothing left behind when the ledger can't be written.

Long, because its last parts try every action of the room against a ledger that fails, and the letters of each.
"""

import datetime as dt

import pytest
from django.core import mail

from alongside.journeys.actions import enter_state
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, Refused
from alongside.kernel.verdict import Denial
from alongside.ledger.models import Entry
from alongside.rooms.environment import actions
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import (
    Claim,
    EnvironmentCheck,
    Meeting,
    MeetingEmail,
    MeetingTime,
    Place,
)
from alongside.rooms.environment.queries import (
    meeting_by_number,
    meeting_in,
    meetings_of,
    next_meeting,
    next_number,
)
from alongside.rooms.environment.tasks import post_meeting_email

from .factories import at, booked, room

GOOD = actions.Ticks(private=True, quiet=True, phones_away=True, enough_time=True, both_ready=True)
KEPT = {"started_on_time": True, "interruptions": 0, "had_enough_time": True}


@pytest.fixture
def under_way(seat, place):
    """A meeting that began two hours ago and of which nothing has been said."""
    meeting = booked(seat, place, at(1))
    begun = now() - dt.timedelta(hours=2)
    Meeting.objects.filter(id=meeting.id).update(starts_at=begun, ends_at=begun + dt.timedelta(hours=1))
    return meeting_in(seat, meeting_id=meeting.id)


# --- booking -----------------------------------------------------------------------------------------------


def test_book_meeting_keeps_the_moment_the_zone_and_the_time_on_the_wall(cast, seat, place):
    meeting = actions.book_meeting(
        place=place, starts_at=dt.datetime(2030, 7, 3, 9, 0, tzinfo=dt.UTC), minutes=50, by=seat
    )

    meeting.refresh_from_db()
    assert (meeting.zone, meeting.wall_date, meeting.wall_time) == (
        "Europe/London",
        dt.date(2030, 7, 3),
        dt.time(10, 0),
    )
    assert meeting.ends_at - meeting.starts_at == dt.timedelta(minutes=50)
    assert (meeting.number, meeting.sequence, meeting.guide) == (1, 0, cast.guide)
    assert {claim.subject for claim in Claim.objects.filter(meeting=meeting)} == {
        cast.guide.id,
        cast.participant.id,
        place.id,
    }
    assert next_meeting(seat).state == "planned"
    assert Entry.objects.get(event="meeting.booked").detail == {"number": 1, "state": "planned"}


def test_book_meeting_by_the_participant_is_guided_by_the_guide_and_tells_both(cast, seat, place):
    own = cast.seat(cast.participant, seat.journey)

    meeting = actions.book_meeting(place=place, starts_at=at(3), minutes=60, by=own)

    assert meeting.guide == cast.guide
    assert {meeting_email.recipient for meeting_email in MeetingEmail.objects.all()} == {
        cast.guide,
        cast.participant,
    }


@pytest.mark.parametrize(
    ("shift", "who"),
    [(0, "already meeting each other at that time"), (30, "already meeting each other at that time")],
)
def test_book_meeting_where_the_two_meet_already_offers_other_times(seat, place, shift, who):
    booked(seat, place, at(3))

    with pytest.raises(TimeTaken, match=who) as refused:
        actions.book_meeting(place=place, starts_at=at(3) + dt.timedelta(minutes=shift), minutes=60, by=seat)

    assert len(refused.value.free) == 3
    assert "These times are free" in str(refused.value.verdict.sentence)
    for free in refused.value.free:
        assert actions.book_meeting(place=place, starts_at=free, minutes=60, by=seat)


@pytest.mark.without_ledger("rooms.environment.actions.meetings.make_place")
def test_book_meeting_says_who_is_taken_never_with_whom(cast, seat, place):
    other = cast.journey(kind="treatment")
    booked(cast.seat(cast.guide, other), place, at(3))
    as_participant = cast.seat(cast.participant, seat.journey)

    with pytest.raises(TimeTaken, match="You are in another meeting"):
        actions.book_meeting(place=room(cast.guide), starts_at=at(3), minutes=60, by=seat)
    with pytest.raises(TimeTaken, match="You are in another meeting"):
        actions.book_meeting(place=place, starts_at=at(3), minutes=60, by=as_participant)


def test_book_meeting_says_that_the_other_or_the_place_is_taken(cast, seat, place):
    from tests.cast import person

    someone = person(cast.organisation, "Olive Other")
    others = type(cast)(**{**vars(cast), "participant": someone})
    booked(cast.seat(cast.guide, others.journey()), place, at(3))
    as_participant = cast.seat(cast.participant, seat.journey)
    shared = room(cast.guide, participants_may_book=True)
    Place.objects.filter(id=shared.id).update(owner=None)
    shared.refresh_from_db()
    colleague = type(cast)(**{**vars(cast), "guide": cast.colleague, "participant": someone})
    booked(cast.seat(cast.colleague, colleague.journey()), shared, at(5))

    with pytest.raises(TimeTaken, match="Gwen Guide is not free"):
        actions.book_meeting(place=place, starts_at=at(3), minutes=60, by=as_participant)
    with pytest.raises(TimeTaken, match="The place is taken"):
        actions.book_meeting(place=shared, starts_at=at(5), minutes=60, by=seat)


def test_book_meeting_right_behind_another_is_fine(seat, place):
    booked(seat, place, at(3))

    assert booked(seat, place, at(3, hour=11)).number == 2


@pytest.mark.without_ledger("rooms.environment.actions.meetings.book_meeting")
def test_book_meeting_in_the_past_is_refused_unless_it_was_held(seat, place):
    with pytest.raises(Refused, match="past"):
        actions.book_meeting(place=place, starts_at=at(-3), minutes=60, by=seat)

    meeting = booked(seat, place, at(-3), already_held=True)

    assert meeting.state == "held"
    assert not MeetingEmail.objects.exists()


def test_book_meeting_in_a_place_of_somebody_else_does_not_find_it(cast, seat):
    with pytest.raises(Refused) as refused:
        actions.book_meeting(place=room(cast.colleague), starts_at=at(3), minutes=60, by=seat)

    assert refused.value.verdict.denial is Denial.HIDDEN


def test_book_meeting_in_a_draft_tells_nobody_who_was_not_invited(cast, place):
    seat = cast.seat(cast.guide, cast.journey(state="draft"))

    booked(seat, place, at(3))

    assert not MeetingEmail.objects.exists()
    assert mail.outbox == []


def test_numbers_follow_the_times_and_are_given_again(seat, place):
    first, third = booked(seat, place, at(2)), booked(seat, place, at(9))
    second = booked(seat, place, at(5))

    def numbers():
        return [meeting_in(seat, meeting_id=one.id).number for one in (first, second, third)]

    assert (second.number, numbers()) == (2, [1, 2, 3])
    actions.cancel_meeting(meeting=meeting_in(seat, meeting_id=first.id), by=seat)
    assert numbers() == [None, 1, 2]
    actions.move_meeting(
        meeting=meeting_in(seat, meeting_id=third.id), place=place, starts_at=at(4), minutes=60, by=seat
    )
    assert numbers() == [None, 2, 1]
    assert next_number(seat) == 3
    assert meeting_by_number(seat, 1).id == third.id
    assert meeting_by_number(seat, 9) is None


def test_numbers_go_on_from_where_a_journey_is_begun(cast, place):
    seat = cast.seat(cast.guide, cast.journey(first_number=4))

    assert booked(seat, place, at(-2), already_held=True).number == 4
    assert booked(seat, place, at(3)).number == 5


# --- moving and cancelling ---------------------------------------------------------------------------------


def test_move_meeting_keeps_its_uid_and_raises_its_sequence(seat, place):
    meeting = booked(seat, place, at(3))

    moved = actions.move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=30, by=seat)

    assert (moved.uid, moved.sequence) == (meeting.uid, 1)
    assert set(Claim.objects.values_list("starts_at", "ends_at")) == {(moved.starts_at, moved.ends_at)}
    assert list(MeetingTime.objects.order_by("sequence").values_list("starts_at", flat=True)) == [
        at(3),
        at(4),
    ]


def test_move_meeting_may_overlap_its_own_old_time(seat, place):
    meeting = booked(seat, place, at(3))

    moved = actions.move_meeting(
        meeting=meeting, place=place, starts_at=at(3, minute=30), minutes=60, by=seat
    )

    assert moved.starts_at == at(3, minute=30)


def test_move_meeting_onto_another_is_refused(seat, place):
    booked(seat, place, at(3))
    meeting = booked(seat, place, at(4))

    with pytest.raises(TimeTaken):
        actions.move_meeting(meeting=meeting, place=place, starts_at=at(3), minutes=60, by=seat)

    assert meeting_in(seat, meeting_id=meeting.id).starts_at == at(4)


def test_move_meeting_from_an_outdated_page_or_to_where_it_is_is_refused(seat, place):
    seen = booked(seat, place, at(3))
    actions.move_meeting(meeting=seen, place=place, starts_at=at(4), minutes=60, by=seat)

    with pytest.raises(NotThisMoment, match="just been moved"):
        actions.move_meeting(meeting=seen, place=place, starts_at=at(5), minutes=60, by=seat)
    with pytest.raises(NotThisMoment, match="already has"):
        fresh = meeting_in(seat, meeting_id=seen.id)
        actions.move_meeting(meeting=fresh, place=place, starts_at=at(4), minutes=60, by=seat)


def test_cancel_meeting_frees_its_time_and_keeps_the_reason_sealed(seat, place):
    meeting = booked(seat, place, at(3))

    entered = actions.cancel_meeting(meeting=meeting, reason=" Flu. ", by=seat)

    entered.refresh_from_db()
    assert entered.word == "Flu."
    assert not Claim.objects.exists()
    assert [(one.state, one.number, one.sequence) for one in meetings_of(seat)] == [("cancelled", None, 1)]
    assert next_meeting(seat) is None
    again = booked(seat, place, at(3))
    assert (again.number, again.sequence) == (1, 0)
    assert again.uid != meeting.uid
    assert "Flu" not in str(Entry.objects.values_list("detail", flat=True))


def test_cancel_meeting_twice_is_refused(seat, place):
    meeting = booked(seat, place, at(3))
    actions.cancel_meeting(meeting=meeting, by=seat)

    with pytest.raises(Refused, match="cancelled"):
        actions.cancel_meeting(meeting=meeting, by=seat)


@pytest.mark.without_ledger("rooms.environment.actions.meetings.cancel_meeting")
def test_cancel_meeting_whose_time_is_over_tells_nobody(seat, under_way):
    actions.cancel_meeting(meeting=under_way, by=seat)

    assert [meeting_email.event for meeting_email in MeetingEmail.objects.all()] == ["booked"]


def test_cancel_meeting_in_a_journey_that_rests(cast, seat, place):
    meeting = booked(seat, place, at(3))
    enter_state(state=JourneyState.PAUSED, reason="Rest", by=seat)

    actions.cancel_meeting(meeting=meeting, by=cast.seat(cast.guide, seat.journey))

    assert not Claim.objects.exists()


# --- what became of it -------------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.environment.actions.meetings.note_held")
def test_note_held_late(seat, under_way):
    actions.note_held(meeting=under_way, late=True, by=seat)

    assert [(one.state, one.late, one.number) for one in meetings_of(seat)] == [("held", True, 1)]
    assert Claim.objects.count() == 3


@pytest.mark.without_ledger("rooms.environment.actions.meetings.note_missed")
def test_note_missed_gives_its_number_away(seat, under_way):
    actions.note_missed(meeting=under_way, word="The bus", by=seat)

    assert [(one.state, one.number) for one in meetings_of(seat)] == [("missed", None)]
    assert next_number(seat) == 1
    assert not Claim.objects.exists()


def test_note_held_or_missed_of_what_is_still_to_come_is_refused(seat, place):
    meeting = booked(seat, place, at(3))

    with pytest.raises(Refused):
        actions.note_held(meeting=meeting, by=seat)
    with pytest.raises(Refused):
        actions.note_missed(meeting=meeting, by=seat)


@pytest.mark.without_ledger(
    "rooms.environment.actions.meetings.check_environment", "rooms.environment.actions.meetings.note_time"
)
def test_check_and_note_time_replace_what_was_said(cast, seat, under_way):
    other = cast.seat(cast.participant, seat.journey)

    actions.check_environment(meeting=under_way, ticks=actions.Ticks(quiet=True), by=seat)
    actions.check_environment(meeting=under_way, ticks=GOOD, by=other)
    actions.note_time(meeting=under_way, **KEPT, by=other)
    actions.note_time(meeting=under_way, **{**KEPT, "interruptions": 7}, by=seat)

    check = EnvironmentCheck.objects.get()
    assert (check.private, check.checked_by, check.interruptions, check.noted_by) == (
        True,
        cast.participant,
        2,
        cast.guide,
    )


def test_check_and_note_time_at_the_wrong_moment_are_refused(seat, place, under_way):
    ahead = booked(seat, place, at(3))
    actions.note_held(meeting=under_way, by=seat)

    with pytest.raises(Refused):
        actions.note_time(meeting=ahead, **KEPT, by=seat)
    with pytest.raises(Refused):
        actions.check_environment(meeting=meeting_in(seat, meeting_id=under_way.id), ticks=GOOD, by=seat)


# --- places ------------------------------------------------------------------------------------------------

WORDS = actions.PlaceWords(kind="room", name=" Attic ", details=" Up the stairs ")


@pytest.mark.without_ledger(
    "rooms.environment.actions.meetings.change_place", "rooms.environment.actions.meetings.restore_place"
)
def test_place_from_made_to_retired_and_back(cast):
    place = actions.make_place(words=WORDS, by=cast.guide)
    actions.change_place(place=place, words=actions.PlaceWords(kind="video", name="Screen"), by=cast.guide)
    actions.retire_place(place=place, by=cast.guide)
    place.refresh_from_db()
    assert (place.name, place.kind, place.retired_by) == ("Screen", "video", cast.guide)
    actions.restore_place(place=place, by=cast.guide)

    place.refresh_from_db()
    assert (place.retired_at, place.retired_by, place.owner) == (None, None, cast.guide)


def test_place_actions_of_somebody_else_are_refused(cast, place):
    with pytest.raises(Refused):
        actions.make_place(words=WORDS, by=cast.participant)
    for action in (actions.retire_place, actions.restore_place):
        with pytest.raises(Refused):
            action(place=place, by=cast.colleague)
    with pytest.raises(Refused):
        actions.change_place(place=place, words=WORDS, by=cast.colleague)


# --- without its record in the ledger, nothing has happened ------------------------------------------------

ACTIONS = {
    "book": lambda s, p, m: actions.book_meeting(place=p, starts_at=at(20), minutes=60, by=s),
    "move": lambda s, p, m: actions.move_meeting(meeting=m, place=p, starts_at=at(9), minutes=60, by=s),
    "cancel": lambda s, p, m: actions.cancel_meeting(meeting=m, by=s),
    "held": lambda s, p, m: actions.note_held(meeting=m, by=s),
    "missed": lambda s, p, m: actions.note_missed(meeting=m, by=s),
    "check": lambda s, p, m: actions.check_environment(meeting=m, ticks=GOOD, by=s),
    "time": lambda s, p, m: actions.note_time(meeting=m, **KEPT, by=s),
    "make": lambda s, p, m: actions.make_place(words=WORDS, by=s.actor),
    "change": lambda s, p, m: actions.change_place(place=p, words=WORDS, by=s.actor),
    "retire": lambda s, p, m: actions.retire_place(place=p, by=s.actor),
    "restore": lambda s, p, m: actions.restore_place(
        place=Place.objects.exclude(retired_at=None).get(), by=s.actor
    ),
}


# --- letters -----------------------------------------------------------------------------------------------


def test_emails_say_when_and_where_in_the_readers_zone_and_nothing_of_the_kind(cast):
    cast.participant.time_zone = "America/New_York"
    cast.participant.save()
    seat = cast.seat(cast.guide, cast.journey(kind="treatment"))
    place = room(cast.guide, "O'Brien's room & garden")
    starts_at = dt.datetime(2030, 7, 3, 9, 0, tzinfo=dt.UTC)
    meeting = booked(seat, place, starts_at)
    moved = actions.move_meeting(
        meeting=meeting, place=place, starts_at=starts_at + dt.timedelta(days=1), minutes=60, by=seat
    )
    actions.cancel_meeting(meeting=moved, reason="a secret", by=seat)

    assert [meeting_email.subject for meeting_email in mail.outbox] == [
        "Appointment",
        "Appointment moved",
        "Appointment cancelled",
    ]
    assert {meeting_email.to[0] for meeting_email in mail.outbox} == {cast.participant.email}
    first, second, third = (meeting_email.body for meeting_email in mail.outbox)
    assert "Wednesday 3 July 2030\n  05:00 to 06:00 (America/New_York, EDT)" in first
    assert "O'Brien's room & garden" in first
    assert "Thursday 4 July 2030" in second
    assert "It was planned for Wednesday 3 July 2030 at 05:00." in second
    assert "has been cancelled" in third
    for meeting_email in mail.outbox:
        assert all(
            word not in meeting_email.body.lower() for word in ("treat", "clinic", "patient", "secret")
        )


def test_emails_to_one_without_an_account_bring_the_link_but_no_page(cast):
    seat = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    video = room(cast.guide, "Video", kind="video", details="https://meet.example.org/abc")

    booked(seat, video, at(3))

    assert "https://meet.example.org/abc" in mail.outbox[0].body
    assert "/journeys/" not in mail.outbox[0].body


def test_emails_to_one_with_an_account_leave_the_number_on_the_page(cast, seat):
    booked(seat, room(cast.guide, "Phone", kind="phone", details="0161 496 0000"), at(3))

    assert "0161" not in mail.outbox[0].body
    assert f"/journeys/{seat.journey.id}/environment/" in mail.outbox[0].body


def test_emails_are_posted_once_and_not_when_outdated(seat, place):
    meeting = booked(seat, place, at(3))
    first = MeetingEmail.objects.get()
    post_meeting_email.enqueue(meeting_email_id=str(first.id))
    assert len(mail.outbox) == 1
    assert first.posted_at

    MeetingEmail.objects.filter(id=first.id).update(taken_at=None, posted_at=None)
    actions.move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)
    post_meeting_email.enqueue(meeting_email_id=str(first.id))

    assert [meeting_email.subject for meeting_email in mail.outbox] == ["Appointment", "Appointment"]
    assert (
        "moved" not in mail.outbox[1].body
    )  # the first was never posted: to its reader this is the first of it


def test_emails_that_could_not_be_sent_can_be_taken_again(seat, place, monkeypatch):
    booked(seat, place, at(3))
    meeting_email = MeetingEmail.objects.get()
    MeetingEmail.objects.update(taken_at=None, posted_at=None)

    def fail(self, fail_silently=False):
        raise OSError("no mail server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    assert post_meeting_email.enqueue(meeting_email_id=str(meeting_email.id)).status == "FAILED"

    meeting_email.refresh_from_db()
    assert (meeting_email.taken_at, meeting_email.posted_at) == (None, None)


def test_emails_go_to_nobody_without_an_address(cast, place):
    journey = cast.journey(participant_has_account=False)
    seat = cast.seat(cast.guide, journey)
    seat.participant.person.email = ""
    seat.participant.person.save()

    booked(cast.seat(cast.guide, journey), place, at(3))

    assert not MeetingEmail.objects.exists()

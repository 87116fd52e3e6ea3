"""Nobody and no place is in two meetings at once, whoever asks and however many ask at the same instant."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people.models import Person
from alongside.rooms.environment.actions import book_meeting, cancel_meeting, move_meeting, retire_place
from alongside.rooms.environment.actions.calendars import answer_meeting, say_cannot_come
from alongside.rooms.environment.actions.invitations import invite_where_they_are
from alongside.rooms.environment.actions.missed import note_called
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import (
    CallToMake,
    Claim,
    ClaimRole,
    Meeting,
    MeetingEmail,
    MeetingTime,
    Place,
    Reply,
)
from alongside.rooms.environment.queries import meeting_in
from tests.cast import gather, person

from .factories import at, booked, room

AT_ONCE = 16


def all_at_once(actions):
    """Run every action in a thread and a connection of its own, let go together; what each came to."""
    gate = threading.Barrier(len(actions))

    def run(action):
        try:
            gate.wait(timeout=30)
            return action()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def journeys_that_share(cast, what):
    """Sixteen seats and places which have only this in common: the guide, the participant or the place."""
    shared = room(cast.guide) if what != "place" else None
    for number in range(AT_ONCE):
        guide, participant = cast.guide, cast.participant
        if what != "guide":
            guide = person(cast.organisation, f"Guide{number} Other", is_guide=True)
        if what != "participant":
            participant = person(cast.organisation, f"Participant{number} Other")
        others = type(cast)(**{**vars(cast), "guide": guide, "participant": participant})
        seat = cast.seat(guide, others.journey())
        yield seat, shared if what == "guide" else room(guide)


def while_it_waits(first, second):
    """Begin the second while the first is done but not committed; what the second came to."""
    done = threading.Event()

    def hold():
        try:
            with transaction.atomic():
                first()
                done.set()
                time.sleep(0.5)
        finally:
            done.set()
            connection.close()

    def wait():
        try:
            done.wait(timeout=30)
            return second()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        held, waited = pool.submit(hold), pool.submit(wait)
        held.result()
        return waited.result()


@pytest.mark.parametrize("what", ["guide", "participant", "place"])
def test_of_sixteen_bookings_at_the_same_instant_exactly_one_is_made(committed, what):
    cast = gather()
    if what == "place":
        seats = [seat for seat, _own in journeys_that_share(cast, "place")]
        shared = room(cast.guide)
        shared.owner = None
        shared.save()
        pairs = [(seat, shared) for seat in seats]
    else:
        pairs = list(journeys_that_share(cast, what))
    starts_at = at(3)

    came_to = all_at_once(
        [lambda p=pair: book_meeting(place=p[1], starts_at=starts_at, minutes=60, by=p[0]) for pair in pairs]
    )

    assert [type(one) for one in came_to].count(Meeting) == 1, came_to
    assert [type(one) for one in came_to].count(TimeTaken) == AT_ONCE - 1, came_to
    assert Meeting.objects.count() == 1
    assert Claim.objects.count() == 3


def test_of_sixteen_moves_to_the_same_time_exactly_one_is_made(committed):
    cast = gather()
    seat, place = cast.seat(cast.guide, cast.journey()), room(cast.guide)
    meetings = [booked(seat, place, at(day)) for day in range(1, AT_ONCE + 1)]
    wish = at(30, hour=14)

    came_to = all_at_once(
        [
            lambda m=meeting: move_meeting(meeting=m, place=place, starts_at=wish, minutes=60, by=seat)
            for meeting in meetings
        ]
    )

    assert [type(one) for one in came_to].count(Meeting) == 1, came_to
    assert [type(one) for one in came_to].count(TimeTaken) == AT_ONCE - 1, came_to
    assert Meeting.objects.filter(starts_at=wish).count() == 1
    assert Claim.objects.count() == 3 * AT_ONCE


def test_of_moves_and_cancellations_of_one_meeting_at_the_same_instant_none_is_half_done(committed):
    cast = gather()
    seat, place = cast.seat(cast.guide, cast.journey()), room(cast.guide)
    meeting = booked(seat, place, at(3))

    def move(hour):
        return move_meeting(
            meeting=meeting_in(seat, meeting_id=meeting.id),
            place=place,
            starts_at=at(4, hour=hour),
            minutes=60,
            by=seat,
        )

    def cancel():
        return cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat)

    came_to = all_at_once([*[lambda hour=hour: move(hour) for hour in (9, 11, 13, 15)], cancel, cancel])

    failed = [one for one in came_to if isinstance(one, Exception)]
    assert all(isinstance(one, Refused) for one in failed), came_to
    now_is = meeting_in(seat, meeting_id=meeting.id)
    assert len(failed) < len(came_to)
    assert Claim.objects.count() == (0 if now_is.state == "cancelled" else 3)
    assert now_is.sequence == len(came_to) - len(failed)


def test_a_place_retired_while_a_booking_waits_is_not_booked(committed):
    cast = gather()
    seat, place = cast.seat(cast.guide, cast.journey()), room(cast.guide)

    came_to = while_it_waits(
        lambda: retire_place(place=Place.objects.get(id=place.id), by=cast.guide),
        lambda: book_meeting(place=place, starts_at=at(3), minutes=60, by=seat),
    )

    assert isinstance(came_to, Refused) and "no longer in use" in str(came_to)
    assert Meeting.objects.count() == Claim.objects.count() == 0


def test_an_invitation_follows_a_meeting_as_it_was_moved_while_it_waited(committed):
    cast = gather()
    seat, place = cast.seat(cast.guide, cast.journey(participant_has_account=False)), room(cast.guide)
    meeting, who = booked(seat, place, at(3)), seat.participant.person
    Person.objects.filter(id=who.id).update(email="right@example.org")

    came_to = while_it_waits(
        lambda: move_meeting(
            meeting=meeting_in(seat, meeting_id=meeting.id),
            place=place,
            starts_at=at(4),
            minutes=60,
            by=seat,
        ),
        lambda: invite_where_they_are(meeting=meeting, person=who, by=seat),
    )

    assert isinstance(came_to, int), came_to
    assert Meeting.objects.get().starts_at == at(4)
    latest = MeetingTime.objects.order_by("-sequence").first()
    assert (latest.sequence, latest.starts_at) == (Meeting.objects.get().sequence, at(4))


def answered_at_the_same_instant(cast, first, second):
    """What the second came to, which began while the first was not done yet; `(meeting, invitation, seat) -> Any` each."""
    seat = cast.seat(cast.guide, cast.journey(notice_hours=24))
    theirs = cast.seat(cast.participant, seat.journey)
    meeting = booked(seat, room(cast.guide), at(3))
    invitation = MeetingEmail.objects.get(recipient=cast.participant)
    acts = {
        "cannot come": lambda: say_cannot_come(meeting=meeting, word="A fever", by=theirs),
        "answers": lambda: answer_meeting(
            meeting_email=invitation, meeting=meeting, answer="declined", word="A fever", by=theirs
        ),
        "cancels": lambda: cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat),
    }
    return while_it_waits(acts[first], acts[second])


@pytest.mark.parametrize("act", ["cannot come", "answers"])
def test_an_answer_that_is_sent_twice_is_one_answer(committed, act):
    came_to = answered_at_the_same_instant(gather(), act, act)
    assert isinstance(came_to, Reply), came_to
    assert Reply.objects.count() == MeetingEmail.objects.filter(event="answered").count() == 1


@pytest.mark.parametrize("act", ["cannot come", "answers"])
def test_nobody_answers_to_a_meeting_cancelled_while_they_waited(committed, act):
    came_to = answered_at_the_same_instant(gather(), "cancels", act)
    assert isinstance(came_to, Refused), came_to
    assert not Reply.objects.exists()


@pytest.mark.without_ledger("rooms.environment.actions.missed.note_called")
def test_a_call_is_noted_once(committed):
    cast = gather()
    seat = cast.seat(cast.guide, cast.journey())
    call = CallToMake.objects.create(journey=seat.journey, meeting=booked(seat, room(cast.guide), at(3)))

    came_to = while_it_waits(*[lambda: note_called(call=call, by=seat)] * 2)

    assert isinstance(came_to, Refused), came_to
    assert Entry.objects.filter(event="missed.called").count() == 1


def test_what_is_booked_goes_by_guide_and_place_as_they_are_when_it_is_its_turn(cast, seat, place):
    retired = room(cast.guide, "Retired since")
    Place.objects.filter(id=retired.id).update(retired_at=at(0), retired_by=cast.guide)
    Person.objects.filter(id=cast.guide.id).update(time_zone="America/New_York")

    with pytest.raises(Refused, match="no longer in use"):
        book_meeting(place=retired, starts_at=at(3), minutes=60, by=seat)
    meeting = book_meeting(place=place, starts_at=at(3), minutes=60, by=seat)

    assert meeting.zone == "America/New_York"
    with pytest.raises(Refused, match="no longer in use"):
        move_meeting(
            meeting=meeting_in(seat, meeting_id=meeting.id),
            place=retired,
            starts_at=at(4),
            minutes=60,
            by=seat,
        )


@pytest.mark.without_ledger(
    "rooms.environment.actions.meetings.move_meeting", "rooms.environment.actions.meetings.retire_place"
)
def test_a_meeting_is_moved_within_its_place_though_that_was_retired_since(cast, seat, place):
    meeting = booked(seat, place, at(3))
    retire_place(place=Place.objects.get(id=place.id), by=cast.guide)
    assert move_meeting(meeting=meeting, place=place, starts_at=at(4), minutes=60, by=seat)


@pytest.mark.parametrize(("begins", "fits"), [(-30, False), (30, False), (-60, True), (60, True)])
def test_the_database_itself_keeps_claims_apart(cast, seat, place, begins, fits):
    first = booked(seat, place, at(3))
    shift = dt.timedelta(minutes=begins)
    other = booked(seat, place, at(9))

    def claim():
        with transaction.atomic():
            Claim.objects.filter(meeting=other, role=ClaimRole.PLACE).delete()
            Claim.objects.create(
                meeting=other,
                role=ClaimRole.PLACE,
                subject=place.id,
                starts_at=first.starts_at + shift,
                ends_at=first.ends_at + shift,
            )

    def stretch():
        with transaction.atomic():
            Claim.objects.filter(meeting=other, role=ClaimRole.GUIDE).update(
                starts_at=first.starts_at + shift, ends_at=first.ends_at + shift
            )

    for action in (claim, stretch):
        if fits:
            action()
        else:
            with pytest.raises(IntegrityError):
                action()


def test_a_claim_the_check_overlooks_is_still_refused_kindly(cast, seat, place, monkeypatch):
    booked(seat, place, at(3))
    monkeypatch.setattr("alongside.rooms.environment.claims.clashes", lambda *args, **kwargs: [])

    with pytest.raises(TimeTaken) as refused:
        book_meeting(place=place, starts_at=at(3), minutes=60, by=seat)

    assert len(refused.value.free) == 3
    assert Meeting.objects.count() == 1

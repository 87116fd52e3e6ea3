"""When a journey is over nobody keeps a time for a meeting that will not be, and both are told before and after."""

import datetime as dt
from types import SimpleNamespace

import icalendar
import pytest
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localtime

from alongside.kernel import clock
from alongside.kernel.clock import now, today
from alongside.kernel.errors import Refused
from alongside.people.models import Person
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.handover import actions as handover_actions
from alongside.rooms.ending.wishes import actions as wishes_actions
from alongside.rooms.environment.actions import cancel_meeting
from alongside.rooms.environment.models import CalledOff, Claim, MeetingStateRecord
from alongside.rooms.environment.queries import meetings_with_state
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.environment.tests.factories import at, booked, room
from alongside.rooms.first_meeting.states import Side
from tests.furnish import furnish_journey

from .furniture import ready_to_close
from .hand_over import agreed


def completed(cast, journey):
    for who, side in ((cast.guide, Side.GUIDE), (cast.participant, Side.PARTICIPANT)):
        closing_actions.acknowledge(side=side, by=cast.seat(who, journey))


def noticed(cast, journey, last_day=None):
    last_day = last_day or today("Europe/London")
    wishes_actions.give_notice(reason="Away", last_day=last_day, by=cast.seat(cast.guide, journey))


def ended_early(cast, journey):
    noticed(cast, journey)
    closing_actions.end_early(by=cast.seat(cast.participant, journey))


def withdrawn(cast, journey):
    wishes_actions.withdraw(reason="Not now", by=cast.seat(cast.participant, journey))


def handed_over(cast, journey):
    handover_actions.take_over(handover_id=agreed(cast, journey).id, by=cast.colleague)


def to_end(cast, ends, kind="treatment"):
    if ends is handed_over:
        return furnish_journey(cast, kind)
    if ends is withdrawn:
        return cast.journey(kind=kind, state="preparing")
    return ready_to_close(cast, kind=kind)


def two_booked(cast, journey):
    seat, place = cast.seat(cast.guide, journey), room(cast.guide, "Next to the yard")
    return [booked(seat, place, at(40)), booked(seat, place, at(47))]


def said_day(meeting):
    return f"{meeting.starts_at:%a} {meeting.starts_at.day} {meeting.starts_at:%b %Y}"


WHY = {
    completed: (CalledOff.ENDED, "ended", "has ended"),
    ended_early: (CalledOff.ENDED, "ended", "has ended"),
    withdrawn: (CalledOff.WITHDRAWN, "did not start", "is not going ahead"),
    handed_over: (CalledOff.HANDED_OVER, "someone else took over", "someone else has taken over"),
}
ENDS = pytest.mark.parametrize("ends", list(WHY), ids=lambda one: one.__name__)


@ENDS
def test_what_is_booked_is_called_off_and_both_are_told_why_in_one_email(
    cast, ends, django_capture_on_commit_callbacks
):
    journey = to_end(cast, ends)
    with django_capture_on_commit_callbacks(execute=True):
        meetings = two_booked(cast, journey)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ends(cast, journey)

    seat = cast.seat(cast.participant, journey)
    ids = [one.id for one in meetings]
    found = meetings_with_state(seat).filter(id__in=ids)
    assert {one.state for one in found} == {MeetingState.CANCELLED} and seat.is_over
    assert not Claim.objects.filter(meeting__in=ids).exists()
    records = MeetingStateRecord.objects.filter(meeting__in=ids, state="cancelled")
    assert set(records.values_list("because", flat=True)) == {WHY[ends][0]}
    told = [one for one in mail.outbox if "cancelled" in one.subject]
    assert sorted(one.to[0] for one in told) == sorted([cast.participant.email, cast.guide.email])
    for one in told:
        assert WHY[ends][2] in one.body and "treatment" not in one.body
        assert all(f"{each.starts_at:%B %Y}" in one.body for each in meetings)
    theirs = next(one for one in told if one.to == [cast.participant.email])
    parts = [part for part in theirs.message().walk() if part.get_content_type() == "text/calendar"]
    events = [
        (calendar["METHOD"], str(calendar.walk("VEVENT")[0]["UID"]))
        for calendar in (icalendar.Calendar.from_ical(part.get_payload(decode=True)) for part in parts)
    ]
    assert set(events) >= {("CANCEL", f"{one.uid}@alongside") for one in meetings}
    mine = next(one for one in told if one.to == [cast.guide.email])
    assert "text/calendar" not in [part.get_content_type() for part in mine.message().walk()], "never had one"


@pytest.mark.parametrize("kind", ["treatment", "supervision", "mentoring"])
@ENDS
def test_afterwards_the_pages_say_why_in_the_words_of_the_kind(cast, ends, kind):
    journey = to_end(cast, ends, kind)
    meetings = two_booked(cast, journey)
    ends(cast, journey)
    for who in (cast.participant, cast.guide):
        browser = cast.client(who)
        for name in ("ending:room", "environment:room"):
            page = browser.get(reverse(name, args=[journey.id])).content.decode()
            assert WHY[ends][1] in page and f"the {kind}" in page
        page = browser.get(reverse("ending:room", args=[journey.id])).content.decode()
        assert all(said_day(one) in page for one in meetings)


CLOSES = ("these appointments are cancelled, and you are both told", "this appointment is cancelled")
NO_DAY_YET = (
    "These appointments are booked. Those after the last day are cancelled, and you are both told",
    "This appointment is booked. If it is after the last day, it is cancelled, and you are both told",
)
BEFORE = [
    ("ending:closing", None, CLOSES),
    ("ending:room", noticed, CLOSES),
    ("ending:early", None, NO_DAY_YET),
]


@pytest.mark.parametrize(("name", "first", "said"), BEFORE)
@pytest.mark.parametrize("who", ["guide", "participant"])
def test_before_it_closes_the_page_says_what_will_be_cancelled(cast, name, first, said, who):
    journey = ready_to_close(cast, kind="treatment")
    if first:
        first(cast, journey)
    browser, address = cast.client(getattr(cast, who)), reverse(name, args=[journey.id])
    assert "cancelled, and you are both told" not in browser.get(address).content.decode()
    meetings = two_booked(cast, journey)
    page = browser.get(address).content.decode()
    assert said[0] in page
    assert all(said_day(one) in page for one in meetings)
    cancel_meeting(meeting=meetings[0], by=cast.seat(cast.guide, journey))
    page = browser.get(address).content.decode()
    assert said[1] in page and said_day(meetings[0]) not in page


@pytest.mark.parametrize("who", ["guide", "participant"])
@pytest.mark.parametrize("day", [43, 47])
def test_what_is_held_before_the_last_day_is_not_said_to_be_cancelled(cast, who, day):
    """Nobody can close it before that day: only what is booked from then on may be cancelled."""
    journey = ready_to_close(cast, kind="treatment")
    before, after = two_booked(cast, journey)
    noticed(cast, journey, last_day=localtime(at(day)).date())
    page = cast.client(getattr(cast, who)).get(reverse("ending:room", args=[journey.id])).content.decode()
    shown = page[page.index("this appointment is cancelled") :].split("</ul>")[0]
    assert said_day(after) in shown and said_day(before) not in shown


def test_where_nothing_is_booked_from_the_last_day_on_nothing_is_said(cast):
    journey = ready_to_close(cast, kind="treatment")
    two_booked(cast, journey)
    noticed(cast, journey, last_day=localtime(at(48)).date())
    page = cast.client(cast.guide).get(reverse("ending:room", args=[journey.id])).content.decode()
    assert "cancelled, and you are both told" not in page


def test_before_one_withdraws_it_says_so_too(cast):
    journey = cast.journey(kind="treatment", state="preparing")
    meetings = two_booked(cast, journey)
    page = cast.client(cast.participant).get(reverse("ending:withdraw", args=[journey.id])).content.decode()
    assert all(said_day(one) in page for one in meetings)


def test_a_meeting_that_one_of_the_two_cancelled_is_not_said_to_be_called_off(cast):
    journey = ready_to_close(cast)
    cancel_meeting(
        meeting=booked(cast.seat(cast.guide, journey), room(cast.guide), at(3)),
        by=cast.seat(cast.guide, journey),
    )
    completed(cast, journey)
    page = cast.client(cast.participant).get(reverse("ending:room", args=[journey.id])).content.decode()
    assert "Cancelled because" not in page


# --- a hand-over, and the meeting of the same day ------------------------------------------------------------


@pytest.fixture
def handed(cast):
    """Agreed in both their names, and at noon of a day on which the two meet at three and again a week later."""
    journey = furnish_journey(cast, "treatment")
    handover = agreed(cast, journey)
    noon = dt.datetime.combine(now().date() + dt.timedelta(days=60), dt.time(12), dt.UTC)
    with clock.at(noon):
        seat, place = cast.seat(cast.guide, journey), room(cast.guide, "Next to the yard")
        meetings = [booked(seat, place, noon + dt.timedelta(hours=hours)) for hours in (3, 3 + 7 * 24)]
    return SimpleNamespace(journey=journey, handover=handover, noon=noon, meetings=meetings)


def state_of(cast, handed, number):
    seat = cast.seat(cast.participant, handed.journey)
    return meetings_with_state(seat).get(id=handed.meetings[number].id).state


def taking_over(cast, handed):
    return cast.client(cast.colleague).post(reverse("asked:take_on", args=[handed.handover.id]))


@pytest.mark.parametrize("hours", [0, 3.5])
def test_on_the_day_on_which_they_still_meet_the_new_guide_waits(cast, handed, hours):
    with clock.at(handed.noon + dt.timedelta(hours=hours)):
        with pytest.raises(Refused, match=r"still meets .* today"):
            handover_actions.take_over(handover_id=handed.handover.id, by=cast.colleague)
        assert taking_over(cast, handed).status_code == 409
        asked = cast.client(cast.colleague).get(reverse("asked:asked", args=[handed.handover.id]))
        assert "that stays as it is" in asked.content.decode()
        assert state_of(cast, handed, 0) == state_of(cast, handed, 1) == MeetingState.PLANNED


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_before_a_hand_over_the_page_says_what_is_cancelled_and_that_today_stays(cast, handed, who):
    with clock.at(handed.noon):
        page = cast.client(getattr(cast, who)).get(reverse("handover:handover", args=[handed.journey.id]))
    shown = page.content.decode()
    assert "you still meet as planned" in shown and "cancelled, and you are both told" in shown
    assert said_day(handed.meetings[1]) in shown and said_day(handed.meetings[0]) not in shown


def test_once_they_have_met_it_is_handed_over_and_the_rest_is_called_off(cast, handed):
    with clock.at(handed.noon + dt.timedelta(hours=4)):
        shown = cast.client(cast.colleague).get(reverse("asked:asked", args=[handed.handover.id]))
        assert "still booked with" in shown.content.decode()
        handover_actions.take_over(handover_id=handed.handover.id, by=cast.colleague)
    assert state_of(cast, handed, 0) == MeetingState.PLANNED
    assert state_of(cast, handed, 1) == MeetingState.CANCELLED


@pytest.mark.without_ledger("rooms.ending.handover.actions.take_over")
def test_with_a_guide_who_is_gone_nobody_waits(cast, handed):
    Person.objects.filter(id=cast.guide.id).update(is_active=False)
    with clock.at(handed.noon):
        handover_actions.take_over(handover_id=handed.handover.id, by=cast.colleague)
    assert state_of(cast, handed, 0) == MeetingState.CANCELLED


def test_when_they_move_it_away_nobody_waits(cast, handed):
    with clock.at(handed.noon + dt.timedelta(minutes=5)):
        cancel_meeting(meeting=handed.meetings[0], by=cast.seat(cast.guide, handed.journey))
        handover_actions.take_over(handover_id=handed.handover.id, by=cast.colleague)
    assert cast.seat(cast.participant, handed.journey).is_over

"""One's own week and agenda: meetings to open, protected time, busy elsewhere as grey; nobody else's."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.models import JourneyMember
from alongside.kernel.clock import now
from alongside.rooms.environment import actions
from alongside.rooms.environment.models import BusyCalendar, BusyTimeRange
from alongside.rooms.environment.queries import meeting_in

from .factories import booked, room
from .test_slot_search import LONDON, next_weekday, protect

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK, AGENDA = reverse("environment_week:week"), reverse("environment_week:agenda")


def of(moment):
    return {"of": moment.astimezone(LONDON).date().isoformat()}


def busy(person, starts_at, minutes=60):
    calendar = BusyCalendar.objects.create(person=person, is_file=True, read_at=now())
    BusyTimeRange.objects.create(
        calendar=calendar,
        person=person,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
    )


def entries(answer):
    return [
        (DAYS[dt.date.fromisoformat(day.iso).weekday()], entry.shape, entry.hours, entry.title)
        for day in answer.context["page"].days
        for entry in day.entries
    ]


def test_a_week_holds_meetings_protected_time_and_what_is_busy_elsewhere(cast, seat, place):
    protect(cast.guide, days=(2,))
    booked(seat, place, next_weekday(2, 10))
    busy(cast.guide, next_weekday(2, 12) + dt.timedelta(days=1))

    answer = cast.client(cast.guide).get(WEEK, of(next_weekday(2, 10)))

    assert entries(answer) == [
        ("Wednesday", "protected", "09:00 to 12:00", "protected time"),
        ("Wednesday", "meeting", "10:00 to 11:00", "Paul Participant"),
        ("Thursday", "busy", "12:00 to 13:00", "busy"),
    ]
    page = answer.content.decode()
    assert reverse("environment:room", args=[seat.journey.id]) in page
    assert "from-8 long-4" in page, "two hours below eight, an hour long"


def test_the_agenda_holds_four_weeks_without_empty_days(cast, seat, place):
    for weeks in (1, 2):
        booked(seat, place, next_weekday(2, 10, weeks=weeks))

    answer = cast.client(cast.guide).get(AGENDA)

    assert [DAYS[dt.date.fromisoformat(day.iso).weekday()] for day in answer.context["page"].days] == [
        "Wednesday"
    ] * 2


@pytest.mark.parametrize("address", [WEEK, AGENDA])
def test_nobody_sees_another_persons_meetings(cast, seat, place, address):
    booked(seat, place, next_weekday(2, 10))

    for other in ("colleague", "administrator", "lead", "supporter", "stranger"):
        assert entries(cast.client(getattr(cast, other)).get(address, of(next_weekday(2, 10)))) == []
    theirs = entries(cast.client(cast.participant).get(address, of(next_weekday(2, 10))))
    assert [title for _day, _shape, _hours, title in theirs] == ["Gwen Guide"]


def test_a_journey_one_has_left_is_only_busy(cast, seat, place):
    booked(seat, place, next_weekday(2, 10))
    JourneyMember.objects.filter(journey=seat.journey, person=cast.guide).update(left_at=now())

    answer = cast.client(cast.guide).get(WEEK, of(next_weekday(2, 10)))

    assert entries(answer) == [("Wednesday", "busy", "10:00 to 11:00", "busy")]
    assert "Paul" not in answer.content.decode() and "Quiet room" not in answer.content.decode()


def test_what_was_cancelled_is_gone(cast, seat, place):
    meeting = booked(seat, place, next_weekday(2, 10))
    actions.cancel_meeting(meeting=meeting_in(seat, meeting_id=meeting.id), by=seat)

    assert entries(cast.client(cast.guide).get(WEEK, of(next_weekday(2, 10)))) == []


def test_the_week_is_that_of_the_readers_clocks(cast, seat, place):
    cast.guide.time_zone = "Pacific/Auckland"
    cast.guide.save()
    start = next_weekday(6, 20)  # Sunday evening in London is Monday morning there
    booked(seat, place, start, override="It is morning here")

    local = start + dt.timedelta(hours=14)
    answer = cast.client(cast.guide).get(WEEK, {"of": local.date().isoformat()})

    assert [day for day, *_rest in entries(answer)] == ["Monday"]


def test_something_over_midnight_is_in_both_days(cast):
    busy(cast.guide, next_weekday(2, 22), minutes=300)

    answer = cast.client(cast.guide).get(WEEK, of(next_weekday(2, 22)))

    assert entries(answer) == [
        ("Wednesday", "busy", "22:00 to 00:00", "busy"),
        ("Thursday", "busy", "00:00 to 03:00", "busy"),
    ]


@pytest.mark.parametrize("address", [WEEK, AGENDA])
def test_a_week_costs_the_same_with_one_and_with_three_meetings_and_at_most_twelve_queries(
    cast, seat, place, address
):
    protect(cast.guide)
    client = cast.client(cast.guide)
    costs = []
    for number in range(3):
        other = cast.seat(cast.guide, cast.journey())
        booked(other, room(cast.guide, f"Room {number}"), next_weekday(number, 9 + number))
        busy(cast.guide, next_weekday(number, 13))
        client.get(address, of(next_weekday(0, 10)))
        with CaptureQueriesContext(connection) as asked:
            client.get(address, of(next_weekday(0, 10)))
        costs.append(len(asked))

    assert costs[0] == costs[2] <= 12, costs


@pytest.mark.parametrize("day", ["never", "0001-01-01", "9999-12-31", "2026-02-30", ""])
@pytest.mark.parametrize("address", [WEEK, AGENDA])
def test_any_day_asked_for_is_answered(cast, address, day):
    assert cast.client(cast.guide).get(address, {"of": day}).status_code == 200


def test_the_doors_ask_to_sign_in_and_change_nothing(cast, client):
    for address in (WEEK, AGENDA):
        assert client.get(address).status_code == 302
        assert cast.client(cast.guide).post(address).status_code == 405


def test_a_week_on_which_the_clocks_change_has_all_its_days(cast):
    answer = cast.client(cast.guide).get(WEEK, {"of": "2027-03-28"})

    assert [DAYS[dt.date.fromisoformat(day.iso).weekday()] for day in answer.context["page"].days][
        -1
    ] == "Sunday"
    assert len(answer.context["page"].days) == 7

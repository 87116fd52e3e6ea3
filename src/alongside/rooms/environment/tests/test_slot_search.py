"""Booking where protected time is kept: what is offered, what needs a reason, what is never overridden."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.rooms.environment import actions
from alongside.rooms.environment.claims import NeedsReason, TimeTaken
from alongside.rooms.environment.models import Claim, Meeting, Protection, TimeAway, Window
from alongside.rooms.environment.queries.slots import Why, diary_of, first_times

from .factories import at, booked, room

LONDON = ZoneInfo("Europe/London")
HOUR = dt.timedelta(hours=1)


def protect(person, hours=(540, 720), days=range(5), **limits):
    """Nine to twelve on weekdays, unless said otherwise."""
    Protection.objects.create(person=person, keeps_windows=True, changed_at=now(), **limits)
    for weekday in days:
        Window.objects.create(person=person, weekday=weekday, begins=hours[0], ends=hours[1])


def next_weekday(weekday: int, hour: int, weeks: int = 1) -> dt.datetime:
    """A time on London's wall on that day of a week to come."""
    today = now().astimezone(LONDON)
    day = today.date() + dt.timedelta(days=7 * weeks + (weekday - today.weekday()) % 7)
    return dt.datetime.combine(day, dt.time(hour), tzinfo=LONDON).astimezone(dt.UTC)


def book(seat, place, starts_at, **more):
    return actions.book_meeting(place=place, starts_at=starts_at, minutes=60, by=seat, **more)


def test_outside_ones_own_protected_time_a_reason_is_asked_for_and_kept(cast, seat, place):
    protect(cast.guide)
    outside = next_weekday(2, 15)

    with pytest.raises(NeedsReason, match="outside your protected time"):
        book(seat, place, outside)
    assert Claim.objects.count() == 0

    meeting = book(seat, place, outside, override="  The only hour this week. ")
    assert Meeting.objects.get(id=meeting.id).override_reason == "The only hour this week."


def test_within_it_no_reason_is_kept_even_when_one_was_given(cast, seat, place):
    protect(cast.guide)

    meeting = book(seat, place, next_weekday(2, 10), override="just so")

    assert Meeting.objects.get(id=meeting.id).override_reason == ""


def test_the_protected_time_of_the_other_is_not_overridden_and_other_times_are_offered(cast, seat, place):
    protect(cast.guide)
    theirs = cast.seat(cast.participant, seat.journey)

    with pytest.raises(TimeTaken, match="Gwen Guide is not free at that time") as refused:
        book(theirs, place, next_weekday(2, 15), override="I would like it")

    assert len(refused.value.free) == 3
    for start in refused.value.free:
        assert 9 <= start.astimezone(LONDON).hour < 12 and start.astimezone(LONDON).weekday() < 5


def test_a_closed_place_is_never_overridden(cast, seat, place):
    Window.objects.create(place=place, weekday=0, begins=540, ends=1020)

    with pytest.raises(TimeTaken, match="The place is closed"):
        book(seat, place, next_weekday(2, 10), override="please")

    assert book(seat, place, next_weekday(0, 10)).number == 1


@pytest.mark.parametrize(
    ("limits", "weekday", "hour", "theirs", "mine"),
    [
        ({"shortest_notice": 24 * 30}, 2, 10, "too soon for Gwen", "sooner than your notice allows"),
        ({"how_far_ahead": 3}, 2, 10, "further ahead than Gwen", "further ahead than you allow"),
        ({"most_a_day": 1}, 2, 11, "Gwen Guide is not free", "more meetings that day"),
        ({"buffer_before": 45}, 2, 10, "Gwen Guide is not free", "something else at that time, or too close"),
    ],
)
def test_limits_hold_for_others_and_ask_oneself_why(cast, seat, place, limits, weekday, hour, theirs, mine):
    other = cast.seat(cast.guide, cast.journey(participant_has_account=False))
    book(other, room(cast.guide, "Elsewhere"), next_weekday(2, 9))
    protect(cast.guide, **limits)
    start = next_weekday(weekday, hour)

    with pytest.raises(TimeTaken, match=theirs):
        book(cast.seat(cast.participant, seat.journey), place, start)
    with pytest.raises(NeedsReason, match=mine):
        book(seat, place, start)

    assert book(seat, place, start, override="agreed by telephone").override_reason


def test_leave_is_protected_and_what_has_been_held_is_entered_all_the_same(cast, seat, place):
    away = next_weekday(2, 10)
    TimeAway.objects.create(person=cast.guide, first_day=away.date(), last_day=away.date())

    with pytest.raises(NeedsReason):
        book(seat, place, away)

    protect(cast.guide, days=())
    assert book(seat, place, at(-3), already_held=True).override_reason == ""


def test_a_move_outside_needs_a_reason_and_a_move_back_forgets_it(cast, seat, place):
    protect(cast.guide)
    meeting = booked(seat, place, next_weekday(2, 10))
    facts = {"meeting": meeting, "place": place, "minutes": 60, "by": seat}

    with pytest.raises(NeedsReason):
        actions.move_meeting(starts_at=next_weekday(2, 15), **facts)
    facts["meeting"] = Meeting.objects.get(id=meeting.id)
    actions.move_meeting(starts_at=next_weekday(2, 15), override="Rooms are being painted", **facts)
    facts["meeting"] = Meeting.objects.get(id=meeting.id)
    assert facts["meeting"].override_reason == "Rooms are being painted"

    actions.move_meeting(starts_at=next_weekday(3, 10), **facts)
    assert Meeting.objects.get(id=meeting.id).override_reason == ""


def test_a_meeting_that_has_begun_is_not_moved(cast, seat, place):
    meeting = booked(seat, place, at(3))
    Meeting.objects.filter(id=meeting.id).update(starts_at=now() - HOUR, ends_at=now() + HOUR)

    answer = cast.client(cast.guide).get(reverse("environment:move", args=[seat.journey.id, meeting.id]))

    assert answer.status_code == 409
    assert "The start time has passed" in answer.content.decode()


def test_the_first_times_suit_guide_participant_and_a_place(cast, seat, place):
    protect(cast.guide)
    protect(cast.participant, hours=(600, 780), days=(2,))
    Window.objects.create(place=place, weekday=2, begins=660, ends=1020)

    found = first_times([cast.guide, cast.participant], [place], minutes=60, zone=LONDON, count=3)

    walls = [one.starts_at.astimezone(LONDON) for one in found]
    assert [(wall.weekday(), wall.hour, wall.minute) for wall in walls] == [(2, 11, 0)] * 3
    assert all(one.place_ids == (place.id,) for one in found)


def test_a_diary_costs_the_same_for_one_and_for_many(cast, seat, place, django_assert_num_queries):
    places = [place, *[room(cast.guide, f"Room {number}") for number in range(3)]]
    for kept in (places[:1], places):
        with django_assert_num_queries(6):
            diary = diary_of([cast.guide, cast.participant], kept, at(1), at(30))
    assert diary.obstacles(at(3), at(3) + HOUR) == []


def test_obstacles_name_what_stands_in_the_way_of_whom(cast, seat, place):
    book(seat, place, at(3))

    found = diary_of([cast.guide, cast.participant], [place], at(1), at(9)).obstacles(at(3), at(3) + HOUR)

    assert {(one.why, one.whose) for one in found} == {
        (Why.MEETING, one) for one in (cast.guide.id, cast.participant.id, place.id)
    }


# --- the page ----------------------------------------------------------------------------------------------


def url(seat):
    return reverse("environment:book", args=[seat.journey.id])


def test_the_page_offers_times_as_links_that_fill_the_form(cast, seat, place):
    client = cast.client(cast.participant)
    page = client.get(url(seat))

    # a day that has no hour left, or is no working day, is there with its reason
    days = [day for day in page.context["page"].suggested.days if day.times]
    first = days[0].times[0]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(first.url).query).items()}
    answer = client.post(url(seat), asked)

    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at.astimezone(LONDON).strftime("%H:%M") == first.label == asked["time"]
    assert len(days) >= 3 and all(len(day.times) <= 3 for day in days)


def test_the_page_shows_both_zones_where_they_differ(cast, seat, place):
    cast.participant.time_zone = "America/New_York"
    cast.participant.save()

    page = cast.client(cast.participant).get(url(seat)).content.decode()

    assert "Times are shown in America/New_York time, with Europe/London time in brackets." in page
    assert "in Europe/London)" in page


def test_the_page_asks_for_a_reason_and_keeps_what_was_typed(cast, seat, place):
    protect(cast.guide)
    outside = next_weekday(2, 15).astimezone(LONDON)
    typed = {
        "place": str(place.id),
        "date": outside.strftime("%Y-%m-%d"),
        "time": "15:00",
        "minutes": "60",
    }
    client = cast.client(cast.guide)

    asked = client.post(url(seat), typed)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "outside your protected time" in page
    assert '<textarea name="override"' in page and typed["date"] in page

    assert client.post(url(seat), {**typed, "override": "Agreed"}).status_code == 302
    assert Meeting.objects.get().override_reason == "Agreed"


@pytest.mark.parametrize("wrong", ["?since=never", "?since=0001-01-01", "?since=9999-12-31", "?minutes=²"])
def test_the_page_takes_no_harm_from_what_is_asked_of_it(cast, seat, place, wrong):
    assert cast.client(cast.guide).get(url(seat) + wrong).status_code == 200


def test_the_room_shows_both_of_them_why_it_is_outside(cast, seat, place):
    protect(cast.guide)
    book(seat, place, next_weekday(2, 15), override="The only hour this week")

    for who in (cast.guide, cast.participant):
        page = cast.client(who).get(reverse("environment:room", args=[seat.journey.id])).content.decode()
        assert "Booked outside protected time" in page and "The only hour this week" in page

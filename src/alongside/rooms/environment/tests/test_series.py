"""Several in a row: every date is shown, what doesn't fit is skipped or put elsewhere, each is a meeting of its own."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.kernel import clock
from alongside.kernel.errors import NotThisMoment
from alongside.rooms.environment import actions, recurrence
from alongside.rooms.environment.actions import series as series_actions
from alongside.rooms.environment.claims import TimeTaken
from alongside.rooms.environment.models import Claim, Meeting, MeetingEmail, MeetingStateRecord, Series
from alongside.rooms.environment.queries import meeting_in, meetings_of
from alongside.rooms.environment.queries.series import Asked, following, occasions

from .factories import booked, room
from .test_slot_search import LONDON, next_weekday, protect

WEEK = dt.timedelta(weeks=1)


@pytest.mark.parametrize(
    ("first", "kind", "days"),
    [
        ((2026, 3, 24), "weekly", ["2026-03-24", "2026-03-31", "2026-04-07"]),
        ((2026, 3, 24), "fortnightly", ["2026-03-24", "2026-04-07", "2026-04-21"]),
        ((2026, 11, 10), "monthly", ["2026-11-10", "2026-12-08", "2027-01-12"]),
        ((2026, 1, 30), "monthly", ["2026-01-30", "2026-02-27", "2026-03-27"]),
        ((2026, 5, 29), "monthly", ["2026-05-29", "2026-06-26", "2026-07-31"]),
    ],
)
def test_days_of_a_recurrence(first, kind, days):
    assert [day.isoformat() for day in recurrence.days_of(dt.date(*first), kind, 3)] == days


def rows(starts):
    return [(start.astimezone(LONDON).strftime("%a %H:%M")) for start in starts]


@pytest.fixture
def four(seat, place):
    """Four weekly meetings, each read as a door would find it."""
    starts = [wall_weeks_on(number) for number in range(4)]
    series_actions.book_series(place=place, minutes=60, recurrence="weekly", starts=starts, by=seat)
    return [meeting_in(seat, meeting_id=one.id) for one in Meeting.objects.order_by("starts_at")]


def wall_weeks_on(weeks, hour=10):
    return next_weekday(2, hour, weeks=1 + weeks)


def starts():
    return list(
        Meeting.objects.exclude(number=None).order_by("starts_at").values_list("starts_at", flat=True)
    )


def test_a_series_is_meetings_of_their_own(four):
    assert len({meeting.uid for meeting in four}) == 4
    assert [meeting.number for meeting in four] == [1, 2, 3, 4]
    assert rows(starts()) == ["Wed 10:00"] * 4
    assert Claim.objects.count() == 12 and Series.objects.get().recurrence == "weekly"


def test_a_series_is_booked_whole_or_not_at_all(cast, seat, place):
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), wall_weeks_on(1))

    with pytest.raises(TimeTaken, match="Nothing has been changed"):
        series_actions.book_series(
            place=place, minutes=60, recurrence="weekly", starts=[wall_weeks_on(0), wall_weeks_on(1)], by=seat
        )

    assert (Meeting.objects.count(), Series.objects.count()) == (1, 0)


def test_no_date_chosen_is_no_series(seat, place):
    with pytest.raises(NotThisMoment, match="at least one"):
        series_actions.book_series(place=place, minutes=60, recurrence="weekly", starts=[], by=seat)


def test_occasions_show_what_does_not_fit_and_what_could_be_instead(cast, seat, place):
    protect(cast.guide)
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), wall_weeks_on(1))
    first = wall_weeks_on(0).astimezone(LONDON).replace(tzinfo=None)

    found = occasions([cast.guide, cast.participant], Asked(place, first, 60, "weekly", 3, LONDON))

    assert [one.fits for one in found] == [True, False, True]
    assert found[0].others == () and len(found[1].others) == 4
    for other in found[1].others:
        actions.book_meeting(place=place, starts_at=other, minutes=60, by=seat)


def test_occasions_across_the_clocks(cast, seat, place):
    """Sunday half past one in London: skipped on 29 March 2026, and an hour earlier in UTC behind it."""
    with clock.at(dt.datetime(2026, 3, 1, tzinfo=dt.UTC)):
        asked = Asked(place, dt.datetime(2026, 3, 22, 1, 30), 60, "weekly", 3, LONDON)
        found = occasions([cast.participant], asked)

    utc = [one.starts_at and one.starts_at.strftime("%d %H:%M") for one in found]
    assert utc == ["22 01:30", None, "05 00:30"]
    assert [one.fits for one in found] == [True, False, True] and found[1].others


def test_moving_this_and_following_keeps_the_earlier_ones(seat, place, four):
    moved = series_actions.move_following(
        meeting=four[1], place=place, starts_at=wall_weeks_on(1, hour=14), minutes=50, by=seat
    )

    assert rows(starts()) == ["Wed 10:00", "Wed 14:00", "Wed 14:00", "Wed 14:00"]
    assert [meeting.sequence for meeting in moved] == [1, 1, 1]
    assert set(Meeting.objects.filter(sequence=1).values_list("minutes", flat=True)) == {50}


@pytest.mark.parametrize("weeks", [1, -1])
def test_moving_a_series_onto_its_own_times_is_no_clash(seat, place, four, weeks):
    first = four[1] if weeks < 0 else four[0]
    if weeks < 0:
        actions.cancel_meeting(meeting=four[0], by=seat)

    series_actions.move_following(
        meeting=first, place=place, starts_at=first.starts_at + weeks * WEEK, minutes=60, by=seat
    )

    assert len(starts()) == (4 if weeks > 0 else 3)
    assert all(later > earlier for earlier, later in zip(starts(), starts()[1:], strict=False))


def test_a_move_of_several_that_does_not_fit_one_changes_none(cast, seat, place, four):
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), wall_weeks_on(2, hour=14))
    before = starts()

    with pytest.raises(TimeTaken, match="Nothing has been changed"):
        series_actions.move_following(
            meeting=four[1], place=place, starts_at=wall_weeks_on(1, hour=14), minutes=60, by=seat
        )

    assert starts() == before


def test_a_move_of_several_leaves_alone_what_is_there_already_and_says_what_the_clocks_skip(seat, place):
    with clock.at(dt.datetime(2026, 3, 1, tzinfo=dt.UTC)):
        days = [dt.datetime(2026, 3, day, 10, tzinfo=dt.UTC) for day in (15, 22)]
        days.append(dt.datetime(2026, 3, 29, 9, tzinfo=dt.UTC))
        series_actions.book_series(place=place, minutes=60, recurrence="weekly", starts=days, by=seat)
        first = meeting_in(seat, meeting_id=Meeting.objects.order_by("starts_at").first().id)

        with pytest.raises(NotThisMoment, match="Sunday 29 March"):
            series_actions.move_following(
                meeting=first, place=place, starts_at=days[0].replace(hour=1, minute=30), minutes=60, by=seat
            )
        later = meeting_in(seat, meeting_id=Meeting.objects.order_by("starts_at").last().id)
        actions.move_meeting(meeting=later, place=place, starts_at=days[2], minutes=30, by=seat)
        moved = series_actions.move_following(
            meeting=first, place=place, starts_at=days[0], minutes=30, by=seat
        )

    assert [one.starts_at for one in moved] == days[:2]


@pytest.mark.without_ledger("rooms.environment.actions.series.cancel_following")
def test_cancelling_this_and_following_says_why_for_each(seat, place, four):
    assert series_actions.cancel_following(meeting=four[2], reason="A new post", by=seat) == 2

    assert [one.state for one in meetings_of(seat)] == ["planned", "planned", "cancelled", "cancelled"]
    words = [one.word for one in MeetingStateRecord.objects.filter(state="cancelled")]
    assert words == ["A new post"] * 2
    assert MeetingEmail.objects.filter(event="cancelled").count() == 2


def test_what_is_over_or_cancelled_does_not_follow(seat, place, four):
    actions.cancel_meeting(meeting=four[2], by=seat)

    assert [one.id for one in following(seat, four[1])] == [four[1].id, four[3].id]
    assert following(seat, booked(seat, place, wall_weeks_on(0, hour=16)))[1:] == []


# --- the pages ---------------------------------------------------------------------------------------------


def asked_for(place, **more):
    day = timezone.localtime(wall_weeks_on(0), LONDON).date().isoformat()
    facts = {"place": str(place.id), "date": day, "time": "10:00", "minutes": "60"}
    return {**facts, "recurrence": "weekly", "count": "3", **more}


def test_the_page_shows_every_date_and_books_what_was_chosen(cast, seat, place):
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), wall_weeks_on(1))
    client, url = cast.client(cast.participant), reverse("environment:series", args=[seat.journey.id])

    shown = client.get(url, asked_for(place))
    lines = shown.context["page"].lines
    assert Meeting.objects.count() == 1, "a GET books nothing"
    assert [line.fits for line in lines] == [True, False, True]
    assert lines[1].why == "You have a meeting then.", "both journeys are this participant's own"
    assert "Elsewhere" not in shown.content.decode()

    picks = {f"pick_{number}": line.options[0][0] for number, line in enumerate(lines)}
    answer = client.post(url, {**asked_for(place), **picks}, follow=True)
    assert "2 are booked. 1 date was skipped." in answer.content.decode()
    assert Meeting.objects.count() == 3


def test_the_page_never_says_whom_or_where_another_meets(cast, seat, place):
    other = cast.journey(participant_has_account=False)
    booked(cast.seat(cast.guide, other), room(cast.guide, "Elsewhere"), wall_weeks_on(1))

    page = cast.client(cast.participant).get(
        reverse("environment:series", args=[seat.journey.id]), asked_for(place)
    )

    assert page.context["page"].lines[1].why == "You, the other person and the place are not all free then."
    assert "Elsewhere" not in page.content.decode() and "Withoutaccount" not in page.content.decode()


def test_a_time_that_has_gone_meanwhile_is_said_and_nothing_is_booked(cast, seat, place):
    client, url = cast.client(cast.guide), reverse("environment:series", args=[seat.journey.id])
    lines = client.get(url, asked_for(place)).context["page"].lines
    booked(cast.seat(cast.guide, cast.journey()), room(cast.guide, "Elsewhere"), wall_weeks_on(1))

    picks = {f"pick_{number}": line.options[0][0] for number, line in enumerate(lines)}
    answer = client.post(url, {**asked_for(place), **picks})

    assert answer.status_code == 422
    assert "That time has just been taken." in answer.content.decode()
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"count": "1"}, {"count": "27"}, {"recurrence": "daily"}, {"date": ""}])
def test_a_wrong_question_comes_back_with_what_was_typed(cast, seat, place, wrong):
    url = reverse("environment:series", args=[seat.journey.id])

    answer = cast.client(cast.guide).get(url, asked_for(place, **wrong))

    assert answer.status_code == 422
    assert "10:00" in answer.content.decode()


@pytest.mark.parametrize("name", ["move", "cancel"])
def test_the_forms_ask_how_many_only_in_a_series(cast, seat, place, four, name):
    alone = booked(seat, place, wall_weeks_on(0, hour=16))
    client = cast.client(cast.guide)

    def page(meeting):
        return client.get(reverse(f"environment:{name}", args=[seat.journey.id, meeting.id])).content.decode()

    assert "this and following" in page(four[0])
    assert "this and following" not in page(alone) and "this and following" not in page(four[3])


def test_this_and_following_through_the_forms(cast, seat, place, four):
    client = cast.client(cast.participant)
    there = {"known": "0", "reach": "following"}
    day = wall_weeks_on(1).date().isoformat()
    times = {"place": str(place.id), "date": day, "time": "11:30", "minutes": "60"}

    moved = client.post(
        reverse("environment:move", args=[seat.journey.id, four[1].id]), {**times, **there}, follow=True
    )
    assert "3 are moved." in moved.content.decode()
    assert rows(starts()) == ["Wed 10:00", "Wed 11:30", "Wed 11:30", "Wed 11:30"]

    gone = client.post(
        reverse("environment:cancel", args=[seat.journey.id, four[2].id]),
        {"known": "1", "reach": "following", "word": "Flu"},
        follow=True,
    )
    assert "2 are cancelled." in gone.content.decode()


# --- a meeting's zone is the meeting's ----------------------------------------------------------------------


@pytest.fixture
def over_a_change(cast, seat, place):
    """Four weekly meetings by London's clocks, two on either side of the night on which New York's change."""
    with clock.at(dt.datetime(2027, 2, 20, 12, tzinfo=dt.UTC)):
        days = [dt.datetime(2027, 3, day, 15, tzinfo=LONDON) for day in (2, 9, 16, 23)]
        series_actions.book_series(place=place, minutes=60, recurrence="weekly", starts=days, by=seat)
        cast.guide.time_zone = "America/New_York"
        cast.guide.save()
        found = cast.seat(cast.guide, seat.journey)
        yield found, [meeting_in(found, meeting_id=one.id) for one in Meeting.objects.order_by("starts_at")]


def test_after_the_guide_has_moved_only_what_was_changed_changes(cast, over_a_change):
    seat, four = over_a_change
    before = starts()
    there = room(cast.guide, "Another room")
    series_actions.move_following(
        meeting=four[0], place=there, starts_at=four[0].starts_at, minutes=60, by=seat
    )
    assert starts() == before
    assert {(one.zone, one.wall_time) for one in Meeting.objects.all()} == {("Europe/London", dt.time(15))}


@pytest.mark.without_ledger("rooms.environment.actions.series.move_following")
def test_a_series_is_moved_by_the_clocks_it_was_agreed_by(over_a_change):
    seat, four = over_a_change
    later = four[0].starts_at + dt.timedelta(days=1)
    series_actions.move_following(meeting=four[0], place=four[0].place, starts_at=later, minutes=60, by=seat)
    assert rows(starts()) == ["Wed 15:00"] * 4
    assert {one.zone for one in Meeting.objects.all()} == {"Europe/London"}

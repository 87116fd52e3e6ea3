"""What can be done with several meetings at once: book a series, move or cancel one and those that follow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import formats
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record

from .. import local_time, rules
from ..claims import NeedsReason, TimeTaken, said
from ..invitations import as_one_email
from ..models import CalledOff, Meeting, Place, Series, SeriesMeeting
from ..queries import meeting_in, meetings_ahead
from ..queries.hours import zone_named
from ..queries.series import following, series_of
from .meetings import book_meeting, cancel_meeting, move_meeting


@action("series.booked")
def book_series(
    *, place: Place, minutes: int, recurrence: str, starts: Sequence[dt.datetime], by: Seat
) -> Series:
    """Book several meetings at once, each a meeting of its own with its own uid: all of them or none.

    Records each booking, and the series. When one of the times has gone meanwhile, its sentence names the date.
    """
    demand(rules.may_book(by))
    if not starts:
        raise NotThisMoment(_("None of these dates is chosen. Please choose at least one."))
    series = Series.objects.create(journey=by.journey, recurrence=recurrence, made_by=by.actor)
    with as_one_email():
        booked = [_book(place, start, minutes, by) for start in sorted(set(starts))]
    SeriesMeeting.objects.bulk_create([SeriesMeeting(series=series, meeting=one) for one in booked])
    record("series.booked", subject=series, by=by, recurrence=recurrence, meetings=len(booked))
    return series


def _book(place: Place, start: dt.datetime, minutes: int, by: Seat) -> Meeting:
    try:
        return book_meeting(place=place, starts_at=start, minutes=minutes, by=by)
    except (TimeTaken, NeedsReason) as refused:
        raise _on_that_date(start, refused) from refused


@action("series.moved")
def move_following(
    *, meeting: Meeting, place: Place, starts_at: dt.datetime, minutes: int, override: str = "", by: Seat
) -> list[Meeting]:
    """Move a meeting and those that follow it in its series by the same days and hours on the wall, or none.

    Records each move, and that they were moved together.
    """
    demand(rules.may_move(by, meeting))
    shift = _shift(meeting, starts_at)
    row = following(by, meeting)
    moved = []
    with as_one_email():
        for one in (
            reversed(row) if shift > dt.timedelta() else row
        ):  # so that none is moved onto its neighbour
            start = starts_at if one is row[0] else _shifted(one, shift)
            moved += _move(one, place, start, minutes, override, by)
    record("series.moved", subject=meeting, by=by, series=str(series_of(meeting)), meetings=len(moved))
    return moved


def _shifted(one: Meeting, shift: dt.timedelta) -> dt.datetime:
    """So many days and hours on, by the clocks of the zone in which this one was agreed."""
    if not shift:
        return one.starts_at
    wall = dt.datetime.combine(one.wall_date, one.wall_time) + shift
    named = local_time.moments(wall, zone_named(one.zone))
    if not named:
        raise NotThisMoment(
            _(
                "The clocks go forward on %(date)s, so that time does not exist on that day. Please "
                "move this one separately."
            )
            % {"date": formats.date_format(wall, _("l j F"))}
        )
    return named[0]


def _move(
    one: Meeting, place: Place, start: dt.datetime, minutes: int, override: str, by: Seat
) -> list[Meeting]:
    if (one.place_id, one.starts_at, one.minutes) == (place.id, start, minutes):
        return []
    try:
        return [
            move_meeting(meeting=one, place=place, starts_at=start, minutes=minutes, override=override, by=by)
        ]
    except TimeTaken as refused:
        raise _on_that_date(start, refused) from refused


@action("series.cancelled")
def cancel_following(*, meeting: Meeting, reason: str = "", by: Seat) -> int:
    """Cancel a meeting and those that follow it in its series. Answers with how many there were.

    Records each cancellation, and that they were cancelled together.
    """
    demand(rules.may_cancel(by, meeting))
    row = following(by, meeting)
    with as_one_email():
        for one in row:
            cancel_meeting(meeting=one, reason=reason, by=by)
    record("series.cancelled", subject=meeting, by=by, series=str(series_of(meeting)), meetings=len(row))
    return len(row)


@action(unrecorded_because="each meeting called off is recorded by itself")
def call_off_what_is_booked(*, because: CalledOff, by: Seat) -> int:
    """Call off every meeting still to come, as a journey ends. Answers with how many there were.

    Both of the two are told of all of them, and why, in one e-mail each.
    """
    booked = meetings_ahead(by)
    with as_one_email():
        for one in booked:
            if meeting := meeting_in(by, meeting_id=one.id):
                cancel_meeting(meeting=meeting, because=because, by=by)
    return len(booked)


def _shift(meeting: Meeting, starts_at: dt.datetime) -> dt.timedelta:
    """By how much a meeting is moved on the wall of its own zone, wherever its guide lives meanwhile."""
    if starts_at == meeting.starts_at:
        return dt.timedelta()
    new = starts_at.astimezone(zone_named(meeting.zone)).replace(tzinfo=None)
    return new - dt.datetime.combine(meeting.wall_date, meeting.wall_time)


def _on_that_date(start: dt.datetime, refused: NotThisMoment) -> NotThisMoment:
    sentence = getattr(refused, "plain", str(refused.verdict.sentence))
    words = _("%(when)s: %(why)s Nothing has been changed.") % {"when": said(start), "why": sentence}
    return type(refused)(words, []) if isinstance(refused, TimeTaken) else type(refused)(words)

"""Times that suit, as pages offer them: by day, in the reader's zone, with the guide's beside it where it differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.kernel import clock
from alongside.people.models import Person

from ..models import Place
from ..queries import slots
from ..queries.slots import Suiting
from .said import day, there


@dataclass(frozen=True)
class SuitingTime:
    """A time one can take: a link that fills the form, and what a screen reader says of it."""

    label: str
    there: str
    spoken: str
    url: str


@dataclass(frozen=True)
class SuitingDay:
    """A day with its times; or some days in a row that have none, and why."""

    day: str
    times: tuple[SuitingTime, ...]
    why: str = ""
    all_url: str = ""
    all_spoken: str = ""


@dataclass(frozen=True)
class Suggested:
    days: tuple[SuitingDay, ...]
    zones: str
    later_url: str


def suggested_times(
    found: Sequence[slots.SuitingDay],
    *,
    zone: ZoneInfo,
    people: Iterable[Person],
    reader: Person,
    places: Iterable[Place],
    here: str,
    asked: dict[str, str],
) -> Suggested:
    """`here` is the form's address; `zone` is that of the form, in which its date and time are filled in."""
    order = [place.id for place in places]
    names = {person.id: str(person.name) for person in people if person.id != reader.id}
    days: list[SuitingDay] = []
    for why, group in groupby(found, key=lambda one: one.why and (one.why.why, one.why.whose)):
        ones = list(group)
        if why:
            days.append(SuitingDay(_from_to(ones[0].day, ones[-1].day), (), _none(*why, names)))
            continue
        for one in ones:
            times = tuple(_time(time, zone, order, here, asked) for time in one.times)
            day_url = f"{here}?{urlencode({**asked, 'day': one.day.isoformat()})}" if one.has_more else ""
            spoken = _("All times on %(day)s") % {"day": _named(one.day)}
            days.append(SuitingDay(_named(one.day), times, all_url=day_url, all_spoken=spoken))
    later = ""
    if found:
        from_then = found[-1].day + dt.timedelta(days=1)
        later = f"{here}?{urlencode({**asked, 'since': from_then.isoformat()})}"
    moments = [time.starts_at for one in found for time in one.times]
    return Suggested(tuple(_shortened(days)), _by_which_clocks(zone, moments), later)


def _shortened(days: list[SuitingDay]) -> list[SuitingDay]:
    """Weeks without a time would hide the first one: told as one stretch."""
    first = next((number for number, one in enumerate(days) if one.times), 0)
    if first <= 4:
        return days
    before = _("Until then")
    return [SuitingDay(before, (), _("Nothing is free.")), *days[first:]]


def _named(day_of: dt.date) -> str:
    if day_of.year != clock.today().year:
        return formats.date_format(day_of, _("l j F Y"))
    return formats.date_format(day_of, _("l j F"))


def _from_to(first: dt.date, last: dt.date) -> str:
    if first == last:
        return _named(first)
    return _("%(first)s to %(last)s") % {"first": _named(first), "last": _named(last)}


def _none(why: slots.Why, whose: UUID, names: dict[UUID, str]) -> str:
    """Why a day has no time: whom it does not suit, never what they do instead."""
    name = names.get(whose, "")
    others = {
        slots.Why.NOTICE: _("Too soon for %(name)s."),
        slots.Why.AHEAD: _("Too far ahead for %(name)s."),
        slots.Why.HOURS: _("%(name)s is not available."),
    }
    own = {
        slots.Why.NOTICE: _("Sooner than you let yourself be booked."),
        slots.Why.AHEAD: _("Further ahead than you let yourself be booked."),
        slots.Why.HOURS: _("Outside your own hours."),
    }
    if why is slots.Why.CLOSED:
        return _("The place is closed.")
    said = (others if name else own).get(why) or _("Fully booked.")
    return said % {"name": name} if name and why in others else said


def _by_which_clocks(zone: ZoneInfo, moments: list[dt.datetime]) -> str:
    mine = _("Times are shown in %(zone)s time.") % {"zone": timezone.get_current_timezone_name()}
    return zones_named(zone, moments) or mine


def zones_named(zone: ZoneInfo, moments: Iterable[dt.datetime]) -> str:
    """Said only where the reader's clocks and the guide's show different times."""
    if not any(there(moment, zone) for moment in moments):
        return ""
    facts = {"mine": timezone.get_current_timezone_name(), "theirs": zone.key}
    return _("Times are shown in %(mine)s time, with %(theirs)s time in brackets.") % facts


def _time(one: Suiting, zone: ZoneInfo, order: list, here: str, asked: dict[str, str]) -> SuitingTime:
    wall, local = one.starts_at.astimezone(zone), timezone.localtime(one.starts_at)
    place = next((place for place in order if place in one.place_ids), None)
    filled = {**asked, "date": wall.strftime("%Y-%m-%d"), "time": wall.strftime("%H:%M")}
    if place:
        filled["place"] = str(place)
    hour = formats.time_format(local.time(), "H:i")
    spoken = _("%(day)s, %(time)s") % {"day": day(one.starts_at, with_year=False), "time": hour}
    return SuitingTime(hour, there(one.starts_at, zone), spoken, f"{here}?{urlencode(filled)}#book")

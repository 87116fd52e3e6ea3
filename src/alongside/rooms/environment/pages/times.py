"""Times that suit, as pages offer them: by day, in the reader's zone, with the guide's beside it where it differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ..models import Place
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
    day: str
    times: tuple[SuitingTime, ...]


@dataclass(frozen=True)
class Suggested:
    days: tuple[SuitingDay, ...]
    zones: str
    later_url: str


def suggested_times(
    found: Sequence[Suiting],
    *,
    zone: ZoneInfo,
    places: Iterable[Place],
    here: str,
    asked: dict[str, str],
) -> Suggested:
    """`here` is the form's address; `zone` is that of the form, in which its date and time are filled in."""
    order = [place.id for place in places]
    days = []
    for date, group in groupby(found, key=lambda one: timezone.localtime(one.starts_at).date()):
        ones = list(group)
        times = tuple(_time(one, zone, order, here, asked) for one in ones)
        days.append(
            SuitingDay(day(ones[0].starts_at, with_year=date.year != timezone.localdate().year), times)
        )
    later = ""
    if found:
        from_then = (timezone.localtime(found[-1].starts_at) + dt.timedelta(days=1)).date()
        later = f"{here}?{urlencode({**asked, 'since': from_then.isoformat()})}"
    return Suggested(tuple(days), zones_named(zone, [one.starts_at for one in found]), later)


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

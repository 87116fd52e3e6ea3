"""Names of zones as programs write them, and the names of the time zone data they stand for."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from .values import offset_of

_UTC_NAMES = frozenset(
    (
        "utc",
        "gmt",
        "z",
        "zulu",
        "uct",
        "etc/utc",
        "etc/gmt",
        "tzone://microsoft/utc",
        "coordinated universal time",
        "universal time",
        "universal coordinated time",
        "gmt+0",
        "gmt-0",
        "utc+0",
        "utc-0",
        "utc time",
        "gmt+00:00",
    )
)
_SHORT = dict(
    pair.split("=")
    for pair in [
        "bst=Europe/London",
        "ist=Asia/Kolkata",
        "cest=Europe/Berlin",
        "eest=Europe/Athens",
        "edt=America/New_York",
        "cst=America/Chicago",
        "cdt=America/Chicago",
        "mdt=America/Denver",
        "pst=America/Los_Angeles",
        "pdt=America/Los_Angeles",
        "akst=America/Anchorage",
        "aest=Australia/Sydney",
        "aedt=Australia/Sydney",
        "jst=Asia/Tokyo",
        "nzst=Pacific/Auckland",
    ]
)
_REGIONS = {
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "arizona": "America/Phoenix",
    "indiana": "America/Indianapolis",
    "saskatchewan": "America/Regina",
    "newfoundland": "America/St_Johns",
    "central america": "America/Guatemala",
    "greenland": "America/Godthab",
    "cape verde": "Atlantic/Cape_Verde",
    "casablanca": "Africa/Casablanca",
    "edinburgh": "Europe/London",
    "greenwich mean time": "Europe/London",
    "monrovia": "Atlantic/Reykjavik",
    "bern": "Europe/Zurich",
    "west central africa": "Africa/Lagos",
    "jerusalem": "Asia/Jerusalem",
    "harare": "Africa/Johannesburg",
    "pretoria": "Africa/Johannesburg",
    "cairo": "Africa/Cairo",
    "kyiv": "Europe/Kiev",
    "st. petersburg": "Europe/Moscow",
    "abu dhabi": "Asia/Dubai",
    "islamabad": "Asia/Karachi",
    "ekaterinburg": "Asia/Yekaterinburg",
    "chennai": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "sri jayawardenepura": "Asia/Colombo",
    "astana": "Asia/Almaty",
    "beijing": "Asia/Shanghai",
    "hanoi": "Asia/Bangkok",
    "osaka": "Asia/Tokyo",
    "sapporo": "Asia/Tokyo",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
    "solomon is.": "Pacific/Guadalcanal",
    "new caledonia": "Pacific/Noumea",
    "marshall is.": "Pacific/Majuro",
    "nuku'alofa": "Pacific/Tongatapu",
    "kiritimati island": "Pacific/Kiritimati",
    "brasilia": "America/Sao_Paulo",
    "guadalajara": "America/Mexico_City",
    "mid-atlantic": "Atlantic/South_Georgia",
    "midway island": "Pacific/Pago_Pago",
    "quito": "America/Bogota",
    "georgetown": "America/La_Paz",
    "city of buenos aires": "America/Argentina/Buenos_Aires",
    "international date line west": "Etc/GMT+12",
    "baja california": "America/Tijuana",
    "chetumal": "America/Cancun",
    "la paz": "America/La_Paz",
}
"""Parts of the names Outlook shows that are no name of the time zone data. The distance in them has to fit, too."""

DISTANCE = re.compile(r"\(?\s*(?:UTC|GMT)\s*([+-]\d{1,2}(?:[:.]?\d{2})?)?\s*\)?\s*(.*)", re.IGNORECASE)


def plain(name: str) -> str:
    return " ".join(name.replace("\\", "").strip(' "\t').casefold().split())


@cache
def _all_names() -> dict[str, str]:
    names = {
        name.casefold(): name for name in available_timezones() if not name.startswith(("posix/", "right/"))
    }
    names.update({name.replace("_", " "): found for name, found in list(names.items())})
    names.update({name.casefold(): found for name, found in WINDOWS_TO_OLSON.items()})
    return names


@cache
def _cities() -> dict[str, str]:
    """The last part of a zone's name."""
    found: dict[str, str] = {}
    for name in sorted(available_timezones()):
        region, slash, rest = name.partition("/")
        if slash and region not in (
            "Etc",
            "US",
            "Canada",
            "posix",
            "right",
            "SystemV",
            "Mexico",
            "Brazil",
            "Chile",
        ):
            found.setdefault(rest.rpartition("/")[2].replace("_", " ").casefold(), name)
    return found


def by_name(name: str) -> str | None:
    if name in _UTC_NAMES:
        return "UTC"
    names = _all_names()
    if name in names:
        return names[name]
    if name in _SHORT:
        return _SHORT[name]
    pieces = name.strip("/").split("/")
    for first in range(1, len(pieces)):
        found = names.get("/".join(pieces[first:]))
        if found and "/" in found:
            return found
    return _by_display_name(name)


def _by_display_name(name: str) -> str | None:
    """`(UTC-05:00) Eastern Time (US & Canada)`, `GMT +0100 (Standard) / GMT +0200 (Daylight)`, `Amsterdam, Berlin`."""
    found = DISTANCE.fullmatch(name)
    distance = offset_of((found[1] or "+0").replace(".", ":")) if found else None
    words = (found[2] if found else name).strip()
    if found and words in _UTC_NAMES:
        return "UTC" if not distance else None
    places = [words, *re.split(r"\s*[,/&]\s*", re.sub(r"\s*\(.*?\)", "", words))]
    for place in filter(None, places):
        zone = _REGIONS.get(place) or _cities().get(place) or _all_names().get(place)
        region = next((each for key, each in _REGIONS.items() if place.startswith(key)), None)
        for one in filter(None, (zone, region)):
            if (found and distance == _usual(one)) or (not found and place != words and len(places) > 2):
                return one
    return None


@cache
def _usual(name: str) -> dt.timedelta | None:
    """How far a zone is ahead when no summer time is kept: the smaller of its two distances."""
    zone = ZoneInfo(name)
    offsets = [dt.datetime(2026, month, 15, tzinfo=zone).utcoffset() or dt.timedelta() for month in (1, 7)]
    return min(offsets)

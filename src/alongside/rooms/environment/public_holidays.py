"""Public holidays by country and part of a country, from the `holidays` library (decision 21)."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, to_locale

FIRST_YEAR, LAST_YEAR = 1990, 2100


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Every country whose holidays are known: its code of two letters and its name, by name."""
    from holidays.registry import COUNTRIES

    names = {codes[1]: _spaced(codes[0]) for codes in COUNTRIES.values()}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _spaced(name: str) -> str:
    """`SaintKittsAndNevis` as it is written."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return re.sub(r" (And|Of|The)\b", lambda found: found.group().lower(), words)


@lru_cache(maxsize=512)
def parts(country: str) -> dict[str, str]:
    """The parts of a country that have holidays of their own: code and name, by name."""
    if country not in countries():
        return {}
    known = _calendar_of(country)
    names = known.get_subdivision_aliases()
    found = {part: (names.get(part) or [part])[0] for part in known.subdivisions}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def is_known(country: str, part: str = "") -> bool:
    return country in countries() and (not part or part in parts(country))


def named(country: str, part: str, year: int) -> dict[dt.date, str]:
    """The public holidays of a year with their names, in the reader's language where the library speaks it."""
    return _of_year(country, part, year, to_locale(get_language() or "en-gb"))


def is_holiday(country: str, part: str, day: dt.date) -> bool:
    return bool(country) and day in _of_year(country, part, day.year, "")


@lru_cache(maxsize=512)
def _of_year(country: str, part: str, year: int, language: str) -> dict[dt.date, str]:
    if not is_known(country, part) or not FIRST_YEAR <= year <= LAST_YEAR:
        return {}
    spoken = _calendar_of(country).supported_languages
    wanted = (language, language.split("_")[0], "en_GB", "en_US")
    chosen = next((one for one in wanted if one in spoken), None)
    found = _calendar_of(country)(subdiv=part or None, years=year, language=chosen)
    return dict(sorted(found.items()))


def _calendar_of(country: str) -> Any:
    import holidays

    return getattr(holidays, country)

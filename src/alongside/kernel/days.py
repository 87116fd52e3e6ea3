"""Days as they are written."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def in_letters(day: dt.date, form: str) -> str:
    """A day in the language that is spoken now. The same few days stand on a page many times: each is written once."""
    return _written(day, form, get_language())


@lru_cache(maxsize=4096)
def _written(day: dt.date, form: str, language: str | None) -> str:
    return str(date_format(day, form))

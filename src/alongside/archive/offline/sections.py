"""What the pages of an archive are made of, and how plain facts become lines one can read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ..gathering import Facts


@dataclass(frozen=True)
class Entry:
    """One thing: what it is, a line about it, what was written, and pairs of what and how much."""

    title: str = ""
    about: str = ""
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    entries: tuple[Entry, ...]

    def __bool__(self) -> bool:
        return bool(self.entries)


def section(key: str, title: str, entries: Iterable[Entry]) -> Section:
    return Section(key, title, tuple(entries))


def entry(title: Any = "", *about: Any, text: Any = "", pairs: Iterable[tuple[Any, Any]] = ()) -> Entry:
    """What is empty is left out."""
    told = " · ".join(said(each) for each in about if said(each))
    known = tuple((str(name), said(value)) for name, value in pairs if said(value))
    return Entry(said(title), told, said(text), known)


def word_entry(one: Facts) -> Entry:
    """Some words, with the question they answer."""
    told = _("only you can read this") if one["read_by"] == "mine" else ""
    return entry(
        one["question"], one["author"], one["changed_at"] or one["written_at"], told, text=one["text"]
    )


def said(value: Any) -> str:
    """A moment or a day as people write it, by the person's own clocks; anything else as it is."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, dt.date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)

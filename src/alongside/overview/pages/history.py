"""How some words came to be: the goes in which they were written, each with what changed; and one version whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import Resolver404, resolve
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.comparing import Change, woven
from alongside.journeys.history import History
from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.seat import Seat

from .common import room

SAVES_WORDS = frozenset(
    {
        "first_meeting:words",
        "first_meeting:write_section",
        "sessions:write",
        "sessions:write_for_next_time",
        "focusing:write",
        "ending:words",
        "handover:summary",
        "taken:note",
    }
)
"""The doors behind boxes where one writes, and no other: a link must not make an action of bringing words back."""
LONG = 40_000
"""Characters on both sides together beyond which a change is not worked out word by word."""


@dataclass(frozen=True)
class VersionLine:
    when: str
    by: str
    changes: tuple[Change, ...]
    too_long: str
    url: str
    is_now: bool
    beside: str


@dataclass(frozen=True)
class HistoryPage:
    lead: str
    lines: tuple[VersionLine, ...]
    more: str
    back: str


def history_page(seat: Seat, history: History, to: str) -> HistoryPage:
    shown = len(history.versions)
    return HistoryPage(
        lead=_("Everything that was saved is here, the latest first.")
        if shown
        else _("There is no earlier version that you can read."),
        lines=tuple(
            VersionLine(
                when=_moment(version.at),
                by=version.by,
                changes=_changes(version.before, version.text),
                too_long="" if _is_short(version.before, version.text) else _letters(version.text),
                url=_with_door(room(seat, "overview:version", history.words.id, version.number), to),
                is_now=version.number == history.words.version,
                beside=_("Saved beside the box: together with what stood there it was too long.")
                if version.beside
                else "",
            )
            for version in history.versions
        ),
        more=_("There are more. The latest %(count)s are shown.") % {"count": shown} if history.more else "",
        back=room(seat, "overview:journey"),
    )


def _is_short(before: str, after: str) -> bool:
    return len(before) + len(after) <= LONG


def _changes(before: str, after: str) -> tuple[Change, ...]:
    return woven(before, after) if _is_short(before, after) else ()


def _letters(text: str) -> str:
    count = len(text)
    said = ngettext(
        "Too long to show the changes. It had %(count)s character then.",
        "Too long to show the changes. It had %(count)s characters then.",
        count,
    )
    return said % {"count": formats.number_format(count)}


@dataclass(frozen=True)
class VersionPage:
    lead: str
    text: str
    door: str
    """Where bringing it back is saved; "" where it can't be."""
    stands: str
    version: int
    why_not: str
    back: str


def version_page(seat: Seat, words: Words, version: WordsVersion, to: str) -> VersionPage:
    facts = {"name": version.by.name, "when": _moment(version.created_at)}
    door, why_not = door_in(seat, to), ""
    if seat.is_over:
        door, why_not = "", _("This has ended. Its words can be read, not changed.")
    elif str(version.text) == str(words.text):
        door, why_not = "", _("This is the current version.")
    elif not door:
        why_not = _("This box can no longer be changed. You can read and copy this version.")
    return VersionPage(
        lead=_("Saved by %(name)s: %(when)s.") % facts,
        text=str(version.text),
        door=door,
        stands=str(words.text),
        version=words.version,
        why_not=why_not,
        back=_with_door(room(seat, "overview:history", words.id), to),
    )


def door_in(seat: Seat, to: str) -> str:
    """The door a box of this journey is saved through; "" for anything else that stands in an address."""
    if not to.startswith(f"/journeys/{seat.journey.id}/"):
        return ""
    try:
        return to if resolve(to).view_name in SAVES_WORDS else ""
    except Resolver404:
        return ""


def _with_door(url: str, to: str) -> str:
    return f"{url}?{urlencode({'to': to})}" if to else url


def _moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "l j F Y, H:i")

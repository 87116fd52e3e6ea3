"""What several pages of this room share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from alongside.journeys import visibility
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
from alongside.journeys.words_page import words_box as shown
from alongside.ui.lists import Reader
from alongside.ui.words import WordsBox


def address(seat: Seat, name: str, **parts: Any) -> str:
    """The address of a door of this room."""
    return reverse(f"first_meeting:{name}", kwargs={"journey_id": seat.journey.id, **parts})


def day(when: dt.date | dt.datetime | None) -> str:
    """A day as people write it, in the reader's own zone; "" for none."""
    if when is None:
        return ""
    if isinstance(when, dt.datetime):
        when = timezone.localtime(when)
    return date_format(when, "j F Y")


def moment(when: dt.datetime) -> str:
    return date_format(timezone.localtime(when), "l j F Y, H:i")


def words_box(
    seat: Seat,
    box: Box,
    words: Words | None,
    *,
    name: str,
    url: str,
    label: Any,
    help: Any = "",
    rows: int = 4,
) -> WordsBox:
    """A box to write in, as high as what stands in it."""
    text = str(words.text) if words else ""
    return shown(
        seat,
        words,
        visibility=words.visibility if words else str(box.visibility),
        name=name,
        label=label,
        url=url,
        help_text=help,
        rows=max(rows, min(18, len(text) // 60 + text.count("\n") + 1)),
    )


def both_read(seat: Seat) -> tuple[Reader, ...]:
    """Everyone who can read what is shared here now: the two, and who covers."""
    found = visibility.readers(seat, Visibility.OURS)
    return tuple(Reader(each.name, seat.called(each.part)) for each in found)

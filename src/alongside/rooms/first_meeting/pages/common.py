"""What several pages of this room share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from alongside.journeys import visibility
from alongside.journeys.history import earlier
from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.journeys.words import Box
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
    """A box to write in, with who will be able to read it."""
    label_of_visibility = words.visibility if words else str(box.visibility)
    text = words.text if words else ""
    return WordsBox(
        history=earlier(seat, words, url),
        name=name,
        label=label,
        help=help,
        visibility_line=visibility.sentence(seat, label_of_visibility),
        text=text,
        version=words.version if words else 0,
        url=url,
        rows=max(rows, min(18, len(text) // 60 + text.count("\n") + 1)),
        visibility=label_of_visibility,  # type: ignore[arg-type]
    )


def both_read(seat: Seat) -> tuple[Reader, ...]:
    """The two who can read what is shared here."""
    words = seat.kind.words
    return (
        Reader(seat.guide.name, str(words.guide)),
        Reader(seat.participant.name, str(words.participant)),
    )

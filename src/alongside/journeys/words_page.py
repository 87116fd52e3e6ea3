"""A box where one writes, as every page shows it."""

from __future__ import annotations

from typing import Any

from alongside.ui.words import WordsBox

from . import visibility as readers
from .history import addition, earlier
from .models import Words
from .seat import Seat


def words_box(
    seat: Seat,
    words: Words | None,
    *,
    visibility: str,
    name: str,
    label: Any,
    url: str,
    line: str = "",
    help_text: Any = "",
    readonly: bool = False,
    rows: int = 4,
    sentences: bool = True,
) -> WordsBox:
    """A box as it stands, with who can read it said at it and the way to its earlier versions.

    `url` is the door it is saved through; `line` says who can read it in other words than the usual ones.
    """
    return WordsBox(
        name=name,
        label=str(label),
        help=str(help_text),
        visibility_line=line or readers.sentence(seat, visibility),
        visibility=str(visibility),  # type: ignore[arg-type]
        text=str(words.text) if words else "",
        version=words.version if words else 0,
        url=url,
        readonly=readonly,
        rows=rows,
        sentences=sentences,
        addition=addition(seat, words, "" if readonly else url),
        history=earlier(seat, words, "" if readonly else url),
    )

"""Sections of a draft that still have their ready text: they follow the numbers of the agreement.

How often and how long one meets stands among the numbers and in the words. While nobody has changed the words, a new
number changes them too; what somebody wrote stays as they wrote it.
"""

from __future__ import annotations

from collections.abc import Collection

from alongside.journeys import words as writing
from alongside.journeys.seat import Seat

from . import boxes, queries
from .models import AgreementVersion
from .texts import starting_texts


def untouched(seat: Seat, version: AgreementVersion) -> frozenset[str]:
    """The sections that say what they were given, by the numbers as they stand now."""
    ready, written = starting_texts(seat, version), queries.section_texts(seat, version)
    return frozenset(key for key, text in ready.items() if written.get(key, "").strip() == text.strip())


def write_again(seat: Seat, version: AgreementVersion, keys: Collection[str]) -> None:
    """Say these sections by the numbers as they stand now; part of an action."""
    ready, written = starting_texts(seat, version), queries.sections_of(seat, version)
    for key in keys:
        if ready[key].strip() != str(written[key].text).strip():
            box = boxes.section(version.id, key)
            writing.write(box=box, text=ready[key], version=written[key].version, by=seat)

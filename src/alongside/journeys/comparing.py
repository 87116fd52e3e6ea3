"""Two wordings laid beside each other, word by word. Plain functions of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row, and whether the other side lacks them."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return not any(piece.changed for piece in (*self.before, *self.after))


def compare(before: str, after: str) -> Compared:
    left: list[Piece] = []
    right: list[Piece] = []
    for same, was, now in _runs(before, after):
        left.append(Piece("".join(was), not same))
        right.append(Piece("".join(now), not same))
    return Compared(_joined(left), _joined(right))


@dataclass(frozen=True, slots=True)
class Change:
    """Some words in a row that stayed, came or went: what somebody reads as one text with its changes in it."""

    text: str
    came: bool = False
    went: bool = False


def woven(before: str, after: str) -> tuple[Change, ...]:
    """The two as one text: what went stands before what came in its place."""
    found: list[Change] = []
    for same, was, now in _runs(before, after):
        if same:
            # a word that ended a line or a text keeps the space that parts it from what went
            pairs = zip(was, now, strict=True)
            found.append(Change("".join(here if here[-1:].isspace() else there for there, here in pairs)))
        else:
            found += [Change("".join(was), went=True), Change("".join(now), came=True)]
    return tuple(each for each in found if each.text)


def _runs(before: str, after: str) -> Iterator[tuple[bool, list[str], list[str]]]:
    """Runs of the two in order, alike or not: line by line first, and only where lines differ word by word.

    So long texts stay quick.
    """
    old, new = _lines(before), _lines(after)
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield True, old[i:j], new[k:m]
            continue
        was, now = _PIECES.findall("".join(old[i:j])), _PIECES.findall("".join(new[k:m]))
        words = [word.strip() for word in was], [word.strip() for word in now]
        for inner, a, b, c, d in SequenceMatcher(None, *words).get_opcodes():
            yield inner == "equal", was[a:b], now[c:d]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").strip().splitlines(keepends=True)


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours alike become one; nothing stays out."""
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and found[-1].changed == piece.changed:
            found[-1] = Piece(found[-1].text + piece.text, piece.changed)
        else:
            found.append(piece)
    return tuple(found)

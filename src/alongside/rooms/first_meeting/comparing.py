"""Two wordings laid beside each other, word by word. Plain functions of texts."""

from __future__ import annotations

import re
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
    """Line by line first, and only where lines differ word by word: long texts stay quick."""
    old, new = _lines(before), _lines(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before_here, after_here = "".join(old[i:j]), "".join(new[k:m])
        if tag == "equal":
            left.append(Piece(before_here))
            right.append(Piece(after_here))
        else:
            _by_words(before_here, after_here, left, right)
    return Compared(_joined(left), _joined(right))


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").strip().splitlines(keepends=True)


def _by_words(before: str, after: str, left: list[Piece], right: list[Piece]) -> None:
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    same = [word.strip() for word in old], [word.strip() for word in new]
    for tag, i, j, k, m in SequenceMatcher(None, *same).get_opcodes():
        left.append(Piece("".join(old[i:j]), tag != "equal"))
        right.append(Piece("".join(new[k:m]), tag != "equal"))


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

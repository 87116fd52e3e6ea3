"""Two people wrote in the same box: put both together so that no word of either is lost."""

from __future__ import annotations

import re

from merge3 import Merge3

_TOKEN = re.compile(r"\S+|\s+")


def merge(base: str, theirs: str, mine: str) -> str:
    """Merge word by word, three ways.

    Where only one side changed, its change stands; where both changed the same words, theirs is followed by mine.
    """
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    pieces: list[str] = []
    groups = Merge3(_TOKEN.findall(base), _TOKEN.findall(theirs), _TOKEN.findall(mine)).merge_groups()
    for what, *sides in groups:
        if what != "conflict":
            pieces.extend(sides[0])
            continue
        left, right = "".join(sides[1]), "".join(sides[2])
        gap = (
            "" if not left.strip() or not right.strip() or left[-1:].isspace() or right[:1].isspace() else " "
        )
        pieces.append(left + gap + right)
    return "".join(pieces)

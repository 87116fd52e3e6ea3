"""Two people wrote in the same box: put both together so that no word of either is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from merge3 import Merge3

from .matching import Budget, Matcher

_TOKEN = re.compile(r"\S+|\s+")


def merge(base: str, theirs: str, mine: str, budget: Budget | None = None) -> str:
    """Merge word by word, three ways.

    Where only one side changed, its change stands; where both changed the same words, theirs is followed by mine. What
    one took away and the other changed stays as changed. What one side holds there already isn't written twice. Where the
    budget is spent before it is known what both have in common, both stay.
    """
    plain = of_one_side(base, theirs, mine)
    if plain is not None:
        return plain
    before, left, right = (_TOKEN.findall(text) for text in (base, theirs, mine))
    matcher: Any = partial(Matcher, budget=budget or Budget())
    tokens: list[str] = []
    for what, *sides in Merge3(before, left, right, sequence_matcher=matcher).merge_groups():
        tokens.extend(sides[0] if what != "conflict" else _both(sides[1], sides[2]))
    return "".join(_apart(tokens))


def of_one_side(base: str, theirs: str, mine: str) -> str | None:
    """The result where only one side changed, or both alike; None where the two have to be merged."""
    if theirs in (base, mine):
        return mine
    return theirs if mine == base else None


def _both(theirs: Sequence[str], mine: Sequence[str]) -> Sequence[str]:
    """Both, one after the other; the longer alone where the other's words stand in it in one row."""
    left, right = _words(theirs), _words(mine)
    if _stands_in(right, left):
        return theirs
    return mine if _stands_in(left, right) else [*theirs, *mine]


def _words(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def _stands_in(few: list[str], many: list[str]) -> bool:
    # each word between two line ends, which no word holds: then the search for a text finds whole words
    return "\n".join(["", *few, ""]) in "\n".join(["", *many, ""])


def _apart(tokens: Iterable[str]) -> Iterable[str]:
    """Two words that met only in the merge get a space between them, or they would be one that nobody wrote."""
    last = " "
    for token in tokens:
        if not last.isspace() and not token.isspace():
            yield " "
        yield token
        last = token

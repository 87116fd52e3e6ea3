"""Which words of two texts are the same ones, quickly also for texts as long as a box can hold.

`difflib` alone takes minutes for two hundred thousand characters. What both begin and end with is set aside first; what
is left is cut at the words that occur once in both (the *patience* way), and `difflib` compares the short pieces between.
Texts can be made for which even that never ends: every step is counted, and what is left when the budget is spent has
nothing in common.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from contextlib import suppress
from difflib import Match, SequenceMatcher
from itertools import pairwise

Block = tuple[int, int, int]
Range = tuple[int, int, int, int]

LARGEST_COMPARED = 400_000
"""So many pairs of words are compared with each other; of larger pieces without a common single word nothing matches."""


STEPS = 4_000_000
"""So many words are looked at, or held against each other, for one merge: about half a second of work."""


class Spent(Exception):
    """The budget is spent."""


class Budget:
    """How many steps may still be made; `spend` before making them."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        if steps > self.left:
            self.left = 0
            raise Spent
        self.left -= steps


class Matcher:
    """What `merge3` asks of a `difflib.SequenceMatcher`: where the two run alike, in order, and an empty block at the end."""

    def __init__(
        self,
        isjunk: None = None,
        a: Sequence[str] = "",
        b: Sequence[str] = "",
        autojunk: bool = False,
        budget: Budget | None = None,
    ) -> None:
        self.a, self.b, self.budget = a, b, budget or Budget()

    def get_matching_blocks(self) -> list[Block]:
        blocks: list[Block] = []
        with suppress(Spent):
            self._match(blocks)
        return [*_joined(sorted(blocks)), (len(self.a), len(self.b), 0)]

    def _match(self, blocks: list[Block]) -> None:
        waiting: list[Range] = [(0, len(self.a), 0, len(self.b))]
        while waiting:
            piece = waiting.pop()
            self.budget.spend(piece[1] - piece[0] + piece[3] - piece[2])
            inner = self._trim(piece, blocks)
            a_from, a_to, b_from, b_to = inner
            if a_from == a_to or b_from == b_to:
                continue
            pieces = self._cut(inner)
            if len(pieces) > 1:
                waiting.extend(pieces)
            elif (a_to - a_from) * (b_to - b_from) <= LARGEST_COMPARED:
                self._compare(inner, blocks)

    def _trim(self, piece: Range, blocks: list[Block]) -> Range:
        """Set aside what both begin with and what both end with."""
        a, b = self.a, self.b
        a_from, a_to, b_from, b_to = piece
        start = 0
        while a_from + start < a_to and b_from + start < b_to and a[a_from + start] == b[b_from + start]:
            start += 1
        if start:
            blocks.append((a_from, b_from, start))
            a_from, b_from = a_from + start, b_from + start
        end = 0
        while a_to - end > a_from and b_to - end > b_from and a[a_to - end - 1] == b[b_to - end - 1]:
            end += 1
        if end:
            a_to, b_to = a_to - end, b_to - end
            blocks.append((a_to, b_to, end))
        return a_from, a_to, b_from, b_to

    def _cut(self, piece: Range) -> list[Range]:
        """The piece cut before each word that occurs once on either side, as far as these stand in the same order."""
        a_from, a_to, b_from, b_to = piece
        once_in_a, once_in_b = _once(self.a, a_from, a_to), _once(self.b, b_from, b_to)
        pairs = [(place, once_in_b[word]) for word, place in once_in_a.items() if word in once_in_b]
        cuts = [(a_from, b_from), *_in_order(pairs), (a_to, b_to)]
        return [
            (left_a, right_a, left_b, right_b)
            for (left_a, left_b), (right_a, right_b) in pairwise(cuts)
            if left_a < right_a or left_b < right_b
        ]

    def _compare(self, piece: Range, blocks: list[Block]) -> None:
        a_from, a_to, b_from, b_to = piece
        close = _Close(self.a[a_from:a_to], self.b[b_from:b_to], self.budget)
        try:
            close.get_matching_blocks()
        finally:  # what was found before the budget was spent holds, too
            blocks.extend((a_from + i, b_from + j, size) for i, j, size in close.found)


class _Close(SequenceMatcher[str]):
    """`difflib`, with each of its steps paid for before it is made."""

    def __init__(self, a: Sequence[str], b: Sequence[str], budget: Budget) -> None:
        super().__init__(None, a, b, autojunk=False)
        self.words, self.budget, self.found = a, budget, list[Match]()
        self.often = {word: len(places) for word, places in self.b2j.items()}  # type: ignore[attr-defined]

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        words = self.words[alo:ahi]
        self.budget.spend(len(words) + sum(self.often.get(word, 0) for word in words))
        match = super().find_longest_match(alo, ahi, blo, bhi)
        if match.size:
            self.found.append(match)
        return match


def _once(words: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where each word stands that occurs once within; in the order of the text."""
    places: dict[str, int] = {}
    for place in range(start, end):
        word = words[place]
        places[word] = -1 if word in places else place
    return {word: place for word, place in places.items() if place >= 0}


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that rises on both sides; the pairs come in the order of the first."""
    ends: list[int] = []
    rows: list[int] = []
    before: list[int] = []
    for number, (_a, b) in enumerate(pairs):
        place = bisect_left(ends, b)
        before.append(rows[place - 1] if place else -1)
        ends[place : place + 1], rows[place : place + 1] = [b], [number]
    found = []
    number = rows[-1] if rows else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _joined(blocks: list[Block]) -> list[Block]:
    """Neighbours that touch become one."""
    found: list[Block] = []
    for a, b, size in blocks:
        if found and found[-1][0] + found[-1][2] == a and found[-1][1] + found[-1][2] == b:
            found[-1] = (*found[-1][:2], found[-1][2] + size)
        else:
            found.append((a, b, size))
    return found

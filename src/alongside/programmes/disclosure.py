"""Small numbers hidden, in one place, as the last step of every figure.

What comes out of here may be printed, sent and added up by anybody; what went in reaches no page, file, interface or log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Rule = Literal["opensafely", "cms"]
RULES: tuple[Rule, ...] = ("opensafely", "cms")

SMALL = {"opensafely": 7, "cms": 10}
"""The largest count that is hidden; 0 is shown by both rules."""
ROUNDED_TO = 5


class Published(NamedTuple):
    """A table as it may be shown."""

    cells: tuple[int | None, ...]
    """In the order given; None where a cell is hidden."""
    total: int | None
    """Never more than the cells give away; None where everything is hidden, or where it would pin a hidden cell."""


def publish(counts: Sequence[int], rule: Rule = "opensafely") -> Published:
    """One row of counts, of people who stand in one cell each, with its total, as it may be shown.

    opensafely: 1 to 7 are hidden, all else is rounded to the nearest 5, and the total is the sum of the rounded cells
    (opensafely/documentation, *Statistical disclosure control*). cms: 1 to 10 are hidden, and as many more cells, the
    smallest first, as it takes for no hidden one to follow from the total (complementary suppression; CMS cell size
    suppression policy). ValueError for a count below 0 or a rule that does not exist.
    """
    _check(rule, *counts)
    return _rounded(counts) if rule == "opensafely" else _suppressed(counts)


def publish_rate(numerator: int, denominator: int, rule: Rule = "opensafely") -> float | None:
    """A share, 0 to 1, from numbers as they may be shown, or None.

    None when either number is hidden, and when the share is nobody or everybody: that tells something of each of them.
    By cms also when the others are so few that they would have to be hidden. ValueError unless 0 <= numerator <=
    denominator.
    """
    _check(rule, numerator, denominator, denominator - numerator)
    if rule == "cms":
        parts = (numerator, denominator - numerator)
        return None if any(part <= SMALL[rule] for part in parts) else numerator / denominator
    part, whole = (_round(number) for number in (numerator, denominator))
    return part / whole if part and whole and part < whole else None


def _check(rule: str, *counts: int) -> None:
    if rule not in RULES:
        raise ValueError(f"No rule for small numbers is called {rule!r}; there are {' and '.join(RULES)}.")
    if any(count < 0 for count in counts):
        raise ValueError("A count is never below 0, and a part never more than its whole.")


def _is_small(count: int, rule: Rule) -> bool:
    return 1 <= count <= SMALL[rule]


def _round(count: int) -> int | None:
    return (
        None
        if _is_small(count, "opensafely")
        else ROUNDED_TO * ((2 * count + ROUNDED_TO) // (2 * ROUNDED_TO))
    )


def _rounded(counts: Sequence[int]) -> Published:
    cells = tuple(map(_round, counts))
    shown = sum(cell for cell in cells if cell is not None)
    # nothing shown beside something hidden is not a total of 0
    return Published(cells=cells, total=None if not shown and None in cells else shown)


def _suppressed(counts: Sequence[int]) -> Published:
    hidden = {place for place, count in enumerate(counts) if _is_small(count, "cms")}
    others = sorted((count, place) for place, count in enumerate(counts) if count > SMALL["cms"])
    while hidden and others and not _is_safe([counts[place] for place in hidden]):
        hidden.add(others.pop(0)[1])
    safe = not hidden or _is_safe([counts[place] for place in hidden])
    return Published(
        cells=tuple(None if place in hidden else count for place, count in enumerate(counts)),
        total=sum(counts) if safe else None,
    )


def _is_safe(hidden: Sequence[int]) -> bool:
    """Whether the sum of these, which total and shown cells give away, still lets each be anything from 1 to above small.

    Nobody can then say even that one of them is small.
    """
    return len(hidden) > 1 and sum(hidden) - (len(hidden) - 1) > SMALL["cms"]


class Share(NamedTuple):
    """A part and its whole as they may be shown; whatever is added up or divided later is made of these alone."""

    part: int | None
    whole: int | None


HIDDEN_SHARE = Share(part=None, whole=None)


def publish_share(part: int, whole: int, rule: Rule = "opensafely") -> Share:
    """A part of a whole, both rounded to 5, as they may be shown.

    The whole is None where it is hidden. The part is None where `publish_rate` gives no rate: when either number is
    hidden, and when it is nobody or everybody. By cms the numbers are rounded as well, so that no total of exact ones
    has to be protected by hiding further cells. ValueError unless 0 <= part <= whole.
    """
    rate = publish_rate(part, whole, rule)
    if _is_small(whole, rule):
        return HIDDEN_SHARE
    rounded = _round(part)
    shown = _round(whole)
    # by cms the exact parts were looked at: rounded, they must still be neither nobody nor everybody
    is_told = rate is not None and rounded and shown and rounded < shown
    return Share(part=rounded if is_told else None, whole=shown)

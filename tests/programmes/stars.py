"""Random stars for the tests of figures: rows as any journeys could leave them."""

from __future__ import annotations

import random

from alongside.programmes.star.rows import (
    DUE_SORTS,
    ENDED,
    NOWHERE,
    UNKNOWN,
    DueRow,
    EndingRow,
    MeetingRow,
    MonthRow,
    Tables,
)

KINDS = ("supervision", "mentoring", "treatment")
MONTHS = (202512, 202601, 202602)


def star(seed: int, journeys: int, programmes: tuple[str, ...] = ("a" * 32, "b" * 32, NOWHERE)) -> Tables:
    chance = random.Random(seed)
    tables = Tables([], [], [], [])
    for number in range(journeys):
        head = (f"{number:032x}", "o" * 32, chance.choice(programmes), chance.choice(KINDS))
        for month in MONTHS:
            if chance.random() < 0.8:
                tables.months.append(_month(chance, head, month))
            tables.meetings.extend(_meeting(chance, head, month) for _ in range(chance.randrange(3)))
            if chance.random() < 0.4:
                tables.dues.append(
                    DueRow(*head, month, chance.choice(DUE_SORTS), _or_none(chance, chance.randint(-9, 100)))
                )
        if chance.random() < 0.6:
            tables.endings.append(_ending(chance, head, chance.choice(MONTHS)))
    return tables


def _yes(chance: random.Random) -> bool:
    return chance.random() < 0.6


def _or_none(chance, value):
    return None if chance.random() < 0.2 else value


def _month(chance: random.Random, head: tuple, month: int) -> MonthRow:
    days, every = chance.randint(0, 70), chance.choice((7, 14, 21, 28))
    return MonthRow(*head, month, _yes(chance), _or_none(chance, days), every, _yes(chance))


def _meeting(chance: random.Random, head: tuple, month: int) -> MeetingRow:
    held = _yes(chance)
    return MeetingRow(
        *head,
        month,
        held,
        not held and _yes(chance),
        held and _yes(chance),
        chance.randrange(3),
        _yes(chance),
        _or_none(chance, _yes(chance)),
        _or_none(chance, _yes(chance)),
        _or_none(chance, _yes(chance)),
    )


def _ending(chance: random.Random, head: tuple, month: int) -> EndingRow:
    return EndingRow(
        *head,
        month,
        chance.choice(ENDED),
        _yes(chance),
        _yes(chance),
        _yes(chance),
        chance.randrange(80),
        chance.randrange(5),
        chance.randrange(4),
        chance.randrange(3),
        _yes(chance),
        _or_none(chance, _yes(chance)),
        _or_none(chance, _yes(chance)),
        chance.choice(("improvement", "deterioration", "none", UNKNOWN)),
    )

"""How long scoring and classifying a million readings takes, beside a bare numpy pass computing the same.

The bare pass is what one would write for this one measure alone: no check of what comes in, no directions, no bounds
with sources. Both are made in turns in the same run, and their results are compared before anything is measured.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings.test")
    import django

    django.setup()

import numpy as np

from alongside.measures.change import classify_many
from alongside.measures.gas import t_scores
from alongside.measures.questionnaires import score_many

READINGS, AT_MOST = 1_000_000, 3
Results = tuple[Any, ...]


def scoring_figures(readings: int = READINGS, blocks: int = 7) -> dict[str, Any]:
    """`ratio_to_floor` is the worst of the parts; each with its times in milliseconds."""
    chance = np.random.default_rng(20_260)
    parts = (_questionnaires(chance, readings), _changes(chance, readings), _attainment(chance, readings))
    measured = {name: _measure(ours, floor, blocks) for name, ours, floor in parts}
    return {
        "ratio_to_floor": max(one["ratio_to_floor"] for one in measured.values()),
        "at_most": AT_MOST,
        "readings": readings,
        "parts": measured,
    }


Part = tuple[str, Callable[[], Results], Callable[[], Results]]


def _questionnaires(chance: np.random.Generator, readings: int) -> Part:
    """PHQ-9 with its ten questions, one form in ten not finished: total, band, complete, safety."""
    answers = chance.integers(0, 4, size=(readings, 10), dtype=np.int8)
    answers[chance.random(readings) < 0.1, 4] = -1
    highest = np.array([4, 9, 14, 19, 27])

    def ours() -> Results:
        found = score_many("phq-9", answers)
        return found.total, found.band, found.complete, found.safety

    def floor() -> Results:
        complete = (answers[:, :9] >= 0).all(axis=1)
        total = np.where(complete, answers[:, :9].sum(axis=1), -1)
        band = np.where(complete, np.searchsorted(highest, total), -1)
        return total, band, complete, answers[:, 8] > 0

    return "questionnaires", ours, floor


def _changes(chance: np.random.Generator, readings: int) -> Part:
    """PHQ-9, first and latest: the label, whether reliable, whether it may be noticed."""
    first, latest = (chance.integers(0, 28, size=readings).astype(np.float64) for _ in range(2))

    def ours() -> Results:
        found = classify_many("phq-9", first, latest)
        return found.label, found.reliable, found.importance

    def floor() -> Results:
        size = np.abs(latest - first)
        reliable = size >= 6
        noticed = (size >= 0.2 * first - 1e-9) & (first != 0) & (size > 0)
        label = np.where(reliable | noticed, np.where(latest < first, 1, -1), 0)
        return label, reliable, noticed

    return "changes", ours, floor


def _attainment(chance: np.random.Generator, readings: int) -> Part:
    """Goal attainment: four goals of one person in each row, one in ten not rated, one set of weights."""
    people = readings // 4
    levels = chance.integers(-2, 3, size=(people, 4)).astype(np.float64)
    levels[chance.random(levels.shape) < 0.1] = np.nan
    weights = np.array([6.0, 4.0, 2.0, 9.0])

    def ours() -> Results:
        return (t_scores(levels, weights),)

    def floor() -> Results:
        weighed = np.where(np.isnan(levels), 0, weights)
        reached = (weighed * np.nan_to_num(levels)).sum(axis=1)
        with np.errstate(invalid="ignore"):
            spread = np.sqrt(0.7 * (weighed**2).sum(axis=1) + 0.3 * weighed.sum(axis=1) ** 2)
            return (50 + 10 * reached / spread,)

    return "attainment", ours, floor


def _measure(ours: Callable[[], Results], floor: Callable[[], Results], blocks: int) -> dict[str, Any]:
    for mine, bare in zip(ours(), floor(), strict=True):
        np.testing.assert_allclose(mine, bare, rtol=1e-12)
    times: dict[str, list[float]] = {"ours": [], "floor": []}
    for _ in range(blocks):  # in turns, so that whatever else the machine does falls on both
        times["floor"].append(_seconds(floor))
        times["ours"].append(_seconds(ours))
    took, bare_ms = (statistics.median(times[name]) * 1000 for name in ("ours", "floor"))
    return {
        "ratio_to_floor": round(took / bare_ms, 2),
        "ms": round(took, 2),
        "floor_ms": round(bare_ms, 2),
    }


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.stdout.write(json.dumps(scoring_figures(), indent=1) + "\n")

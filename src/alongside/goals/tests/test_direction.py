"""Which way is better for a target: the measure's, unless a count is meant to fall."""

from decimal import Decimal

import pytest

from alongside.goals.models import TargetWording


@pytest.mark.parametrize(
    ("measure", "baseline", "aim", "direction"),
    [
        ("count", 4, 1, "lower"),
        ("count", 1, 4, "higher"),
        ("count", 4, None, "higher"),
        ("count", None, 1, "higher"),
        ("minutes", 60, 20, "lower"),
        ("rating-0-10", 5, 3, "higher"),
        ("pain-0-10", 3, 7, "lower"),
    ],
)
def test_the_direction_of_a_target(measure, baseline, aim, direction):
    wording = TargetWording(
        measure=measure,
        baseline=None if baseline is None else Decimal(baseline),
        aim=None if aim is None else Decimal(aim),
    )

    assert wording.instrument.direction == direction


def test_fewer_headaches_reach_the_aim():
    wording = TargetWording(measure="count", baseline=Decimal(4), aim=Decimal(1))

    assert [wording.instrument.has_reached(Decimal(v), wording.aim) for v in (4, 2, 1, 0)] == [
        False,
        False,
        True,
        True,
    ]

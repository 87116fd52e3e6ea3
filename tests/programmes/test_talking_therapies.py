"""The rates of England as they were published."""

import pytest

from alongside.programmes.talking_therapies import Rates, rates


def test_england_2024_25_exactly():
    found = rates(
        finished=670_419,
        not_at_caseness=35_234,
        recovered=321_061,
        reliably_recovered=301_815,
        improved=452_284,
        worse=39_157,
    )
    assert [round(each, 1) for each in found] == [50.5, 47.5, 67.5, 5.8]
    assert found.recovery == pytest.approx(100 * 321_061 / 635_185, abs=1e-12), "not rounded"
    # no reliable change, as published, is the rest of those with both scores, of all finished
    assert round(rates(670_419, 35_234, 0, 0, 170_457, 0).improvement, 1) == 25.4


def test_nobody_in_a_denominator_gives_no_rate():
    assert rates(0, 0, 0, 0, 0, 0) == Rates(
        recovery=None, reliable_recovery=None, improvement=None, deterioration=None
    )
    assert rates(4, 4, 0, 0, 1, 0) == Rates(
        recovery=None, reliable_recovery=None, improvement=25.0, deterioration=0.0
    )


@pytest.mark.parametrize("counts", [(-1, 0, 0, 0, 0, 0), (5, 0, 0, 0, 0, -1), (5, 6, 0, 0, 0, 0)])
def test_counts_that_cannot_be_are_refused(counts):
    with pytest.raises(ValueError, match=r"never below 0|cannot have been below caseness"):
        rates(*counts)

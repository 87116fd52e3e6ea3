"""Further published figures, beside those of the reference: what a stranger would look up and compare with."""

import pytest

from alongside.measures import gas
from alongside.measures.change import classify, cutoffs, reliable_change_index, reliable_change_threshold
from alongside.measures.questionnaires import band_of, score
from alongside.measures.talking_therapies import outcome

pytestmark = pytest.mark.one_database

# Kiresuk, Smith & Cardillo 1994: the key that turns the sum of equally weighted goals into a whole T-score.
KEY = {
    1: {-2: 30, -1: 40, 0: 50, 1: 60, 2: 70},
    2: {-4: 25, -3: 31, -2: 38, -1: 44, 0: 50, 1: 56, 2: 62, 3: 69, 4: 75},
    3: {-6: 23, -5: 27, -4: 32, -3: 36, -2: 41, -1: 45, 0: 50, 1: 55, 2: 59, 3: 64, 4: 68, 5: 73, 6: 77},
    4: {-8: 21, -4: 35, -2: 43, -1: 46, 0: 50, 1: 54, 2: 57, 4: 65, 8: 79},
    5: {-10: 20, -5: 35, -1: 47, 0: 50, 1: 53, 5: 65, 10: 80},
}


@pytest.mark.parametrize(
    ("count", "total", "expected"), [(n, total, t) for n, row in KEY.items() for total, t in row.items()]
)
def test_key_of_equally_weighted_goals(count, total, expected):
    levels = [0] * count
    for _step in range(abs(total)):
        place = min(range(count), key=lambda each: abs(levels[each]))
        levels[place] += 1 if total > 0 else -1
    assert sum(levels) == total
    assert round(gas.t_score(levels)) == expected


@pytest.mark.parametrize(
    ("levels", "weights", "expected"),
    [
        # by hand: T = 50 + 10 * SUM(w*x) / sqrt(0.7 * SUM(w^2) + 0.3 * (SUM w)^2)
        ([-1, 1, 2], [1, 2, 3], 50 + 10 * 7 / (0.7 * 14 + 0.3 * 36) ** 0.5),
        ([0, -1, 1, -2], [9, 6, 3, 1], 50 + 10 * (0 - 6 + 3 - 2) / (0.7 * 127 + 0.3 * 361) ** 0.5),
        ([2, 2], [1, 9], 50 + 10 * 20 / (0.7 * 82 + 0.3 * 100) ** 0.5),
    ],
)
def test_weighted_goals_by_hand(levels, weights, expected):
    assert gas.t_score(levels, weights) == pytest.approx(expected)


def test_uncorrected_formula_of_the_article_is_not_the_one_used():
    # Turner-Stokes 2009 as first printed: 10 * SUM(w*x) / sqrt(0.7 * SUM(w^2) + 0.3 * SUM(w^2)), see its erratum
    assert gas.t_score([1, 1], [6, 6]) != pytest.approx(50 + 10 * 12 / 72**0.5)


# Jacobson & Truax 1991: beyond 1.96 standard errors of the difference; a cut-off where the two groups meet.
@pytest.mark.parametrize(
    ("sd", "reliability", "threshold"),
    [(7.5, 0.80, 9.297), (10, 0.90, 8.765), (10, 0, 27.719), (5, 0.80, 6.198), (1, 0.75, 1.386)],
)
def test_threshold_of_reliable_change(sd, reliability, threshold):
    assert reliable_change_threshold(sd, reliability) == pytest.approx(threshold, abs=5e-4)
    assert reliable_change_index(0, threshold, sd, reliability) == pytest.approx(1.96, abs=1e-3)
    assert reliable_change_index(threshold, 0, sd, reliability) == pytest.approx(-1.96, abs=1e-3)


def test_cutoff_c_lies_nearer_to_the_group_that_varies_less():
    found = cutoffs(
        mean_dysfunctional=20, sd_dysfunctional=4, mean_functional=8, sd_functional=2, direction="lower"
    )
    assert found.c == pytest.approx((2 * 20 + 4 * 8) / 6)
    assert (found.a, found.b) == (12, 12)


# Kroenke, Spitzer & Williams 2001 (PHQ-9) and Spitzer et al. 2006 (GAD-7).
@pytest.mark.parametrize(
    ("key", "total", "band"),
    [
        ("phq-9", 0, "none-minimal"),
        ("phq-9", 4, "none-minimal"),
        ("phq-9", 5, "mild"),
        ("phq-9", 9, "mild"),
        ("phq-9", 10, "moderate"),
        ("phq-9", 14, "moderate"),
        ("phq-9", 15, "moderately severe"),
        ("phq-9", 19, "moderately severe"),
        ("phq-9", 20, "severe"),
        ("phq-9", 27, "severe"),
        ("gad-7", 4, "minimal"),
        ("gad-7", 5, "mild"),
        ("gad-7", 10, "moderate"),
        ("gad-7", 15, "severe"),
        ("gad-7", 21, "severe"),
    ],
)
def test_bands_are_known_by_their_words(key, total, band):
    assert band_of(key, total) == band
    assert str(band_of(key, total)) == band


def test_form_as_it_is_handed_in_on_paper():
    found = score("phq-9", [2, 2, 1, 2, 1, 1, 1, 0, 0])
    assert (found.total, found.band, found.complete, found.safety) == (10, "moderate", True, False)
    found = score("phq-9", [0, 0, 0, 0, 0, 0, 0, None, 1])
    assert (found.total, found.band, found.complete, found.safety) == (None, None, False, True)


def test_bands_of_two_forms_with_one_word_are_not_one():
    assert band_of("phq-9", 22) != band_of("gad-7", 20)
    assert len({band_of("phq-9", 22), band_of("phq-9", 25)}) == 1
    assert band_of("phq-9", 22) != 22


# NHS Talking Therapies manual: both measures, reliable change of 6 and 4, caseness of 10 and 8.
@pytest.mark.parametrize(
    ("scores", "case", "recovered", "change", "reliable"),
    [
        ((18, 6, 3, 3), True, True, "improvement", True),
        ((9, 9, 8, 7), True, True, "none", False),
        ((10, 10, 7, 3), True, False, "improvement", False),
        ((15, 9, 5, 9), True, False, "none", False),
        ((27, 9, 21, 7), True, True, "improvement", True),
        ((5, 11, 3, 3), False, None, "deterioration", None),
        ((9, 15, 7, 3), False, None, "none", None),
        ((0, 0, 0, 0), False, None, "none", None),
    ],
)
def test_outcomes_of_further_courses(scores, case, recovered, change, reliable):
    found = outcome(*scores)
    assert (found.case_at_start, found.recovered, found.change, found.reliable_recovery) == (
        case,
        recovered,
        change,
        reliable,
    )


# GAD-7: 4 (NHS), 5 (Delgadillo et al. 2014), 6 from 5.59 (Bischoff et al. 2020).
@pytest.mark.parametrize(
    ("thresholds", "reliable"),
    [
        (None, True),
        ({"reliable_change": 5, "source": "Delgadillo et al. 2014"}, True),
        ({"reliable_change": 6, "source": "Bischoff et al. 2020"}, False),
        ({"reliable_change": "5.59"}, False),
        ({"reliable_change": None}, None),
    ],
)
def test_thresholds_are_put_in_their_place_by_name(thresholds, reliable):
    found = classify("gad-7", 15, 10, thresholds)
    assert found.reliable is reliable
    if thresholds and "source" in thresholds:
        assert (found.source, found.version) == (thresholds["source"], "given")
    assert found.importance == "minimal"


def test_smallest_change_that_matters_is_put_in_its_place_by_name():
    # Multiple sclerosis: MDC95 2.1, MCID 2.5 (to be confirmed).
    bounds = {"mdc": "2.1", "mcid": "2.5"}
    assert classify("psfs", "3.0", "5.0", bounds).label == "none"
    assert (classify("psfs", 3, "5.5", bounds).importance, classify("psfs", 3, "5.5", bounds).reliable) == (
        "minimal",
        True,
    )


def test_threshold_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="relaible"):
        classify("psfs", 3, 5, {"relaible": 2})

"""PHQ-9 and GAD-7: their questions, codes, bands and scoring, and the safety question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.questionnaires import GAD_7, INSTRUMENTS, PHQ_9, band_of, safety_raised, score

pytestmark = pytest.mark.one_database

# LOINC codes of the panel, the total and the questions.
CODES = {
    "phq-9": (
        "44249-1",
        "44261-6",
        [
            "44250-9",
            "44255-8",
            "44259-0",
            "44254-1",
            "44251-7",
            "44258-2",
            "44252-5",
            "44253-3",
            "44260-8",
            "69722-7",
        ],
    ),
    "gad-7": (
        "69737-5",
        "70274-6",
        ["69725-0", "68509-9", "69733-4", "69734-2", "69735-9", "69689-8", "69736-7"],
    ),
}
PHQ_BANDS = [
    ("none-minimal", 0, 4),
    ("mild", 5, 9),
    ("moderate", 10, 14),
    ("moderately severe", 15, 19),
    ("severe", 20, 27),
]
BANDS = {
    "phq-9": PHQ_BANDS,
    "gad-7": [("minimal", 0, 4), ("mild", 5, 9), ("moderate", 10, 14), ("severe", 15, 21)],
}
answer = st.integers(min_value=0, max_value=3)


@pytest.mark.parametrize("key", CODES)
def test_form_carries_the_codes_of_the_reference(key):
    form = INSTRUMENTS[key]
    assert (form.panel_loinc, form.total_loinc, [item.loinc for item in form.items]) == CODES[key]
    assert [item.number for item in form.items] == list(range(1, len(form.items) + 1))


def test_answers_carry_their_codes_and_gad_question_2_its_own():
    usual = ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
    codes = [[each.loinc for each in item.answers] for item in (*PHQ_9.scored_items, *GAD_7.items)]
    expected = [usual] * 16
    expected[10] = ["LA6568-5", "LA6569-3", "LA18938-3", "LA6571-9"]
    assert codes == expected


def test_stems_are_those_of_the_forms():
    assert str(PHQ_9.stem) == (
        "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
    )
    assert (
        str(GAD_7.stem)
        == "Over the last 2 weeks, how often have you been bothered by the following problems?"
    )


@pytest.mark.parametrize("key", BANDS)
def test_bands_are_those_of_the_reference_and_cover_every_total(key):
    form = INSTRUMENTS[key]
    assert [(str(band), band.lowest, band.highest) for band in form.bands] == BANDS[key]
    covered = [total for band in form.bands for total in range(band.lowest, band.highest + 1)]
    assert covered == list(range(3 * len(form.scored_items) + 1))


@pytest.mark.parametrize(
    ("key", "answers", "total", "band"),
    [
        ("phq-9", [3] * 9, 27, "severe"),
        ("phq-9", [0] * 9, 0, "none-minimal"),
        ("phq-9", [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild"),
        ("phq-9", [2, 2, 2, 2, 2, 2, 2, 1, 0], 15, "moderately-severe"),
        ("gad-7", [3] * 7, 21, "severe"),
        ("gad-7", [0] * 7, 0, "minimal"),
        ("gad-7", [2, 2, 2, 2, 2, 0, 0], 10, "moderate"),
    ],
)
def test_total_is_the_sum_and_has_its_band(key, answers, total, band):
    found = score(key, answers)
    assert (found.total, found.band.key, found.complete, found.missing) == (total, band, True, ())


@pytest.mark.parametrize("missing", range(1, 10))
def test_no_total_from_an_incomplete_form(missing):
    answers = {number: 2 for number in range(1, 10) if number != missing}
    found = score("phq-9", answers)
    assert (found.total, found.band, found.complete, found.missing) == (None, None, False, (missing,))


def test_no_answers_at_all_are_incomplete_and_not_0():
    found = score("gad-7", {})
    assert (found.total, found.complete, found.safety) == (None, False, False)


def test_question_10_is_not_scored_and_not_needed():
    assert score("phq-9", [1] * 9 + [3]).total == score("phq-9", [1] * 9).total == 9
    assert score("phq-9", [1] * 8 + [None, 3]).total is None


@pytest.mark.parametrize("given_answer", [1, 2, 3, "1", "3"])
def test_question_9_opens_the_safety_path_whatever_the_total(given_answer):
    assert score("phq-9", [0] * 8 + [given_answer]).safety is True


@pytest.mark.parametrize("given_answer", [1, 3, "2"])
def test_question_9_opens_the_safety_path_on_an_incomplete_form(given_answer):
    found = score("phq-9", {9: given_answer})
    assert (found.total, found.safety) == (None, True)


@pytest.mark.parametrize("given_answer", [0, None, "", "0"])
def test_safety_path_stays_closed_without_an_answer_above_not_at_all(given_answer):
    assert score("phq-9", [3] * 8 + [given_answer]).safety is False


def test_safety_is_seen_beside_an_answer_the_form_does_not_offer():
    answers = {1: "often", 9: 2, 42: 1}
    assert safety_raised("phq-9", answers) is True
    with pytest.raises(ValueError):
        score("phq-9", answers)


def test_safety_is_seen_in_an_answer_above_the_form():
    assert safety_raised(PHQ_9, {9: 7}) is True
    assert safety_raised(PHQ_9, {9: "yes"}) is False


def test_gad_has_no_safety_question():
    assert score("gad-7", [3] * 7).safety is False


@pytest.mark.parametrize("wrong", [4, -1, 1.5, "often", True, "1.0"])
def test_answer_the_form_does_not_offer_is_refused(wrong):
    with pytest.raises(ValueError, match="Please choose one of the answers to question 3"):
        score("gad-7", {3: wrong})


def test_question_that_is_not_on_the_form_is_refused():
    with pytest.raises(ValueError, match="There is no question 8 on this form"):
        score("gad-7", {8: 1})


def test_band_outside_the_range_is_refused():
    assert band_of("gad-7", 21).key == "severe"
    with pytest.raises(ValueError):
        band_of("gad-7", 22)


@given(st.lists(answer, min_size=9, max_size=9))
def test_order_and_numbers_say_the_same(answers):
    assert score("phq-9", answers) == score(PHQ_9, dict(enumerate(map(str, answers), start=1)))


@given(st.lists(st.one_of(st.none(), answer), min_size=9, max_size=9))
def test_total_exists_exactly_when_nothing_is_missing(answers):
    found = score("phq-9", answers)
    assert (found.total is None) is (None in answers)
    assert found.safety is bool(answers[8])

"""The catalogue: what each measure takes, how it is said, and which way is better."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.catalogue import MEASURES, measure

pytestmark = pytest.mark.one_database

KEYS = [
    "gas",
    "rating-0-10",
    "count",
    "yes-no",
    "minutes",
    "pain-0-10",
    "psfs",
    "phq-9",
    "gad-7",
    "session-feedback",
]
# Range, direction, reliable change, MDC, case cut-off. PHQ-9 and GAD-7: NHS Talking Therapies; PSFS: MDC90 of
# the mean; goal rating: Edbrooke-Childs et al. 2015.
ROWS = [
    ("psfs", 0, 10, "higher", None, 2, None),
    ("pain-0-10", 0, 10, "lower", None, None, None),
    ("phq-9", 0, 27, "lower", 6, None, 10),
    ("gad-7", 0, 21, "lower", 4, None, 8),
    ("rating-0-10", 0, 10, "higher", 3, None, None),
    ("session-feedback", 0, 10, "higher", None, None, None),
    ("gas", -2, 2, "higher", 1, None, None),
]


def test_catalogue_holds_the_shipped_measures():
    assert list(MEASURES) == KEYS
    assert [each.key for each in MEASURES.values()] == KEYS


def test_measure_is_found_by_key_and_nothing_else():
    assert measure("psfs") is MEASURES["psfs"]
    with pytest.raises(KeyError):
        measure("core-10")


@pytest.mark.parametrize(("key", "lowest", "highest", "direction", "reliable", "mdc", "cutoff"), ROWS)
def test_shipped_row_is_that_of_the_reference(key, lowest, highest, direction, reliable, mdc, cutoff):
    row = measure(key)
    assert (row.min, row.max, row.direction) == (lowest, highest, direction)
    assert (row.reliable_change, row.mdc, row.case_cutoff) == (reliable, mdc, cutoff)


@pytest.mark.parametrize("key", KEYS)
def test_every_measure_names_itself_its_source_and_its_licence(key):
    row = measure(key)
    assert all(str(each).strip() for each in (row.name, row.source, row.licence_line, row.version))
    assert row.min < row.max
    assert (row.max - row.min) % row.step == 0


def test_questionnaires_keep_the_permission_line():
    line = (
        "Copyright Pfizer Inc. Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and "
        "colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, "
        "translate, display or distribute."
    )
    assert [str(measure(key).licence_line) for key in ("phq-9", "gad-7")] == [line, line]


@pytest.mark.parametrize(
    ("key", "written", "number"),
    [
        ("rating-0-10", "7", 7),
        ("rating-0-10", " 10 ", 10),
        ("rating-0-10", "1e1", 10),
        ("rating-0-10", 7.0, 7),
        ("rating-0-10", "-0", 0),
        ("gas", "+1", 1),
        ("gas", "\N{MINUS SIGN}2", -2),
        ("gas", -1, -1),
        ("psfs", "4.7", "4.7"),
        ("psfs", D("3.3"), "3.3"),
        ("count", "9999", 9999),
        ("minutes", 45, 45),
        ("yes-no", "yes", 1),
        ("yes-no", "No", 0),
        ("yes-no", True, 1),
        ("yes-no", False, 0),
        ("yes-no", "1", 1),
        ("phq-9", 27, 27),
        ("gad-7", "21", 21),
    ],
)
def test_clean_takes_what_people_write(key, written, number):
    cleaned = measure(key).clean(written)
    assert cleaned == D(number)
    assert str(cleaned) == str(D(number))


@pytest.mark.parametrize(
    ("key", "written", "sentence"),
    [
        ("rating-0-10", "", "Please write a number."),
        ("rating-0-10", None, "Please write a number."),
        ("rating-0-10", "seven", "Please write a number."),
        ("rating-0-10", "7,5", "Please write a whole number."),
        ("rating-0-10", "1_0", "Please write a number."),
        ("rating-0-10", "nan", "Please write a number."),
        ("rating-0-10", float("inf"), "Please write a number."),
        ("rating-0-10", "0" * 41, "Please write a number."),
        ("rating-0-10", True, "Please write a number."),
        ("rating-0-10", "yes", "Please write a number."),
        ("rating-0-10", [7], "Please write a number."),
        ("rating-0-10", "11", "Please choose a value between 0 and 10."),
        ("rating-0-10", "1e30", "Please choose a value between 0 and 10."),
        ("pain-0-10", -1, "Please choose a value between 0 and 10."),
        ("gas", 3, "Please choose a value between \N{MINUS SIGN}2 and 2."),
        ("gas", "0.5", "Please write a whole number."),
        ("phq-9", 28, "Please choose a value between 0 and 27."),
        ("psfs", "3.33", "Please write at most one decimal place."),
        ("yes-no", "maybe", "Please write a number."),
    ],
)
def test_clean_refuses_with_a_kind_sentence(key, written, sentence):
    with pytest.raises(ValueError) as refused:
        measure(key).clean(written)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("rating-0-10", 7, "7 of 10"),
        ("rating-0-10", D("6.25"), "6.3 of 10"),
        ("pain-0-10", 0, "0 of 10"),
        ("psfs", D("4.0"), "4 of 10"),
        ("phq-9", 14, "14 of 27"),
        ("gad-7", 3, "3 of 21"),
        ("yes-no", 1, "yes"),
        ("yes-no", 0, "no"),
        ("count", 12, "12"),
        ("minutes", 1, "1 minute"),
        ("minutes", 25, "25 minutes"),
        ("gas", -2, "\N{MINUS SIGN}2 much less than expected"),
        ("gas", 0, "0 as expected"),
        ("gas", 1, "+1 more than expected"),
        ("gas", D("-0.5"), "\N{MINUS SIGN}0.5"),
    ],
)
def test_say_reads_as_people_speak(key, value, said):
    assert measure(key).say(value) == said


@pytest.mark.parametrize(
    ("key", "choices"),
    [
        ("gas", [-2, -1, 0, 1, 2]),
        ("yes-no", [0, 1]),
        ("pain-0-10", list(range(11))),
        ("phq-9", []),
        ("minutes", []),
    ],
)
def test_choices_are_offered_where_they_are_few(key, choices):
    assert [value for value, _label in measure(key).choices] == choices


@given(key=st.sampled_from(KEYS), data=st.data())
def test_whatever_is_clean_stays_clean(key, data):
    row = measure(key)
    steps = int((row.max - row.min) / row.step)
    value = row.min + row.step * data.draw(st.integers(min_value=0, max_value=steps))

    assert row.clean(value) == value
    assert row.clean(str(row.clean(value))) == row.clean(value)


@given(value=st.one_of(st.text(), st.floats(), st.integers(), st.none(), st.decimals()))
def test_clean_answers_anything_with_a_value_in_range_or_a_sentence(value):
    row = measure("pain-0-10")
    try:
        cleaned = row.clean(value)
    except ValueError as refused:
        assert str(refused).startswith("Please ")
    else:
        assert 0 <= cleaned <= 10


@pytest.mark.parametrize(
    ("key", "value", "aim", "reached"),
    [
        # A tool that takes the end of the scale for the aim calls every score of a falling measure achieved.
        ("phq-9", 24, None, False),
        ("phq-9", 10, None, False),
        ("phq-9", 9, None, True),
        ("phq-9", 24, 5, False),
        ("phq-9", 5, 5, True),
        ("phq-9", 4, 5, True),
        ("psfs", 6, 6, True),
        ("psfs", D("5.9"), 6, False),
        ("psfs", 10, None, False),
        ("gas", 0, 0, True),
        ("pain-0-10", 0, None, False),
    ],
)
def test_aim_is_reached_in_the_direction_of_the_measure(key, value, aim, reached):
    assert measure(key).has_reached(D(value), None if aim is None else D(aim)) is reached

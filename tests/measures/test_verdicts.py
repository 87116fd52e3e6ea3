"""A verdict on a change, in words: what is reliable and what may be noticeable are both said (tracking.md, section 12)."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.measures.catalogue import MEASURES, measure
from alongside.measures.verdicts import verdict_sentence

pytestmark = pytest.mark.one_database
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("key", "first", "latest", "sentence"),
    [
        ("phq-9", 18, 11, f"Reliably better since the start: {MINUS}7."),
        ("phq-9", 12, 18, "May be getting worse: +6 since the start."),
        ("phq-9", 18, 17, "No reliable change yet."),
        ("phq-9", 18, 14, "No reliable change yet; it may be noticeable that it is better."),
        ("phq-9", 10, 12, "No reliable change yet; it may be noticeable that it is worse."),
        ("phq-9", 24, 24, "No reliable change yet."),
        ("psfs", 3, 5, "Reliably better since the start: +2."),
        ("rating-0-10", 2, 4, "No reliable change yet."),
        ("pain-0-10", 6, 4, f"Better by {MINUS}2: as much usually matters to people."),
        ("pain-0-10", 8, 6, f"Better by {MINUS}2: as much may be noticeable."),
        ("pain-0-10", 4, 8, "Worse by +4: as much usually matters to people."),
        ("pain-0-10", 5, 6, "Worse by +1: as much may be noticeable."),
        ("pain-0-10", 5, 5, ""),
        ("count", 0, 100, ""),
        ("gas", -2, 2, ""),
        ("yes-no", 0, 1, ""),
    ],
)
def test_verdict_in_words(key, first, latest, sentence):
    assert verdict_sentence(measure(key), D(first), D(latest)) == sentence


@given(st.integers(0, 27), st.integers(0, 27))
def test_what_rises_is_never_called_better_where_less_is(first, latest):
    for key in (key for key, row in MEASURES.items() if row.lower_is_better):
        row = measure(key)
        top = int(row.max)
        words = verdict_sentence(row, D(min(first, top)), D(min(latest, top)))
        if min(latest, top) >= min(first, top):
            assert "etter" not in words and "achieved" not in words
        for forbidden in ("fail", "no progress", "deteriorat", "cured", "recovered", "fine"):
            assert forbidden not in words

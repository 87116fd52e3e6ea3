"""Two people in one box: the words of both are in the result."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.journeys.merging import merge

WORDS = st.lists(
    st.sampled_from(["red", "green", "blue", "one", "two", "three", "four", "five"]), max_size=12
).map(" ".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "expected"),
    [
        ("", "", "hello", "hello"),
        ("a b c", "a b c", "a b c d", "a b c d"),
        ("a b c", "x a b c", "a b c d", "x a b c d"),
        ("a b c", "a b c", "", ""),
        ("a b c", "a X c", "a Y c", "a X Y c"),
        ("", "from me", "from you", "from me from you"),
        ("a b c", "a b c", "a b c", "a b c"),
        ("a b c", "a B c", "a B c", "a B c"),
        ("keep this", "keep this", "keep  this", "keep  this"),
    ],
)
def test_merge_examples(base, theirs, mine, expected):
    assert merge(base, theirs, mine) == expected


def test_a_word_deleted_by_one_and_changed_by_the_other_stays():
    assert "changed" in merge("one two three", "one three", "one changed three")


@settings(max_examples=200, deadline=None)
@given(
    base=WORDS,
    theirs=st.lists(st.sampled_from(["new1", "new2"])),
    mine=st.lists(st.sampled_from(["own1", "own2"])),
)
def test_every_added_word_of_both_is_in_the_result(base, theirs, mine):
    left = " ".join([*theirs, base])
    right = " ".join([base, *mine])

    result = merge(base, left, right).split()

    for word in (*theirs, *mine):
        assert result.count(word) >= max(theirs.count(word), mine.count(word))


@settings(max_examples=100, deadline=None)
@given(base=WORDS, mine=WORDS)
def test_when_only_one_side_changed_its_text_stands(base, mine):
    assert merge(base, base, mine) == mine
    assert merge(base, mine, base) == mine

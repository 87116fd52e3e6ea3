"""What was added to words that stand fast."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rooms.sessions.record.late_additions import added


@pytest.mark.parametrize(
    ("closed", "typed", "expected"),
    [
        ("", "All of it", "All of it"),
        ("We met.", "We met. It rained.", "It rained."),
        ("It rained.", "On Tuesday it rained. Then it stopped.", "On Tuesday it\nThen it stopped."),
        ("Same", "Same", ""),
        ("Some words that go", "Some words", ""),
        ("one two three", "one TWO three", "TWO"),
    ],
)
def test_what_was_typed_beyond_what_was_closed(closed, typed, expected):
    assert added(closed, typed) == expected


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="abc \n", max_size=60))
def test_every_new_word_is_kept(closed, typed):
    known, kept = closed.split(), added(closed, typed).split()

    assert [word for word in typed.split() if word not in known] == [
        word for word in kept if word not in known
    ]


def test_long_texts_that_differ_throughout_are_kept_whole():
    typed = " ".join(f"word{n}" for n in range(20_000))

    assert added("something else entirely", typed) == typed

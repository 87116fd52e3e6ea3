"""Two people in one box: the words of both are in the result."""

import random
import time
from collections import Counter

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
        ("", "red green", "green", "red green"),
        ("", "one", "one more", "one more"),
        ("", "from me from you", "from you", "from me from you"),
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


# --- any three texts ----------------------------------------------------------------------------------------

FEW = [
    "a", "b", "c", "one", "two", "three", "naïve", "e\u0301te\u0301", "👩🏽\u200d⚕️", "שלום", "مرحبا", "日本語", "<b>", "#1",
]  # fmt: skip
SPACES = st.sampled_from([" ", "  ", "\n", "\n\n", "\t", "\u00a0", " \u2028"])
TEXT = st.lists(st.tuples(st.sampled_from(FEW), SPACES), max_size=14).map(
    lambda pieces: "".join(word + space for word, space in pieces)
)


def edited(draw, base: str, own: str) -> str:
    """A text after some edits: words of one's own put in, words changed, words taken out."""
    words = base.split(" ")
    for number in range(draw(st.integers(0, 5))):
        place = draw(st.integers(0, len(words)))
        action = draw(st.sampled_from(["put in", "put in", "change", "take out"]))
        if action == "put in" or place == len(words):
            words.insert(place, f"{own}{number}")
        elif action == "change":
            words[place] = f"{own}{number}"
        else:
            del words[place]
    return " ".join(words)


@st.composite
def three(draw) -> tuple[str, str, str]:
    base = draw(TEXT)
    return base, edited(draw, base, "T"), edited(draw, base, "M")


def inserted(base: str, side: str) -> Counter[str]:
    return Counter(side.split()) - Counter(base.split())


@settings(max_examples=600, deadline=None)
@given(texts=st.one_of(three(), st.tuples(TEXT, TEXT, TEXT)))
def test_every_word_either_put_in_is_in_the_result(texts):
    base, theirs, mine = texts
    result = Counter(merge(base, theirs, mine).split())
    missing = (inserted(base, theirs) | inserted(base, mine)) - result
    assert not missing


@settings(max_examples=300, deadline=None)
@given(texts=three())
def test_no_word_comes_from_nowhere(texts):
    assert set(merge(*texts).split()) <= {word for text in texts for word in text.split()}


@settings(max_examples=300, deadline=None)
@given(texts=three())
def test_what_neither_touched_stays(texts):
    """Of words that stand there once: of two alike nobody can say which one was taken out."""
    base, theirs, mine = texts
    once = {word for word, times in Counter(base.split()).items() if times == 1}
    kept = once & set(theirs.split()) & set(mine.split())
    assert kept <= set(merge(base, theirs, mine).split())


@pytest.mark.parametrize("changed", ["one CHANGED three", "one two and more three", "one twofold three"])
def test_what_one_took_away_and_the_other_changed_stays_as_changed(changed):
    for sides in (("one three", changed), (changed, "one three")):
        result = merge("one two three", *sides).split()
        assert [word for word in changed.split() if word != "two"] == [w for w in result if w != "two"]


# --- long ones ----------------------------------------------------------------------------------------------


def _prose(chance: random.Random, length: int) -> str:
    words = [f"{chance.choice('bdfgklmnprst')}{number:x}" for number in range(4000)]
    often = [1 / (number + 1) for number in range(4000)]
    return " ".join(chance.choices(words, often, k=length // 4))[:length]


def _with(chance: random.Random, text: str, number: int, own: str) -> str:
    words = text.split(" ")
    for each in range(number):
        words.insert(chance.randrange(len(words)), f"{own}{each}")
    return " ".join(words)


@pytest.mark.parametrize(
    "sort", ["few edits", "many edits", "both pasted", "both replaced", "one word", "paragraph"]
)
def test_texts_as_long_as_a_box_holds_are_merged_while_one_waits(sort):
    chance = random.Random(sort)
    long = _prose(chance, 200_000)
    base = {
        "both pasted": "",
        "one word": "la " * 66_000,
        "paragraph": (_prose(chance, 2000) + "\n") * 100,
    }.get(sort, long)
    if sort in ("both pasted", "both replaced"):
        theirs, mine = _prose(chance, 200_000), _prose(chance, 200_000)
    else:
        edits = 2000 if sort == "many edits" else 40
        theirs, mine = _with(chance, base, edits, "T"), _with(chance, base, edits, "M")

    began = time.process_time()
    result = merge(base, theirs, mine)
    took = time.process_time() - began

    assert not (inserted(base, theirs) | inserted(base, mine)) - Counter(result.split())
    assert took < 4, f"{sort}: {took:.2f} s"

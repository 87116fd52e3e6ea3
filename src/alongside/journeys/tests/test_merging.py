"""Two people in one box: the words of both are in the result."""

import random
import sys
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.journeys.matching import STEPS, Budget
from alongside.journeys.merging import merge
from tests.sizes import many

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


@settings(max_examples=many(200, 4000), deadline=None)
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


@settings(max_examples=many(100, 2000), deadline=None)
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


@settings(max_examples=many(600, 12000), deadline=None)
@given(texts=st.one_of(three(), st.tuples(TEXT, TEXT, TEXT)))
def test_every_word_either_put_in_is_in_the_result(texts):
    base, theirs, mine = texts
    result = Counter(merge(base, theirs, mine).split())
    missing = (inserted(base, theirs) | inserted(base, mine)) - result
    assert not missing


@settings(max_examples=many(300, 6000), deadline=None)
@given(texts=three())
def test_no_word_comes_from_nowhere(texts):
    assert set(merge(*texts).split()) <= {word for text in texts for word in text.split()}


@settings(max_examples=many(300, 6000), deadline=None)
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


def _shuffled(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    chance.shuffle(words)
    return " ".join(words)


def _three_texts(sort: str, length: int) -> tuple[str, str, str]:
    """Base, theirs and mine of one sort, each about so long."""
    chance = random.Random(sort)
    base = _prose(chance, length)
    few, many = length // 5000, length // 100
    letters = ["".join(chance.choices("ab", k=length // 2)) for _text in range(3)]
    made = {
        "few edits": lambda: (base, _with(chance, base, few, "T"), _with(chance, base, few, "M")),
        "many edits": lambda: (base, _with(chance, base, many, "T"), _with(chance, base, many, "M")),
        "both pasted": lambda: ("", _prose(chance, length), _prose(chance, length)),
        "both replaced": lambda: (base, _prose(chance, length), _prose(chance, length)),
        "shuffled": lambda: (base, _shuffled(chance, base), _shuffled(chance, base)),
        "one word": lambda: (la := "la " * (length // 3), f"T1 {la} T2", f"{la[:99]} M1 {la}"),
        "two words": lambda: tuple(" ".join(text) for text in letters),
        "pieces": lambda: tuple(
            " ".join(f"u{place // 300}" if place % 300 == 0 else each for place, each in enumerate(text))
            for text in letters
        ),
        "crossed": lambda: (
            " ".join(f"{number} {number + 1}" for number in range(length // 12)),
            " ".join(f"{number + 1} {number}" for number in range(length // 12)),
            " ".join(f"{number} M" for number in range(length // 12)),
        ),
        "backwards": lambda: (base, " ".join(base.split()[::-1]), f"{base} M"),
    }
    return made[sort]()


HONEST = ("few edits", "many edits")
HOSTILE = (
    "both pasted",
    "both replaced",
    "shuffled",
    "one word",
    "two words",
    "pieces",
    "crossed",
    "backwards",
)
SORTS = (*HONEST, *HOSTILE)


@pytest.mark.parametrize("sort", SORTS)
def test_texts_as_long_as_a_box_holds_are_merged_within_the_budget(sort):
    base, theirs, mine = _three_texts(sort, 200_000)
    budget = Budget()

    result = merge(base, theirs, mine, budget)

    assert not (inserted(base, theirs) | inserted(base, mine)) - Counter(result.split())
    assert budget.left >= 0
    if sort in HONEST:
        assert budget.left > STEPS // 2, "what people do costs a part of it"
        assert len(result) == len(theirs) + len(mine) - len(base), "nothing stands there twice"


@pytest.mark.parametrize("sort", SORTS)
def test_a_merge_makes_no_more_steps_than_it_counts(sort):
    """Counted by the interpreter: the lines of code that are run, against what the budget says and the texts' length."""
    texts = _three_texts(sort, 6_000)
    budget, lines = Budget(20_000), Counter()

    def note(frame, event, _argument):
        if event == "line":
            lines["run"] += 1
        return note if "merg" in frame.f_code.co_filename or _compares(frame.f_code.co_filename) else None

    before = sys.gettrace()
    sys.settrace(note)
    try:
        merge(*texts, budget)
    finally:
        sys.settrace(before)

    words = sum(len(text.split()) for text in texts)
    assert lines["run"] < 12 * (20_000 - budget.left) + 40 * words


def _compares(file: str) -> bool:
    return file.endswith(("matching.py", "difflib.py"))


def test_what_was_found_before_the_budget_was_spent_holds():
    theirs, mine = "T one two three four", "one two three four M"
    assert merge("one two three four", theirs, mine, Budget(0)).split() == [*theirs.split(), *mine.split()]
    assert merge("one two three four", theirs, mine).split() == ["T", "one", "two", "three", "four", "M"]

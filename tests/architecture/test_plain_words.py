"""What a person reads is held to the list of words that are never used, and to a length one can take in."""

import re

import pytest

from alongside.config.sentences import sentences

NEVER = re.compile(
    r"\b(anew|letters?|deeds?|somebody|anybody|the two of you|let it be|let it rest|in own words|by oneself|waits for|"
    r"holds|kept|word it|put it down|hand it in|of use elsewhere|weighs|whoever|thereof|e-mails?|"
    r"\w+n['’]t)\b",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\{.*?\}\}|\{%.*?%\}")
# Letters of the alphabet are letters.
ALPHABET = re.compile(r"letters (without accents|or digits)")
LONGEST = 25
LONGEST_IN_AN_AGREEMENT = 30
# What a questionnaire asks is asked in its own words.
AS_PUBLISHED = "measures/questionnaires.py"

SAID = [(file, sentence) for file, said in sentences().items() for sentence in said]


def test_the_sentences_are_found_at_all():
    assert len(SAID) > 3500
    assert any(file.endswith(".html") for file, _ in SAID) and any(file.endswith(".txt") for file, _ in SAID)


def test_no_sentence_uses_a_word_of_the_never_list():
    found = [
        (file, match[0], sentence)
        for file, sentence in SAID
        for match in NEVER.finditer(ALPHABET.sub("", PLACEHOLDER.sub(" ", sentence)))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [("Word it anew", "Word it"), ("You can't do this", "can't"), ("A letter from %(kept)s", "letter")],
)
def test_the_never_list_finds_what_it_should(sentence, word):
    assert NEVER.search(PLACEHOLDER.sub(" ", sentence))[0] == word


def test_no_sentence_is_longer_than_one_can_take_in():
    too_long = [
        (file, len(words), part)
        for file, sentence in SAID
        if file != AS_PUBLISHED
        for part in re.split(r"(?<=[.!?:;])\s+|\n", sentence)
        if len(words := part.split()) > _longest(file)
    ]
    assert too_long == []


def _longest(file: str) -> int:
    return LONGEST_IN_AN_AGREEMENT if file.startswith("journeys/kinds/") else LONGEST

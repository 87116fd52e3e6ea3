"""Texts as one looks for them: without case and accents, with one kind of apostrophe, quotation mark, dash and space.

Some letters are left bare by some and spelled out by others: Müller is Muller and Mueller, Đorđe is Dorde and Djordje.
So a text has one or two foldings, and a word is found when one of its own foldings stands in one of them. Letters
of other scripts stay what they are: 林 is not found by the *lin* in *Berlin*.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from .unseen import is_unseen

SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj", "ð": "dh"}
"""Letters that are written in two ways where the keyboard has none of them: bare, and like this."""
_SPELLED_OUT = SPELLED_OUT | {letter.upper(): spelled for letter, spelled in SPELLED_OUT.items()}

_ALIKE = {
    **dict.fromkeys("‘’‚‛′‵`´ʹʻʼʽʾʿˈˊˋ՚׳＇ꞌ", "'"),
    **dict.fromkeys("“”„‟″‶«»״＂〝〞", '"'),
    **dict.fromkeys("−⁃⁻₋˗", "-"),
}


@dataclass(frozen=True, slots=True)
class Folding:
    """A text as one looks for it, and for each of its characters the place in the text it came from."""

    text: str
    places: Sequence[int]


def folded(text: str) -> str:
    """The text as one looks for it, its letters left bare: for comparing and for the order of an alphabet."""
    return _plain(text) if text.isascii() else "".join(map(_bare, text))


def foldings(text: str) -> tuple[Folding, ...]:
    """The text in each way one may look for it: with its letters left bare, and spelled out where that is another."""
    if text.isascii():
        return (Folding(_plain(text), range(len(text))),)
    bare, spelled = _fold(text, spell=False), _fold(text, spell=True)
    return (bare,) if bare.text == spelled.text else (bare, spelled)


def words_of(asked: str) -> list[tuple[str, ...]]:
    """The words that are looked for, each in its spellings. What folds to nothing asks for nothing."""
    words = (tuple(folding.text for folding in foldings(word) if folding.text) for word in asked.split())
    return [word for word in words if word]


def find(word: tuple[str, ...], within: Sequence[Folding]) -> tuple[int, int] | None:
    """Where one of the words of `words_of` begins and ends in the text that was folded; None where it is not in it."""
    for folding in within:
        for spelling in word:
            at = folding.text.find(spelling)
            if at >= 0:
                return folding.places[at], folding.places[at + len(spelling) - 1] + 1
    return None


def holds(text: str, words: Sequence[tuple[str, ...]]) -> bool:
    """Whether each of the words of `words_of` occurs in the text."""
    within = foldings(text)
    return all(find(word, within) is not None for word in words)


def is_whole_word(sign: str) -> bool:
    """Whether one sign can be a name: those of Chinese, Japanese and Korean."""
    return unicodedata.category(sign) == "Lo" and unicodedata.east_asian_width(sign) == "W"


def _fold(text: str, *, spell: bool) -> Folding:
    characters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        whole = sign
        if spell and unicodedata.combining(text[place + 1 : place + 2] or " "):
            whole = unicodedata.normalize("NFC", text[place : place + 2])
        plain = (_SPELLED_OUT.get(whole) if spell else None) or _bare(sign)
        characters.append(plain)
        places.extend([place] * len(plain))
    return Folding("".join(characters), places)


def _plain(text: str) -> str:
    return text.lower().replace("`", "'")


@lru_cache(maxsize=8192)
def _bare(sign: str) -> str:
    """One sign as one looks for it; "" for what is not seen and for an accent that stands by itself."""
    if sign in _ALIKE:
        return _ALIKE[sign]
    if is_unseen(sign):
        return ""
    category = unicodedata.category(sign)
    if category == "Pd":
        return "-"
    if category in ("Zs", "Cc"):
        return " "
    found = []
    for one in unicodedata.normalize("NFKD", sign).casefold():
        if unicodedata.combining(one) or is_unseen(one):
            continue
        if not one.isascii() and unicodedata.name(one, "").startswith("LATIN"):
            one = anyascii(one).lower()
        found.append(_ALIKE.get(one, one))
    return "".join(found)

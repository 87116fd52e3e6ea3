"""One word in its many spellings: a text read as letters alone, and the keys under which a name is looked for in it.

A text is read three ways: as it sounds (transliterated), as it looks (homoglyphs read as the letter they resemble), and
with digits and signs read as letters. Each letter remembers the place it came from, so that what is found can be shown
where it stands. Pure.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from anyascii import anyascii
from confusable_homoglyphs.confusables import confusables_data

LEET = dict(zip("0123456789@$!|€£", "oizeasgtbgasiiei", strict=True))
"""Digits and signs that stand for a letter. What stands for l is read as i, and so is an l beside it."""
DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae", "ß": "ss", "þ": "th", "ð": "dh"}
_UNSEEN = frozenset("\u3164\u115f\u1160\u2800")
"""Letters of their kind that show nothing. What is of the category *format* shows nothing either."""
ENDINGS = frozenset({"s", "es", "y", "ie", "ey", "i", "chen", "lein", "ita", "ito", "inho", "inha"})
"""What may follow a name and leave it the same name: a possessive without its sign, a diminutive."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A text as small letters and digits; `at` is where each stood, `gaps` what lay before it."""

    text: str
    at: tuple[int, ...]
    gaps: tuple[str, ...]
    breaks: tuple[bool, ...]
    """Whether a word may begin at this place: after a gap, a capital after a small letter, a digit after a letter."""

    def begins(self, place: int) -> bool:
        return place == 0 or self.breaks[place]

    def ends(self, place: int, endings: frozenset[str] = ENDINGS) -> bool:
        """Whether a word may end before this place, alone or with one of the endings."""
        if place >= len(self.text) or self.breaks[place]:
            return True
        stop = next((n for n in range(place + 1, len(self.text)) if self.breaks[n]), len(self.text))
        return self.text[place:stop] in endings

    def words(self) -> Iterator[tuple[int, int]]:
        """Where each word begins and ends."""
        starts = [n for n in range(len(self.text)) if self.begins(n)]
        yield from pairwise([*starts, len(self.text)])


Way = Callable[[str], str]


@lru_cache(maxsize=4096)
def sound(sign: str) -> str:
    """A sign as it is said: Cyrillic, Greek or Chinese in Latin letters, accents left out."""
    whole = unicodedata.normalize("NFKC", sign)
    if not whole.isascii() and unicodedata.category(sign)[0] not in "LN":
        return ""
    return _plain(anyascii(whole))


@lru_cache(maxsize=4096)
def look(sign: str) -> str:
    """A sign as it looks: a Cyrillic letter that is drawn like a Latin one is that one."""
    whole = unicodedata.normalize("NFKC", sign)
    if whole.isascii():
        return _plain(whole)
    bare = unicodedata.normalize("NFD", whole)[:1]
    for one in (whole, bare, whole.lower()):
        alike = [_plain(each["c"]) for each in confusables_data.get(one, ()) if len(each["c"]) == 1]
        found = next((each for each in alike if each), "")
        if found:
            return found
    return sound(sign)


@lru_cache(maxsize=4096)
def sign(sign: str) -> str:
    """A sign as the letter it stands for in writing that swaps letters for digits."""
    found = LEET.get(sign) or look(sign)
    return found.replace("l", "i")


def _plain(text: str) -> str:
    return "".join(each for each in text.lower() if each.isascii() and each.isalnum())


def letters(text: str, way: Way) -> Letters:
    """The text read that way. What can't be seen is passed over; what is no letter is a gap."""
    found: list[str] = []
    at: list[int] = []
    gaps: list[str] = []
    breaks: list[bool] = []
    gap = ""
    for place, each in enumerate(text):
        if unicodedata.category(each) in ("Cf", "Mn", "Me") or each in _UNSEEN:
            continue
        read = way(each)
        if not read:
            gap += each
            continue
        for nth, letter in enumerate(read):
            new = bool(gap) and nth == 0
            if found and not new and nth == 0:
                before = text[at[-1]]
                new = (before.islower() and each.isupper()) or (
                    before.isascii() and each.isascii() and before.isdigit() != each.isdigit()
                )
                new = new and way is not sign
            found.append(letter)
            at.append(place)
            gaps.append(gap if nth == 0 else "")
            breaks.append(new)
        gap = ""
    return Letters("".join(found), tuple(at), tuple(gaps), tuple(breaks))


def keys(word: str) -> frozenset[str]:
    """What a name may be written as in plain letters: accents left out or spelled out, and the other way round."""
    whole = unicodedata.normalize("NFC", word).lower()
    spelled = "".join(DIGRAPHS.get(each, each) for each in whole)
    found = {_read(whole, sound), _read(spelled, sound), _read(whole, look)}
    for key in list(found):
        for two in ("ae", "oe", "ue", "aa", "ss"):
            if len(key) > 4:
                found.add(key.replace(two, two[0]))
    return frozenset(key for key in found if key)


def _read(text: str, way: Way) -> str:
    return letters(text, way).text


def places(read: Letters, key: str, *, endings: frozenset[str] = ENDINGS) -> Iterator[tuple[int, int]]:
    """Where a key stands as words of its own, however its letters are set apart."""
    start = read.text.find(key)
    while start >= 0:
        end = start + len(key)
        if read.begins(start) and read.ends(end, endings) and _holds_together(read, start, end):
            yield start, end
        start = read.text.find(key, start + 1)


def _holds_together(read: Letters, start: int, end: int) -> bool:
    """One word, or letters set apart on purpose; never the tail of one word and the head of the next by chance."""
    apart = [gap for gap in read.gaps[start + 1 : end] if gap]
    if not apart or not any(each.isspace() for gap in apart for each in gap):
        return True
    singly = len(apart) >= end - start - 1
    return end - start >= 6 or (singly and end - start >= 3)

"""Names that run the other way within a sentence: محمد in an English one, Ann in an Arabic one.

A browser lays out a line by its first letter, so that “محمد has not prepared yet” would run from right to left, and a
number beside such a name would jump to its other side. What runs against a sentence is set apart from it by two
marks that are not seen; then both stand as they are read.
"""

from __future__ import annotations

import re
import unicodedata

APART, END = "\u2068", "\u2069"
"""First strong isolate, and its end: what stands between them turns nothing around it."""
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
WITHIN = set(" \u00a0'’-‐‑\u200c\u200d")
"""What may stand between two letters of one name."""


def set_apart(sentence: str) -> str:
    """The sentence with what runs against it set apart. Untouched without a letter that runs right to left.

    It runs from right to left where it begins so and most of it does; a name at its beginning does not make it so.
    """
    if not RIGHT_TO_LEFT.search(sentence) or APART in sentence:
        return sentence
    ways = [_way(char) for char in sentence]
    strong = [way for way in ways if way in ("left", "right")]
    if len(set(strong)) < 2:  # all of it one way; or figures and signs, which have none
        return sentence
    runs_right_to_left = strong[0] == "right" and strong.count("right") > strong.count("left")
    against = "left" if runs_right_to_left else "right"
    found, start, end = [], -1, -1
    for place, (char, way) in enumerate(zip(sentence, ways, strict=True)):
        if way == against:
            start, end = (place if start < 0 else start), place
        elif start >= 0 and way == "mark" and end == place - 1:
            end = place
        elif start >= 0 and (way or char not in WITHIN):
            found.append((start, end))
            start = -1
    if start >= 0:
        found.append((start, end))
    for first, last in reversed(found):
        sentence = f"{sentence[:first]}{APART}{sentence[first : last + 1]}{END}{sentence[last + 1 :]}"
    return sentence


def _way(char: str) -> str:
    sort = unicodedata.bidirectional(char)
    return {"L": "left", "R": "right", "AL": "right", "NSM": "mark"}.get(sort, "")

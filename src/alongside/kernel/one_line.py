"""Names and subjects are one line: a line break in one would end a mail's header, or write a second line of a list."""

from __future__ import annotations

import unicodedata


def one_line(text: str) -> str:
    """The text on one line: breaks and tabs become spaces, what is invisible and steers the reading is left out."""
    return " ".join("".join(_kept(char) for char in text).split())


def is_one_line(text: str) -> bool:
    return not any(unicodedata.category(char) in _STEERING for char in text)


_STEERING = {"Cc", "Zl", "Zp"}
_TURNS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows them: a name with one can rewrite the sentence it stands in."""


def _kept(char: str) -> str:
    if unicodedata.category(char) in _STEERING:
        return " "
    return "" if char in _TURNS else char

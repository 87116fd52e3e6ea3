"""Signs that show nothing: they come along when something is pasted, and nobody who types it again will type them."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""They show nothing by themselves and shape the letters beside them: in some scripts a domain is another without them."""

_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Fillers and joiners that Unicode counts as letters or marks."""


def is_unseen(sign: str) -> bool:
    """Format characters (zero-width, soft hyphen, byte order mark, marks of direction), fillers, variation selectors."""
    return (
        unicodedata.category(sign) == "Cf"
        or sign in _FILLERS
        or "\ufe00" <= sign <= "\ufe0f"
        or "\U000e0100" <= sign <= "\U000e01ef"
    )


def without_unseen(text: str, keep: str = "") -> str:
    """The text without what shows nothing."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if sign in keep or not is_unseen(sign))

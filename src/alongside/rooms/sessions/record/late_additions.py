"""What somebody added to words that stand fast: worked out by comparing what they typed with what was closed."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\s+|\S+")
LONGEST_COMPARED = 3000
"""Of texts that differ in more words than this the whole differing part counts as added: late, never lost."""


def added(closed: str, typed: str) -> str:
    """The words of `typed` that are not in `closed`, in their order, one line for each place they were put in."""
    old, new = _TOKEN.findall(closed), _TOKEN.findall(typed)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if len(old) + len(new) > LONGEST_COMPARED:
        return "".join(new).strip()
    pieces = [
        "".join(new[left:right]).strip()
        for what, _a, _b, left, right in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what in ("insert", "replace")
    ]
    return "\n".join(piece for piece in pieces if piece)

"""What the served house remembers of its language. See decision 49."""

from __future__ import annotations

from functools import lru_cache

from django.utils import translation
from django.utils.translation import trans_real

MOST = 16_384
"""More sentences in more languages than there are; whoever is asked for more forgets the oldest."""


def remember_translations() -> None:
    """Look each sentence up once in a language, and not again on every page.

    A catalogue is read when the house opens and never changes while it stands. A miss goes through the catalogue of
    every library, twice; pages of English sentences consist of misses. `typed`: what is safe to show stays apart from what
    is not, though both read the same.
    """
    look_up = trans_real.gettext

    @lru_cache(maxsize=MOST, typed=True)
    def known(language: str | None, sentence: str) -> str:
        return look_up(sentence)

    def gettext(message: str) -> str:
        return known(trans_real.get_language(), message)

    # Django keeps what it found in `trans_real` under its own name once somebody has asked
    trans_real.gettext = translation._trans.gettext = gettext  # type: ignore[assignment,attr-defined]

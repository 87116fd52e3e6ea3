"""Whether a password can be guessed, judged here and by nobody else: asking a server would be a call home.

zxcvbn works out how many guesses somebody needs who knows the usual passwords, words, names, dates and rows of keys; the
names of the person and of their organisation count as words of their own. See decision 56.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import User
from .queries import persons_of

SCORE_NEEDED = 3
JUDGED = 72
"""Characters: the rest of a longer password makes it only harder, and judging costs more than it tells."""

WHAT_HELPS = _(
    "Three or four words that have nothing to do with each other are hard to guess and easy to remember."
)
KNOWN = _("This password is too easy to guess: it is close to a password many people use.")
REPEATED = _("This password is too easy to guess: it repeats itself.")
IN_ORDER = _("This password is too easy to guess: its letters or digits follow an order.")
OF_THEIRS = _("This password is too easy to guess: it is made from a name or an address that others know.")
DATED = _("This password is too easy to guess: it is made from a date or a year.")
WORDS = _("This password is too easy to guess: it is made from a common word or name.")


class GuessableValidator:
    """A password validator of Django's: refuses what a patient stranger would guess, and says what would help."""

    def validate(self, password: str, user: User | None = None) -> None:
        # read when it is needed: its lists of words would slow every start
        from zxcvbn import zxcvbn

        judged = zxcvbn(password[:JUDGED], user_inputs=sorted(words_about(user)), max_length=JUDGED)
        if judged["score"] < SCORE_NEEDED:
            raise ValidationError([_why(judged["sequence"]), WHAT_HELPS], code="guessable")  # type: ignore[list-item]

    def get_help_text(self) -> str:
        return str(WHAT_HELPS)


def words_about(user: User | None) -> set[str]:
    """What others know about somebody: their names and address, their organisations, and what Alongside is called."""
    known = {"alongside"}
    if user is None:
        return known
    for part in user.email.split("@"):
        known |= set(_words(part))
    for person in persons_of(user.pk) if user.pk else []:
        known |= set(_words(str(person.name))) | set(_words(person.organisation.name))
    return known


def _words(text: str) -> Iterator[str]:
    parts = [part for part in re.split(r"[\W_]+", text.lower()) if len(part) > 1]
    yield from parts
    yield "".join(parts)
    yield "".join(reversed(parts))


def _why(sequence: Iterable[dict[str, Any]]) -> Promise | str:
    """The reason that weighs most: the longest part of the password that somebody would guess as a whole."""
    parts = sorted(sequence, key=lambda part: len(part["token"]), reverse=True)
    for part in parts:
        if part["pattern"] == "dictionary":
            return {"user_inputs": OF_THEIRS, "passwords": KNOWN}.get(part["dictionary_name"], WORDS)
        named = {"repeat": REPEATED, "sequence": IN_ORDER, "spatial": IN_ORDER, "date": DATED, "regex": DATED}
        if part["pattern"] in named:
            return named[part["pattern"]]
    return WORDS

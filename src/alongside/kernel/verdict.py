"""A rule's answer: allowed, or denied with one kind sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from django.utils.functional import Promise

Sentence = str | Promise


class Denial(Enum):
    """Why a door stays closed; the value is the HTTP status that says it."""

    HIDDEN = 404
    NOT_YOURS = 403
    NOT_NOW = 409


@dataclass(frozen=True, slots=True)
class Verdict:
    """The one sentence serves the action's error, the HTTP answer, the disabled button and the API.

    `next_url` is where the person can go instead: an address within the product, or "".
    """

    denial: Denial | None = None
    sentence: Sentence = ""
    next_url: str = ""

    @property
    def allowed(self) -> bool:
        return self.denial is None

    def __bool__(self) -> bool:
        return self.denial is None


ALLOWED = Verdict()


def hidden() -> Verdict:
    """There is nothing here for this person; not even that it exists is said."""
    return Verdict(Denial.HIDDEN)


def not_yours(sentence: Sentence, next_url: str = "") -> Verdict:
    """The person has a part here, but not the right to do this."""
    return Verdict(Denial.NOT_YOURS, sentence, next_url)


def not_now(sentence: Sentence, next_url: str = "") -> Verdict:
    """The person may do this, but this is not the moment."""
    return Verdict(Denial.NOT_NOW, sentence, next_url)


def first_denial(*verdicts: Verdict) -> Verdict:
    """The first verdict that denies, else allowed: `first_denial(is_guide(seat), is_open(record))`."""
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)

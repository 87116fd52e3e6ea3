"""Four short questions after a meeting, in Alongside's own words: within one person, no norms, no total."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext_lazy as _

from .catalogue import Text, measure

LOW = Decimal(5)
DROP = Decimal(2)


@dataclass(frozen=True, kw_only=True)
class FeedbackQuestion:
    key: str
    text: Text


QUESTIONS = (
    FeedbackQuestion(key="matters", text=_("We worked on what matters to me.")),
    FeedbackQuestion(key="plan", text=_("The plan makes sense to me.")),
    FeedbackQuestion(key="listened", text=_("I felt listened to.")),
    FeedbackQuestion(key="next_step", text=_("I know my next step.")),
)


@dataclass(frozen=True, kw_only=True)
class AskAbout:
    """A question worth talking about, and why: it dropped by 2 or more, or the answer is 5 or less."""

    question: FeedbackQuestion
    because: Literal["low", "drop"]
    latest: Decimal
    previous: Decimal | None


def ask_about(
    latest: Mapping[str, object],
    previous: Mapping[str, object] | None = None,
    *,
    drop: Decimal = DROP,
    low: Decimal = LOW,
) -> tuple[AskAbout, ...]:
    """What to ask about after these answers; `previous` holds the last earlier answer to each question.

    From which drop, and from which answer down, a service may say itself.
    """
    found = []
    earlier = previous or {}
    for question in QUESTIONS:
        now, before = _answer(latest.get(question.key)), _answer(earlier.get(question.key))
        if now is None:
            continue
        dropped = before is not None and before - now >= drop
        if now <= low or dropped:
            because: Literal["low", "drop"] = "drop" if dropped else "low"
            found.append(AskAbout(question=question, because=because, latest=now, previous=before))
    return tuple(found)


def _answer(value: object) -> Decimal | None:
    return None if value is None or value == "" else measure("session-feedback").clean(value)

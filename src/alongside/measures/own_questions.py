"""The questions of a service's own questionnaire, and which of them are asked once others are answered."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from .numbers import number_from

NONE_OF_THESE = "none"
"""The key of the answer that ticks nothing, where several can be ticked."""
Sort = Literal["choice", "several", "number", "words", "date", "time", "moment"]
WRITTEN: tuple[Sort, ...] = ("words", "date", "time", "moment")
"""What is kept as it was written, and never scored."""


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose. `key` is what is kept of it: two answers with one score have two keys."""

    score: Decimal
    text: str
    key: str = ""
    is_alone: bool = False
    """Where several can be ticked: this one only by itself."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must have been answered to another question. Of a question with options, `values` are the keys meant."""

    question: str
    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Several conditions: one of them is enough, or all must be true."""

    conditions: tuple[Condition, ...]
    one_is_enough: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Something to read between the questions: a stem, an instruction."""

    text: str
    when: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    link_id: str
    text: str
    options: tuple[Option, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    sort: Sort = "choice"
    scored: bool = True
    whole: bool = False
    """A number without decimal places."""
    prefix: str = ""
    above: tuple[Said, ...] = ()
    help: tuple[str, ...] = ()
    when: tuple[Clause, ...] = ()
    """All of them must be true, or the question is neither asked nor counted."""
    risk: tuple[str, ...] = ()
    """The answers that open the safety path, by their keys."""
    risk_from: Decimal | None = None
    risk_down_to: Decimal | None = None
    """Of a number: from which one on, upwards or downwards, it does."""

    @property
    def label(self) -> str:
        return f"{self.prefix} {self.text}".strip()

    @property
    def is_risk(self) -> bool:
        return bool(self.risk) or self.risk_from is not None or self.risk_down_to is not None

    def cleaned(self, answer: object) -> str:
        """The answer as it is kept; "" for none, ValueError for one that is not offered."""
        if self.sort in WRITTEN:
            return str(answer or "").strip()
        if self.sort == "several":
            return self._several(answer)
        if answer is None or str(answer).strip() == "":
            return ""
        if self.options:
            return self._one(answer)
        try:
            number = number_from(answer)
        except ValueError:
            raise self._not_offered() from None
        if not self.low <= number <= self.high or (self.whole and number % 1):
            raise self._not_offered()
        return f"{number:f}"

    def _one(self, answer: object) -> str:
        """A key, or a number that is the score of one answer alone."""
        written = str(answer).strip()
        if any(option.key == written for option in self.options):
            return written
        try:
            number = number_from(answer)
        except ValueError:
            raise self._not_offered() from None
        meant = [option.key for option in self.options if option.score == number]
        if len(meant) != 1:
            raise self._not_offered()
        return meant[0]

    def _several(self, answer: object) -> str:
        given = answer.split() if isinstance(answer, str) else [str(each) for each in _listed(answer)]
        if given == [NONE_OF_THESE]:
            return NONE_OF_THESE
        keys = [self._one(each) for each in given]
        alone = any(option.is_alone for option in self.options if option.key in keys)
        if len(set(keys)) > 1 and alone:
            raise ValueError(
                _("To “%(question)s”, please choose either this one answer or the others.")
                % {"question": self.text[:80]}
            )
        return " ".join(option.key for option in self.options if option.key in keys)

    def _not_offered(self) -> ValueError:
        return ValueError(
            _("Please choose one of the answers to “%(question)s”.") % {"question": self.text[:80]}
        )

    def score(self, kept: str) -> Decimal:
        """What an answer that was kept counts. Several that were ticked are added."""
        if not self.options:
            return Decimal(kept)
        return sum((option.score for option in self.options if option.key in kept.split()), Decimal(0))

    def is_risky(self, kept: str) -> bool:
        if not kept:
            return False
        if self.risk:
            return bool(set(self.risk) & set(kept.split()))
        if self.options or not self.is_risk:
            return False
        number = Decimal(kept)
        up = self.risk_from is not None and number >= self.risk_from
        return up or (self.risk_down_to is not None and number <= self.risk_down_to)

    def says(self, kept: str) -> str:
        """An answer that was kept, in the words it was chosen by."""
        if not self.options:
            return kept
        if kept == NONE_OF_THESE:
            return _("None of these")
        return ", ".join(option.text for option in self.options if option.key in kept.split())


def _listed(answer: object) -> Iterable[object]:
    if answer in (None, ""):
        return ()
    return answer if isinstance(answer, list | tuple) else (answer,)


def asked(questions: Iterable[Question], kept: Mapping[str, str]) -> frozenset[str]:
    """The questions that are asked when these answers have been given, by their linkId.

    An answer to a question that is not asked counts as no answer, also for the questions that depend on it.
    """
    by_id = {each.link_id: each for each in questions}
    found: dict[str, bool] = {}

    def is_asked(link_id: str) -> bool:
        if link_id not in found:
            found[link_id] = False  # two that wait for each other are never asked
            question = by_id.get(link_id)
            found[link_id] = question is not None and is_met(question.when)
        return found[link_id]

    def is_met(clauses: tuple[Clause, ...]) -> bool:
        for clause in clauses:
            results = [_holds(each, by_id, answer_to) for each in clause.conditions]
            if not (any(results) if clause.one_is_enough else all(results)):
                return False
        return True

    def answer_to(link_id: str) -> str:
        return kept.get(link_id, "") if is_asked(link_id) else ""

    return frozenset(link_id for link_id in by_id if is_asked(link_id))


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def _holds(condition: Condition, by_id: Mapping[str, Question], answer_to: Callable[[str], str]) -> bool:
    given = answer_to(condition.question)
    if condition.operator == "exists":
        return bool(given) == (condition.values == ("true",))
    question = by_id[condition.question]
    if question.options:
        meant = bool(set(given.split()) & set(condition.values))
        return not meant if condition.operator == "!=" else meant
    if not given:
        # as FHIR has it: true where no answer is equal
        return condition.operator == "!="
    if condition.operator == "!=":
        return all(_comparable(question, given) != _comparable(question, each) for each in condition.values)
    compare = _COMPARE[condition.operator]
    return any(
        compare(_comparable(question, given), _comparable(question, each)) for each in condition.values
    )


def _comparable(question: Question, value: str) -> object:
    """Numbers by their size, days and times as they are written: the earlier one sorts first."""
    if question.sort == "number":
        return Decimal(value)
    # a box for a time leaves the seconds out
    return f"{value.strip()}:00" if question.sort == "time" and len(value.strip()) == 5 else value.strip()

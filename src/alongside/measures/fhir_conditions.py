"""`enableWhen` of a FHIR Questionnaire: after which answers something is asked, in the keys of our own answers."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .fhir_answers import Coded, SomeAnswers, number_in
from .own_questions import Clause, Condition, Question

KINDS = ("Boolean", "Decimal", "Integer", "Date", "DateTime", "Time", "String", "Coding", "Quantity")
ORDER = (">", "<", ">=", "<=")


class _NotThere(ValueError):
    """A condition names what the file does not offer."""


def clauses_of(
    items: tuple[Any, ...],
    by_id: Mapping[str, Question],
    answers: SomeAnswers,
    not_asked: Mapping[str, str],
    problems: list[str],
) -> tuple[Clause, ...]:
    """The conditions of an item and of all it lies in, outermost first."""
    found = []
    for item in items:
        conditions = []
        for each in item.enableWhen or ():
            about = {"id": item.linkId[:60], "other": str(each.question)[:60]}
            try:
                conditions.append(_condition(each, by_id, answers, not_asked))
            except _NotThere as wrong:
                problems.append(str(wrong) % about)
        if conditions:
            found.append(Clause(tuple(conditions), item.enableBehavior == "any"))
    return tuple(found)


def _condition(
    when: Any, by_id: Mapping[str, Question], answers: SomeAnswers, not_asked: Mapping[str, str]
) -> Condition:
    name, operator = str(when.question), str(when.operator)
    if name in not_asked:
        raise _NotThere(_("“%(id)s” is asked only after an answer to “%(other)s”, which is not asked here."))
    question = by_id.get(name)
    if question is None:
        raise _NotThere(
            _("“%(id)s” is asked only after an answer to “%(other)s”, which cannot be asked here.")
        )
    value = next(
        (found for kind in KINDS if (found := getattr(when, f"answer{kind}", None)) is not None), None
    )
    if operator == "exists":
        return Condition(name, operator, ("true" if value is not False else "false",))
    if value is None:
        raise _NotThere(
            _("“%(id)s” is asked only after an answer to “%(other)s”, but the file does not say which.")
        )
    if question.options:
        return _of_options(name, operator, value, answers.codes.get(name, {}))
    if question.sort == "number":
        number = number_in(value)
        if number is None:
            raise _NotThere(
                _("“%(id)s” is asked after a number in “%(other)s”, but the file gives no number.")
            )
        return Condition(name, operator, (f"{number:f}",))
    return Condition(name, operator, (_written(value),))


def _of_options(name: str, operator: str, value: Any, offered: Mapping[str, Coded]) -> Condition:
    if operator in ORDER:
        bound = number_in(value)
        scores = {key: number_in(each.text) or each.score for key, each in offered.items()}
        met = tuple(
            key
            for key, score in scores.items()
            if bound is not None and score is not None and _is(score, operator, bound)
        )
        if bound is None:
            raise _NotThere(
                _("“%(id)s” compares an answer to “%(other)s” with something that is not a number.")
            )
        return Condition(name, "=", met)
    keys = tuple(key for key, each in offered.items() if _is_meant(each, value))
    if not keys:
        raise _NotThere(
            _("“%(id)s” is asked only after an answer to “%(other)s” that is not among its answers.")
        )
    return Condition(name, operator, keys)


def _is(score: Decimal, operator: str, bound: Decimal) -> bool:
    return {">": score > bound, "<": score < bound, ">=": score >= bound, "<=": score <= bound}[operator]


def _is_meant(answer: Coded, value: Any) -> bool:
    """Whether a condition means this answer: by its code, and where there is none by its words."""
    if isinstance(value, bool):
        return answer.code == ("true" if value else "false")
    code, display = getattr(value, "code", None), getattr(value, "display", None)
    if code or display:
        system = str(getattr(value, "system", None) or "")
        if code and answer.code:
            return answer.code == code and (not system or not answer.system or answer.system == system)
        return answer.text in (display, code)
    if isinstance(value, int | Decimal):
        return number_in(answer.text) == Decimal(value)
    return str(value) in (answer.text, answer.code)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

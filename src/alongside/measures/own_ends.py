"""The lowest and the highest score there can be, also where some questions are asked only after certain answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product

from django.utils.translation import gettext as _

from .arithmetic import NotArithmetic, Range, Rule
from .own_questions import NONE_OF_THESE, Clause, Condition, Question, asked

MOST_WAYS = 4096
Kept = dict[str, str]


def ends_of(rule: Rule, questions: Sequence[Question]) -> tuple[Decimal, Decimal]:
    """NotArithmetic where the ways in which questions depend on each other are too many to be worked out."""
    scored = {each.link_id: Range(each.low, each.high) for each in questions if each.scored}
    parts = [list(questions)] if rule.has_mean else list(_independent(questions))
    low = high = Decimal(0)
    constant = Decimal(0) if rule.has_mean else rule.value({})
    for part in parts:
        least, most = _ends_of_part(rule, part, scored)
        low, high = low + least - constant, high + most - constant
    return low + constant, high + constant


def _ends_of_part(
    rule: Rule, part: Sequence[Question], scored: Mapping[str, Range]
) -> tuple[Decimal, Decimal]:
    """Every way of answering the questions others depend on; what is asked then moves the score by itself."""
    used = [each for each in part if each.link_id in rule.used]
    found: list[tuple[Decimal, Decimal]] = []
    for fixed in _ways(rule, part):
        there = asked(part, fixed)
        answers: dict[str, Decimal] = {}
        free = []
        for question in used:
            if question.link_id not in there:
                continue
            if question.link_id in fixed:
                answers[question.link_id] = question.score(fixed[question.link_id])
            else:
                answers[question.link_id] = question.low
                free.append(question.link_id)
        if rule.has_mean and not answers:
            continue
        low = high = base = rule.value(answers)
        for link_id in free:
            moved = rule.value(answers | {link_id: scored[link_id].high}) - base
            low, high = low + min(moved, Decimal(0)), high + max(moved, Decimal(0))
        found.append((low, high))
    if not found:
        return Decimal(0), Decimal(0)
    return min(low for low, _high in found), max(high for _low, high in found)


def _ways(rule: Rule, part: Sequence[Question]) -> Iterator[Kept]:
    decisive = _decisive(part)
    by_id = {each.link_id: each for each in part}
    choices = [_candidates(by_id[link_id], part, rule) for link_id in decisive]
    ways = 1
    for each in choices:
        ways *= len(each)
    if ways > MOST_WAYS:
        raise NotArithmetic(
            _(
                "Too many questions are asked only after certain answers: the highest score of this rule "
                "cannot be worked out."
            )
        )
    for values in product(*choices):
        yield {link_id: value for link_id, value in zip(decisive, values, strict=True) if value}


def _decisive(part: Sequence[Question]) -> list[str]:
    named = {condition.question for question in part for condition in _conditions(question.when)}
    return [each.link_id for each in part if each.link_id in named]


def _conditions(clauses: Sequence[Clause]) -> Iterator[Condition]:
    for clause in clauses:
        yield from clause.conditions


def _candidates(question: Question, part: Sequence[Question], rule: Rule) -> list[str]:
    """Answers enough to meet every condition on this question, and to miss it, at both ends of what they count."""
    asked_of = [
        condition
        for each in part
        for condition in _conditions(each.when)
        if condition.question == question.link_id
    ]
    named = [value for condition in asked_of for value in condition.values]
    if question.sort == "several":
        found = _subsets(question)
    elif question.options:
        found = [option.key for option in question.options]
    elif question.sort == "number":
        step = Decimal(1) if question.whole else Decimal("0.01")
        numbers = {question.low, question.high}
        for value in map(Decimal, (each for each in named if each not in ("true", "false"))):
            numbers |= {value - step, value, value + step}
        found = [f"{each:f}" for each in sorted(numbers) if question.low <= each <= question.high]
    else:
        found = ["", "0", "~", *named]
    # what the rule does not ask for may be left out
    return found if question.link_id in rule.used else list(dict.fromkeys(["", *found]))


def _subsets(question: Question) -> list[str]:
    together = [option.key for option in question.options if not option.is_alone]
    alone = [option.key for option in question.options if option.is_alone]
    if len(together) > 6:
        together = []
    found = [
        " ".join(key for place, key in enumerate(together) if number >> place & 1)
        for number in range(1, 2 ** len(together))
    ]
    return [NONE_OF_THESE, *found, *alone, *([_all(question)] if not together else [])]


def _all(question: Question) -> str:
    return " ".join(option.key for option in question.options if not option.is_alone)


def _independent(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """The questions in groups that do not depend on each other: each group moves the score by itself."""
    group = {each.link_id: each.link_id for each in questions}

    def root(link_id: str) -> str:
        while group[link_id] != link_id:
            link_id = group[link_id]
        return link_id

    for question in questions:
        for condition in _conditions(question.when):
            group[root(question.link_id)] = root(condition.question)
    parts: dict[str, list[Question]] = {}
    for question in questions:
        parts.setdefault(root(question.link_id), []).append(question)
    yield from parts.values()

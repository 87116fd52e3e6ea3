"""One way to score a form, whether it is shipped or a service's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.measures import own, questionnaires
from alongside.measures.own_questions import Clause, Condition, Question
from alongside.measures.questionnaires import INSTRUMENTS, Item

from .queries import own_instrument


@dataclass(frozen=True, slots=True)
class Scored:
    total: Decimal | None
    band: str
    safety: bool
    missing: tuple[str, ...]


def scored(instrument: str, answers: Mapping[str, str]) -> Scored:
    """The score of these answers by the names of their questions; ValueError for an answer that isn't offered."""
    if instrument in INSTRUMENTS:
        found = questionnaires.score(instrument, {int(name): answer for name, answer in answers.items()})
        total = None if found.total is None else Decimal(found.total)
        missing = tuple(str(number) for number in found.missing)
        return Scored(total, str(found.band or ""), found.safety, missing)
    mine = own.score_own(own_instrument(instrument), answers)
    rounded = None if mine.total is None else mine.total.quantize(own.CENT)
    return Scored(rounded, mine.band, bool(mine.risk), mine.missing)


def risk_answers(instrument: str, answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The answers about harm, each with its question in the words of the form."""
    if instrument in INSTRUMENTS:
        form = INSTRUMENTS[instrument]
        return tuple(
            (str(item.text), _answer_words(item, answers.get(str(item.number), "")))
            for item in form.items
            if item.number == form.safety_item
        )
    mine = own_instrument(instrument)
    found = (mine.question(link_id) for link_id in own.risk_raised(mine, answers))
    return tuple(
        (each.label, each.says(each.cleaned(answers.get(each.link_id)))) for each in found if each is not None
    )


def questions_of(instrument: str) -> tuple[tuple[str, str], ...]:
    """Every question of a form: its name, which stays from version to version, and its words."""
    if instrument in INSTRUMENTS:
        return tuple((str(item.number), str(item.text)) for item in INSTRUMENTS[instrument].items)
    return tuple((each.link_id, each.label) for each in own_instrument(instrument).questions)


def answers_in_words(instrument: str, answers: Mapping[str, str]) -> dict[str, str]:
    """The answers in the words of their form, by the names of their questions; "" where there is none."""
    if instrument in INSTRUMENTS:
        return {
            str(item.number): _answer_words(item, answers.get(str(item.number), ""))
            for item in INSTRUMENTS[instrument].items
        }
    return {
        each.link_id: each.says(str(answers.get(each.link_id, "")))
        for each in own_instrument(instrument).questions
    }


def risk_only(instrument: str, answers: Mapping[str, str]) -> dict[str, str]:
    """Of these answers those about harm, by the names of their questions."""
    if instrument in INSTRUMENTS:
        names = [str(INSTRUMENTS[instrument].safety_item)]
    else:
        names = list(own.risk_raised(own_instrument(instrument), answers))
    return {name: answers[name] for name in names if name in answers}


def _answer_words(item: Item, given: str) -> str:
    return next((str(answer.text) for answer in item.answers if str(answer.score) == str(given)), str(given))


def asked_after(instrument: own.OwnInstrument, question: Question) -> tuple[str, ...]:
    """After which answers a question is asked, in words: whoever reads the form without a script is told."""
    return tuple(_clause(instrument, each) for each in question.when)


def _clause(instrument: own.OwnInstrument, clause: Clause) -> str:
    said = [_condition(instrument, each) for each in clause.conditions]
    sentence = (
        _("Only if %(conditions)s.") if len(said) == 1 else
        _("Only if one of these is true: %(conditions)s.") if clause.one_is_enough else
        _("Only if all of these are true: %(conditions)s.")
    )  # fmt: skip
    return sentence % {"conditions": "; ".join(said)}


def _condition(instrument: own.OwnInstrument, condition: Condition) -> str:
    question = instrument.question(condition.question)
    assert question is not None  # a condition on anything else is refused when the file comes in
    answers = [f"“{question.says(value)}”" for value in condition.values]
    parts = {"question": question.label[:80], "answers": ", ".join(answers)}
    sentences = {
        "exists": _("you answered “%(question)s”")
        if condition.values == ("true",)
        else _("you did not answer “%(question)s”"),
        "=": _("your answer to “%(question)s” is %(answers)s"),
        "!=": _("your answer to “%(question)s” is not %(answers)s"),
        ">": _("your answer to “%(question)s” is more than %(answers)s"),
        "<": _("your answer to “%(question)s” is less than %(answers)s"),
        ">=": _("your answer to “%(question)s” is %(answers)s or more"),
        "<=": _("your answer to “%(question)s” is %(answers)s or less"),
    }
    return sentences[condition.operator] % parts

"""The answers a FHIR question offers: written at the question, or in a value set that lies in the same file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .numbers import number_from, plain
from .own_questions import Option, Question

FHIR = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL = (FHIR + "ordinalValue", FHIR + "itemWeight", FHIR + "questionnaire-ordinalValue")
SCORE_PROPERTIES = ("ordinalValue", "itemWeight", "score")
ALONE = (FHIR + "questionnaire-optionExclusive",)
LARGEST = 10_000


def extension(element: Any, urls: Sequence[str]) -> Any:
    """The value of an extension by one of its addresses; None without one."""
    for each in getattr(element, "extension", None) or ():
        if str(each.url) in urls:
            values = (
                getattr(each, name)
                for name in type(each).model_fields
                if name.startswith("value") and not name.endswith("__ext")
            )
            return next((value for value in values if value is not None), True)
    return None


def number_in(value: Any) -> Decimal | None:
    value = getattr(value, "value", value)  # a quantity has its number inside
    try:
        number = number_from(value)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST else None


@dataclass(frozen=True, slots=True)
class Coded:
    """One answer as the file has it."""

    text: str
    score: Decimal | None
    code: str = ""
    system: str = ""
    is_alone: bool = False


class SomeAnswers:
    """The answers of a file's questions, as they are read one after the other."""

    def __init__(self, contained: Iterable[Any]) -> None:
        rows = list(contained)
        self.value_sets = {name: row for row in rows if _kind(row) == "ValueSet" for name in _names(row)}
        self.systems = {str(row.url): row for row in rows if _kind(row) == "CodeSystem" and row.url}
        self.codes: dict[str, dict[str, Coded]] = {}
        """Of each question its answers by their keys: a condition names an answer by its code."""
        self.without_scores: dict[str, str] = {}

    def yes_or_no(self, made: Question) -> Question:
        options = (Option(Decimal(0), _("No"), "0"), Option(Decimal(1), _("Yes"), "1"))
        self.codes[made.link_id] = {
            "0": Coded(_("No"), Decimal(0), "false"),
            "1": Coded(_("Yes"), Decimal(1), "true"),
        }
        return replace(made, options=options, high=Decimal(1))

    def choice(self, made: Question, item: Any, problems: list[str]) -> Question | None:
        about = {"id": made.link_id[:60]}
        given = self._given(item, about, problems)
        if given is None:
            return None
        if not given:
            problems.append(_("The question “%(id)s” offers no answers to choose from.") % about)
            return None
        scored = [each for each in given if each.score is not None]
        if not scored:
            return self._unscored(made, given, several=bool(item.repeats))
        if len(scored) < len(given):
            without = next(each for each in given if each.score is None)
            sentence = _(
                "An answer to “%(id)s” has no number (ordinalValue), so it cannot be scored: “%(answer)s”."
            )
            problems.append(sentence % {**about, "answer": without.text[:60]})
            return None
        options = self._options(made, given)
        scores = [each.score for each in options]
        if not item.repeats:
            return replace(made, options=options, low=min(scores), high=max(scores))
        low, high = _ends_of_several(options)
        return replace(made, sort="several", options=options, low=low, high=high)

    def _unscored(self, made: Question, given: list[Coded], *, several: bool) -> Question:
        self.without_scores[made.link_id] = ", ".join(each.text for each in given)[:80]
        options = self._options(made, [replace(each, score=Decimal(0)) for each in given])
        return replace(made, sort="several" if several else "choice", options=options, scored=False)

    def _options(self, made: Question, given: list[Coded]) -> tuple[Option, ...]:
        """An answer is kept by its score where that says which one it is, and else by its place as well."""
        scores = [each.score or Decimal(0) for each in given]
        found = []
        for place, (each, score) in enumerate(zip(given, scores, strict=True), start=1):
            written = f"{score:f}"
            key = written if scores.count(score) == 1 else f"{written}:{place}"
            found.append(Option(score, each.text, key, each.is_alone))
            self.codes.setdefault(made.link_id, {})[key] = each
        return tuple(found)

    def _given(self, item: Any, about: dict[str, str], problems: list[str]) -> list[Coded] | None:
        if item.answerOption:
            return [_option(each) for each in item.answerOption]
        reference = str(item.answerValueSet or "")
        if not reference:
            return []
        row = self.value_sets.get(reference) or self.value_sets.get(reference.split("|")[0])
        if row is None:
            sentence = _("The answers to “%(id)s” are in a value set that is not in this file: %(set)s.")
            problems.append(sentence % {**about, "set": reference[:120]})
            return None
        found = self._of_set(row, ())
        if not found:
            sentence = _("The value set of “%(id)s” names no answers in this file: %(set)s.")
            problems.append(sentence % {**about, "set": reference[:120]})
            return None
        return found

    def _of_set(self, row: Any, seen: tuple[Any, ...]) -> list[Coded]:
        if any(row is each for each in seen):
            return []
        found: list[Coded] = []
        if row.expansion and row.expansion.contains:
            found = [
                self._concept(each, each.system)
                for each in _expanded(row.expansion.contains)
                if each.code and not each.abstract
            ]
        for include in (row.compose.include if row.compose and not found else None) or ():
            concepts = include.concept or ()
            system = self.systems.get(str(include.system or ""))
            if not concepts and system is not None and not include.filter:
                concepts = _nested(system.concept)
            found += [self._concept(each, include.system) for each in concepts]
            for name in include.valueSet or ():
                other = self.value_sets.get(str(name)) or self.value_sets.get(str(name).split("|")[0])
                found += self._of_set(other, (*seen, row)) if other is not None else []
        return found

    def _concept(self, concept: Any, system: Any) -> Coded:
        """One concept of a set; its score and its words may stand in the code system beside it."""
        score, words = _score(concept), concept.display
        row = self.systems.get(str(system or ""))
        for each in _nested(row.concept) if row is not None else ():
            if each.code == concept.code:
                score = _score(each) if score is None else score
                words = words or each.display
        return Coded(str(words or concept.code), score, str(concept.code), str(system or ""))

    def checked(self, questions: list[Question], problems: list[str]) -> list[Question]:
        """Answers without scores do no harm beside others with scores. Where none has any, each of them is named."""
        if any(each.scored and each.options and not _is_yes_no(each) for each in questions):
            return questions
        for link_id, answers in self.without_scores.items():
            sentence = _("The answers to “%(id)s” have no scores (ordinalValue): %(answers)s.")
            problems.append(sentence % {"id": link_id[:60], "answers": answers})
        return questions


def _ends_of_several(options: tuple[Option, ...]) -> tuple[Decimal, Decimal]:
    """Between which values the sum of what is ticked lies; nothing may be ticked as well."""
    together = [each.score for each in options if not each.is_alone]
    alone = [each.score for each in options if each.is_alone]
    low = sum((score for score in together if score < 0), Decimal(0))
    high = sum((score for score in together if score > 0), Decimal(0))
    return min([low, *alone]), max([high, *alone])


def _is_yes_no(question: Question) -> bool:
    return [option.key for option in question.options] == ["0", "1"] and question.options[0].text == _("No")


def _option(option: Any) -> Coded:
    coding = option.valueCoding
    score = number_in(extension(option, ORDINAL))
    for inner in ("valueCoding", "valueString__ext", "valueInteger__ext", "valueDate__ext", "valueTime__ext"):
        score = number_in(extension(getattr(option, inner, None), ORDINAL)) if score is None else score
    if score is None and option.valueInteger is not None:
        score = number_in(option.valueInteger)
    alone = bool(extension(option, ALONE))
    if coding is not None:
        text = coding.display or coding.code or ""
        return Coded(str(text), score, str(coding.code or ""), str(coding.system or ""), alone)
    values = (option.valueString, option.valueInteger, option.valueDate, option.valueTime)
    value = next((each for each in values if each is not None), "")
    text = plain(Decimal(value)) if isinstance(value, int) else str(value)
    return Coded(text, score, is_alone=alone)


def _score(concept: Any) -> Decimal | None:
    score = number_in(extension(concept, ORDINAL))
    for each in getattr(concept, "property", None) or ():
        if score is None and str(each.code) in SCORE_PROPERTIES:
            values = (
                (each.valueDecimal, each.valueInteger)
                if hasattr(each, "valueDecimal")
                else (each.valueInteger,)
            )
            score = next((number_in(value) for value in values if value is not None), None)
    return score


def _kind(row: Any) -> str:
    return type(row).__name__


def _names(row: Any) -> list[str]:
    return [f"#{row.id}"] * bool(row.id) + [str(row.url)] * bool(row.url)


def _nested(concepts: Any) -> list[Any]:
    found: list[Any] = []
    for each in concepts or ():
        found += [each, *_nested(each.concept)]
    return found


def _expanded(contains: Any) -> list[Any]:
    found: list[Any] = []
    for each in contains or ():
        found += [each, *_expanded(each.contains)]
    return found

"""Reading a FHIR Questionnaire: `fhir.resources` says whether it is one, here it is made into our own questions.

A file comes in whole, or it is refused with every reason at once, each naming its question. What is worked out, hidden or
read only in the file is not asked; that is said, so that nobody misses it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .fhir_answers import SomeAnswers, extension, number_in
from .fhir_conditions import clauses_of
from .own_questions import Clause, Question, Said, Sort

MOST_BYTES, MOST_QUESTIONS, DEEPEST = 400_000, 200, 8
FHIR = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
HIDDEN = (FHIR + "questionnaire-hidden",)
CALCULATED = (
    SDC + "calculatedExpression",
    FHIR + "questionnaire-calculatedExpression",
    FHIR + "cqf-calculatedValue",
)
WHEN_EXPRESSION = (SDC + "enableWhenExpression",)
MINIMUM, MAXIMUM = (FHIR + "minValue", SDC + "minQuantity"), (FHIR + "maxValue", SDC + "maxQuantity")
UNIT = (FHIR + "questionnaire-unit", FHIR + "questionnaire-unitOption")
CHOICES, NUMBERS = ("choice", "coding"), ("integer", "decimal", "quantity")
WRITTEN: dict[str, Sort] = {
    "string": "words",
    "text": "words",
    "url": "words",
    "date": "date",
    "dateTime": "moment",
    "time": "time",
}


class Unread(ValueError):
    """What is wrong with a file or a rule: field by field, a sentence each."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(sentence for found in problems.values() for sentence in found))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read of a file."""

    title: str
    questions: tuple[Question, ...]
    closing: tuple[Said, ...] = ()
    """What stands after the last question."""
    left_out: tuple[str, ...] = ()
    """What is not asked, a sentence each."""


def read_questionnaire(text: str) -> ReadFile:
    """The questions of a FHIR R4 Questionnaire; Unread with every problem in it."""
    model = _parsed(_opened(text))
    reader = _Reader(SomeAnswers(model.contained or ()))
    reader.read(model.item or (), ())
    questions = reader.with_conditions()
    if not any(each.scored for each in questions) and not reader.problems:
        reader.problems.append(_("There is no question in it that can be scored."))
    if len(questions) > MOST_QUESTIONS:
        reader.problems.append(_("There are more than %(most)s questions in it.") % {"most": MOST_QUESTIONS})
    if reader.problems:
        raise Unread({"file": list(dict.fromkeys(reader.problems))})
    title = str(model.title or model.name or "")[:120]
    return ReadFile(title, tuple(questions), tuple(reader.pending), tuple(reader.left_out))


def _wrong(*sentences: str) -> Unread:
    return Unread({"file": list(sentences)})


def _opened(text: str) -> dict[str, Any]:
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise _wrong(_("This file is larger than a questionnaire should be."))
    try:
        # numbers as they stand in the file: 0.1 is a tenth
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _wrong(_("This is not a JSON file, or it has been cut off.")) from error
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        raise _wrong(_("This is not a FHIR Questionnaire: its resourceType says something else."))
    _look_through(found.get("item"))
    return found


def _look_through(items: Any) -> None:
    """Refuse what a parser would only say in its own words."""
    levels, at = 0, [items] if items is not None else []
    while at:
        if levels > DEEPEST or not all(isinstance(each, list) for each in at):
            raise _wrong(_("The questions in it are nested in a way that cannot be read."))
        each_item = [item for each in at for item in each]
        if not all(isinstance(item, dict) for item in each_item):
            raise _wrong(_("There is something among the questions that is no question."))
        levels, at = levels + 1, [item["item"] for item in each_item if item.get("item") is not None]


def _parsed(found: dict[str, Any]) -> Any:
    """The file as a model of FHIR R4, or of R5 where it is one. Of its head only what is read here is looked at."""
    from fhir.resources.questionnaire import Questionnaire as R5
    from fhir.resources.R4B.questionnaire import Questionnaire as R4
    from pydantic import ValidationError

    head: dict[str, Any] = {name: found[name] for name in ("title", "name", "item") if name in found}
    head |= {"resourceType": "Questionnaire", "status": "active"}
    head["contained"] = [_with_head(each) for each in _sets(found)]
    if not head["contained"]:
        del head["contained"]
    try:
        return R4.model_validate(head)
    except ValidationError as error:
        wrong = error
    except (RecursionError, TypeError, ValueError) as error:
        raise _wrong(_("The questions in it are nested in a way that cannot be read.")) from error
    try:
        return R5.model_validate(head)
    except ValidationError:
        raise _wrong(*(_said(each, found) for each in wrong.errors()[:12])) from wrong


def _sets(found: dict[str, Any]) -> list[dict[str, Any]]:
    contained = found.get("contained")
    kinds = ("ValueSet", "CodeSystem")
    each_of = contained if isinstance(contained, list) else []
    return [each for each in each_of if isinstance(each, dict) and each.get("resourceType") in kinds]


def _with_head(row: dict[str, Any]) -> dict[str, Any]:
    kept = ("resourceType", "id", "url", "compose", "expansion", "concept")
    found: dict[str, Any] = {name: row[name] for name in kept if name in row} | {"status": "active"}
    if row["resourceType"] == "CodeSystem":
        found["content"] = "complete"
    if isinstance(found.get("expansion"), dict):
        found["expansion"] = {"timestamp": "2000-01-01", **found["expansion"]}
    return found


def _said(error: Any, found: dict[str, Any]) -> str:
    """Where a file is not as FHIR has it, named by its question, and what is wrong there."""
    at: Any = found
    link_id, path = "", []
    for part in error["loc"]:
        path.append(str(part))
        at = at[part] if isinstance(at, list) and isinstance(part, int) and part < len(at) else (
            at.get(part) if isinstance(at, dict) else None
        )  # fmt: skip
        if isinstance(at, dict) and isinstance(at.get("linkId"), str):
            link_id, path = at["linkId"], []
    parts = {"id": link_id[:60], "where": ".".join(path)[:60] or "item", "reason": str(error["msg"])[:160]}
    if path and path[-1] == "linkId":
        words = at if isinstance(at, dict) else {}
        return _("A question has no linkId: “%(text)s”.") % {"text": str(words.get("text", ""))[:60]}
    if link_id:
        return _("The question “%(id)s” is not as FHIR R4 has it, at “%(where)s”: %(reason)s.") % parts
    return _("The file is not as FHIR R4 has it, at “%(where)s”: %(reason)s.") % parts


@dataclass
class _Reader:
    """Goes through the items in order. `pending` is what is to be read before the next question."""

    answers: SomeAnswers
    problems: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    not_asked: dict[str, str] = field(default_factory=dict)
    pending: list[Said] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    found: list[tuple[Question, Any, tuple[Any, ...]]] = field(default_factory=list)
    """Each question with its item, and the items whose conditions it is under."""
    said_of: list[tuple[Said, tuple[Any, ...]]] = field(default_factory=list)

    def read(self, items: Any, above: tuple[Any, ...], in_question: bool = False) -> None:
        for item in items:
            if not self._is_new(item):
                continue
            under = (*above, item) if item.enableWhen or extension(item, WHEN_EXPRESSION) else above
            why = self._why_not_asked(item)
            if why:
                self._leave_out(item, why)
            elif item.type == "group":
                self._group(item, under)
            elif item.type == "display":
                if not in_question:
                    self._say(item, under)
            else:
                question = self._question(item)
                if question:
                    self.found.append((replace(question, above=tuple(self.pending)), item, under))
                    self.pending = []
                self.read(item.item or (), under, in_question=True)

    def _is_new(self, item: Any) -> bool:
        link_id = item.linkId
        if not link_id or not link_id.strip():
            words = {"text": str(item.text or "")[:60]}
            self.problems.append(_("A question has no linkId: “%(text)s”.") % words)
            return False
        if link_id in self.seen:
            sentence = _("The linkId “%(id)s” is there more than once. Every question needs its own.")
            self.problems.append(sentence % {"id": link_id[:60]})
            return False
        self.seen.add(link_id)
        return True

    def _why_not_asked(self, item: Any) -> str:
        if extension(item, HIDDEN):
            return _("“%(name)s” is hidden in the file. It is neither asked nor counted.")
        if item.type in ("group", "display"):
            return ""
        if extension(item, CALCULATED) or item.readOnly:
            return _("“%(name)s” is worked out in the file. It is neither asked nor counted.")
        return ""

    def _leave_out(self, item: Any, sentence: str) -> None:
        self.left_out.append(sentence % {"name": str(item.text or item.linkId)[:80]})
        for each in (item, *_below(item)):
            if each.linkId:
                self.seen.add(each.linkId)
                self.not_asked[each.linkId] = str(item.text or item.linkId)[:80]

    def _say(self, item: Any, under: tuple[Any, ...]) -> Said | None:
        text = f"{item.prefix or ''} {item.text or ''}".strip()
        if not text or any(extension(each, WHEN_EXPRESSION) for each in under):
            return None
        said = Said(text)
        self.pending.append(said)
        self.said_of.append((said, under))
        return said

    def _group(self, item: Any, under: tuple[Any, ...]) -> None:
        about = {"id": item.linkId[:60]}
        if item.repeats:
            sentence = _(
                "The group “%(id)s” is to be filled in several times over, which is not possible here yet."
            )
            self.problems.append(sentence % about)
        said = self._say(item, under)
        before = len(self.found), len(self.said_of)
        self.read(item.item or (), under)
        if said and (len(self.found), len(self.said_of)) == before:
            # there is nothing in the group: its heading goes with it
            self.pending = [each for each in self.pending if each is not said]

    def _question(self, item: Any) -> Question | None:
        sort, about = item.type, {"id": item.linkId[:60], "type": str(item.type)[:30]}
        text = str(item.text or _code_words(item) or item.linkId)
        told = [each.text for each in item.item or () if each.type == "display" and each.text]
        help = tuple(told + _units(item))
        made = Question(item.linkId, text, prefix=str(item.prefix or ""), help=help)
        if sort in WRITTEN:
            return replace(made, sort=WRITTEN[sort], scored=False)
        if sort == "boolean":
            return self.answers.yes_or_no(made)
        if sort not in (*CHOICES, *NUMBERS) or str(getattr(item, "answerConstraint", "") or "").endswith(
            ("OrType", "OrString")
        ):
            sentence = _(
                "The question “%(id)s” is of the type “%(type)s”, which cannot be filled in here yet."
            )
            self.problems.append(sentence % about)
            return None
        if sort in CHOICES or item.answerOption or item.answerValueSet:
            return self.answers.choice(made, item, self.problems)
        return self._number(made, item, about)

    def _number(self, made: Question, item: Any, about: dict[str, str]) -> Question | None:
        if item.repeats:
            sentence = _("The question “%(id)s” takes several numbers, which is not possible here yet.")
            self.problems.append(sentence % about)
            return None
        low, high = (number_in(extension(item, urls)) for urls in (MINIMUM, MAXIMUM))
        if low is None or high is None or low >= high:
            sentence = _("The question “%(id)s” needs a lowest and a highest value (minValue, maxValue).")
            self.problems.append(sentence % about)
            return None
        return replace(made, sort="number", low=low, high=high, whole=item.type == "integer")

    def with_conditions(self) -> list[Question]:
        """The questions with what they depend on. Without any score among their answers they cannot be scored."""
        by_id = {question.link_id: question for question, _item, _under in self.found}
        said: dict[int, Said] = {
            id(each): replace(each, when=self._clauses(under, by_id, each.text))
            for each, under in self.said_of
        }
        self.pending = [said[id(each)] for each in self.pending]
        made = [
            replace(
                question,
                above=tuple(said[id(each)] for each in question.above),
                when=self._clauses(under, by_id, question.link_id),
            )
            for question, _item, under in self.found
        ]
        return self.answers.checked(made, self.problems)

    def _clauses(self, under: tuple[Any, ...], by_id: dict[str, Question], name: str) -> tuple[Clause, ...]:
        if any(extension(each, WHEN_EXPRESSION) for each in under):
            sentence = _(
                "“%(id)s” is asked only under a condition that is written as a formula, which cannot "
                "be read yet."
            )
            self.problems.append(sentence % {"id": name[:60]})
        return clauses_of(under, by_id, self.answers, self.not_asked, self.problems)


def _below(item: Any) -> list[Any]:
    found = list(item.item or ())
    for each in item.item or ():
        found += _below(each)
    return found


def _code_words(item: Any) -> str:
    return next((str(each.display) for each in item.code or () if each.display), "")


def _units(item: Any) -> list[str]:
    coding = extension(item, UNIT)
    words = getattr(coding, "display", None) or getattr(coding, "code", None)
    return [str(words)] if words else []

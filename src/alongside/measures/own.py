"""A service's own instrument: the questions from a FHIR R4 Questionnaire, and a scoring rule that is arithmetic.

The service answers for its licence. What is read is checked here and kept as data; what is wrong is said in one kind
sentence each, all at once, and the file and the rule stay as they were typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from .arithmetic import NotArithmetic, Range, Rule, read_rule
from .catalogue import Measure
from .numbers import number_from, plain

CENT = Decimal("0.01")
MOST_BYTES, MOST_QUESTIONS, DEEPEST = 400_000, 200, 8
ORDINAL = (
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
)
MINIMUM = "http://hl7.org/fhir/StructureDefinition/minValue"
MAXIMUM = "http://hl7.org/fhir/StructureDefinition/maxValue"
NOT_ASKED = ("group", "display")
WORDS = ("string", "text")
SCORED = ("choice", "integer", "decimal", "boolean")


@dataclass(frozen=True, slots=True)
class Option:
    score: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    link_id: str
    text: str
    options: tuple[Option, ...] = ()
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    is_words: bool = False
    """Own words: kept, not scored."""


@dataclass(frozen=True, slots=True)
class OwnBand:
    label: str
    lowest: Decimal


@dataclass(frozen=True, kw_only=True)
class OwnInstrument:
    """What is kept of it; the same data give the same scores, in every version of the product."""

    name: str
    questions: tuple[Question, ...]
    rule: str
    direction: Literal["higher", "lower"]
    min: Decimal
    max: Decimal
    source: str
    licence_line: str = ""
    reliable_change: Decimal | None = None
    case_cutoff: Decimal | None = None
    bands: tuple[OwnBand, ...] = ()

    @property
    def scored(self) -> dict[str, Range]:
        return {each.link_id: Range(each.low, each.high) for each in self.questions if not each.is_words}

    def read_rule(self) -> Rule:
        return read_rule(self.rule, self.scored)


@dataclass(frozen=True, kw_only=True)
class OwnScore:
    total: Decimal | None
    band: str
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return not self.missing


class Unread(ValueError):
    """What is wrong with a file or a rule: field by field, a sentence each."""

    def __init__(self, problems: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(sentence for found in problems.values() for sentence in found))
        self.problems = problems


def read_questionnaire(text: str) -> tuple[str, tuple[Question, ...]]:
    """The title and the questions of a FHIR R4 Questionnaire; Unread with every problem in it."""
    try:
        if len(text.encode(errors="replace")) > MOST_BYTES:
            raise _wrong(_("This file is larger than a questionnaire should be."))
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        if isinstance(error, Unread):
            raise
        raise _wrong(_("This is not a JSON file, or it has been cut off.")) from error
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        raise _wrong(_("This is not a FHIR Questionnaire: its resourceType says something else."))
    problems: list[str] = []
    items = list(_flat(found.get("item"), problems))
    seen: set[str] = set()
    questions = []
    for item in items:
        link_id = item.get("linkId")
        if not isinstance(link_id, str) or not link_id.strip():
            problems.append(
                _("A question has no linkId: “%(text)s”.") % {"text": str(item.get("text", ""))[:60]}
            )
            continue
        if link_id in seen:
            sentence = _("The linkId “%(id)s” is there more than once. Every question needs its own.")
            problems.append(sentence % {"id": link_id[:60]})
            continue
        seen.add(link_id)
        question = _question(item, link_id, problems)
        if question:
            questions.append(question)
    if not any(not each.is_words for each in questions) and not problems:
        problems.append(_("There is no question in it that can be scored."))
    if len(questions) > MOST_QUESTIONS:
        problems.append(_("There are more than %(most)s questions in it.") % {"most": MOST_QUESTIONS})
    if problems:
        raise Unread({"file": problems})
    return str(found.get("title") or found.get("name") or "")[:120], tuple(questions)


def _wrong(sentence: str) -> Unread:
    return Unread({"file": [sentence]})


def _flat(items: Any, problems: list[str], depth: int = 0) -> Iterator[dict[str, Any]]:
    if items is None:
        return
    if not isinstance(items, list) or depth > DEEPEST:
        problems.append(_("The questions in it are nested in a way that can't be read."))
        return
    for item in items:
        if not isinstance(item, dict):
            problems.append(_("There is something among the questions that is no question."))
            continue
        yield item
        yield from _flat(item.get("item"), problems, depth + 1)


def _question(item: dict[str, Any], link_id: str, problems: list[str]) -> Question | None:
    sort, text = item.get("type"), str(item.get("text") or link_id)
    if sort in NOT_ASKED:
        return None
    if sort in WORDS:
        return Question(link_id, text, is_words=True)
    about = {"id": link_id[:60], "type": str(sort)[:30]}
    if sort not in SCORED:
        sentence = _("The question “%(id)s” is of the type “%(type)s”, which can't be filled in here yet.")
        problems.append(sentence % about)
        return None
    if sort == "boolean":
        return Question(
            link_id, text, (Option(Decimal(0), _("No")), Option(Decimal(1), _("Yes"))), high=Decimal(1)
        )
    options = _options(item, about, problems)
    if options is None:
        return None
    if options:
        values = [option.score for option in options]
        return Question(link_id, text, options, min(values), max(values))
    if sort == "choice":
        problems.append(_("The question “%(id)s” offers no answers to choose from.") % about)
        return None
    low, high = (_extension(item, (url,)) for url in (MINIMUM, MAXIMUM))
    if low is None or high is None or low >= high:
        problems.append(
            _("The question “%(id)s” needs a lowest and a highest value (minValue, maxValue).") % about
        )
        return None
    return Question(link_id, text, (), low, high)


def _options(item: dict[str, Any], about: dict[str, str], problems: list[str]) -> tuple[Option, ...] | None:
    given = item.get("answerOption") or []
    found: list[Option] = []
    for option in given if isinstance(given, list) else []:
        if not isinstance(option, dict):
            option = {}
        given_coding = option.get("valueCoding")
        coding: dict[str, Any] = given_coding if isinstance(given_coding, dict) else {}
        score = _extension(option, ORDINAL)
        score = _extension(coding, ORDINAL) if score is None else score
        score = _as_number(option.get("valueInteger")) if score is None else score
        if score is None:
            problems.append(
                _("An answer to “%(id)s” has no number (ordinalValue), so it can't be scored.") % about
            )
            return None
        found.append(Option(score, str(coding.get("display") or coding.get("code") or plain(score))))
    return tuple(found)


def _extension(element: Any, urls: tuple[str, ...]) -> Decimal | None:
    for each in element.get("extension") or [] if isinstance(element, dict) else []:
        if isinstance(each, dict) and each.get("url") in urls:
            return _as_number(each.get("valueDecimal", each.get("valueInteger")))
    return None


def _as_number(value: Any) -> Decimal | None:
    try:
        return number_from(value) if abs(number_from(value)) <= 10_000 else None
    except ValueError:
        return None


def ends_of(rule: Rule, scored: Mapping[str, Range]) -> tuple[Decimal, Decimal]:
    """The lowest and the highest score there can be: each answer moves it by itself, up or down."""
    lowest = {link_id: ends.low for link_id, ends in scored.items()}
    low = high = base = rule.value(lowest)
    for link_id in rule.used:
        moved = rule.value(lowest | {link_id: scored[link_id].high}) - base
        low, high = low + min(moved, Decimal(0)), high + max(moved, Decimal(0))
    return low, high


def score_own(instrument: OwnInstrument, answers: Mapping[str, object]) -> OwnScore:
    """The score when every question the rule asks for is answered; ValueError for an answer that isn't offered."""
    rule = instrument.read_rule()
    given: dict[str, Decimal] = {}
    for question in instrument.questions:
        answer = answers.get(question.link_id)
        if not question.is_words and answer not in (None, ""):
            given[question.link_id] = _answer(question, answer)
    missing = tuple(link_id for link_id in rule.used if link_id not in given)
    if missing:
        return OwnScore(total=None, band="", missing=missing)
    total = rule.value({link_id: given.get(link_id, Decimal(0)) for link_id in instrument.scored})
    reached = [band.label for band in instrument.bands if band.lowest <= total]
    return OwnScore(total=total, band=reached[-1] if reached else "", missing=())


def _answer(question: Question, answer: object) -> Decimal:
    try:
        number = number_from(answer)
    except ValueError:
        number = question.high + 1
    offered = {option.score for option in question.options}
    if (offered and number not in offered) or not question.low <= number <= question.high:
        raise ValueError(
            _("Please choose one of the answers to “%(question)s”.") % {"question": question.text[:80]}
        )
    return number


# --- kept as text, and used as a measure ----------------------------------------------------------------------


def to_text(instrument: OwnInstrument) -> str:
    return json.dumps(asdict(instrument), default=str, ensure_ascii=False)


def from_text(text: str) -> OwnInstrument:
    kept = json.loads(text)
    questions = tuple(
        Question(
            link_id=each["link_id"],
            text=each["text"],
            options=tuple(Option(Decimal(one["score"]), one["text"]) for one in each["options"]),
            low=Decimal(each["low"]),
            high=Decimal(each["high"]),
            is_words=each["is_words"],
        )
        for each in kept.pop("questions")
    )
    bands = tuple(OwnBand(each["label"], Decimal(each["lowest"])) for each in kept.pop("bands"))
    numbers: Any = {name: _kept(kept.pop(name)) for name in ("min", "max", "reliable_change", "case_cutoff")}
    return OwnInstrument(questions=questions, bands=bands, **numbers, **kept)


def _kept(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def as_measure(instrument: OwnInstrument, key: str, version: str) -> Measure:
    """The instrument as a measure like every other: a target can use it, a chart can show it."""
    highest = plain(instrument.max)
    return Measure(
        key=key,
        version=version,
        name=instrument.name,
        direction=instrument.direction,
        min=instrument.min,
        max=instrument.max,
        step=CENT,
        unit="",
        reliable_change=instrument.reliable_change,
        case_cutoff=instrument.case_cutoff,
        source=instrument.source,
        licence_line=instrument.licence_line,
        phrase=lambda value: _("%(value)s of %(highest)s") % {"value": plain(value), "highest": highest},
    )


def make_instrument(*, file: str, rule: str, name: str = "", **facts: Any) -> OwnInstrument:
    """An instrument from a file and a rule; Unread with the problems of both, each at its own field."""
    problems: dict[str, list[str]] = {}
    title = ""
    questions: tuple[Question, ...] = ()
    try:
        title, questions = read_questionnaire(file)
    except Unread as unread:
        problems.update(unread.problems)
    scored = {each.link_id: Range(each.low, each.high) for each in questions if not each.is_words}
    low = high = Decimal(0)
    if scored or not problems:
        try:
            low, high = ends_of(read_rule(rule, scored), scored)
        except NotArithmetic as wrong:
            problems["rule"] = [str(wrong)]
    if not problems and low >= high:
        problems["rule"] = [_("Whatever is answered, this rule comes to the same score.")]
    if not problems and not (name or title).strip():
        problems["name"] = [_("Please give it a name: the file has none.")]
    if problems:
        raise Unread(problems)
    made: Any = {"name": (name or title).strip(), "questions": questions, "rule": " ".join(rule.split())}
    # a reading has two decimal places; the ends are rounded outwards, so that every score lies between them
    low, high = low.quantize(CENT, ROUND_FLOOR), high.quantize(CENT, ROUND_CEILING)
    return OwnInstrument(min=low, max=high, **made, **facts)

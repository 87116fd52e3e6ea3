"""A service's own instrument: the questions from a FHIR Questionnaire, and a scoring rule that is arithmetic.

The service answers for its licence. What is read is checked here and kept as data; what is wrong is said in one kind
sentence each, all at once, and the file and the rule stay as they were typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from .arithmetic import NotArithmetic, Range, Rule, read_rule
from .catalogue import Measure
from .fhir_questionnaires import MOST_BYTES, ReadFile, Unread, read_questionnaire
from .numbers import CENT, number_from, plain
from .own_ends import ends_of
from .own_questions import Clause, Condition, Option, Question, Said, asked

__all__ = [
    "CENT",
    "MOST_BYTES",
    "OwnBand",
    "OwnInstrument",
    "OwnScore",
    "Question",
    "Unread",
    "as_measure",
    "from_text",
    "make_instrument",
    "read_questionnaire",
    "score_own",
    "to_text",
]


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
    closing: tuple[Said, ...] = ()
    left_out: tuple[str, ...] = ()
    """What of the file is not asked, a sentence each."""

    @property
    def scored(self) -> dict[str, Range]:
        return {each.link_id: Range(each.low, each.high) for each in self.questions if each.scored}

    @property
    def risk_questions(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.is_risk)

    def read_rule(self) -> Rule:
        return read_rule(self.rule, self.scored)

    def question(self, link_id: str) -> Question | None:
        return next((each for each in self.questions if each.link_id == link_id), None)


@dataclass(frozen=True, kw_only=True)
class OwnScore:
    total: Decimal | None
    band: str
    missing: tuple[str, ...]
    risk: tuple[str, ...] = ()
    """The questions whose answer opens the safety path, also on an incomplete form."""

    @property
    def complete(self) -> bool:
        return not self.missing


def risk_raised(instrument: OwnInstrument, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The risk questions answered so that a person is asked to look at once. It never raises."""
    found = []
    for question in instrument.risk_questions:
        try:
            kept = question.cleaned(answers.get(question.link_id))
        except ValueError:
            continue
        if question.is_risky(kept):
            found.append(question.link_id)
    return tuple(found)


def score_own(instrument: OwnInstrument, answers: Mapping[str, object]) -> OwnScore:
    """The score when every question the rule asks for is answered; ValueError for an answer that isn't offered.

    A question that is not asked is neither missing nor counted, also when it was answered before.
    """
    rule, risk = instrument.read_rule(), risk_raised(instrument, answers)
    kept = {each.link_id: each.cleaned(answers.get(each.link_id)) for each in instrument.questions}
    there = asked(instrument.questions, kept)
    given = {
        each.link_id: each.score(kept[each.link_id])
        for each in instrument.questions
        if each.scored and each.link_id in there and kept[each.link_id]
    }
    missing = tuple(link_id for link_id in rule.used if link_id in there and link_id not in given)
    if missing:
        return OwnScore(total=None, band="", missing=missing, risk=risk)
    try:
        total = rule.value(given)
    except NotArithmetic:
        if given:
            raise
        return OwnScore(total=None, band="", missing=(), risk=risk)  # the mean of no answer is no number
    reached = [band.label for band in instrument.bands if band.lowest <= total]
    return OwnScore(total=total, band=reached[-1] if reached else "", missing=(), risk=risk)


# --- kept as text, and used as a measure ----------------------------------------------------------------------


def to_text(instrument: OwnInstrument) -> str:
    return json.dumps(asdict(instrument), default=str, ensure_ascii=False)


def from_text(text: str) -> OwnInstrument:
    kept = json.loads(text)
    questions = tuple(_question(each) for each in kept.pop("questions"))
    bands = tuple(OwnBand(each["label"], Decimal(each["lowest"])) for each in kept.pop("bands"))
    closing = tuple(_said(each) for each in kept.pop("closing", ()))
    left_out = tuple(kept.pop("left_out", ()))
    numbers: Any = {name: _kept(kept.pop(name)) for name in ("min", "max", "reliable_change", "case_cutoff")}
    return OwnInstrument(
        questions=questions, bands=bands, closing=closing, left_out=left_out, **numbers, **kept
    )


def _question(kept: dict[str, Any]) -> Question:
    """A question as it was kept; one of an earlier version has less to say of itself."""
    if kept.pop("is_words", False):
        kept |= {"sort": "words", "scored": False}
    elif "sort" not in kept:
        kept["sort"] = "choice" if kept["options"] else "number"
    options = tuple(
        Option(Decimal(one["score"]), one["text"], one.get("key") or one["score"], one.get("is_alone", False))
        for one in kept.pop("options")
    )
    numbers: Any = {name: Decimal(kept.pop(name)) for name in ("low", "high")}
    bounds: Any = {name: _kept(kept.pop(name, None)) for name in ("risk_from", "risk_down_to")}
    several: Any = {name: tuple(kept.pop(name, ())) for name in ("help", "risk")}
    above = tuple(_said(each) for each in kept.pop("above", ()))
    when = tuple(_clause(each) for each in kept.pop("when", ()))
    return Question(options=options, above=above, when=when, **numbers, **bounds, **several, **kept)


def _said(kept: dict[str, Any]) -> Said:
    return Said(kept["text"], tuple(_clause(each) for each in kept["when"]))


def _clause(kept: dict[str, Any]) -> Clause:
    conditions = tuple(
        Condition(each["question"], each["operator"], tuple(each["values"])) for each in kept["conditions"]
    )
    return Clause(conditions, kept["one_is_enough"])


def _kept(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def as_measure(instrument: OwnInstrument, key: str, version: str) -> Measure:
    """The instrument as a measure like every other: a target can use it, a chart can show it."""
    highest = plain(instrument.max, 2)
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
        is_score=True,
        phrase=lambda value: _("%(value)s of %(highest)s") % {"value": plain(value, 2), "highest": highest},
    )


def make_instrument(*, file: str, rule: str, name: str = "", risk: str = "", **facts: Any) -> OwnInstrument:
    """An instrument from a file and a rule; Unread with the problems of both, each at its own field.

    `risk` marks questions, one a line: `q9 from 1`, or `q3 down to 2`.
    """
    problems: dict[str, list[str]] = {}
    found = ReadFile("", ())
    try:
        found = read_questionnaire(file)
    except Unread as unread:
        problems.update(unread.problems)
    scored = {each.link_id: Range(each.low, each.high) for each in found.questions if each.scored}
    low = high = Decimal(0)
    if scored or not problems:
        try:
            low, high = ends_of(read_rule(rule, scored), found.questions)
        except NotArithmetic as wrong:
            problems["rule"] = [str(wrong)]
    if not problems and low >= high:
        problems["rule"] = [_("Whatever is answered, this rule comes to the same score.")]
    if not problems and not (name or found.title).strip():
        problems["name"] = [_("Please give it a name: the file has none.")]
    questions = found.questions
    if not problems:
        problems = _out_of_range(low, high, facts)
        questions, unread_marks = _with_risk(questions, risk)
        problems |= {"risk": unread_marks} if unread_marks else {}
    if problems:
        raise Unread(problems)
    # a reading has two decimal places; the ends are rounded outwards, so that every score lies between them
    low, high = low.quantize(CENT, ROUND_FLOOR), high.quantize(CENT, ROUND_CEILING)
    return OwnInstrument(
        name=(name or found.title).strip(),
        questions=questions,
        rule=" ".join(rule.split()),
        min=low,
        max=high,
        closing=found.closing,
        left_out=found.left_out,
        **facts,
    )


def _out_of_range(low: Decimal, high: Decimal, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    """Thresholds that no score can ever meet, each at its own field."""
    ends = {"low": plain(low, 2), "high": plain(high, 2)}
    problems: dict[str, list[str]] = {}
    change, cutoff = facts.get("reliable_change"), facts.get("case_cutoff")
    if change is not None and not (change.is_finite() and 0 < change <= high - low):
        sentence = _(
            "A reliable change is more than 0 and at most %(most)s: scores go from %(low)s to %(high)s."
        )
        problems["reliable_change"] = [sentence % {**ends, "most": plain(high - low, 2)}]
    if cutoff is not None and not (cutoff.is_finite() and low <= cutoff <= high):
        sentence = _("The cut-off must be a score there can be: from %(low)s to %(high)s.")
        problems["case_cutoff"] = [sentence % ends]
    bands: tuple[OwnBand, ...] = facts.get("bands", ())
    for band in bands:
        if not (band.lowest.is_finite() and low <= band.lowest <= high):
            sentence = _(
                "The band “%(label)s” begins outside the scores there can be: from %(low)s to %(high)s."
            )
            problems.setdefault("bands", []).append(sentence % {**ends, "label": band.label[:40]})
    if len({band.lowest for band in bands}) < len(bands) and "bands" not in problems:
        problems["bands"] = [_("Two bands begin at the same score.")]
    return problems


# --- risk questions -------------------------------------------------------------------------------------------


def _with_risk(questions: tuple[Question, ...], text: str) -> tuple[tuple[Question, ...], list[str]]:
    """The questions with those marked that open the safety path, and what could not be read of the marks."""
    by_id = {each.link_id: each for each in questions}
    wrong: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        marked = _marked(line, by_id)
        if isinstance(marked, str):
            wrong.append(marked)
        else:
            by_id[marked.link_id] = marked
    return tuple(by_id.values()), wrong


def _marked(line: str, by_id: Mapping[str, Question]) -> Question | str:
    """The question with its mark, or what is wrong with the line."""
    for words, is_up in ((" from ", True), (" down to ", False)):
        name, found, bound = line.rpartition(words)
        if not found:
            continue
        question = by_id.get(name.strip())
        if question is None or (not question.options and question.sort != "number"):
            return _("There is no question with answers to choose from and the linkId “%(id)s”.") % {
                "id": name[:60]
            }
        try:
            number = number_from(bound)
        except ValueError:
            break
        return _at_risk(question, number, is_up)
    return _(
        "“%(line)s” cannot be read. Write the linkId and a score, such as q9 from 1 or q3 down to 2."
    ) % {"line": line[:60]}


def _at_risk(question: Question, bound: Decimal, is_up: bool) -> Question | str:
    if question.options:
        met = (
            option.key
            for option in question.options
            if (option.score >= bound if is_up else option.score <= bound)
        )
        keys = tuple(dict.fromkeys([*question.risk, *met]))
        if keys and len(keys) < len(question.options):
            return replace(question, risk=keys)
    elif is_up and question.low < bound <= question.high:
        return replace(question, risk_from=bound)
    elif not is_up and question.low <= bound < question.high:
        return replace(question, risk_down_to=bound)
    return _("The mark at “%(id)s” would mean every answer or none. Please choose another score.") % {
        "id": question.link_id[:60]
    }


def risk_lines(instrument: OwnInstrument) -> str:
    """The marks as they were typed, so that they can be changed."""
    found = []
    for question in instrument.risk_questions:
        scores = [option.score for option in question.options if option.key in question.risk]
        if scores and max(scores) == question.high:
            found.append(f"{question.link_id} from {min(scores)}")
        elif scores:
            found.append(f"{question.link_id} down to {max(scores)}")
        if question.risk_from is not None:
            found.append(f"{question.link_id} from {question.risk_from}")
        if question.risk_down_to is not None:
            found.append(f"{question.link_id} down to {question.risk_down_to}")
    return "\n".join(found)

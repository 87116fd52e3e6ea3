"""What is in a case: what the guide typed, and what of it and of the journey's structure the supervisor will read.

Built from structure alone: an age band, the kind, the guide's own rewording of each target, numbers by the week, rules
that hold. Nothing of the journey's words goes into it, nor a name of anything a service calls its own. Pure.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from alongside.goals import tracking_words
from alongside.goals.tracking_facts import SHIPPED, Finding, MeasureFacts, shipped_bounds
from alongside.measures.catalogue import OWN_PREFIX, Measure
from alongside.measures.numbers import plain


@dataclass(frozen=True, slots=True)
class Draft:
    """What the guide typed and chose. `targets` holds the rewording of each target by its id."""

    question: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    scores: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()

    def texts(self) -> dict[str, str]:
        """Every text of one's own in it, by the field it was typed in."""
        own = {f"target_{key}": words for key, words in self.targets.items() if words.strip()}
        return {"question": self.question, **own}


@dataclass(frozen=True, slots=True)
class Line:
    """Numbers by the week. `points` are (week, value), the first week being 1."""

    words: str
    measure: str
    way: str
    points: tuple[tuple[int, str], ...]
    aim: str = ""


@dataclass(frozen=True, slots=True)
class AlertTold:
    title: str
    about: str
    numbers: str
    threshold: str
    level: str


@dataclass(frozen=True, slots=True)
class Content:
    """A case as it lies on the supervision's table."""

    kind: str
    age: str
    question: str
    targets: tuple[Line, ...] = ()
    scores: tuple[Line, ...] = ()
    alerts: tuple[AlertTold, ...] = ()


def title_of(number: int, content: Content) -> str:
    """A case by its number, kind and age: all that stands in a meeting's record of it."""
    return _("Case %(number)s (%(about)s)") % {"number": number, "about": about(content)}


def about(content: Content) -> str:
    return ", ".join(each for each in (content.kind, content.age) if each)


def key_of(finding: Finding) -> str:
    return f"{finding.rule}|{finding.subject}"


def build(
    draft: Draft, *, kind: str, age: str, measures: Sequence[MeasureFacts], findings: Iterable[Finding]
) -> Content:
    """The case as it will be read: what was chosen, in the guide's words, with weeks for days."""
    weeks = Weeks.of(measures)
    words = {key: text.strip() for key, text in draft.targets.items() if text.strip()}
    return Content(
        kind=kind,
        age=age,
        question=draft.question.strip(),
        targets=tuple(_line(each, words[each.subject], weeks) for each in measures if each.subject in words),
        scores=tuple(
            _line(each, measure_name(each.measure), weeks)
            for each in measures
            if not each.subject and each.measure.key in draft.scores
        ),
        alerts=tuple(
            _alert(finding, words, measures, weeks) for finding in findings if key_of(finding) in draft.alerts
        ),
    )


@dataclass(frozen=True, slots=True)
class Weeks:
    """Days as weeks since the first number of the journey."""

    first: dt.date | None

    @classmethod
    def of(cls, measures: Iterable[MeasureFacts]) -> Weeks:
        return cls(min((score.on for each in measures for score in each.scores), default=None))

    def number(self, day: dt.date) -> int:
        return (day - self.first).days // 7 + 1 if self.first else 1


def measure_name(measure: Measure) -> str:
    """What a service calls its own instrument may say whose it is."""
    if measure.key.startswith(OWN_PREFIX):
        return _("a questionnaire of the service")
    return str(measure.name)


def _line(facts: MeasureFacts, words: str, weeks: Weeks) -> Line:
    return Line(
        words=words,
        measure=measure_name(facts.measure),
        way=_("less is better") if facts.lower else _("more is better"),
        points=tuple((weeks.number(score.on), plain(score.value)) for score in facts.scores),
        aim="" if facts.target is None else plain(facts.target),
    )


def _alert(
    finding: Finding, words: Mapping[str, str], measures: Sequence[MeasureFacts], weeks: Weeks
) -> AlertTold:
    return AlertTold(
        title=tracking_words.title(finding),
        about=_about(finding, words, measures),
        numbers=_numbers(finding, weeks),
        threshold=_threshold(finding),
        level=str(tracking_words.LEVEL_WORDS[finding.level]),
    )


def _about(finding: Finding, words: Mapping[str, str], measures: Sequence[MeasureFacts]) -> str:
    """In the guide's words; else by the name of the measure. Never in the words of the journey."""
    if finding.rule == "N9":
        return finding.name
    facts = finding.facts or next(
        (each for each in measures if finding.subject in (each.subject, each.measure.key)), None
    )
    return words.get(finding.subject, "") or (measure_name(facts.measure) if facts else "")


def _numbers(finding: Finding, weeks: Weeks) -> str:
    facts = finding.facts
    if facts:
        return _(
            "%(baseline)s in %(first)s, %(latest)s in %(last)s: a change of %(change)s at session %(session)s; %(way)s."
        ) % {
            "baseline": plain(facts.baseline.value),
            "first": week(weeks.number(facts.baseline.on)),
            "latest": plain(facts.latest.value),
            "last": week(weeks.number(facts.latest.on)),
            "change": tracking_words.signed(finding.change),
            "session": finding.session,
            "way": _("less is better") if facts.lower else _("more is better"),
        }
    if finding.rule != "N6":
        return tracking_words.numbers(finding)
    found, due = [], finding.numbers.get("due")
    if isinstance(due, dt.date):
        found.append(_("It was due in %(week)s.") % {"week": week(weeks.number(due))})
    if finding.numbers.get("overdue"):
        found.append(_("Overdue: %(overdue)s of %(steps)s steps.") % finding.numbers)
    return " ".join(found)


def _threshold(finding: Finding) -> str:
    """The threshold; where the service set it, without the service's words for it."""
    facts = finding.facts
    shipped = shipped_bounds(facts.measure).source if facts else SHIPPED.source
    own = finding.source != shipped or (facts and facts.measure.key.startswith(OWN_PREFIX))
    if finding.threshold is None:
        return ""
    source = _("set by the service") if own else finding.source
    if not facts:
        return _("Rule: %(source)s.") % {"source": source}
    return _("Threshold: %(value)s points. Source: %(source)s.") % {
        "value": plain(finding.threshold),
        "source": source,
    }


def week(number: int) -> str:
    return _("week %(number)s") % {"number": number}


# --- as text, for keeping it sealed -----------------------------------------------------------------------------


def as_text(what: Draft | Content) -> str:
    return json.dumps(asdict(what), ensure_ascii=False)


def draft_from(text: str) -> Draft:
    found = json.loads(text) if text else {}
    return Draft(
        question=found.get("question", ""),
        targets=dict(found.get("targets", {})),
        scores=tuple(found.get("scores", ())),
        alerts=tuple(found.get("alerts", ())),
    )


def content_from(text: str) -> Content:
    """Without text its content was erased, together with the treatment it was taken from."""
    if not text:
        return Content(kind="", age="", question=_("Erased."), targets=(), scores=(), alerts=())
    found = json.loads(text)
    return Content(
        kind=found["kind"],
        age=found["age"],
        question=found["question"],
        targets=tuple(_line_from(each) for each in found["targets"]),
        scores=tuple(_line_from(each) for each in found["scores"]),
        alerts=tuple(AlertTold(**each) for each in found["alerts"]),
    )


def _line_from(found: dict) -> Line:
    return Line(**{**found, "points": tuple((number, value) for number, value in found["points"])})

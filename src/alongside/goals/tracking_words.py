"""What a finding says: its rule in words, its numbers, its threshold with the source, and what would clear it.

A finding is a prompt to review. No sentence here judges anybody: not the participant, and not the guide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.measures.numbers import plain
from alongside.measures.numbers import signed as with_sign

from .tracking_facts import Finding, Level, MeasureFacts

FIXED_LINE = gettext_lazy("This is a prompt to review, not a diagnosis. You decide.")
LEVEL_WORDS = {
    Level.RED: gettext_lazy("review suggested soon"),
    Level.AMBER: gettext_lazy("review suggested"),
    Level.NO_DATA: gettext_lazy("no data"),
    Level.TOO_EARLY: gettext_lazy("too early to say"),
    Level.NO_RULE: gettext_lazy("no rule for this measure"),
    Level.ON_TRACK: gettext_lazy("on track"),
}
# Colours never stand alone: each level has a word and a shape (the shapes of the state_word component).
LEVEL_SHAPES = {
    Level.RED: "attention",
    Level.AMBER: "not_yet",
    Level.NO_DATA: "quiet",
    Level.TOO_EARLY: "quiet",
    Level.NO_RULE: "quiet",
    Level.ON_TRACK: "done",
}


RULE_NAMES = {
    "N1": gettext_lazy("Getting worse"),
    "N2": gettext_lazy("No reliable change yet"),
    "N3": gettext_lazy("Still no reliable change"),
    "N4": gettext_lazy("Worse again after getting better"),
    "N5": gettext_lazy("Scores that stay the same"),
    "N6": gettext_lazy("Dates passed and steps overdue"),
    "N7": gettext_lazy("Not met for a while"),
    "N8": gettext_lazy("No score in the last meetings"),
    "N9": gettext_lazy("Feedback to ask about"),
    "N10": gettext_lazy("An answer about safety"),
}
"""How people call a rule; N1 to N10 stand in the reference and in exports."""


@dataclass(frozen=True, slots=True)
class InWords:
    """Everything an alert must show, in words."""

    rule: str
    title: str
    level: str
    shape: str
    about: str
    measure: str
    numbers: str
    threshold: str
    scores: tuple[tuple[str, str], ...]
    band: str
    clears: str


def said(finding: Finding) -> InWords:
    return InWords(
        rule=finding.rule,
        title=title(finding),
        level="" if finding.is_safety else str(LEVEL_WORDS[finding.level]),
        shape="attention" if finding.is_safety else LEVEL_SHAPES[finding.level],
        about=finding.name,
        measure=_measure_of(finding),
        numbers=numbers(finding),
        threshold=threshold(finding),
        scores=scores(finding),
        band=band(finding),
        clears=clears(finding),
    )


def _measure_of(finding: Finding) -> str:
    """Its name, where it is not what the finding is called already."""
    name = str(finding.facts.measure.name) if finding.facts else ""
    return "" if name == finding.name else name


def for_both(finding: Finding) -> str:
    """One line for the agenda that both read: the numbers, and not that a rule holds."""
    facts = finding.facts
    if facts:
        parts = {"name": finding.name, "baseline": facts.measure.say(facts.baseline.value)}
        parts |= {"first": _day(facts.baseline.on), "latest": facts.measure.say(facts.latest.value)}
        return _(
            "%(name)s: %(baseline)s on %(first)s, %(latest)s on %(last)s. Let us look at this together."
        ) % {
            **parts,
            "last": _day(facts.latest.on),
        }
    if finding.name:
        return _("%(name)s: let us look at this together.") % {"name": finding.name.rstrip(".")}
    return _("How often and when we meet: let us look at this together.")


def title(finding: Finding) -> str:
    """The rule in words. Its id stands in the reference and in exports alone."""
    facts = finding.facts
    parts: dict[str, object] = {"session": finding.session}
    if facts and finding.rule == "N1":
        parts["change"] = signed(finding.change)
        return _("May be getting worse: %(change)s since the start") % parts
    if facts and finding.rule == "N4":
        parts["change"] = signed(facts.latest.value - facts.best.value)
        return _("Reliably better before, and %(change)s since the best") % parts
    return _TITLES[finding.rule]() % parts


_TITLES: dict[str, Callable[[], str]] = {
    "N2": lambda: _("No reliable change yet by session %(session)s"),
    "N3": lambda: _("No reliable change yet by session %(session)s"),
    "N5": lambda: _("The last scores lie close together, and the target is not reached"),
    "N6": lambda: _("A date has passed, or many steps are overdue"),
    "N7": lambda: _("You have not met for a while"),
    "N8": lambda: _("No data: no score in the last meetings"),
    "N9": lambda: _("Ask about it"),
    "N10": lambda: _("Thoughts of being better off dead or of hurting oneself: please look now"),
}


def numbers(finding: Finding) -> str:
    """The numbers the rule rests on."""
    facts = finding.facts
    if facts:
        return _(
            "%(baseline)s on %(first)s, %(latest)s on %(last)s: a change of %(change)s at session %(session)s; "
            "%(way)s."
        ) % {
            "baseline": plain(facts.baseline.value),
            "first": _day(facts.baseline.on),
            "latest": plain(facts.latest.value),
            "last": _day(facts.latest.on),
            "change": signed(finding.change),
            "session": finding.session,
            "way": _("less is better") if facts.lower else _("more is better"),
        }
    return _NUMBERS[finding.rule](finding)


def _overdue(finding: Finding) -> str:
    said_here = []
    due = finding.numbers["due"]
    if isinstance(due, dt.date):
        said_here.append(_("It was due on %(day)s.") % {"day": _day(due)})
    if finding.numbers["overdue"]:
        said_here.append(_("Overdue: %(overdue)s of %(steps)s steps.") % finding.numbers)
    return " ".join(said_here)


def _not_meeting(finding: Finding) -> str:
    said_here = []
    missed, days = finding.numbers["missed"], finding.numbers["days"]
    if isinstance(missed, int) and missed:
        said_here.append(
            ngettext(
                "The last meeting was missed or cancelled.",
                "The last %(missed)s meetings were missed or cancelled.",
                missed,
            )
            % {"missed": missed}
        )
    if days:
        said_here.append(
            _("%(days)s days since you last met, %(every_days)s planned between meetings, nothing booked.")
            % finding.numbers
        )
    return " ".join(said_here)


def _feedback(finding: Finding) -> str:
    latest, previous = finding.numbers["latest"], finding.numbers["previous"]
    if isinstance(latest, Decimal) and isinstance(previous, Decimal):
        return _("%(latest)s of 10, %(previous)s the time before.") % {
            "latest": plain(latest),
            "previous": plain(previous),
        }
    return _("%(latest)s of 10.") % {"latest": plain(latest) if isinstance(latest, Decimal) else latest}


_NUMBERS: dict[str, Callable[[Finding], str]] = {
    "N6": _overdue,
    "N7": _not_meeting,
    "N8": lambda finding: _("No score in the last %(meetings)s meetings you held.") % finding.numbers,
    "N9": _feedback,
    "N10": lambda finding: (
        _("Answered above “not at all” on %(day)s.") % {"day": _day(finding.numbers["on"])}
    ),
}


def threshold(finding: Finding) -> str:
    """The threshold with its source and version."""
    if finding.threshold is None:
        return ""
    parts = {"source": finding.source, "version": finding.version, "value": plain(finding.threshold)}
    if finding.facts:
        return _("Threshold: %(value)s points. Source: %(source)s (version %(version)s).") % parts
    return _("Rule: %(source)s (version %(version)s).") % parts


def band(finding: Finding) -> str:
    """Between which scores a change from the start is not yet reliable; the ends themselves are."""
    facts, by = finding.facts, finding.bounds.rc
    if not facts or by is None:
        return ""
    low, high = facts.baseline.value - by, facts.baseline.value + by
    parts = {"low": plain(low), "high": plain(high), "from": plain(facts.baseline.value)}
    if low < facts.measure.min:
        return _("A score below %(high)s is too close to %(from)s to count as a reliable change.") % parts
    if high > facts.measure.max:
        return _("A score above %(low)s is too close to %(from)s to count as a reliable change.") % parts
    return (
        _("A score above %(low)s and below %(high)s is too close to %(from)s to count as a reliable change.")
        % parts
    )


def scores(finding: Finding) -> tuple[tuple[str, str], ...]:
    """The last scores, with their days."""
    facts = finding.facts
    return tuple((_day(one.on), plain(one.value)) for one in facts.scores[-6:]) if facts else ()


def clears(finding: Finding) -> str:
    """What would clear it."""
    if finding.facts and finding.threshold is not None:
        return _MEASURE_CLEARS[finding.rule](finding, finding.facts, finding.threshold)
    return str(_CLEARS[finding.rule]) if finding.rule in _CLEARS else ""


def _clears_worse(finding: Finding, facts: MeasureFacts, by: Decimal) -> str:
    return _clears_on_this_side(facts, facts.baseline.value, by)


def _clears_on_this_side(facts: MeasureFacts, of: Decimal, by: Decimal) -> str:
    """With a score that is not as much worse than it was."""
    if facts.lower:
        return _("This goes away with a score below %(bound)s.") % {"bound": plain(of + by)}
    return _("This goes away with a score above %(bound)s.") % {"bound": plain(of - by)}


def _clears_no_change(finding: Finding, facts: MeasureFacts, by: Decimal) -> str:
    parts = {"by": plain(by), "from": plain(facts.baseline.value)}
    other = _other_way_to_clear(finding, facts)
    if facts.better_by(facts.baseline.value, facts.measure.best) < by:
        full = _("It started at %(from)s, so this measure has no room for a change of %(by)s.") % parts
        return f"{full} " + (
            _("This goes away with %(other)s.") % {"other": other}
            if other
            else _("With a goal set, this could go away.")
        )
    first = (
        _("This goes away when the score drops by %(by)s or more from %(from)s") % parts
        if facts.lower
        else _("This goes away when the score rises by %(by)s or more from %(from)s") % parts
    )
    if other:
        return _("%(first)s, or %(other)s.") % {"first": first, "other": other}
    return first + ". " + _("No goal set.")


def _other_way_to_clear(finding: Finding, facts: MeasureFacts) -> str:
    """Besides a reliable change: the good side of the cut-off, or without one the target."""
    cutoff = finding.bounds.case_cutoff
    if cutoff is not None:
        bound = _("a score below %(value)s") if facts.lower else _("a score above %(value)s")
        return bound % {"value": plain(cutoff)}
    return (
        _("the goal of %(target)s reached") % {"target": plain(facts.target)}
        if facts.target is not None
        else ""
    )


def _clears_since_best(finding: Finding, facts: MeasureFacts, by: Decimal) -> str:
    return _clears_on_this_side(facts, facts.best.value, by)


def _clears_plateau(finding: Finding, facts: MeasureFacts, by: Decimal) -> str:
    parts = {"by": plain(by), "from": plain(facts.baseline.value)}
    return (
        _(
            "This goes away when the score is better than %(from)s by %(by)s or more, or when "
            "the goal is reached."
        )
        % parts
    )


_MEASURE_CLEARS: dict[str, Callable[[Finding, MeasureFacts, Decimal], str]] = {
    "N1": _clears_worse,
    "N2": _clears_no_change,
    "N3": _clears_no_change,
    "N4": _clears_since_best,
    "N5": _clears_plateau,
}
_CLEARS = {
    "N6": gettext_lazy(
        "This goes away when the goal is agreed again or reached, or when the steps are reviewed."
    ),
    "N7": gettext_lazy("This goes away when you have met, or when the next time is booked."),
    "N8": gettext_lazy("This goes away with the next score."),
    "N9": gettext_lazy("This goes away with the next answers."),
    "N10": gettext_lazy("This goes away once someone has recorded what was done."),
}


def signed(number: Decimal | None) -> str:
    """A change with its sign."""
    return "" if number is None else with_sign(number)


def _day(when: object) -> str:
    return date_format(when, "j F Y") if isinstance(when, dt.date) else ""

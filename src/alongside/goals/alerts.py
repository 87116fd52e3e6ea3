"""Which findings speak, and which are held back because they have been answered and nothing new is known. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .tracking import measure_findings
from .tracking_facts import Bounds, Finding, JourneyFacts, MeasureFacts, Score, TrackSummary


@dataclass(frozen=True, slots=True)
class Answered:
    """What was decided about a finding, as far as it matters for being quiet."""

    rule: str
    subject: str
    level: int
    rests_on: str
    beside: frozenset[str]
    review_on: dt.date | None
    closes: bool


@dataclass(frozen=True, slots=True)
class Alert:
    finding: Finding
    rests_on: str
    beside: tuple[str, ...]
    speaks: bool
    answered: Answered | None


def alerts_of(
    track_summary: TrackSummary, facts: JourneyFacts, answered: Iterable[Answered], bounds: Bounds
) -> tuple[Alert, ...]:
    """Every finding, and whether it speaks. `answered` oldest first."""
    kept = list(answered)
    found = []
    for finding in track_summary.findings:
        beside = tuple(
            sorted(
                each.rule
                for each in track_summary.findings
                if each.subject == finding.subject and each != finding
            )
        )
        last = _answer_to(finding, kept, bounds)
        quiet = last is not None and not _speaks_again(finding, last, beside, facts.today)
        found.append(Alert(finding, basis_of(finding), beside, not quiet, last))
    return tuple(found)


def basis_of(finding: Finding) -> str:
    """The newest fact a finding rests on."""
    if finding.facts:
        return finding.facts.latest.fact_key
    return ";".join(
        f"{name}={value}" for name, value in sorted(finding.numbers.items()) if name in _OCCASION
    )[:64]


_OCCASION = ("due", "since", "on", "latest", "previous")
"""What tells one run of a rule from the next: since when it holds, or which answers it rests on."""


def _answer_to(finding: Finding, answered: list[Answered], bounds: Bounds) -> Answered | None:
    """The last answer to this finding in its present run: the rule has held ever since the fact it rested on."""
    same = [each for each in answered if (each.rule, each.subject) == finding.key]
    if not same:
        return None
    last = same[-1]
    if finding.facts is None:
        return last if last.rests_on == basis_of(finding) else None
    keys = finding.fact_keys
    if last.rests_on not in keys:
        return None  # the score it rested on was withdrawn or corrected
    return last if keys.index(last.rests_on) >= held_since(finding, bounds) else None


def held_since(finding: Finding, bounds: Bounds) -> int:
    """The place of the score since which the rule has held without a break."""
    assert finding.facts is not None
    facts, since = finding.facts, len(finding.facts.scores) - 1
    while since > 0:
        before = replace(facts, scores=facts.scores[:since])
        if finding.rule not in {each.rule for each in measure_findings(before, bounds)}:
            break
        since -= 1
    return since


@dataclass(frozen=True, slots=True)
class Run:
    """A time through which a rule held without a break: found since one score, cleared by another, if it was."""

    rule: str
    name: str
    since: Score
    cleared: Score | None
    corrected: bool = False
    """It rested on a score that was taken back."""


def past_runs(now: MeasureFacts, as_it_was: MeasureFacts, bounds: Bounds) -> tuple[Run, ...]:
    """The findings about a measure that no longer hold, oldest first. `as_it_was` has the withdrawn scores, too.

    Nothing is kept of them: they follow from the scores, by the bounds that hold today. One that rested on a score that
    was taken back stays, and says so.
    """
    still = runs_of(now, bounds)
    known = {(run.rule, run.since.fact_key) for run in still}
    gone = [
        replace(run, corrected=True)
        for run in runs_of(as_it_was, bounds)
        if (run.rule, run.since.fact_key) not in known
    ]
    found = [run for run in still if run.cleared] + gone
    return tuple(sorted(found, key=lambda run: (run.since.on, run.rule)))


def runs_of(facts: MeasureFacts, bounds: Bounds) -> list[Run]:
    """Every time through which a rule held, in the order in which they began."""
    began: dict[str, Score] = {}
    found = []
    for count, score in enumerate(facts.scores, start=1):
        there = replace(facts, scores=facts.scores[:count])
        holds = {each.rule for each in measure_findings(there, bounds)}
        for rule in [rule for rule in began if rule not in holds]:
            found.append(Run(rule, facts.name, began.pop(rule), score))
        for rule in holds:
            began.setdefault(rule, score)
    found += [Run(rule, facts.name, since, None) for rule, since in began.items()]
    return found


def _speaks_again(finding: Finding, last: Answered, beside: tuple[str, ...], today: dt.date) -> bool:
    """After an answer it is quiet until the level rises, another rule starts to hold, or the review date has come."""
    if finding.level > last.level or set(beside) - last.beside:
        return True
    return not last.closes and last.review_on is not None and last.review_on <= today

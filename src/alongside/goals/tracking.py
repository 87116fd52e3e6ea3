"""On track: a small set of open rules that say "review suggested". A person reviews, a person decides.

Pure functions of plain facts: scores with dates, held and missed meetings, feedback, due dates. Rooms and the overview
gather the facts; nothing here knows them, or the database. A rule is no diagnosis, no forecast and no grade of anybody.
Every threshold is a row that a service may change; a finding holds the numbers and the row it was made with.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from decimal import Decimal

from alongside.measures.meeting_feedback import ask_about

from .tracking_facts import (
    SHIPPED,
    Bounds,
    Finding,
    JourneyFacts,
    Level,
    MeasureBounds,
    MeasureFacts,
    MeasureSummary,
    RuleId,
    Score,
    TrackSummary,
)

# --- the rules about one measure ------------------------------------------------------------------------------


def _worse_than_at_the_start(facts: MeasureFacts, row: MeasureBounds, bounds: Bounds) -> Decimal | None:
    if facts.session < 2 or row.rc is None:
        return None
    return row.rc if _is_worse(facts, facts.baseline, row.rc) else None


def _not_better_yet(facts: MeasureFacts, row: MeasureBounds, bounds: Bounds) -> Decimal | None:
    if not bounds.amber_at <= facts.session < bounds.red_at:
        return None
    return row.rc if _stands_still(facts, row) else None


def _not_better_for_long(facts: MeasureFacts, row: MeasureBounds, bounds: Bounds) -> Decimal | None:
    return row.rc if facts.session >= bounds.red_at and _stands_still(facts, row) else None


def _was_better(facts: MeasureFacts, row: MeasureBounds, bounds: Bounds) -> Decimal | None:
    if row.rc is None or facts.better_by(facts.baseline.value, facts.best.value) < row.rc:
        return None
    return row.rc if row.rc > 0 and _is_worse(facts, facts.best, row.rc) else None


def _plateau(facts: MeasureFacts, row: MeasureBounds, bounds: Bounds) -> Decimal | None:
    last = [score.value for score in facts.scores[-bounds.plateau_scores :]]
    if row.mdc is None or len(facts.scores) < bounds.plateau_scores or not facts.target_is_unmet():
        return None
    level = max(last) - min(last) <= row.mdc
    return row.mdc if level and facts.better_by(facts.baseline.value, facts.latest.value) < row.mdc else None


def _stands_still(facts: MeasureFacts, row: MeasureBounds) -> bool:
    if row.rc is None:
        return False
    return facts.better_by(facts.baseline.value, facts.latest.value) < row.rc and facts.is_still_a_case(row)


def _is_worse(facts: MeasureFacts, than: Score, by: Decimal) -> bool:
    worse_by = -facts.better_by(than.value, facts.latest.value)
    return worse_by > 0 and worse_by >= by


OneMeasure = Callable[[MeasureFacts, MeasureBounds, Bounds], Decimal | None]
"""Answers with the threshold the rule holds by, or None when it does not hold."""
MEASURE_RULES: tuple[tuple[RuleId, Level, OneMeasure], ...] = (
    ("N1", Level.RED, _worse_than_at_the_start),
    ("N2", Level.AMBER, _not_better_yet),
    ("N3", Level.RED, _not_better_for_long),
    ("N4", Level.AMBER, _was_better),
    ("N5", Level.AMBER, _plateau),
)


def measure_findings(facts: MeasureFacts, bounds: Bounds = SHIPPED) -> tuple[Finding, ...]:
    """N1 to N5 for one measure. Each measure is judged alone."""
    if not facts.scores:
        return ()
    row = bounds.of(facts.measure)
    found = []
    for rule, level, holds in MEASURE_RULES:
        threshold = None if rule in bounds.off | row.off else holds(facts, row, bounds)
        if threshold is not None:
            found.append(
                Finding(
                    rule=rule,
                    level=level,
                    subject=facts.subject or facts.measure.key,
                    name=facts.name or str(facts.measure.name),
                    facts=facts,
                    bounds=row,
                    threshold=threshold,
                    source=row.source,
                    version=row.version,
                )
            )
    return tuple(found)


LEAST_OVERDUE = 2
"""One step that is late is no pattern."""

# --- the rules about the journey ------------------------------------------------------------------------------


def _journey_finding(rule: RuleId, bounds: Bounds, **parts: object) -> Finding:
    about = {"subject": "", "name": "", "threshold": None} | {
        name: parts.pop(name) for name in ("subject", "name", "threshold") if name in parts
    }
    level = Level.NO_DATA if rule == "N8" else Level.AMBER
    return Finding(
        rule=rule, level=level, numbers=parts, source=bounds.source, version=bounds.version, **about
    )  # type: ignore[arg-type]


def _overdue(facts: JourneyFacts, bounds: Bounds) -> list[Finding]:
    found = []
    for due in facts.dues:
        passed = due.due is not None and due.due < facts.today
        many = due.steps > 0 and Decimal(due.steps_overdue) >= bounds.overdue_share * due.steps
        if not due.reached and (passed or (many and due.steps_overdue >= LEAST_OVERDUE)):
            numbers = {
                "due": due.due if passed else None,
                "steps": due.steps,
                "overdue": due.steps_overdue,
                "since": due.overdue_since,
            }
            found.append(
                _journey_finding(
                    "N6",
                    bounds,
                    subject=due.subject,
                    name=due.name,
                    threshold=bounds.overdue_share,
                    **numbers,
                )
            )
    return found


def _not_meeting(facts: JourneyFacts, bounds: Bounds) -> list[Finding]:
    missed = 0
    for meeting in reversed(facts.meetings):
        if meeting.held:
            break
        missed += 1
    days = (facts.today - facts.held[-1]).days if facts.held else 0
    long = bool(
        facts.every_days and not facts.something_booked and days > bounds.times_interval * facts.every_days
    )
    if missed < bounds.missed_in_a_row and not long:
        return []
    numbers = {
        "missed": missed,
        "days": days if long else None,
        "every_days": facts.every_days,
        "since": facts.held[-1] if facts.held else None,
    }
    return [_journey_finding("N7", bounds, threshold=Decimal(bounds.missed_in_a_row), **numbers)]


def _silent(facts: JourneyFacts, measure: MeasureFacts, bounds: Bounds) -> bool:
    """No score in the last two held meetings: one taken since the meeting before them counts for them."""
    without = len(facts.held)
    if measure.scores:
        without -= bisect_left(facts.held, measure.scores[-1].on) + 1
    return without >= bounds.silent_meetings


def _no_scores(facts: JourneyFacts, bounds: Bounds) -> list[Finding]:
    return [
        _journey_finding(
            "N8",
            bounds,
            subject=measure.subject or measure.measure.key,
            name=measure.name or str(measure.measure.name),
            threshold=Decimal(bounds.silent_meetings),
            meetings=bounds.silent_meetings,
            since=measure.scores[-1].on if measure.scores else None,
        )
        for measure in facts.measures
        if _silent(facts, measure, bounds)
    ]


def _feedback(facts: JourneyFacts, bounds: Bounds) -> list[Finding]:
    asked = ask_about(
        facts.feedback, facts.feedback_before, drop=bounds.feedback_drop, low=bounds.feedback_low
    )
    return [
        _journey_finding(
            "N9",
            bounds,
            subject=each.question.key,
            name=str(each.question.text),
            threshold=bounds.feedback_drop if each.because == "drop" else bounds.feedback_low,
            latest=each.latest,
            previous=each.previous,
            because=each.because,
            on=facts.feedback_on,
        )
        for each in asked
    ]


JOURNEY_RULES: tuple[tuple[RuleId, Callable[[JourneyFacts, Bounds], list[Finding]]], ...] = (
    ("N6", _overdue),
    ("N7", _not_meeting),
    ("N8", _no_scores),
    ("N9", _feedback),
)


def track_summary(facts: JourneyFacts, bounds: Bounds = SHIPPED) -> TrackSummary:
    """Where a journey stands: every rule that holds, the highest level first, the safety path before all."""
    safety = tuple(Finding(rule="N10", level=Level.RED, numbers={"on": day}) for day in facts.safety)
    if facts.is_resting:
        return TrackSummary(Level.ON_TRACK, (), safety, (), (), is_resting=True)
    of_journey = [
        finding for rule, look in JOURNEY_RULES if rule not in bounds.off for finding in look(facts, bounds)
    ]
    silent = {finding.subject for finding in of_journey if finding.rule == "N8"}
    measures = tuple(_measure_summary(each, silent, bounds) for each in facts.measures)
    findings = [finding for each in measures for finding in each.findings] + of_journey
    findings.sort(key=lambda finding: -finding.level)
    listed = {finding.level for finding in findings} | {each.level for each in measures}
    if not measures:
        listed.add(Level.NO_DATA)
    if len(listed) > 1:
        listed.discard(Level.ON_TRACK)
    ordered = tuple(sorted(listed, reverse=True))
    return TrackSummary(ordered[0], ordered, safety, tuple(findings), measures)


def _measure_summary(facts: MeasureFacts, silent: set[str], bounds: Bounds) -> MeasureSummary:
    found = measure_findings(facts, bounds)
    if found:
        level = max(finding.level for finding in found)
    elif (facts.subject or facts.measure.key) in silent:
        level = Level.NO_DATA
    else:
        level = _quiet_level(facts, bounds)
    return MeasureSummary(facts, level, found)


def _quiet_level(facts: MeasureFacts, bounds: Bounds) -> Level:
    """*On track* is a verdict: it is given only where a rule could have spoken."""
    if len(facts.scores) < 2:
        return Level.TOO_EARLY
    return Level.ON_TRACK if bounds.of(facts.measure).can_speak(bounds.off) else Level.NO_RULE

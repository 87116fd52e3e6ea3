"""The course of a target: better, worse, the same or open, and one sentence that claims no more than its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.queries import ReadingFacts, TargetFacts
from alongside.measures.catalogue import Measure
from alongside.measures.change import Change, classify
from alongside.measures.numbers import plain

Course = Literal["better", "worse", "same", "open"]


def has_bounds(instrument: Measure) -> bool:
    return instrument.thresholds.reliable is not None or instrument.mcid is not None


def course_of(
    target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]
) -> tuple[Course, str]:
    if not readings:
        return "open", _("There are no scores.")
    first, latest = readings[0].value, readings[-1].value
    if len(readings) == 1:
        if target.wording.number > 1:
            return "open", _("No score since it was agreed again.")
        if readings[0].source in ("baseline", "earlier"):
            return "open", _("No score since the start.")
        return "open", _("There is only one score, and none from the start to compare with.")
    if first == latest:
        return "same", _unmoved(target, readings[0])
    if has_bounds(instrument):
        return _judged(instrument, classify(instrument, first, latest))
    return _unjudged(target, instrument, first, latest)


def _unmoved(target: TargetFacts, first: ReadingFacts) -> str:
    if first.source in ("baseline", "earlier"):
        return _("The same as at the start.")
    if target.wording.number > 1:
        return _("The same as when it was agreed again.")
    return _("The same as the first score.")


def _judged(instrument: Measure, change: Change) -> tuple[Course, str]:
    """By the bounds of the measure, and never beyond them."""
    better = (change.change < 0) == instrument.lower_is_better
    points = plain(abs(change.change))
    if change.label == "none":
        if better:
            return "same", _("A slightly better number, but too small to count as a change.")
        return "same", _("A slightly worse number, but too small to count as a change.")
    course: Course = "better" if better else "worse"
    if instrument.key == "gas":
        levels = int(abs(change.change)) or 1
        if better:
            return course, ngettext("Better by one level.", "Better by %(n)s levels.", levels) % {"n": levels}
        return course, ngettext("Worse by one level.", "Worse by %(n)s levels.", levels) % {"n": levels}
    if change.reliable:
        facts = {"points": points, "bound": plain(change.threshold or Decimal(0))}
        if better:
            return course, _("Better by %(points)s (a change of %(bound)s or more is reliable).") % facts
        return course, _("Worse by %(points)s (a change of %(bound)s or more is reliable).") % facts
    if change.reliable is None and change.importance == "important":
        if better:
            return course, _("Better by %(points)s: as much as people usually call important.") % {
                "points": points
            }
        return course, _("Worse by %(points)s: as much as people usually call important.") % {
            "points": points
        }
    if better:
        return course, _(
            "Better by %(points)s: people often notice a change like this, but it may be chance."
        ) % {"points": points}
    return course, _("Worse by %(points)s: people often notice a change like this, but it may be chance.") % {
        "points": points
    }


def _unjudged(
    target: TargetFacts, instrument: Measure, first: Decimal, latest: Decimal
) -> tuple[Course, str]:
    """A plain count or answer claims no threshold: what was hoped for is the only yardstick."""
    facts = {"then": instrument.say(first), "now": instrument.say(latest)}
    aim = target.wording.aim
    if aim is None or aim == first:
        return "open", _("%(then)s at the start, %(now)s now.") % facts
    facts["aim"] = instrument.say(aim)
    if instrument.has_reached(latest, aim):
        return "better", _("%(then)s at the start, %(now)s now: goal reached (%(aim)s).") % facts
    if (latest < first) == instrument.lower_is_better:
        return "better", _("%(then)s at the start, %(now)s now: closer to the goal (%(aim)s).") % facts
    return "worse", _("%(then)s at the start, %(now)s now: further from the goal (%(aim)s).") % facts

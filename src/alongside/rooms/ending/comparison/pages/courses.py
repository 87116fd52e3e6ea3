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
        return "open", _("No reading was ever taken.")
    first, latest = readings[0].value, readings[-1].value
    if len(readings) == 1:
        if target.wording.number > 1:
            return "open", _("No reading since it was agreed anew.")
        if readings[0].source in ("baseline", "earlier"):
            return "open", _("No reading since the start.")
        return "open", _("There is one reading only, and none from the start to lay beside it.")
    if first == latest:
        return "same", _unmoved(target, readings[0])
    if has_bounds(instrument):
        return _judged(instrument, classify(instrument, first, latest))
    return _unjudged(target, instrument, first, latest)


def _unmoved(target: TargetFacts, first: ReadingFacts) -> str:
    if first.source in ("baseline", "earlier"):
        return _("The same as at the start.")
    if target.wording.number > 1:
        return _("The same as when it was agreed anew.")
    return _("The same as at the first reading.")


def _judged(instrument: Measure, change: Change) -> tuple[Course, str]:
    """By the bounds of the measure, and never beyond them."""
    better = (change.change < 0) == instrument.lower_is_better
    points = plain(abs(change.change))
    if change.label == "none":
        if better:
            return "same", _("A little better in number, but too little to call it a change.")
        return "same", _("A little worse in number, but too little to call it a change.")
    course: Course = "better" if better else "worse"
    if instrument.key == "gas":
        levels = int(abs(change.change)) or 1
        if better:
            return course, ngettext("Better by one level.", "Better by %(n)s levels.", levels) % {"n": levels}
        return course, ngettext("Worse by one level.", "Worse by %(n)s levels.", levels) % {"n": levels}
    if change.reliable:
        facts = {"points": points, "bound": plain(change.threshold or Decimal(0))}
        if better:
            return course, _("Better by %(points)s: more than chance explains (from %(bound)s).") % facts
        return course, _("Worse by %(points)s: more than chance explains (from %(bound)s).") % facts
    if change.reliable is None and change.importance == "important":
        if better:
            return course, _("Better by %(points)s: as much as people usually call important.") % {
                "points": points
            }
        return course, _("Worse by %(points)s: as much as people usually call important.") % {
            "points": points
        }
    if better:
        return course, _("Better by %(points)s: people often notice as much, but it may be chance.") % {
            "points": points
        }
    return course, _("Worse by %(points)s: people often notice as much, but it may be chance.") % {
        "points": points
    }


def _unjudged(
    target: TargetFacts, instrument: Measure, first: Decimal, latest: Decimal
) -> tuple[Course, str]:
    """A plain count or answer claims no threshold: what was hoped for is the only yardstick."""
    facts = {"then": instrument.say(first), "now": instrument.say(latest)}
    aim = target.wording.aim
    if aim is None or aim == first:
        return "open", _("%(then)s then, %(now)s now.") % facts
    facts["aim"] = instrument.say(aim)
    if instrument.has_reached(latest, aim):
        return "better", _("%(then)s then, %(now)s now: what was hoped for (%(aim)s) is there.") % facts
    if (latest < first) == instrument.lower_is_better:
        return "better", _("%(then)s then, %(now)s now: closer to what was hoped for (%(aim)s).") % facts
    return "worse", _("%(then)s then, %(now)s now: further from what was hoped for (%(aim)s).") % facts

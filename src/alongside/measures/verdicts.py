"""A verdict on a change, said in words. It never judges anybody, and claims nothing a source does not give."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from .catalogue import Measure
from .change import Change, classify
from .numbers import signed


def verdict_sentence(measure: Measure, first: Decimal, latest: Decimal) -> str:
    """What the change from first to latest means; "" where no source gives a row, and for named levels.

    Feeling better comes earlier than reliable change: what may be noticeable and what is reliable are both said.
    """
    if measure.levels:
        return ""
    found = classify(measure, first, latest)
    if found.reliable is None:
        return _without_reliability(found)
    if found.reliable:
        if found.label == "improvement":
            return _("Reliably better since the start: %(change)s.") % {"change": signed(found.change)}
        return _("May be getting worse: %(change)s since the start.") % {"change": signed(found.change)}
    if found.label == "none":
        return _("No reliable change yet.")
    if found.label == "improvement":
        return _("No reliable change yet; it may be noticeable that it is better.")
    return _("No reliable change yet; it may be noticeable that it is worse.")


def _without_reliability(found: Change) -> str:
    sentences = {
        ("improvement", "important"): _("Better by %(change)s: as much usually matters to people."),
        ("improvement", "minimal"): _("Better by %(change)s: as much may be noticeable."),
        ("deterioration", "important"): _("Worse by %(change)s: as much usually matters to people."),
        ("deterioration", "minimal"): _("Worse by %(change)s: as much may be noticeable."),
    }
    sentence = sentences.get((found.label, found.importance or ""))
    return sentence % {"change": signed(found.change)} if sentence else ""

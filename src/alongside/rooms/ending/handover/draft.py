"""A first draft of a hand-over summary, from what both share: where they are, target by target, and what is open."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alongside.goals.queries import TargetFacts, goals_of
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure

from ..record.queries import meetings_held

LIVE = (TargetState.AGREED, TargetState.ON_HOLD, TargetState.REACHED)


def draft_of(seat: Seat) -> str:
    """Plain lines the two go on writing in. Numbers as they were read, with their days; no private words."""
    goals, words = goals_of(seat), seat.kind.words
    held = len(meetings_held(seat))
    lines = [
        _("%(meetings)s so far: %(count)s.") % {"meetings": str(words.meetings).capitalize(), "count": held}
    ]
    if targets := [target for target in goals.targets if target.state in LIVE]:
        lines += ["", _("Where we are:"), *(_target(target) for target in targets)]
    if steps := goals.steps_to_do:
        lines += ["", _("Still open:"), *(_("- %(step)s") % {"step": step.text} for step in steps)]
    lines += ["", _("What has helped:"), "", _("What is important from now on:"), ""]
    return "\n".join(lines)


def _target(target: TargetFacts) -> str:
    facts = {"target": target.wording.difference, "state": target.state.label}
    readings = target.readings_of_its_measure
    if not readings:
        return _("- %(target)s (%(state)s)") % facts
    instrument = measure(target.wording.measure)
    first, last = readings[0], readings[-1]
    facts |= {
        "then": instrument.say(first.value),
        "first": date_format(first.taken_on, "j F Y"),
        "now": instrument.say(last.value),
        "last": date_format(last.taken_on, "j F Y"),
    }
    if len(readings) == 1:
        return _("- %(target)s (%(state)s): %(then)s on %(first)s") % facts
    return _("- %(target)s (%(state)s): from %(then)s on %(first)s to %(now)s on %(last)s") % facts

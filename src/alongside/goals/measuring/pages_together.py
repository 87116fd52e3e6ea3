"""Several targets of one sort taken together: goal attainment in one figure, and means of ratings.

Goals and symptoms stand side by side; nothing here adds one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from alongside.measures import gas, means
from alongside.measures.catalogue import measure
from alongside.measures.numbers import plain, signed
from alongside.measures.verdicts import verdict_sentence

from ..queries import Goals, TargetFacts


@dataclass(frozen=True)
class Together:
    """One figure then and now, and what could not be part of it, each with its reason."""

    title: str
    sentence: str
    left_out: tuple[str, ...]


def together(goals: Goals) -> tuple[Together, ...]:
    """What can be taken together: at least two targets of the same sort that are worked on or reached."""
    agreed = [target for target in goals.targets if target.is_agreed]
    found = [_attainment([one for one in agreed if one.wording.measure == "gas"])]
    for key, title in (("psfs", _("The activities together")), ("rating-0-10", _("The ratings together"))):
        found.append(_mean([one for one in agreed if one.wording.measure == key], key, title))
    return tuple(each for each in found if each)


def _attainment(targets: Sequence[TargetFacts]) -> Together | None:
    if len(targets) < 2:
        return None
    summary = gas.summary([_rating(target) for target in targets])
    left_out = tuple(f"{each.name}: {each.sentence}" for each in summary.left_out)
    title = _("Goal attainment, all goals together")
    if summary.baseline is None or summary.outcome is None or summary.change is None:
        return Together(title, _("There are too few ratings yet to combine them."), left_out)
    sentence = _(
        "T-score %(then)s at the start and %(now)s now, a change of %(change)s. At 50 the goals are reached as expected."
    ) % {
        "then": plain(Decimal(str(summary.baseline)), 1),
        "now": plain(Decimal(str(summary.outcome)), 1),
        "change": signed(Decimal(str(summary.change)), 1),
    }
    if not any(_weight(target) for target in targets):
        sentence += " " + _("None of them was given a weight, so each counts the same.")
    return Together(title, sentence, left_out)


def _rating(target: TargetFacts) -> gas.GoalRating:
    first, latest = _ends(target)
    return gas.GoalRating(
        name=str(target.wording.difference), baseline=first, latest=latest, weight=_weight(target)
    )


def _weight(target: TargetFacts) -> int:
    return gas.weight(target.wording.importance, target.wording.difficulty)


def _ends(target: TargetFacts) -> tuple[Decimal | None, Decimal | None]:
    """Under the present wording: another wording is another goal."""
    readings = target.current_readings
    return readings[0].value if readings else None, readings[-1].value if len(readings) > 1 else None


def _mean(targets: Sequence[TargetFacts], key: str, title: str) -> Together | None:
    if len(targets) < 2:
        return None
    most = means.MOST.get(key, len(targets))
    counted, beyond = targets[:most], targets[most:]
    # two targets may bear the same words, so they are told apart by their place
    first = {str(place): _ends(one)[0] for place, one in enumerate(counted)}
    latest = {str(place): _ends(one)[1] for place, one in enumerate(counted)}
    found = means.compare(first, latest, key)
    left_out = [
        _("%(name)s: it was not rated both times.") % {"name": counted[int(place)].wording.difference}
        for place in found.left_out
    ]
    left_out += [
        _("%(name)s: at most %(most)s can be combined.") % {"name": one.wording.difference, "most": most}
        for one in beyond
    ]
    if found.first is None or found.latest is None:
        return Together(title, _("There are too few ratings yet to combine them."), tuple(left_out))
    sentence = _("A mean of %(then)s at the start and %(now)s now, for those rated both times.") % {
        "then": plain(found.first, 1),
        "now": plain(found.latest, 1),
    }
    verdict = verdict_sentence(measure(key), found.first, found.latest)
    return Together(title, f"{sentence} {verdict}".strip(), tuple(left_out))

"""Then and now, said in sentences that claim no more than the numbers can carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.queries import Goals, NeedFacts, ReadingFacts, TargetFacts
from alongside.goals.states import NeedState, TargetState
from alongside.measures import gas
from alongside.measures.catalogue import Measure
from alongside.measures.change import Change, classify
from alongside.measures.numbers import plain
from alongside.rooms.first_meeting.queries import PictureFacts
from alongside.ui.acts import Act
from alongside.ui.lines import Line, line

from ..queries import ThenAndNow

Course = Literal["better", "worse", "same", "open"]


@dataclass(frozen=True)
class TargetCompared:
    """One target: its course, the words of its levels, and one sentence on the change."""

    title: str
    measure: str
    line: Line | None
    then: str
    now: str
    then_words: str
    now_words: str
    sentence: str
    course: Course
    state: str
    source: str
    reached: Act | None
    """The act that says it is reached, where that is still to be said."""


@dataclass(frozen=True)
class NeedCompared:
    """One need: how the participant saw it at the start and how they see it today."""

    statement: str
    then: str
    then_words: str
    now: str
    now_words: str
    sentence: str
    state: str
    targets: tuple[TargetCompared, ...]


@dataclass(frozen=True)
class Together:
    """The targets with written levels in one figure, and those that could not be part of it."""

    sentence: str
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    needs: tuple[NeedCompared, ...]
    together: Together | None
    let_go: tuple[str, ...]
    then_when: str
    now_when: str
    sources: tuple[str, ...]


Reached = Callable[[TargetFacts], Act]


def compare(found: ThenAndNow, reached: Reached | None = None) -> Compared:
    """Everything side by side; `reached` gives the act for a target that may be called reached."""
    kept = [need for need in found.goals.needs if need.state in (NeedState.AGREED, NeedState.MET)]
    needs = tuple(_need(need, found.then, found.now, reached) for need in kept)
    sources = dict.fromkeys(target.source for need in needs for target in need.targets if target.source)
    return Compared(
        needs=needs,
        together=_together(found.goals),
        let_go=_let_go(found.goals),
        then_when=_when(found.then),
        now_when=_when(found.now),
        sources=tuple(sources),
    )


def _when(picture: PictureFacts | None) -> str:
    return date_format(localtime(picture.taken_at), "j F Y") if picture else ""


def _let_go(goals: Goals) -> tuple[str, ...]:
    needs = [need.statement for need in goals.needs if need.state == NeedState.LET_GO]
    targets = [target.wording.difference for target in goals.targets if target.state == TargetState.LET_GO]
    return (*needs, *(str(target) for target in targets))


def _need(
    need: NeedFacts, then: PictureFacts | None, now: PictureFacts | None, reached: Reached | None
) -> NeedCompared:
    was = then.entries.get(need.id) if then else None
    is_now = now.entries.get(need.id) if now else None
    return NeedCompared(
        statement=need.statement,
        then=str(was.rating) if was else "",
        then_words=was.words if was else "",
        now=str(is_now.rating) if is_now else "",
        now_words=is_now.words if is_now else "",
        sentence=_self_rating(was.rating if was else None, is_now.rating if is_now else None),
        state=str(need.state.label),
        targets=tuple(_target(target, reached) for target in need.targets if target.is_agreed),
    )


def _self_rating(was: int | None, is_now: int | None) -> str:
    """A person's own rating is theirs: it is said how it moved, and judged by nobody."""
    if was is None and is_now is None:
        return _("Neither at the start nor today was this put on the scale.")
    if was is None:
        return _("This was not put on the scale at the start, so there is nothing to lay beside today.")
    if is_now is None:
        return _("Not yet put on the scale today.")
    steps = abs(is_now - was)
    if not steps:
        return _("In the same place as at the start.")
    if is_now > was:
        nearer = ngettext(
            "%(n)s step nearer to what was wished.", "%(n)s steps nearer to what was wished.", steps
        )
        return nearer % {"n": steps}
    further = ngettext(
        "%(n)s step further from what was wished.", "%(n)s steps further from what was wished.", steps
    )
    return further % {"n": steps}


def _target(target: TargetFacts, reached: Reached | None) -> TargetCompared:
    wording, readings = target.wording, target.current_readings
    instrument = wording.instrument
    course, sentence = _course(target, instrument, readings)
    first, latest = (readings[0], readings[-1]) if readings else (None, None)
    compared = len(readings) > 1
    return TargetCompared(
        title=str(wording.difference),
        measure=str(instrument.name),
        line=_line(target, instrument, readings),
        then=instrument.say(first.value) if first else "",
        now=instrument.say(latest.value) if latest and compared else "",
        then_words=_level(target, first.value) if first else "",
        now_words=_level(target, latest.value) if latest and compared else "",
        sentence=sentence,
        course=course,
        state="" if target.state == TargetState.AGREED else str(target.state.label),
        source=instrument.source if compared and _has_bounds(instrument) else "",
        reached=reached(target) if reached and _may_be_reached(target, course, compared) else None,
    )


def _may_be_reached(target: TargetFacts, course: Course, compared: bool) -> bool:
    """Offered where the numbers don't speak against it; elsewhere it would read like a joke."""
    return target.state != TargetState.REACHED and compared and course in ("better", "open")


def _level(target: TargetFacts, value: Decimal) -> str:
    """The written level a value stands for, where levels were written."""
    levels = target.wording.levels
    if target.wording.measure != "gas" or len(levels) != 5 or value != int(value):
        return ""
    return levels[int(value) + 2]


def _has_bounds(instrument: Measure) -> bool:
    return instrument.thresholds.reliable is not None or instrument.mcid is not None


def _course(target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]) -> tuple[Course, str]:
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
        return "same", _("The same as at the start.")
    if _has_bounds(instrument):
        return _judged(instrument, classify(instrument, first, latest))
    return _unjudged(target, instrument, first, latest)


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


def _line(target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]) -> Line | None:
    """From then to now, better always up. A yes or no has no line."""
    if instrument.key == "yes-no" or not readings:
        return None
    lowest, highest = instrument.min, instrument.max
    aim = target.wording.aim
    if highest > 100:
        # an open-ended measure: as high as it ever was, or should be
        highest = max([reading.value for reading in readings] + [aim or Decimal(0), Decimal(1)])
    points = [(reading.taken_on, reading.value) for reading in readings]
    ends = (highest, lowest) if instrument.lower_is_better else (lowest, highest)
    return line(points, *ends, target=aim)


def _together(goals: Goals) -> Together | None:
    rated = [target for target in goals.targets if target.is_agreed and target.wording.measure == "gas"]
    if len(rated) < 2:
        return None
    summary = gas.summary([_rating(target) for target in rated])
    left_out = tuple(f"{each.name}: {each.sentence}" for each in summary.left_out)
    if len(summary.used) < 2 or summary.baseline is None or summary.outcome is None:
        return Together(_("There are too few ratings yet to take them together."), left_out)
    sentence = _(
        "Taken together, the goals with written levels stood at %(then)s and stand at %(now)s; 50 is what was expected."
    ) % {"then": plain(Decimal(str(summary.baseline))), "now": plain(Decimal(str(summary.outcome)))}
    return Together(sentence, left_out)


def _rating(target: TargetFacts) -> gas.GoalRating:
    readings, wording = target.current_readings, target.wording
    return gas.GoalRating(
        name=str(wording.difference),
        baseline=readings[0].value if readings else None,
        latest=readings[-1].value if len(readings) > 1 else None,
        weight=gas.weight(wording.importance, wording.difficulty),
    )

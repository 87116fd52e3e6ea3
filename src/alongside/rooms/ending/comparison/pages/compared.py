"""Then and now, said in sentences that claim no more than the numbers can carry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.models import TargetWording
from alongside.goals.queries import Goals, NeedFacts, ReadingFacts, TargetFacts
from alongside.goals.states import NeedState, TargetState
from alongside.measures import gas
from alongside.measures.catalogue import Measure
from alongside.measures.numbers import plain
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.measures.verdicts import verdict_sentence
from alongside.rooms.first_meeting.queries import PictureFacts
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lines import Line, line

from ..queries import FormLine, ThenAndNow
from .courses import Course, course_of, has_bounds


@dataclass(frozen=True)
class Places:
    """Where then, now and what was hoped for lie between the worst (0) and the best (1) a value can be."""

    then: float | None = None
    now: float | None = None
    aim: float | None = None


@dataclass(frozen=True)
class ReAgreed:
    """A target was worded anew on the way: when, what it said before, and how far it had come by then."""

    when: str
    before: str
    sentence: str


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
    reached: ActionButton | None
    """The act that says it is reached, where that is still to be said."""
    since: str = ""
    """From when on is compared, where that is not the start."""
    re_agreed: tuple[ReAgreed, ...] = ()
    places: Places = field(default=Places())


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
    course: Course = "open"
    """Which way the self-rating went; what that is worth is for the participant to say."""
    places: Places = field(default=Places())


@dataclass(frozen=True)
class Together:
    """The targets with written levels in one figure, and those that could not be part of it."""

    sentence: str
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class FormCompared:
    """A questionnaire that was asked on the way, from its first score to its latest."""

    name: str
    line: Line | None
    then: str
    now: str
    sentence: str
    in_keepsake: bool


@dataclass(frozen=True)
class Compared:
    needs: tuple[NeedCompared, ...]
    together: Together | None
    let_go: tuple[str, ...]
    then_when: str
    now_when: str
    sources: tuple[str, ...]
    without_start: str = ""
    """Why the two went on without a whole starting picture, in their words."""
    without_start_by: str = ""
    forms: tuple[FormCompared, ...] = ()


Reached = Callable[[TargetFacts], ActionButton]


def compare(found: ThenAndNow, reached: Reached | None = None) -> Compared:
    """Everything side by side; `reached` gives the act for a target that may be called reached."""
    kept = [need for need in found.goals.needs if need.state in (NeedState.AGREED, NeedState.MET)]
    needs = tuple(_need(need, found, reached) for need in kept)
    sources = dict.fromkeys(target.source for need in needs for target in need.targets if target.source)
    return Compared(
        needs=needs,
        together=_together(found.goals),
        let_go=_let_go(found.goals),
        then_when=_when(found.then),
        now_when=_when(found.now),
        sources=tuple(sources),
        without_start=str(found.without.reason) if found.without else "",
        without_start_by=str(found.without.by.name) if found.without else "",
        forms=tuple(_form(each) for each in found.forms),
    )


def _form(found: FormLine) -> FormCompared:
    row, first, latest = found.measure, found.scores[0].value, found.scores[-1].value
    compared = len(found.scores) > 1
    ends = (row.max, row.min) if row.lower_is_better else (row.min, row.max)
    sentence = _("It was answered once.")
    if compared:
        said = {"then": row.say(first), "now": row.say(latest)}
        sentence = verdict_sentence(row, first, latest) or _("From %(then)s to %(now)s.") % said
    if compared and first == latest:
        sentence = _("The same as the first time.")
    return FormCompared(
        name=str(row.name),
        line=line([(each.on, each.value) for each in found.scores], *ends),
        then=row.say(first),
        now=row.say(latest) if compared else "",
        sentence=sentence,
        in_keepsake=found.in_keepsake,
    )


def _when(picture: PictureFacts | None) -> str:
    return date_format(localtime(picture.taken_at), "j F Y") if picture else ""


def _let_go(goals: Goals) -> tuple[str, ...]:
    needs = [need.statement for need in goals.needs if need.state == NeedState.LET_GO]
    targets = [target.wording.difference for target in goals.targets if target.state == TargetState.LET_GO]
    return (*needs, *(str(target) for target in targets))


def _need(need: NeedFacts, found: ThenAndNow, reached: Reached | None) -> NeedCompared:
    was = found.then.entries.get(need.id) if found.then else None
    is_now = found.now.entries.get(need.id) if found.now else None
    targets = (
        _target(target, found.earlier.get(target.id, ()), reached)
        for target in need.targets
        if target.is_agreed
    )
    return NeedCompared(
        statement=need.statement,
        then=str(was.rating) if was else "",
        then_words=was.words if was else "",
        now=str(is_now.rating) if is_now else "",
        now_words=is_now.words if is_now else "",
        sentence=_self_rating(was.rating if was else None, is_now.rating if is_now else None),
        state=str(need.state.label),
        targets=tuple(targets),
        course=_way(was.rating, is_now.rating) if was and is_now else "open",
        places=Places(was.rating / 10 if was else None, is_now.rating / 10 if is_now else None),
    )


def _way(was: int, is_now: int) -> Course:
    if was == is_now:
        return "same"
    return "better" if is_now > was else "worse"


def _self_rating(was: int | None, is_now: int | None) -> str:
    """A person's own rating is theirs: it is said how it moved, and judged by nobody."""
    if was is None and is_now is None:
        return _("This was not rated at the start or today.")
    if was is None:
        return _("This was not rated at the start, so there is nothing to compare today with.")
    if is_now is None:
        return _("Not yet rated today.")
    steps = abs(is_now - was)
    if not steps:
        return _("The same as at the start.")
    if is_now > was:
        nearer = ngettext("%(n)s point closer to your goal.", "%(n)s points closer to your goal.", steps)
        return nearer % {"n": steps}
    further = ngettext("%(n)s point further from your goal.", "%(n)s points further from your goal.", steps)
    return further % {"n": steps}


def _target(target: TargetFacts, earlier: Sequence[TargetWording], reached: Reached | None) -> TargetCompared:
    wording, readings = target.wording, comparable(target, earlier)
    instrument = wording.instrument
    course, sentence = course_of(target, instrument, readings)
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
        source=instrument.source if compared and has_bounds(instrument) else "",
        reached=reached(target) if reached and _may_be_reached(target, course, compared) else None,
        since=_since(wording, readings),
        re_agreed=_re_agreed(target, earlier),
        places=_places(target, instrument, readings),
    )


def comparable(target: TargetFacts, earlier: Sequence[TargetWording]) -> tuple[ReadingFacts, ...]:
    """The readings that may be laid beside each other.

    What a target asks changes with its wording, so only those under the present one. A questionnaire asks the same
    whatever the target around it says: its readings go on from the first.
    """
    wording = target.wording
    if wording.measure not in INSTRUMENTS:
        return target.current_readings
    same = {wording.id, *(each.id for each in earlier if each.measure == wording.measure)}
    return tuple(reading for reading in target.readings if reading.wording_id in same)


def _since(wording: TargetWording, readings: Sequence[ReadingFacts]) -> str:
    if wording.number == 1 or not readings or readings[0].wording_id != wording.id:
        return ""
    day = date_format(localtime(wording.created_at), "j F Y")
    return _("Agreed again on %(day)s, and compared from then on.") % {"day": day}


def _re_agreed(target: TargetFacts, earlier: Sequence[TargetWording]) -> tuple[ReAgreed, ...]:
    """What it said before, oldest first, each with the day on which the next wording took its place."""
    wordings = [*earlier, target.wording]
    found = []
    for before, after in pairwise(wordings):
        values = [reading.value for reading in target.readings if reading.wording_id == before.id]
        facts = {
            "then": before.instrument.say(values[0]) if values else "",
            "now": before.instrument.say(values[-1]) if values else "",
        }
        sentence = _("Nothing was measured with the earlier wording.")
        if len(values) == 1:
            sentence = _("With the earlier wording there is one score: %(then)s.") % facts
        elif values:
            sentence = _("With the earlier wording, from %(then)s to %(now)s.") % facts
        day = date_format(localtime(after.created_at), "j F Y")
        found.append(ReAgreed(day, str(before.difference), sentence))
    return tuple(found)


def _may_be_reached(target: TargetFacts, course: Course, compared: bool) -> bool:
    """Offered where the numbers don't speak against it; elsewhere it would read like a joke."""
    return target.state != TargetState.REACHED and compared and course in ("better", "open")


def _level(target: TargetFacts, value: Decimal) -> str:
    """The written level a value stands for, where levels were written."""
    levels = target.wording.levels
    if target.wording.measure != "gas" or len(levels) != 5 or value != int(value):
        return ""
    return levels[int(value) + 2]


def _line(target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]) -> Line | None:
    """From then to now, better always up. A yes or no has no line."""
    if instrument.key == "yes-no" or not readings:
        return None
    points = [(reading.taken_on, reading.value) for reading in readings]
    return line(points, *_ends(target, instrument, readings), target=target.wording.aim)


def _ends(
    target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]
) -> tuple[Decimal, Decimal]:
    """The worst and the best value of the scale."""
    lowest, highest = instrument.min, instrument.max
    if highest > 100 and not instrument.is_score:
        # an open-ended measure: as high as it ever was, or should be
        aim = target.wording.aim or Decimal(0)
        highest = max([reading.value for reading in readings] + [aim, Decimal(1)])
    return (highest, lowest) if instrument.lower_is_better else (lowest, highest)


def _places(target: TargetFacts, instrument: Measure, readings: Sequence[ReadingFacts]) -> Places:
    worst, best = _ends(target, instrument, readings)

    def place(value: Decimal | None) -> float | None:
        return None if value is None else float((value - worst) / (best - worst))

    return Places(
        then=place(readings[0].value) if readings else None,
        now=place(readings[-1].value) if len(readings) > 1 else None,
        aim=place(target.wording.aim),
    )


def _together(goals: Goals) -> Together | None:
    rated = [target for target in goals.targets if target.is_agreed and target.wording.measure == "gas"]
    if len(rated) < 2:
        return None
    summary = gas.summary([_rating(target) for target in rated])
    left_out = tuple(f"{each.name}: {each.sentence}" for each in summary.left_out)
    if len(summary.used) < 2 or summary.baseline is None or summary.outcome is None:
        return Together(_("There are too few ratings yet to combine them."), left_out)
    sentence = _(
        "Taken together, the goals with written levels stood at %(then)s and stand at %(now)s; 50 is what was expected."
    ) % {"then": plain(Decimal(str(summary.baseline)), 1), "now": plain(Decimal(str(summary.outcome)), 1)}
    return Together(sentence, left_out)


def _rating(target: TargetFacts) -> gas.GoalRating:
    readings, wording = target.current_readings, target.wording
    return gas.GoalRating(
        name=str(wording.difference),
        baseline=readings[0].value if readings else None,
        latest=readings[-1].value if len(readings) > 1 else None,
        weight=gas.weight(wording.importance, wording.difficulty),
    )

"""The whole journey in one picture: a line from then to now for everything the two set out for, better to the right.

It is made to be understood in ten seconds, and says in words what the lines say. Where there is too little to lay side
by side there is no line, and where things got worse it is said as plainly as where they got better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat

from .compared import Compared, NeedCompared, Places, TargetCompared
from .courses import Course

WIDTH, HEIGHT, EDGE = 320, 28, 12
MIDDLE = HEIGHT // 2


@dataclass(frozen=True)
class Drawn:
    """One line of the picture, in its own units. None where there is nothing to draw."""

    then: float | None
    now: float | None
    aim: float | None

    @property
    def moved(self) -> bool:
        return self.then is not None and self.now is not None and self.then != self.now


@dataclass(frozen=True)
class WholeRow:
    title: str
    is_need: bool
    then: str
    now: str
    word: str
    course: Course
    drawn: Drawn


@dataclass(frozen=True)
class Whole:
    """What `ending/whole.html` draws. `sentences` say it in words; `missing` what could not be laid side by side."""

    sentences: tuple[str, ...]
    missing: str
    rows: tuple[WholeRow, ...]
    has_aims: bool
    width: int = WIDTH
    height: int = HEIGHT
    middle: int = MIDDLE
    edge: int = EDGE
    end: int = WIDTH - EDGE


def whole_of(seat: Seat, compared: Compared) -> Whole | None:
    """The picture of everything that was agreed; None when nothing was."""
    rows = []
    for need in compared.needs:
        rows.append(_need(need))
        rows.extend(_target(target) for target in need.targets)
    if not rows:
        return None
    needs, targets = [row for row in rows if row.is_need], [row for row in rows if not row.is_need]
    return Whole(
        sentences=_sentences(seat, needs, targets),
        missing=_missing(rows),
        rows=tuple(rows),
        has_aims=any(row.drawn.aim is not None for row in rows),
    )


def _need(need: NeedCompared) -> WholeRow:
    words: dict[Course, str] = {
        "better": _("closer"),
        "worse": _("further away"),
        "same": _("in the same place"),
        "open": _("no number at the start")
        if need.now
        else _("no number today")
        if need.then
        else _("no numbers"),
    }
    return WholeRow(
        need.statement, True, need.then, need.now, words[need.course], need.course, _drawn(need.places)
    )


def _target(target: TargetCompared) -> WholeRow:
    words: dict[Course, str] = {
        "better": _("better"),
        "worse": _("worse"),
        "same": _("about the same"),
        "open": _("changed") if target.now else _("only one score") if target.then else _("not measured"),
    }
    drawn = _drawn(target.places)
    return WholeRow(target.title, False, target.then, target.now, words[target.course], target.course, drawn)


def _drawn(places: Places) -> Drawn:
    return Drawn(*(_across(place) for place in (places.then, places.now, places.aim)))


def _across(place: float | None) -> float | None:
    if place is None:
        return None
    return round(EDGE + min(1.0, max(0.0, place)) * (WIDTH - 2 * EDGE), 1)


def _counted(rows: Sequence[WholeRow], course: Course) -> int:
    return sum(1 for row in rows if row.course == course and row.now)


def _sentences(seat: Seat, needs: Sequence[WholeRow], targets: Sequence[WholeRow]) -> tuple[str, ...]:
    found = []
    parts = _parts(
        (_counted(needs, "better"), _("%(n)s closer to the goal")),
        (_counted(needs, "same"), _("%(n)s in the same place")),
        (_counted(needs, "worse"), _("%(n)s further away")),
    )
    words = seat.kind.words
    if parts:
        own = _("%(needs)s, by my own rating: %(parts)s.")
        if not seat.is_participant:
            own = _("%(needs)s, by %(name)s's own rating: %(parts)s.")
        found.append(
            own % {"needs": capfirst(str(words.needs)), "name": seat.participant.name, "parts": parts}
        )
    parts = _parts(
        (_counted(targets, "better"), _("%(n)s better")),
        (_counted(targets, "same"), _("%(n)s about the same")),
        (_counted(targets, "worse"), _("%(n)s worse")),
        (_counted(targets, "open"), _("%(n)s changed, with no direction named as better")),
    )
    if parts:
        measured = _("%(targets)s, measured at the start and now: %(parts)s.")
        found.append(measured % {"targets": capfirst(str(words.targets)), "parts": parts})
    if not found:
        found.append(_("There is not enough yet to compare the start with now."))
    return tuple(found)


def _parts(*counted: tuple[int, str]) -> str:
    return ", ".join(words % {"n": count} for count, words in counted if count)


def _missing(rows: Sequence[WholeRow]) -> str:
    count = sum(1 for row in rows if not row.then or not row.now)
    if not count or count == len(rows):
        return ""
    return ngettext(
        "For one more we cannot say: a number from the start or from now is missing.",
        "For %(n)s more we cannot say: a number from the start or from now is missing.",
        count,
    ) % {"n": count}

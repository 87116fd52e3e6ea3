"""One target: its line from then to now, every wording it has had, and the form in which it is worded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals import rules as goal_rules
from alongside.goals.measuring.pages import ChartView, form_address, target_chart
from alongside.goals.measuring.queries import is_questionnaire
from alongside.goals.measuring.rules import may_fill_in
from alongside.goals.measuring.series import beside_of, series_of
from alongside.goals.models import Need, Target, TargetWording
from alongside.goals.queries import ReadingFacts, StepFacts
from alongside.goals.states import TargetState
from alongside.journeys import visibility
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.measures.catalogue import OWN, measure
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lines import Line, line
from alongside.ui.lists import StepLine

from .. import offers
from .common import address, day
from .goals import STATE_SHAPES, Ticks, agreeing, changing, said, signed, standing, step_line


@dataclass(frozen=True)
class LevelLine:
    value: str
    text: str
    is_now: bool


@dataclass(frozen=True)
class WordingView:
    number: int
    difference: str
    why: str
    how_we_will_know: str
    measure: str
    licence_line: str
    standing: str
    levels: tuple[LevelLine, ...]
    due: str
    weight: str
    by: str
    when: str
    line: Line | None


@dataclass(frozen=True)
class TargetPage:
    eyebrow: str
    title: str
    need: str
    state: str
    state_word: str
    now: WordingView
    earlier: tuple[WordingView, ...]
    reading_now: str
    note: str
    waiting: str
    chart: ChartView | None
    steps: tuple[StepLine, ...]
    acts: tuple[ActionButton, ...]
    changes: tuple[ActionButton, ...]
    reword: ActionButton
    add_step_url: str
    who_reads: str
    back: str


def target_page(
    seat: Seat,
    target: Target,
    wordings: list[TargetWording],
    readings: list[ReadingFacts],
    steps: list[StepFacts],
    ticks: Ticks,
    *,
    waits: bool,
) -> TargetPage:
    state = TargetState(target.state)  # type: ignore[attr-defined]
    views = [
        _wording(seat, each, [one for one in readings if one.wording_id == each.id]) for each in wordings
    ]
    current = [one for one in readings if one.wording_id == wordings[0].id]
    acts: tuple[ActionButton, ...] = tuple(
        agreeing(seat, target, address(seat, "agree_target", target_id=target.id), primary=True)
    )
    changes: tuple[ActionButton, ...] = ()
    if waits:
        acts = (*acts, *_agreeing_wording(seat, target, wordings[0]))
    if is_questionnaire(wordings[0].measure):
        fill_in = form_address(seat, "form", wordings[0].measure)
        acts = (
            *acts,
            ActionButton(
                _("Fill in the questionnaire"), fill_in, may_fill_in(seat, wordings[0].measure), link=True
            ),
        )
    if goal_rules.may_shape_goals(seat):
        changes = changing(offers.TARGET_CHANGES[state], address(seat, "change_target", target_id=target.id))
    return TargetPage(
        eyebrow=capfirst(str(seat.kind.words.target)),
        title=wordings[0].difference,
        need=target.need.statement,
        state=STATE_SHAPES[state],
        state_word=str(state.label),
        now=views[0],
        earlier=tuple(views[1:]),
        reading_now=said(wordings[0], current[-1].value) if current else "",
        note=_note(wordings[0], current),
        waiting=_waiting(seat, wordings[0]) if waits else "",
        chart=_chart(seat, target, wordings, readings),
        steps=tuple(step_line(seat, step, ticks) for step in steps if step.target_id == target.id),
        acts=acts,
        changes=changes,
        reword=ActionButton(
            _("Reword this goal"),
            address(seat, "reword_target", target_id=target.id),
            link=True,
            icon="pencil",
        ),
        add_step_url=address(seat, "goals") + f"?target={target.id}#add-step",
        who_reads=visibility.sentence(seat, Visibility.OURS),
        back=address(seat, "goals"),
    )


def _waiting(seat: Seat, wording: TargetWording) -> str:
    writer = seat.name_of(wording.by_id)
    if wording.by_id == seat.actor.id:
        return _("You reworded this. %(name)s has not agreed to it yet.") % {"name": seat.other.name}
    return _("%(name)s reworded this on %(day)s. Do you agree?") % {
        "name": writer,
        "day": day(wording.created_at),
    }


def _agreeing_wording(seat: Seat, target: Target, wording: TargetWording) -> list[ActionButton]:
    url = address(seat, "agree_wording", target_id=target.id)
    number = (("number", wording.number),)
    if goal_rules.may_agree_wording(seat, wording):
        return [ActionButton(_("I agree to this wording"), url, fields=number, primary=True)]
    if goal_rules.may_agree_wording(seat, wording, in_the_room=True):
        return [ActionButton(_("We both agreed in person"), url, fields=(*number, ("in_the_room", "1")))]
    return []


def _note(wording: TargetWording, readings: list[ReadingFacts]) -> str:
    first = readings[0].value if readings else None
    return note_on_beginning(wording.measure, first, wording.aim) if len(readings) < 2 else ""


def _chart(
    seat: Seat, target: Target, wordings: list[TargetWording], readings: list[ReadingFacts]
) -> ChartView | None:
    """The readings under the present measure, also of earlier wordings; drawn at an address of its own."""
    found = [(one.taken_on, one.value, one.wording_id) for one in readings]
    return target_chart(seat, target.id, series_of(wordings[::-1], found, beside_of(seat)))


def _wording(seat: Seat, wording: TargetWording, readings: list[ReadingFacts]) -> WordingView:
    instrument = measure(wording.measure)
    now = readings[-1].value if readings else None
    levels = tuple(
        LevelLine(signed(level.value), text or str(level.label), level.value == now)
        for level, text in zip(instrument.levels, wording.levels, strict=False)
    )
    weights = {int(value): str(label) for value, label in offers.WEIGHTS}
    return WordingView(
        number=wording.number,
        difference=wording.difference,
        why=wording.why,
        how_we_will_know=wording.how_we_will_know,
        measure=str(instrument.name),
        licence_line="" if instrument.licence_line is OWN else str(instrument.licence_line),
        standing=standing(wording),
        levels=levels,
        due=day(wording.due),
        weight=_("%(importance)s important, %(difficulty)s difficult")
        % {"importance": weights[wording.importance], "difficulty": weights[wording.difficulty]},
        by=seat.name_of(wording.by_id),
        when=day(wording.created_at),
        line=_line(wording, readings),
    )


def _line(wording: TargetWording, readings: list[ReadingFacts]) -> Line | None:
    """The readings made under one wording, better always up; a count's line ends at the highest there is."""
    if not readings:
        return None
    instrument = measure(wording.measure)
    lo, hi = instrument.min, instrument.max
    if not instrument.choices and instrument.key in ("count", "minutes"):
        hi = max([*(one.value for one in readings), wording.aim or Decimal(0), Decimal(1)])
    if instrument.lower_is_better:
        lo, hi = hi, lo
    return line([(one.taken_on, one.value) for one in readings], lo, hi, wording.aim)


# --- the form in which a target is worded ------------------------------------------------------------------


@dataclass(frozen=True)
class TargetFormPage:
    eyebrow: str
    title: str
    lead: str
    need: str
    url: str
    shown: str
    known_number: int | None
    submit: str
    who_reads: str
    may_shape: Verdict
    suggestions: tuple[ActionButton, ...]
    back: str


def new_target_page(seat: Seat, need: Need, shown: str) -> TargetFormPage:
    url = address(seat, "add_target", need_id=need.id)
    suggested = seat.kind.template(seat.journey.template).suggested_targets
    return TargetFormPage(
        eyebrow=capfirst(str(seat.kind.words.target)),
        title=_("What is your goal?"),
        lead=_("One thing at a time, small enough that you can both see when it is there."),
        need=need.statement,
        url=url,
        shown=shown,
        known_number=None,
        submit=_("Propose it"),
        who_reads=visibility.sentence(seat, Visibility.OURS),
        may_shape=goal_rules.may_shape_goals(seat),
        suggestions=tuple(
            ActionButton(str(one.text), f"{url}?suggestion={index}", link=True)
            for index, one in enumerate(suggested)
        ),
        back=address(seat, "goals"),
    )


def reword_page(seat: Seat, target: Target, known_number: int, shown: str) -> TargetFormPage:
    return TargetFormPage(
        eyebrow=capfirst(str(seat.kind.words.target)),
        title=_("Reword this goal"),
        lead=_("The new wording appears beside the old one. You can still read the old one."),
        need=target.need.statement,
        url=address(seat, "reword_target", target_id=target.id),
        shown=shown,
        known_number=known_number,
        submit=_("Save new wording"),
        who_reads=visibility.sentence(seat, Visibility.OURS),
        may_shape=goal_rules.may_shape_goals(seat),
        suggestions=(),
        back=address(seat, "target", target_id=target.id),
    )


def note_on_beginning(key: str, baseline: Decimal | None, aim: Decimal | None) -> str:
    """What is worth saying about where a target begins; nothing where it can get better from there."""
    row = measure(key)
    if baseline is None:
        return _("There is no starting point yet: the first score will be the start.")
    if baseline == row.best and not row.open_direction:
        return _(
            "This is already at its best, so the measure can only show that it stays there. To "
            "see a change, choose another measure."
        )
    if aim is not None and (baseline == aim or (not row.open_direction and row.has_reached(baseline, aim))):
        return _("This is already where you want it. The goal is to keep it there.")
    return ""


def initial_of_suggestion(seat: Seat, index: str) -> dict[str, Any]:
    """A suggestion of the template as the first words of a target; nothing for one that isn't there."""
    suggested = seat.kind.template(seat.journey.template).suggested_targets
    if not index.isascii() or not index.isdigit() or int(index) >= len(suggested):
        return {}
    one = suggested[int(index)]
    known = one.measure_key if one.measure_key in offers.measures_of(seat) else ""
    return {"difference": str(one.text), "measure": known}


def initial_of_wording(wording: TargetWording, readings: list[ReadingFacts]) -> dict[str, Any]:
    """The present wording, with the latest reading as where it stands now."""
    latest = [one.value for one in readings if one.wording_id == wording.id]
    found: dict[str, Any] = {
        "difference": wording.difference,
        "why": wording.why,
        "measure": wording.measure,
        "how_we_will_know": wording.how_we_will_know,
        "baseline": _typed(latest[-1] if latest else wording.baseline),
        "aim": _typed(wording.aim),
        "importance": wording.importance,
        "difficulty": wording.difficulty,
        "due": wording.due,
    }
    return found | dict(zip(offers.LEVEL_KEYS, wording.levels, strict=False))


def _typed(value: Decimal | None) -> int | Decimal | None:
    """As one would type it: without places that say nothing."""
    return value if value is None or value % 1 else int(value)

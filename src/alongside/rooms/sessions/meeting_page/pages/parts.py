"""What stands in the four parts of a meeting: steps to review, readings, lines, the plan, issues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.goals.states import StepState, TargetState
from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.measures.catalogue import measure
from alongside.measures.numbers import plain

from ...record import stale_forms
from ...record.issue_queries import IssueHere
from ...record.pages import said
from ...record.pages.course import Course, course, say
from ...record.review_queries import StepHere, TargetNow
from ...record.states import IssueState, may_become

if TYPE_CHECKING:
    from ...record.forms import ReadingsForm, ReviewForm


@dataclass(frozen=True, slots=True)
class StepToReview:
    key: str
    row: str
    """The end of its key: enough within one page, and every byte of this page is sent often."""
    text: str
    about: str
    state: str
    state_word: str
    word: str
    was: str
    error: str
    ask: str
    sign: str
    focusing_url: str


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One target to give a reading for: a number, or a choice where its levels have names."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str
    was: str
    lowest: str
    highest: str
    by: str
    unit: str
    last: str
    error: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A target beside its line."""

    key: str
    text: str
    state_word: str
    due: str
    course: Course | None


@dataclass(frozen=True, slots=True)
class Planned:
    text: str
    about: str
    state: str
    state_word: str
    let_go_url: str


@dataclass(frozen=True, slots=True)
class Raised:
    key: str
    text: str
    about: str
    outcome: str
    word: str
    settle_url: str
    rests: bool
    focus_url: str
    focusing_url: str


def steps_to_review(
    seat: Seat, steps: Sequence[StepHere], number: int, form: ReviewForm | None
) -> tuple[StepToReview, ...]:
    return tuple(_to_review(seat, step, number, form) for step in steps)


def _to_review(seat: Seat, step: StepHere, number: int, form: ReviewForm | None) -> StepToReview:
    key = str(step.id)
    said_now = stale_forms.is_said(step.state, step.said_in, number)
    state, word, error = (str(step.state), step.word, "") if said_now else ("", "", "")
    row = stale_forms.row_of(step.id)
    was = row + stale_forms.step_mark(state, word)
    if form is not None and form.is_bound:
        state, word = str(form.data.get(f"state_{key}", "")), str(form.data.get(f"word_{key}", ""))
        error = " ".join(
            str(one) for name in ("state", "word") for one in form.errors.get(f"{name}_{key}", ())
        )
    return StepToReview(
        key=key,
        row=row,
        text=step.text,
        about=_about(seat, step, number),
        state=state,
        state_word=str(step.state.label),
        word=word,
        was=was,
        error=error,
        ask=_("What did you notice?") if step.is_act else _("What helped, or what got in the way?"),
        sign=step.success_sign,
        focusing_url=address("focusing:path", seat.journey.id, step.focusing_id) if step.focusing_id else "",
    )


def _about(seat: Seat, step: StepHere, number: int) -> str:
    pieces = [seat.name_of(step.owner_id)]
    if step.due:
        pieces.append(_("until %(day)s") % {"day": said.short_day(step.due)})
    if step.said_in is not None and step.said_in != number:
        pieces.append(_("last time: %(state)s") % {"state": step.state.label})
    elif step.said_in is None and step.state != StepState.OPEN:
        pieces.append(_("ticked since"))
    return " · ".join(piece for piece in pieces if piece)


def readings(targets: Sequence[TargetNow], number: int, form: ReadingsForm | None) -> tuple[ReadingRow, ...]:
    return tuple(_reading(target, number, form) for target in targets if target.is_worked_on)


def _reading(target: TargetNow, number: int, form: ReadingsForm | None) -> ReadingRow:
    instrument, name = measure(target.measure), f"reading_{target.id}"
    taken = target.taken_in(number)
    value, error = "" if taken is None else _as_typed(taken), ""
    if form is not None and form.is_bound:
        value, error = str(form.data.get(name, "")), " ".join(map(str, form.errors.get(name, ())))
    earlier = [point for point in target.points if point[2] != number]
    return ReadingRow(
        name=name,
        label=target.difference,
        options=_options(target),
        value=value,
        was=stale_forms.row_of(target.id) + stale_forms.value_mark(taken),
        lowest=_as_typed(instrument.min),
        highest=_as_typed(instrument.max),
        by=_as_typed(instrument.step),
        unit=str(instrument.unit),
        last=_("last %(value)s") % {"value": say(target, earlier[-1][0])} if earlier else "",
        error=error,
    )


def _options(target: TargetNow) -> tuple[tuple[str, str], ...]:
    instrument = measure(target.measure)
    return tuple((_as_typed(level.value), say(target, level.value)) for level in instrument.levels)


def _as_typed(value: Decimal) -> str:
    return plain(value).replace("\N{MINUS SIGN}", "-")


def headings(targets: Sequence[TargetNow]) -> tuple[Heading, ...]:
    """Each target beside its line; of a closed record only as far as it went on that day."""
    return tuple(
        Heading(
            key=f"target-{target.id}",
            text=target.difference,
            state_word="" if target.is_worked_on else str(TargetState(target.state).label),
            due=_("By %(day)s.") % {"day": said.short_day(target.due)} if target.due else "",
            course=course(target),
        )
        for target in targets
    )


def plan_lines(
    seat: Seat, steps: Sequence[StepHere], targets: Sequence[TargetNow], number: int, *, open_: bool
) -> tuple[Planned, ...]:
    serves = {target.id: target.difference for target in targets}
    return tuple(_planned(seat, step, serves, number, open_=open_) for step in steps)


def _planned(seat: Seat, step: StepHere, serves: dict[UUID, str], number: int, *, open_: bool) -> Planned:
    pieces = [seat.name_of(step.owner_id)]
    if step.due:
        pieces.append(_("until %(day)s") % {"day": said.short_day(step.due)})
    if step.target_id in serves:
        pieces.append(_("for: %(target)s") % {"target": serves[step.target_id]})
    url = address("sessions:let_step_go", seat.journey.id, number, step.id) if open_ else ""
    since = "" if step.state == StepState.OPEN else str(step.state.label)
    return Planned(step.text, " · ".join(piece for piece in pieces if piece), str(step.state), since, url)


def issue_lines(seat: Seat, issues: Sequence[IssueHere], number: int, *, open_: bool) -> tuple[Raised, ...]:
    return tuple(_raised(seat, issue, number, open_=open_) for issue in issues)


def _raised(seat: Seat, issue: IssueHere, number: int, *, open_: bool) -> Raised:
    about = seat.name_of(issue.raised_by_id)
    if issue.raised_in != number:
        about += " · " + _("still open from %(meeting)s") % {"meeting": said.title_of(seat, issue.raised_in)}
    may_settle = open_ and bool(may_become(issue.state))
    may_focus = open_ and IssueState.FOCUSING in may_become(issue.state)
    url = address("sessions:settle_issue", seat.journey.id, number, issue.id) if may_settle else ""
    is_open = issue.state == IssueState.RAISED
    return Raised(
        key=f"issue-{issue.id}",
        text=issue.text,
        about=about,
        outcome="" if is_open else str(issue.state.label),
        word="" if is_open else issue.word,
        settle_url=url,
        rests=issue.state == IssueState.LET_BE,
        focus_url=address("focusing:begin_with_issue", seat.journey.id, number, issue.id)
        if may_focus
        else "",
        focusing_url=address("focusing:show", seat.journey.id, issue.focusing_id)
        if issue.focusing_id
        else "",
    )

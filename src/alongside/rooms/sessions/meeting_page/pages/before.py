"""The minute before a meeting: what matters, what is due, and the one act that opens it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ...live.pages import Live, live_of
from ...record.pages import said
from ...record.queries import Table, speaks_in_the_room
from ...record.review_queries import StepHere, TargetNow
from ...record.rules import may_prepare, may_start
from ...record.shapes import expected_shape, shapes_of
from . import parts
from .meeting import eyebrow_of
from .written import Written, for_next_time_words, matters_box

if TYPE_CHECKING:
    from ...record.forms import ReadingsForm


@dataclass(frozen=True)
class Choice:
    """What the meeting can be; chosen is what it was booked as."""

    slug: str
    label: str
    summary: str
    is_chosen: bool


@dataclass(frozen=True)
class BeforePage:
    title: str
    eyebrow: str
    lead: str
    live: Live
    matters: WordsBox
    readings: tuple[parts.ReadingRow, ...]
    readings_lead: str
    readings_url: str
    for_next_time: str
    steps: tuple[parts.Planned, ...]
    start: ActionButton
    shapes: tuple[Choice, ...]
    words: object
    room: str
    environment: str
    focusing: str


def before_page(
    seat: Seat,
    table: Table,
    *,
    written: Written,
    targets: list[TargetNow],
    steps: list[StepHere],
    form: ReadingsForm | None = None,
) -> BeforePage:
    prepares = may_prepare(seat, table).allowed
    own = seat.is_participant or speaks_in_the_room(seat)
    here = [seat.journey.id, table.number]
    lead = _(
        "Take a minute now to make the time yours: say what matters, and answer the questions that are due."
    )
    if not own:
        lead = _("What %(name)s writes here beforehand appears here.") % {"name": seat.participant.name}
    return BeforePage(
        title=said.title_of(seat, table.number),
        eyebrow=eyebrow_of(table),
        lead=lead,
        live=live_of(seat, table, goes_on=True),
        matters=matters_box(seat, table, written, readonly=not prepares),
        readings=parts.readings(targets, table.number, form) if own and prepares else (),
        readings_lead=_("How are you doing with each of these today? Skip any you cannot answer."),
        readings_url=reverse("sessions:prepare", args=here),
        for_next_time=for_next_time_words(seat, table, written),
        steps=parts.plan_lines(seat, steps, (), table.number, open_=False),
        start=ActionButton(
            str(seat.kind.words.open_meeting),
            reverse("sessions:start", args=here),
            verdict=may_start(seat, table),
            primary=True,
        ),
        shapes=_shapes(seat, table),
        words=seat.kind.words,
        room=reverse("sessions:room", args=[seat.journey.id]),
        environment=reverse("environment:room", args=[seat.journey.id]),
        focusing=reverse("focusing:list", args=[seat.journey.id]),
    )


def _shapes(seat: Seat, table: Table) -> tuple[Choice, ...]:
    chosen = expected_shape(seat, table.number, table.meeting.shape).slug
    return tuple(
        Choice(shape.slug, str(shape.name), str(shape.summary), shape.slug == chosen)
        for shape in shapes_of(seat)
    )

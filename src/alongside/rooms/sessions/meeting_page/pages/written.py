"""The boxes of a meeting's page: which of them one writes in now, and what was added after it was closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.journeys.words_page import words_box
from alongside.kernel import clock
from alongside.kernel.addresses import address
from alongside.ui.words import WordsBox

from ...record import boxes
from ...record.issue_queries import IssueHere
from ...record.models import MeetingFeedback, MeetingRecord
from ...record.pages import said
from ...record.queries import Table, speaks_in_the_room
from ...record.review_queries import StepHere, TargetNow
from ...record.rules import may_write_in_box
from ...record.shapes import shape_of

if TYPE_CHECKING:
    from ...record.forms import ReviewForm

Written = Mapping[tuple[str, str, UUID | None], Words]


@dataclass(frozen=True, slots=True)
class Material:
    """What a meeting's page is made of, read beforehand."""

    table: Table
    written: Written
    targets: Sequence[TargetNow]
    steps: Sequence[StepHere]
    issues: Sequence[IssueHere]
    feedback: tuple[MeetingFeedback | None, MeetingFeedback | None]
    review: ReviewForm | None = None

    @property
    def record(self) -> MeetingRecord:
        assert self.table.record
        return self.table.record


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody's addition to a closed record."""

    text: str
    by: str
    when: str
    where: str


def _url(seat: Seat, table: Table, name: str) -> str:
    return address("sessions:write", seat.journey.id, table.number, name)


def _shared(written: Written, box: boxes.Box) -> Words | None:
    return written.get((box.place, box.name, None))


def matters_box(seat: Seat, table: Table, written: Written, *, readonly: bool) -> WordsBox:
    """What matters to the participant: theirs to write, or in the room the guide writes it with them."""
    box = boxes.before(seat.journey.id, table.kept_under)
    own = seat.is_participant or speaks_in_the_room(seat)
    mine = _("What mattered to me") if readonly else _("What matters to me today")
    theirs = _("What mattered to %(name)s") if readonly else _("What matters to %(name)s today")
    return words_box(
        seat,
        _shared(written, box),
        visibility=box.visibility,
        name="matters",
        label=mine if seat.is_participant else theirs % {"name": seat.participant.name},
        url=_url(seat, table, boxes.MATTERS),
        readonly=readonly or not own,
        rows=2,
    )


def for_next_time_words(seat: Seat, table: Table, written: Written) -> str:
    words = _shared(written, boxes.for_next_time(seat.journey.id, table.kept_under))
    return str(words.text) if words else ""


def notes_box(seat: Seat, material: Material, key: str, *, open_: bool) -> WordsBox:
    box = boxes.in_record(material.record.id, key)
    return words_box(
        seat,
        _shared(material.written, box),
        visibility=box.visibility,
        name=f"notes-{key}",
        label=_("Our notes"),
        url=_url(seat, material.table, key),
        readonly=not open_,
        rows=2,
        sentences=False,
    )


def private_box(seat: Seat, table: Table, written: Written) -> WordsBox:
    assert table.record
    box = boxes.in_record(table.record.id, boxes.PRIVATE)
    return words_box(
        seat,
        written.get((box.place, box.name, seat.actor.id)),
        visibility=box.visibility,
        name="private",
        label=_("My private notes"),
        url=_url(seat, table, boxes.PRIVATE),
        readonly=not may_write_in_box(seat, table, boxes.PRIVATE).allowed,
        rows=5,
    )


def summary_box(seat: Seat, material: Material, *, open_: bool) -> WordsBox:
    box = boxes.in_record(material.record.id, boxes.SUMMARY)
    mine = seat.is_participant
    label = _("In my own words") if mine else _("In %(name)s's words") % {"name": seat.participant.name}
    return words_box(
        seat,
        _shared(material.written, box),
        visibility=box.visibility,
        name="summary",
        label=label,
        help_text=_("What was this about, and what do you take away? Read it out before you close.")
        if mine
        else _("What was it about, and what do they take away? Read it back to them before you close."),
        url=_url(seat, material.table, boxes.SUMMARY),
        readonly=not open_,
        rows=3,
        # the private notes on the same page say what is said about saving
        sentences=not may_write_in_box(seat, material.table, boxes.PRIVATE).allowed,
    )


def afterwards_box(seat: Seat, table: Table, written: Written) -> WordsBox | None:
    if not may_write_in_box(seat, table, boxes.AFTERWARDS).allowed or table.record is None:
        return None
    today = clock.today()
    box = boxes.late(table.record.id, boxes.AFTERWARDS, today)
    return words_box(
        seat,
        written.get((box.place, box.name, seat.actor.id)),
        visibility=box.visibility,
        name="afterwards",
        label=_("Something to add or correct"),
        help_text=_(
            "The record stays as it was when it was closed. What you write here is added beside "
            "it, with your name and the day."
        ),
        url=_url(seat, table, boxes.AFTERWARDS),
        rows=2,
    )


def additions(seat: Seat, material: Material) -> tuple[Added, ...]:
    """What was added after closing. One's own of today is still in the box where it is written."""
    today = clock.today()
    in_hand = boxes.late(material.record.id, boxes.AFTERWARDS, today).name
    found = []
    for (place, box, author), words in material.written.items():
        if place != boxes.LATE or not str(words.text).strip() or (box == in_hand and author == seat.actor.id):
            continue
        where = _titles(seat, material.record).get(box.split("@")[0], "")
        when = said.day_and_time(words.edited_at or words.created_at)
        found.append(Added(str(words.text), seat.name_of(author), when, where))
    return tuple(found)


def _titles(seat: Seat, record: MeetingRecord) -> dict[str, str]:
    titles = {part.key: str(part.title) for part in shape_of(seat, record).parts}
    return {**titles, boxes.SUMMARY: _("Summary"), boxes.MATTERS: _("What matters today")}

"""One calm page for a meeting: its four parts in the template's order, and how it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.journeys import visibility
from alongside.journeys.kinds.endings import PARTS
from alongside.journeys.kinds.shapes import Part
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.addresses import address
from alongside.ui.words import WordsBox

from ...live.pages import Live, live_of
from ...record.pages import said
from ...record.queries import Table, is_closed
from ...record.review_queries import TargetNow, planned_in, to_review
from ...record.rules import may_work_in_record
from ...record.shapes import shape_of
from . import closing, parts, written
from .clock import Clock, clock_of, minutes_of
from .closing import Answered
from .written import Added, Material


@dataclass(frozen=True, slots=True)
class PartHere:
    """One of the four parts: its title and prompt, its minutes, the template that shows it, and its notes."""

    key: str
    title: str
    prompt: str
    time: str
    template: str
    notes: WordsBox
    ending: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Urls:
    room: str
    review: str
    step: str
    issue: str
    book: str
    close: str
    confirm: str
    goals: str
    copy: str
    focusing: str
    questions: str
    correct: str


@dataclass(frozen=True)
class MeetingPage:
    number: int
    title: str
    eyebrow: str
    is_open: bool
    live: Live
    clock: Clock | None
    standing: str
    standing_state: str
    readers: str
    matters: WordsBox
    for_next_time: str
    four: tuple[PartHere, ...]
    review: tuple[parts.StepToReview, ...]
    readings: tuple[parts.ReadingRow, ...]
    headings: tuple[parts.Heading, ...]
    plan: tuple[parts.Planned, ...]
    issues: tuple[parts.Raised, ...]
    private: WordsBox
    summary: WordsBox
    additions: tuple[Added, ...]
    afterwards: WordsBox | None
    following: str
    close_label: str
    close_note: str
    may_close: bool
    may_confirm: bool
    asks_for_both: str
    missed_url: str
    missed_label: str
    off: str
    facts: tuple[tuple[str, str], ...]
    may_answer: bool
    answers: tuple[Answered, ...]
    worth_asking: tuple[str, ...]
    words: object
    urls: Urls
    other: str


def meeting_page(seat: Seat, material: Material) -> MeetingPage:
    table, record, number = material.table, material.record, material.table.number
    open_ = may_work_in_record(seat, table).allowed
    reviewed = to_review(list(material.steps), number)
    planned = planned_in(list(material.steps), number)
    return MeetingPage(
        number=number,
        title=said.title_of(seat, number),
        eyebrow=eyebrow_of(table),
        is_open=open_,
        live=live_of(seat, table, goes_on=open_),
        clock=clock_of(seat, table) if open_ else None,
        readers=visibility.sentence(seat, Visibility.OURS),
        matters=written.matters_box(seat, table, material.written, readonly=not open_),
        for_next_time=written.for_next_time_words(seat, table, material.written),
        four=_four(seat, material, open_=open_),
        review=parts.steps_to_review(seat, reviewed, number, material.review),
        readings=parts.readings(material.targets, number, material.review),
        headings=parts.headings(_as_they_stood(material)),
        plan=parts.plan_lines(seat, planned, material.targets, number, open_=open_),
        issues=parts.issue_lines(seat, material.issues, number, open_=open_),
        private=written.private_box(seat, table, material.written),
        summary=written.summary_box(seat, material, open_=open_),
        additions=written.additions(seat, material),
        afterwards=None if not is_closed(record) else written.afterwards_box(seat, table, material.written),
        following=closing.following(seat, record, number),
        facts=closing.facts(seat, record),
        **closing.closing(seat, table),
        **closing.feedback(seat, table, material.feedback),
        words=seat.kind.words,
        urls=_urls(seat, number),
        other=seat.other.name,
    )


def _as_they_stood(material: Material) -> Sequence[TargetNow]:
    """On a closed record the lines end on its day; what came later belongs to later meetings."""
    if not is_closed(material.record):
        return material.targets
    day = timezone.localtime(material.table.meeting.ends_at).date()
    return [target.until(day) for target in material.targets]


# --- the head --------------------------------------------------------------------------------------------


def eyebrow_of(table: Table) -> str:
    meeting = table.meeting
    return _("%(when)s to %(end)s · %(place)s") % {
        "when": said.day_and_time(meeting.starts_at),
        "end": said.clock_time(meeting.ends_at),
        "place": meeting.place.name,
    }


def _urls(seat: Seat, number: int) -> Urls:
    journey_id = seat.journey.id
    doors = (
        "review",
        "plan_step",
        "raise_issue",
        "book_next",
        "close",
        "confirm",
        "questions",
        "correct",
    )
    review, step, issue, book, close, confirm, questions, correct = (
        address(f"sessions:{door}", journey_id, number) for door in doors
    )
    return Urls(
        room=address("sessions:room", journey_id),
        review=review,
        step=step,
        issue=issue,
        book=book,
        close=close,
        confirm=confirm,
        goals=address("first_meeting:goals", journey_id),
        copy=address("reading:copy", journey_id, number),
        focusing=address("focusing:list", journey_id),
        questions=questions,
        correct=correct,
    )


def _four(seat: Seat, material: Material, *, open_: bool) -> tuple[PartHere, ...]:
    """The parts in the order of the meeting's shape, each with its share of the agreed length."""
    shape = shape_of(seat, material.record)
    shares = minutes_of(shape, material.table.meeting.minutes)
    return tuple(
        PartHere(
            key=part.key,
            title=str(part.title),
            prompt=str(part.prompt),
            time=_("about %(minutes)s min") % {"minutes": shares[part.key]},
            template=f"sessions/parts/{part.key}.html",
            notes=written.notes_box(seat, material, part.key, open_=open_),
            ending=_pages_of_the_ending(seat, part) if open_ else (),
        )
        for part in shape.parts
    )


def _pages_of_the_ending(seat: Seat, part: Part) -> tuple[tuple[str, str], ...]:
    """Where what both have prepared is finished together; the pages are there once the ending is begun."""
    if seat.state != JourneyState.ENDING:
        return ()
    return tuple((str(PARTS[key]), address(f"ending:{key}", seat.journey.id)) for key in part.ending)

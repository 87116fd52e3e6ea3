"""One calm page for a meeting: its four parts in the template's order, and how it is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.journeys import visibility
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel.addresses import address
from alongside.measures.meeting_feedback import QUESTIONS, ask_about
from alongside.ui.words import WordsBox

from .. import boxes
from ..issues import IssueHere
from ..models import MeetingFeedback, MeetingRecord
from ..progress import StepHere, TargetNow, planned_in, to_review
from ..queries import Table, is_closed, side_of, sides_of, speaks_in_the_room
from ..rules import may_answer_questions, may_confirm, may_work_in_record, may_write_in_box
from ..states import RecordState, Side
from . import parts, said

if TYPE_CHECKING:
    from ..forms import ReviewForm

Written = Mapping[tuple[str, str, UUID | None], Words]


@dataclass(frozen=True, slots=True)
class PartHere:
    """One of the four parts: its title and prompt, its minutes, the template that shows it, and its notes."""

    key: str
    title: str
    prompt: str
    time: str
    template: str
    notes: WordsBox


@dataclass(frozen=True, slots=True)
class Clock:
    starts: str
    minutes: int
    ends: str


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody's addition to a closed record."""

    text: str
    by: str
    when: str
    where: str


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    answer: str


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
    text: str
    questions: str
    correct: str


@dataclass(frozen=True)
class MeetingPage:
    number: int
    title: str
    eyebrow: str
    is_open: bool
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
    facts: tuple[tuple[str, str], ...]
    may_answer: bool
    answers: tuple[Answered, ...]
    worth_asking: tuple[str, ...]
    words: object
    urls: Urls
    other: str


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


def meeting_page(seat: Seat, material: Material) -> MeetingPage:
    table, record, number = material.table, material.record, material.table.number
    open_ = may_work_in_record(seat, table).allowed
    reviewed = to_review(list(material.steps), number)
    planned = planned_in(list(material.steps), number)
    closing = _closing(seat, table)
    return MeetingPage(
        number=number,
        title=said.title_of(seat, number),
        eyebrow=eyebrow_of(table),
        is_open=open_,
        clock=_clock(table) if open_ else None,
        readers=visibility.sentence(seat, Visibility.OURS),
        matters=matters_box(seat, table, material.written, readonly=not open_),
        for_next_time=for_next_time_words(seat, table, material.written),
        four=_four(seat, material, open_=open_),
        review=parts.steps_to_review(seat, reviewed, number, material.review),
        readings=parts.readings(material.targets, number, material.review),
        headings=parts.headings(_as_they_stood(material)),
        plan=parts.plan_lines(seat, planned, material.targets, number, open_=open_),
        issues=parts.issue_lines(seat, material.issues, number, open_=open_),
        private=_private(seat, table, material.written),
        summary=_summary(seat, material, open_=open_),
        additions=_additions(seat, material),
        afterwards=None if not is_closed(record) else _afterwards(seat, table, material.written),
        following=_following(seat, record, number),
        facts=_facts(seat, record),
        **closing,
        **_feedback(seat, table, material.feedback),
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


def _clock(table: Table) -> Clock:
    """Counts from the agreed time, or from when it was opened later the same day."""
    meeting, record = table.meeting, table.record
    starts = meeting.starts_at
    if record and dt.timedelta(0) < record.created_at - starts < dt.timedelta(hours=3):
        starts = record.created_at
    ends = starts + dt.timedelta(minutes=meeting.minutes)
    until = _("until %(time)s") % {"time": said.clock_time(ends)}
    return Clock(timezone.localtime(starts).isoformat(timespec="seconds"), meeting.minutes, until)


def _urls(seat: Seat, number: int) -> Urls:
    journey_id = seat.journey.id
    doors = (
        "review",
        "plan_step",
        "raise_issue",
        "book_next",
        "close",
        "confirm",
        "text",
        "questions",
        "correct",
    )
    review, step, issue, book, close, confirm, text, questions, correct = (
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
        text=text,
        questions=questions,
        correct=correct,
    )


# --- the words -------------------------------------------------------------------------------------------


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
    return said.words_box(
        seat,
        box,
        _shared(written, box),
        name="matters",
        label=mine if seat.is_participant else theirs % {"name": seat.participant.name},
        url=_url(seat, table, boxes.MATTERS),
        readonly=readonly or not own,
        rows=2,
    )


def for_next_time_words(seat: Seat, table: Table, written: Written) -> str:
    words = _shared(written, boxes.for_next_time(seat.journey.id, table.kept_under))
    return str(words.text) if words else ""


def _four(seat: Seat, material: Material, *, open_: bool) -> tuple[PartHere, ...]:
    """The parts in the template's order, each with its share of the agreed length."""
    shape = seat.kind.template(seat.journey.template)
    whole = sum(part.minutes for part in shape.parts) or 1
    length = material.table.meeting.minutes
    return tuple(
        PartHere(
            key=part.key,
            title=str(part.title),
            prompt=str(part.prompt),
            time=_("about %(minutes)s min") % {"minutes": max(1, round(part.minutes * length / whole))},
            template=f"sessions/parts/{part.key}.html",
            notes=_notes(seat, material, part.key, open_=open_),
        )
        for part in shape.parts
    )


def _notes(seat: Seat, material: Material, key: str, *, open_: bool) -> WordsBox:
    box = boxes.in_record(material.record.id, key)
    return said.words_box(
        seat,
        box,
        _shared(material.written, box),
        name=f"notes-{key}",
        label=_("Our notes"),
        url=_url(seat, material.table, key),
        readonly=not open_,
        rows=2,
        sentences=False,
    )


def _private(seat: Seat, table: Table, written: Written) -> WordsBox:
    assert table.record
    box = boxes.in_record(table.record.id, boxes.PRIVATE)
    return said.words_box(
        seat,
        box,
        written.get((box.place, box.name, seat.actor.id)),
        name="private",
        label=_("My private notes"),
        url=_url(seat, table, boxes.PRIVATE),
        readonly=not may_write_in_box(seat, table, boxes.PRIVATE).allowed,
        rows=5,
    )


def _summary(seat: Seat, material: Material, *, open_: bool) -> WordsBox:
    box = boxes.in_record(material.record.id, boxes.SUMMARY)
    mine = seat.is_participant
    label = _("In my own words") if mine else _("In %(name)s's words") % {"name": seat.participant.name}
    return said.words_box(
        seat,
        box,
        _shared(material.written, box),
        name="summary",
        label=label,
        help_text=_("What was this about, and what do you take away?")
        if mine
        else _("What was it about, and what do they take away?"),
        url=_url(seat, material.table, boxes.SUMMARY),
        readonly=not open_,
        rows=3,
    )


def _afterwards(seat: Seat, table: Table, written: Written) -> WordsBox | None:
    if not may_write_in_box(seat, table, boxes.AFTERWARDS).allowed or table.record is None:
        return None
    today = timezone.localdate()
    box = boxes.late(table.record.id, boxes.AFTERWARDS, today)
    return said.words_box(
        seat,
        box,
        written.get((box.place, box.name, seat.actor.id)),
        name="afterwards",
        label=_("Something to add or to put right"),
        help_text=_(
            "The record stands as it was closed. What you write here stands beside it, with your name and the day."
        ),
        url=_url(seat, table, boxes.AFTERWARDS),
        rows=2,
    )


def _additions(seat: Seat, material: Material) -> tuple[Added, ...]:
    """What was added after closing. One's own of today is still in the box where it is written."""
    today = timezone.localdate()
    in_hand = boxes.late(material.record.id, boxes.AFTERWARDS, today).name
    found = []
    for (place, box, author), words in material.written.items():
        if place != boxes.LATE or not str(words.text).strip() or (box == in_hand and author == seat.actor.id):
            continue
        where = _titles(seat).get(box.split("@")[0], "")
        when = said.day_and_time(words.edited_at or words.created_at)
        found.append(Added(str(words.text), seat.name_of(author), when, where))
    return tuple(found)


def _titles(seat: Seat) -> dict[str, str]:
    titles = {part.key: str(part.title) for part in seat.kind.template(seat.journey.template).parts}
    return {**titles, boxes.SUMMARY: _("Summary"), boxes.MATTERS: _("What matters today")}


# --- closing and after -----------------------------------------------------------------------------------


def _closing(seat: Seat, table: Table) -> dict[str, Any]:
    record = table.record
    assert record
    state, sides = RecordState(record.state), sides_of(record)  # type: ignore[attr-defined]
    standing, standing_state = _standing(seat, record, state, sides)
    must = seat.kind.acknowledgement.participant_must
    by_guide = seat.is_guide and Side.GUIDE not in sides and not seat.is_over
    if must:
        note = _(
            "It is closed once both of you have acknowledged it. After that there are additions, no changes."
        )
    else:
        note = _(
            "Your acknowledgement closes it; %(name)s may acknowledge it too. After that there are additions, no changes."
        ) % {"name": seat.participant.name}
    return {
        "standing": standing,
        "standing_state": standing_state,
        "close_label": str(seat.kind.words.close_meeting),
        "close_note": note,
        "may_close": by_guide,
        "may_confirm": may_confirm(seat, table).allowed,
        "asks_for_both": seat.participant.name if speaks_in_the_room(seat) else "",
    }


def _standing(
    seat: Seat, record: MeetingRecord, state: RecordState, sides: frozenset[Side]
) -> tuple[str, str]:
    """Where the record stands, in one sentence."""
    name = seat.other.name
    if state == RecordState.CLOSED:
        when = said.day(record.state_since)  # type: ignore[attr-defined]
        return _("Closed on %(day)s.") % {"day": when}, "done"
    if state == RecordState.ACKNOWLEDGED_BY_ONE:
        if side_of(seat) in sides:
            return _("You have acknowledged it. It waits for %(name)s.") % {"name": name}, "partly"
        return _("%(name)s has acknowledged it. It waits for you.") % {"name": name}, "attention"
    return "", ""


def _following(seat: Seat, record: MeetingRecord, number: int) -> str:
    starts_at = record.following_at  # type: ignore[attr-defined]
    return said.day_and_time(starts_at) if starts_at else ""


def _facts(seat: Seat, record: MeetingRecord) -> tuple[tuple[str, str], ...]:
    if record.minutes_taken is None:
        return ()
    there = [
        seat.name_of(UUID(entry["person"])) or str(Part(entry["part"]).label) for entry in record.present
    ]
    safety = str(record.safety_where) if record.safety_raised else _("no")
    return (
        (_("How long"), _("%(minutes)s minutes") % {"minutes": record.minutes_taken}),
        (_("Who was there"), ", ".join(there)),
        (_("Anybody's safety a concern"), safety),
    )


def _feedback(
    seat: Seat, table: Table, feedback: tuple[MeetingFeedback | None, MeetingFeedback | None]
) -> dict[str, Any]:
    given, earlier = feedback
    asked = table.record is not None and table.record.state != RecordState.OPEN  # type: ignore[attr-defined]
    if given is None:
        return {
            "may_answer": asked and may_answer_questions(seat, table).allowed,
            "answers": (),
            "worth_asking": (),
        }
    latest, before = _as_answers(given), _as_answers(earlier)
    texts = {question.key: str(question.text) for question in QUESTIONS}
    return {
        "may_answer": False,
        "answers": tuple(
            Answered(text, _("%(value)s of 10") % {"value": latest[key]})
            for key, text in texts.items()
            if latest[key] is not None
        ),
        "worth_asking": tuple(texts[found.question.key] for found in ask_about(latest, before)),
    }


def _as_answers(feedback: MeetingFeedback | None) -> dict[str, int | None]:
    return {question.key: getattr(feedback, question.key, None) for question in QUESTIONS}

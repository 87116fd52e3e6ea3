"""A meeting as a chapter: the same for the page, the paper and plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.goals.safety.models import SafetyNotice
from alongside.goals.safety.queries import asked_of
from alongside.goals.states import StepState
from alongside.journeys.models import Visibility, Words
from alongside.journeys.seat import Seat
from alongside.kernel import clock

from ...focusing.pages.reading import Path, path_of
from ...record import boxes
from ...record.issue_queries import IssueHere
from ...record.models import MeetingRecord
from ...record.pages import said
from ...record.pages.course import say
from ...record.queries import first_number_here
from ...record.review_queries import StepHere
from ...record.shapes import shape_of
from ...record.states import IssueState
from .. import choice
from ..choice import EVERYTHING_SHARED, Choice
from ..queries import Beginning, Told, is_closed


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    about: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: str
    lines: tuple[Line, ...] = ()
    passages: tuple[Passage, ...] = ()
    paths: tuple[Path, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.lines and not self.passages and not self.paths


@dataclass(frozen=True, slots=True)
class Chapter:
    key: str
    title: str
    when: str
    day: str
    standing: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def chapter_of(seat: Seat, told: Told, record: MeetingRecord, chosen: Choice = EVERYTHING_SHARED) -> Chapter:
    """One meeting, with what was chosen of it. What is blank is left out."""
    sections = (
        *_beforehand(seat, told, record),
        Section(
            choice.SAFETY,
            str(choice.SHARED[choice.SAFETY]),
            passages=tuple(_looked_after(seat, one) for one in told.looked_after_by(record)),
        ),
        *_parts(seat, told, record),
        *_afterwards(seat, told, record),
    )
    shown = (_with_choice(section, chosen) for section in sections)
    return Chapter(
        key=f"meeting-{record.number}",
        title=said.title_of(seat, record.number),
        when=_when(record, chosen),
        day=said.day(record.meeting.starts_at),
        standing=_standing(record),
        facts=_facts(seat, record) if chosen.has(choice.PRESENT) else (),
        sections=tuple(section for section in shown if section and not section.is_blank),
    )


def _with_choice(section: Section, chosen: Choice) -> Section | None:
    """A section as far as it was chosen; what was measured lies within where one is heading."""
    if section.key == choice.DIRECTION:
        lines = section.lines if chosen.has(choice.READINGS) else ()
        passages = section.passages if chosen.has(choice.DIRECTION) else ()
        return Section(section.key, section.title, lines, passages)
    return section if chosen.has(section.key) else None


def _when(record: MeetingRecord, chosen: Choice) -> str:
    meeting = record.meeting
    if not chosen.has(choice.PRESENT):
        return said.day(meeting.starts_at)
    times = _("%(when)s to %(end)s") % {
        "when": said.day_and_time(meeting.starts_at),
        "end": said.clock_time(meeting.ends_at),
    }
    return f"{times} · {meeting.place.name}" if chosen.names else times


def _standing(record: MeetingRecord) -> str:
    if is_closed(record):
        return _("Closed on %(day)s.") % {"day": said.day(record.state_since)}  # type: ignore[attr-defined]
    return _("This record is still open.")


def _facts(seat: Seat, record: MeetingRecord) -> tuple[tuple[str, str], ...]:
    if record.minutes_taken is None:
        return ()
    there = [seat.name_of(UUID(one["person"])) or seat.called(one["part"]) for one in record.present]
    return (
        (_("How long"), _("%(minutes)s minutes") % {"minutes": record.minutes_taken}),
        (_("Who was there"), ", ".join(there)),
        (_("Safety concerns"), str(record.safety_where) if record.safety_raised else _("no")),
    )


# --- what is in it ---------------------------------------------------------------------------------------


def _words(told: Told, record: MeetingRecord, box: str) -> tuple[Passage, ...]:
    """The shared notes of one box."""
    found = told.said[record.id].get((boxes.RECORD, box), [])
    return tuple(Passage(str(words.text).strip()) for words in found if words.author_id is None)


def _beforehand(seat: Seat, told: Told, record: MeetingRecord) -> Iterator[Section]:
    """Kept under the number that followed the record before it, which may be lower (see `queries.Table`)."""
    earlier = [one.number for one in told.records if one.number < record.number]
    kept = min(record.number, max(first_number_here(seat), max(earlier, default=record.number - 1) + 1))
    words = told.beforehand.get(boxes.before(seat.journey.id, kept).name)
    text = str(words.text).strip() if words else ""
    title = _("What mattered to %(name)s") % {"name": seat.participant.name}
    yield Section(choice.MATTERS, title, passages=(Passage(text),) if text else ())


def _parts(seat: Seat, told: Told, record: MeetingRecord) -> Iterator[Section]:
    """The four parts in the order the meeting had, and after its issues what was focused on."""
    lines = {
        choice.REVIEW: tuple(_reviewed(step) for step in told.reviewed_in(record.number)),
        choice.DIRECTION: tuple(
            Line(target.difference, say(target, value)) for target, value in told.measured_in(record.number)
        ),
        choice.ISSUES: tuple(_issue(issue) for issue in told.issues.get(record.number, ())),
        choice.PLAN: tuple(_planned(seat, told, step) for step in told.planned_in(record.number)),
    }
    for part in shape_of(seat, record).parts:
        yield Section(part.key, str(part.title), lines[part.key], _words(told, record, part.key))
        if part.key == choice.ISSUES:
            yield Section(choice.FOCUSING, _("Focusing"), paths=paths_of(seat, told, record.id))


def paths_of(seat: Seat, told: Told, record_id: UUID | None) -> tuple[Path, ...]:
    """Of focusings, what both may read."""
    found = (
        path_of(seat, here, told.in_focusings[here.id], told.differences, only_shared=True)
        for here in told.focusings_in(record_id)
    )
    return tuple(path for path in found if not path.is_blank)


def _reviewed(step: StepHere) -> Line:
    return Line(step.text, str(step.state.label), step.word)


def _issue(issue: IssueHere) -> Line:
    is_open = issue.state == IssueState.RAISED
    return Line(issue.text, "" if is_open else str(issue.state.label), "" if is_open else issue.word)


def _planned(seat: Seat, told: Told, step: StepHere) -> Line:
    pieces = [seat.name_of(step.owner_id)]
    if step.due:
        pieces.append(_("until %(day)s") % {"day": said.short_day(step.due)})
    if step.target_id in told.differences:
        pieces.append(_("for: %(target)s") % {"target": told.differences[step.target_id]})
    if step.state != StepState.OPEN:
        pieces.append(_("since then: %(word)s") % {"word": step.state.label})
    return Line(step.text, " · ".join(piece for piece in pieces if piece))


def _afterwards(seat: Seat, told: Told, record: MeetingRecord) -> Iterator[Section]:
    summary = _("In %(name)s's words") % {"name": seat.participant.name}
    following = record.following_at  # type: ignore[attr-defined]
    yield Section(choice.SUMMARY, summary, passages=_words(told, record, boxes.SUMMARY))
    if following:
        yield Section(choice.PLAN, _("Next time"), lines=(Line(said.day_and_time(following)),))
    late = [
        words
        for (place, _box), found in told.said[record.id].items()
        if place == boxes.LATE
        for words in found
        if words.visibility != Visibility.MINE
    ]
    yield Section(choice.ADDITIONS, _("Added afterwards"), passages=tuple(_added(seat, one) for one in late))
    private = told.said[record.id].get((boxes.RECORD, boxes.PRIVATE), [])
    own = tuple(Passage(str(one.text).strip()) for one in private if one.author_id == seat.actor.id)
    yield Section(choice.PRIVATE, _("My private notes"), passages=own)


def _looked_after(seat: Seat, notice: SafetyNotice) -> Passage:
    """What was asked and answered, and what was done about it, signed and dated."""
    asked = "\n".join(f"{question} {answer}" for question, answer in asked_of(notice))
    by = seat.name_of(notice.seen_by_id) or _("Someone else in the organisation")
    when = said.day_and_time(notice.seen_at) if notice.seen_at else ""
    return Passage(f"{asked}\n{notice.what_was_done}".strip(), f"{by}, {when}")


def _added(seat: Seat, words: Words) -> Passage:
    when = said.day_and_time(words.edited_at or words.created_at)
    return Passage(str(words.text).strip(), f"{seat.name_of(words.author_id)}, {when}")


# --- the story -------------------------------------------------------------------------------------------


def story_of(seat: Seat, beginning: Beginning, told: Told) -> tuple[Chapter, ...]:
    """How it began, then each meeting, and between them what was focused on and shared."""
    chapters = [(_moment(beginning), _begun(seat, beginning))] if beginning.on or beginning.needs else []
    chapters += [(record.meeting.starts_at, chapter_of(seat, told, record)) for record in told.records]
    chapters += list(_between(seat, told))
    ordered = sorted(chapters, key=lambda pair: pair[0])
    return tuple(chapter for _at, chapter in ordered)


_LONG_AGO = dt.datetime.min.replace(tzinfo=dt.UTC)


def _moment(beginning: Beginning) -> dt.datetime:
    return beginning.on or _LONG_AGO


def _begun(seat: Seat, beginning: Beginning) -> Chapter:
    lines = tuple(
        Line(
            statement,
            _("%(rating)s of 10 at the start") % {"rating": entry.rating} if entry else "",
            entry.words if entry else "",
        )
        for statement, entry in beginning.needs
    )
    needs = str(seat.kind.words.needs)
    sections = (
        Section("needs", needs[:1].upper() + needs[1:], lines),
        Section("notes", _("Our notes"), passages=tuple(Passage(text) for text in beginning.notes)),
    )
    return Chapter(
        key="beginning",
        title=_("How it started"),
        when=said.day(beginning.on) if beginning.on else "",
        day=said.day(beginning.on) if beginning.on else "",
        standing="",
        facts=(),
        sections=tuple(section for section in sections if not section.is_blank),
    )


def _between(seat: Seat, told: Told) -> Iterator[tuple[dt.datetime, Chapter]]:
    for here in told.focusings_in(None):
        path = path_of(seat, here, told.in_focusings[here.id], told.differences, only_shared=True)
        if path.is_blank:
            continue
        section = Section(choice.FOCUSING, _("Focusing"), paths=(path,))
        chapter = Chapter(
            key=f"focusing-{here.id}",
            title=_("In between"),
            when=said.day(here.row.created_at),
            day=said.day(here.row.created_at),
            standing="",
            facts=(),
            sections=(section,),
        )
        yield here.row.created_at, chapter


def as_of() -> str:
    """When a copy was made."""
    return said.day_and_time(clock.now())

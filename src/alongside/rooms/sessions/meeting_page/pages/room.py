"""The room itself: the meetings so far, the one to come, and what is to be remembered for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.models import Words
from alongside.journeys.seat import Seat
from alongside.journeys.words_page import words_box
from alongside.rooms.environment.queries import MeetingFacts
from alongside.rooms.environment.states import MeetingState
from alongside.ui.action_buttons import ActionButton
from alongside.ui.words import WordsBox

from ...record import boxes
from ...record.pages import said
from ...record.queries import RecordFacts, first_number_here, side_of
from ...record.rules import may_write_for_next_time
from ...record.states import RecordState


@dataclass(frozen=True)
class Line:
    """One meeting in the list."""

    title: str
    when: str
    url: str
    state: str
    state_word: str
    summary: str


@dataclass(frozen=True)
class NextUp:
    title: str
    text: str
    act: ActionButton


@dataclass(frozen=True)
class RoomPage:
    title: str
    lead: str
    next_up: NextUp
    heading: str
    lines: tuple[Line, ...]
    nothing_yet: str
    for_next_time: WordsBox
    emergency_note: str
    focusing_url: str
    understood_url: str
    story_url: str
    felt_url: str
    felt: str
    cases_url: str


def room_page(
    seat: Seat,
    *,
    meetings: list[MeetingFacts],
    records: list[RecordFacts],
    summaries: Mapping[UUID, str],
    to_come: MeetingFacts | None,
    note: Words | None,
    number: int,
) -> RoomPage:
    kind_words = seat.kind.words
    meetings_here = str(kind_words.meetings)
    return RoomPage(
        title=meetings_here[:1].upper() + meetings_here[1:],
        lead=_(
            "Each time the same four parts: what has been done, where you are heading, issues, and a plan."
        ),
        next_up=_next_up(seat, records, to_come),
        heading=_("So far"),
        lines=_lines(seat, meetings, records, summaries),
        nothing_yet=_("What you both write each time you meet is listed here, newest first."),
        for_next_time=_for_next_time(seat, note, number),
        emergency_note=str(seat.kind.emergency_note),
        focusing_url=reverse("focusing:list", args=[seat.journey.id]),
        understood_url=reverse("focusing:understood", args=[seat.journey.id]),
        story_url=reverse("reading:story", args=[seat.journey.id]),
        felt_url=reverse("felt:felt", args=[seat.journey.id]),
        felt=_("How the %(meetings)s were") % {"meetings": seat.kind.words.meetings},
        cases_url=reverse("taken:cases", args=[seat.journey.id]) if seat.kind.hears_cases else "",
    )


def _for_next_time(seat: Seat, note: Words | None, number: int) -> WordsBox:
    box = boxes.for_next_time(seat.journey.id, number)
    return words_box(
        seat,
        note,
        visibility=box.visibility,
        name="for-next-time",
        label=_("For next time"),
        help_text=_(
            "A thought you do not want to lose. It will be at the top when you meet. Until then "
            "no one checks it."
        ),
        url=reverse("sessions:write_for_next_time", args=[seat.journey.id, boxes.FOR_NEXT_TIME]),
        readonly=not may_write_for_next_time(seat).allowed,
    )


def _url(seat: Seat, number: int | None) -> str:
    return reverse("sessions:meeting", args=[seat.journey.id, number])


def _next_up(seat: Seat, records: list[RecordFacts], to_come: MeetingFacts | None) -> NextUp:
    """The one thing to do: go on with what is open, acknowledge what waits, prepare what comes, else book."""
    begun = next((record for record in reversed(records) if record.state == RecordState.OPEN), None)
    waiting = next((record for record in reversed(records) if record.waits_for(side_of(seat))), None)
    if begun:
        act = ActionButton(_("Continue"), _url(seat, begun.number), primary=True, link=True)
        return NextUp(said.title_of(seat, begun.number), _("It is open: you can both write in it."), act)
    if waiting:
        text = _("%(name)s has acknowledged the record. Please acknowledge it too.") % {
            "name": seat.other.name
        }
        act = ActionButton(_("Read and confirm"), _url(seat, waiting.number), primary=True, link=True)
        return NextUp(said.title_of(seat, waiting.number), text, act)
    if to_come:
        return _to_come(seat, to_come)
    if seat.is_over:
        back = ActionButton(
            _("See how it went"), reverse("overview:journey", args=[seat.journey.id]), link=True
        )
        return NextUp(_("This is finished"), _("You can still read everything that was written."), back)
    booking = ActionButton(
        str(seat.kind.words.book_meeting),
        reverse("environment:room", args=[seat.journey.id]),
        primary=True,
        link=True,
    )
    return NextUp(str(seat.kind.words.no_meeting_booked), _("Find a time that suits you both."), booking)


def _to_come(seat: Seat, to_come: MeetingFacts) -> NextUp:
    where = _("%(when)s · %(place)s") % {
        "when": said.day_and_time(to_come.starts_at),
        "place": to_come.place_name,
    }
    title = said.title_of(seat, to_come.number or 0)
    if (to_come.number or 0) < first_number_here(seat):
        url = reverse("first_meeting:room", args=[seat.journey.id])
        return NextUp(
            title, where, ActionButton(_("Prepare the first meeting"), url, primary=True, link=True)
        )
    label = str(seat.kind.words.open_meeting) if to_come.is_today else _("Prepare for it")
    return NextUp(title, where, ActionButton(label, _url(seat, to_come.number), primary=True, link=True))


def _lines(
    seat: Seat, meetings: list[MeetingFacts], records: list[RecordFacts], summaries: Mapping[UUID, str]
) -> tuple[Line, ...]:
    by_number = {record.number: record for record in records}
    shown = [meeting for meeting in meetings if _has_been(meeting, by_number)]
    return tuple(
        _line(seat, meeting, by_number.get(meeting.number or 0), summaries) for meeting in reversed(shown)
    )


def _has_been(meeting: MeetingFacts, by_number: dict[int, RecordFacts]) -> bool:
    return meeting.number in by_number or meeting.is_over or meeting.state != MeetingState.PLANNED


def _line(
    seat: Seat, meeting: MeetingFacts, record: RecordFacts | None, summaries: Mapping[UUID, str]
) -> Line:
    number = meeting.number
    off = number is None
    state, word = _state(seat, meeting, record)
    url = "" if off else _url(seat, number)
    return Line(
        title=str(meeting.state.label).capitalize() if off else said.title_of(seat, number or 0),
        when=said.day(meeting.starts_at),
        url=url,
        state=state,
        state_word="" if off else word,
        summary=said.first_sentence(summaries.get(record.id, "")) if record else "",
    )


def _state(seat: Seat, meeting: MeetingFacts, record: RecordFacts | None) -> tuple[str, str]:
    if record and record.state == RecordState.CLOSED:
        return "done", _("closed")
    if record and record.waits_for(side_of(seat)):
        return "attention", _("to do")
    if record and record.state == RecordState.ACKNOWLEDGED_BY_ONE:
        return "partly", _("%(name)s's turn") % {"name": seat.other.name}
    if record:
        return "here", _("open")
    if meeting.number is not None and meeting.number < first_number_here(seat):
        return "quiet", _("on its own page")
    return "quiet", _("nothing written yet")

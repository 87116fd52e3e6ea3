"""How a meeting's record is closed and what follows: acknowledgements, facts, how it was for the participant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.addresses import address
from alongside.measures.meeting_feedback import QUESTIONS, ask_about

from ...record.models import MeetingFeedback, MeetingRecord
from ...record.pages import said
from ...record.queries import Table, side_of, sides_of, speaks_in_the_room
from ...record.rules import may_answer_questions, may_close, may_confirm, may_miss, took_place
from ...record.states import RecordState, Side


@dataclass(frozen=True, slots=True)
class Answered:
    question: str
    answer: str


def closing(seat: Seat, table: Table) -> dict[str, Any]:
    record = table.record
    assert record
    state, sides = RecordState(record.state), sides_of(record)  # type: ignore[attr-defined]
    standing, standing_state = _standing(seat, record, state, sides)
    must = seat.kind.acknowledgement.participant_must
    if must:
        note = _(
            "It is closed once you have both acknowledged it. After that you can add to it, but "
            "not change it."
        )
    else:
        note = _(
            "Your acknowledgement closes it. %(name)s may acknowledge it too. After that you can "
            "add to it, but not change it."
        ) % {"name": seat.participant.name}
    return {
        "standing": standing,
        "standing_state": standing_state,
        "close_label": str(seat.kind.words.close_meeting),
        "close_note": note,
        "may_close": may_close(seat, table).allowed,
        "missed_url": _missed_url(seat, table),
        "missed_label": _("%(name)s did not come") % {"name": seat.other.name},
        "off": str(took_place(table).sentence),
        "may_confirm": may_confirm(seat, table).allowed,
        "asks_for_both": seat.participant.name if speaks_in_the_room(seat) else "",
    }


def _missed_url(seat: Seat, table: Table) -> str:
    """Where one notes that the other did not come; what was written stays, and one comes back to it."""
    if not may_miss(seat, table):
        return ""
    back = address("sessions:meeting", seat.journey.id, table.number)
    return address("environment:missed", seat.journey.id, table.meeting.id) + f"?next={back}"


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
            return _("You have acknowledged it. %(name)s has not done so yet.") % {"name": name}, "partly"
        return _("%(name)s has acknowledged it. Please acknowledge it too.") % {"name": name}, "attention"
    return "", ""


def following(seat: Seat, record: MeetingRecord, number: int) -> str:
    starts_at = record.following_at  # type: ignore[attr-defined]
    return said.day_and_time(starts_at) if starts_at else ""


def facts(seat: Seat, record: MeetingRecord) -> tuple[tuple[str, str], ...]:
    if record.minutes_taken is None:
        return ()
    there = [seat.name_of(UUID(entry["person"])) or seat.called(entry["part"]) for entry in record.present]
    safety = str(record.safety_where) if record.safety_raised else _("no")
    return (
        (_("How long"), _("%(minutes)s minutes") % {"minutes": record.minutes_taken}),
        (_("Who was there"), ", ".join(there)),
        (_("Safety concerns"), safety),
    )


def feedback(
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

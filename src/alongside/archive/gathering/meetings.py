"""Meetings, what was written down of them, and what was focused on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.rooms.environment.models import Reply, TimeRequest
from alongside.rooms.environment.queries import MeetingFacts, checks_of, meetings_of, reasons_of
from alongside.rooms.sessions.copies.queries import Told
from alongside.rooms.sessions.feedback.queries import felt_in
from alongside.rooms.sessions.focusing.queries import FocusingHere
from alongside.rooms.sessions.record.models import Acknowledgement, MeetingRecord
from alongside.rooms.sessions.reflection.queries import Reflected
from alongside.rooms.sessions.supervision_cases.queries import (
    cases_of,
    draft_of,
    in_the_making,
    outcomes_of,
)

from . import Facts

Names = Mapping[UUID, str]


def meetings_in(seat: Seat, told: Told, reflections: list[Reflected], names: Names) -> Facts:
    """Every booking, every record, and what stands beside them."""
    return {
        "meetings": _bookings(seat, names),
        "records": _records(told, names),
        "issues": [
            {
                "id": issue.id,
                "text": issue.text,
                "raised_by": names.get(issue.raised_by_id, ""),
                "meeting": issue.raised_in,
                "state": issue.state,
                "words": issue.word,
            }
            for found in told.issues.values()
            for issue in found
        ],
        "focusings": [_focusing(here, names) for here in told.focusings],
        "how_meetings_were": [
            {"meeting": one.number, "on": one.on, "answers": dict(one.answers), "hidden_from_guide": one.kept}
            for one in felt_in(seat)
        ],
        "reflections": [
            {"meeting": one.number, "on": one.on, "skills": dict(one.skills), "words": one.words}
            for one in reflections
            if one.journey_id == seat.journey.id
        ],
        "cases": _cases(seat) if seat.kind.hears_cases else [],
        "taken_to_supervision": _taken(seat) if seat.is_guide else [],
        "requests_for_a_time": _requests(seat, names),
    }


def _bookings(seat: Seat, names: Names) -> list[Facts]:
    reasons, checks = reasons_of(seat), checks_of(seat)
    replies: dict[UUID, list[Facts]] = {}
    for row in Reply.objects.filter(meeting__journey=seat.journey).order_by("created_at", "id"):
        said = {"by": names.get(row.person_id, ""), "answer": row.answer, "words": str(row.word)}
        replies.setdefault(row.meeting_id, []).append({"at": row.created_at, **said})
    return [
        _booking(meeting, names)
        | {
            "why_not": reasons[meeting.id].text if meeting.id in reasons else "",
            "check": asdict(checks[meeting.id]) if meeting.id in checks else None,
            "replies": replies.get(meeting.id, []),
        }
        for meeting in meetings_of(seat)
    ]


def _booking(meeting: MeetingFacts, names: Names) -> Facts:
    return {
        "id": meeting.id,
        "number": meeting.number,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "minutes": meeting.minutes,
        "time_zone": meeting.zone,
        "place": meeting.place_name,
        "place_details": meeting.place_details,
        "state": meeting.state,
        "late": meeting.late,
        "why_outside_hours": meeting.override_reason,
    }


def _records(told: Told, names: Names) -> list[Facts]:
    yeses: dict[UUID, list[Facts]] = {}
    rows = Acknowledgement.objects.filter(record__in=[record.id for record in told.records])
    for row in rows.order_by("created_at", "id"):
        said = {"side": row.side, "how": row.how, "by": names.get(row.by_id, ""), "at": row.created_at}
        yeses.setdefault(row.record_id, []).append(said)
    return [_record(record, names) | {"acknowledged": yeses.get(record.id, [])} for record in told.records]


def _record(record: MeetingRecord, names: Names) -> Facts:
    return {
        "id": record.id,
        "meeting": record.meeting_id,
        "number": record.number,
        "state": record.state,  # type: ignore[attr-defined]
        "state_since": record.state_since,  # type: ignore[attr-defined]
        "opened_by": names.get(record.opened_by_id, ""),
        "minutes": record.minutes_taken,
        "present": [
            {"name": names.get(UUID(one["person"]), ""), "part": one["part"]} for one in record.present
        ],
        "safety_raised": record.safety_raised,
        "safety_where": str(record.safety_where),
        "next_agreed_at": record.next_agreed_at,
    }


def _focusing(here: FocusingHere, names: Names) -> Facts:
    """What both have of it; what was written in its levels lies with the words."""
    return {
        "id": here.id,
        "begun_at": here.row.created_at,
        "author": names.get(here.row.author_id, ""),
        "together": here.together,
        "state": here.state,
        "meeting": here.number,
        "issue": here.issue,
        "levels_shared": sorted(here.shared),
        "steps": [act.step_id for act in here.acts],
    }


def _cases(seat: Seat) -> list[Facts]:
    """What lies on the table of a supervision: without anybody's name, and nothing of where it came from."""
    return [
        {
            "id": case.id,
            "number": case.number,
            "state": case.state,
            "content": asdict(case.content) if case.content else None,
        }
        for case in cases_of(seat)
    ]


def _taken(seat: Seat) -> list[Facts]:
    """The guide's own cases out of this journey, read by nobody else; first the one in the making."""
    found: list[Facts] = []
    making = in_the_making(seat)
    if making:
        called = {"also_called": str(making.also_called), "state": "", "words": "", "content": None}
        found.append({"id": making.id, "draft": asdict(draft_of(making)), **called})
    for one in outcomes_of(seat):
        facts = {"draft": asdict(draft_of(one.taken)), "also_called": str(one.taken.also_called)}
        said = {"state": one.state, "words": one.words, "content": asdict(one.content)}
        found.append({"id": one.taken.id, **facts, **said})
    return found


def _requests(seat: Seat, names: Names) -> list[Facts]:
    rows = TimeRequest.objects.filter(journey=seat.journey).order_by("created_at", "id")
    return [
        {"at": row.created_at, "by": names.get(row.person_id, ""), "words": str(row.word)} for row in rows
    ]

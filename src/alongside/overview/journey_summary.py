"""Where a journey stands, gathered from all rooms: one query for one journey, and one for two hundred.

The stage is derived from these facts, and so is the one thing to do next. The
facts themselves: `standing_facts.py`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from alongside.journeys.pace import is_near_its_end
from alongside.journeys.queries import emergencies_told_since
from alongside.journeys.seat import Seat
from alongside.journeys.states import Stage, StageFacts, stage_of
from alongside.kernel.clock import now
from alongside.kernel.encryption import unseal
from alongside.people.models import Person
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.environment.models import Place
from alongside.rooms.first_meeting.states import AgreementState

from .summary_facts import ALL, BESIDE_THE_TABLES, ONE, PATH, Fact, fact_of


class Planned(NamedTuple):
    """A meeting still to come, or one of which nobody has said yet what became of it.

    `said`: the participant has said beforehand what matters to them.
    """

    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    said: bool = False


class Call(NamedTuple):
    """Whoever missed this meeting is to be called, as the two have agreed."""

    meeting_id: UUID
    starts_at: dt.datetime


@dataclass(slots=True)
class JourneySummary:
    """How far a journey is. `..._sides` hold "guide" and "participant"."""

    first_number: int
    planned_meetings: int | None
    planned_end: dt.date | None = None
    planned: list[Planned] = field(default_factory=list)
    held: int = 0
    first_held: bool = False
    last_at: dt.datetime | None = None
    prepared_by: set[UUID] = field(default_factory=set)
    has_picture: bool = False
    has_targets: bool = False
    version_number: int = 0
    version_state: AgreementState | None = None
    version_sides: set[str] = field(default_factory=set)
    in_force: bool = False
    open_record: int = 0
    record_sides: set[str] = field(default_factory=set)
    ending_state: EndingState | None = None
    ending_sides: set[str] = field(default_factory=set)
    longer_asked_by: UUID | None = None
    proposed: Counter[UUID] = field(default_factory=Counter)
    """For whoever proposed them: how many needs, targets and wordings the other has not agreed to yet."""
    handover_version: int | None = None
    """Of the summary of a hand-over that stands, 0 while nothing is written; None where none stands."""
    handover_needs: frozenset[str] = frozenset()
    handover_sides: set[str] = field(default_factory=set)
    notice_until: dt.date | None = None
    """The last day of a notice that was given; None where none was."""
    harm_waits: bool = False
    """Of one journey alone: an answer about harm that its guide has not answered yet."""
    has_schedule: bool = False
    """Of one journey alone: the two have said when a questionnaire is asked."""
    emergency_until: dt.date | None = None
    """Of one journey alone: the last day of the last cover that an administrator asked for."""
    emails_to_read: int = 0
    """Emails that may be an answer to an invitation and wait for the guide."""
    my_steps: int = 0
    calls: list[Call] = field(default_factory=list)
    dues: dict[UUID, dt.date] = field(default_factory=dict)
    """For each owner the earliest day by which a step still to do was or is to be done."""

    @property
    def next(self) -> Planned | None:
        """The meeting that comes next, or is going on."""
        moment = now()
        return next((meeting for meeting in self.planned if meeting.ends_at > moment), None)

    @property
    def unsaid(self) -> Planned | None:
        """The oldest meeting that should be over, of which nobody has said what became of it."""
        moment = now()
        return next((meeting for meeting in self.planned if meeting.ends_at <= moment), None)

    @property
    def tells_of_an_emergency(self) -> bool:
        return self.emergency_until is not None and self.emergency_until >= emergencies_told_since()

    @property
    def stage(self) -> Stage:
        facts = StageFacts(
            first_meeting_booked=bool(self.planned or self.held),
            # of a journey begun at meeting n the first meeting was held elsewhere
            first_meeting_held=self.first_held or (self.first_number > 1 and self.in_force),
            agreement_in_force=self.in_force,
            ending_begun=self.ending_state not in (None, EndingState.SET_ASIDE),
        )
        return stage_of(facts)

    @property
    def held_in_all(self) -> int:
        """With those held elsewhere, before the journey was begun here."""
        return self.held + self.first_number - 1

    @property
    def is_at_its_planned_end(self) -> bool:
        return self.planned_meetings is not None and self.held_in_all >= self.planned_meetings

    def is_near_its_end(self, today: dt.date) -> bool:
        return is_near_its_end(
            planned_meetings=self.planned_meetings,
            held=self.held_in_all,
            planned_end=self.planned_end,
            today=today,
        )


def summary_of(seat: Seat) -> JourneySummary:
    """How far the journey of a seat is, for the person who sits there. One query."""
    return _noted([seat], map(fact_of, ONE.rows(seat.journey.id, seat.actor.id)))[seat.journey.id]


def summaries(seats: list[Seat]) -> dict[UUID, JourneySummary]:
    """How far all journeys of one person are. One query, however many there are."""
    return summaries_and_waits(seats[0].actor, seats)[0] if seats else {}


def summaries_and_waits(actor: Person, seats: list[Seat]) -> tuple[dict[UUID, JourneySummary], list[Fact]]:
    """The same, and what waits for this person beside the journeys that go on. One query."""
    facts = [fact_of(row) for row in ALL.rows(actor.id, now())]
    beside = [fact for fact in facts if fact.what in BESIDE_THE_TABLES]
    return _noted(seats, [fact for fact in facts if fact.what not in BESIDE_THE_TABLES]), beside


def path_summary(seat: Seat) -> JourneySummary:
    """Only what the path above every page of a journey needs. One query."""
    return _noted([seat], map(fact_of, PATH.rows(seat.journey.id)))[seat.journey.id]


def _noted(seats: list[Seat], facts: Iterable[Fact]) -> dict[UUID, JourneySummary]:
    found = {
        seat.journey.id: JourneySummary(
            seat.journey.first_number, seat.journey.planned_meetings, seat.journey.planned_end
        )
        for seat in seats
    }
    for fact in sorted(facts, key=_in_order):
        if summary := found.get(fact.journey_id):
            _NOTE[fact.what](summary, fact)
    return found


# --- what each fact says about the journey -----------------------------------------------------------------


def _note_planned(summary: JourneySummary, fact: Fact) -> None:
    place = unseal(Place, "name", fact.who, bytes(fact.sealed)) if fact.sealed else ""
    summary.planned.append(Planned(fact.number, fact.at, fact.until, place, bool(fact.low)))


def _note_held(summary: JourneySummary, fact: Fact) -> None:
    summary.held, summary.last_at = fact.number, fact.at
    summary.first_held = fact.low == summary.first_number


def _note_prepared(summary: JourneySummary, fact: Fact) -> None:
    summary.prepared_by.add(fact.who)


def _note_picture(summary: JourneySummary, fact: Fact) -> None:
    summary.has_picture = True


def _note_targets(summary: JourneySummary, fact: Fact) -> None:
    summary.has_targets = fact.number > 0


def _note_version(summary: JourneySummary, fact: Fact) -> None:
    state = AgreementState(fact.word)
    summary.in_force |= state == AgreementState.IN_FORCE
    if fact.number > summary.version_number:
        summary.version_number, summary.version_state = fact.number, state


def _note_yes(summary: JourneySummary, fact: Fact) -> None:
    if fact.number == summary.version_number:
        summary.version_sides.add(fact.word)


def _note_record(summary: JourneySummary, fact: Fact) -> None:
    summary.open_record = max(summary.open_record, fact.number)


def _note_record_yes(summary: JourneySummary, fact: Fact) -> None:
    if fact.number == summary.open_record:
        summary.record_sides.add(fact.word)


def _note_ending(summary: JourneySummary, fact: Fact) -> None:
    summary.ending_state = EndingState(fact.word)


def _note_ending_yes(summary: JourneySummary, fact: Fact) -> None:
    summary.ending_sides.add(fact.word)


def _note_longer(summary: JourneySummary, fact: Fact) -> None:
    summary.longer_asked_by = fact.who


def _note_proposed(summary: JourneySummary, fact: Fact) -> None:
    summary.proposed[fact.who] += fact.number


def _note_handover(summary: JourneySummary, fact: Fact) -> None:
    summary.handover_version = fact.number
    # of a guide who is gone nobody asks a yes
    summary.handover_needs = frozenset({"participant"} if fact.low else {"guide", "participant"})


def _note_handover_yes(summary: JourneySummary, fact: Fact) -> None:
    if fact.number == summary.handover_version:
        summary.handover_sides.add(fact.word)


def _note_notice(summary: JourneySummary, fact: Fact) -> None:
    summary.notice_until = dt.date.fromisoformat(fact.word)


def _note_due(summary: JourneySummary, fact: Fact) -> None:
    summary.dues[fact.who] = dt.date.fromisoformat(fact.word)


def _note_steps(summary: JourneySummary, fact: Fact) -> None:
    summary.my_steps = fact.number


def _note_call(summary: JourneySummary, fact: Fact) -> None:
    summary.calls.append(Call(fact.who, fact.at))


def _note_email(summary: JourneySummary, fact: Fact) -> None:
    summary.emails_to_read = fact.number


def _note_harm(summary: JourneySummary, fact: Fact) -> None:
    summary.harm_waits = True


def _note_schedule(summary: JourneySummary, fact: Fact) -> None:
    summary.has_schedule = True


def _note_emergency(summary: JourneySummary, fact: Fact) -> None:
    summary.emergency_until = dt.date.fromisoformat(fact.word)


_NOTE = {
    "planned": _note_planned,
    "held": _note_held,
    "prepared": _note_prepared,
    "picture": _note_picture,
    "targets": _note_targets,
    "version": _note_version,
    "yes": _note_yes,
    "record": _note_record,
    "record_yes": _note_record_yes,
    "ending": _note_ending,
    "ending_yes": _note_ending_yes,
    "longer": _note_longer,
    "notice": _note_notice,
    "proposed": _note_proposed,
    "handover": _note_handover,
    "handover_yes": _note_handover_yes,
    "due": _note_due,
    "steps": _note_steps,
    "call": _note_call,
    "email": _note_email,
    "harm": _note_harm,
    "schedule": _note_schedule,
    "emergency": _note_emergency,
}
_PLACE = {what: place for place, what in enumerate(_NOTE)}


def _in_order(fact: Fact) -> tuple[int, float]:
    """Meetings by time; and a yes after the version or record it is said to."""
    return _PLACE[fact.what], fact.at.timestamp() if fact.at else 0.0

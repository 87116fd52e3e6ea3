"""What the overview reads beside where a journey stands: goals with their lines, steps, words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import FloatField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.goals.models import Need, Reading, Step, StepStateRecord, TargetStateRecord, TargetWording
from alongside.goals.queries import steps_of
from alongside.goals.states import STEP_STILL_TO_DO, StepState, TargetState
from alongside.journeys import visibility
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord, Words
from alongside.journeys.queries import seat_for, with_a_part
from alongside.journeys.restriction import unrestricted
from alongside.journeys.seat import Member, Seat
from alongside.journeys.states import JourneyState, Part
from alongside.kernel.clock import now
from alongside.kernel.encryption import unseal
from alongside.kernel.folding import folded
from alongside.kernel.prepared import Prepared, day_in, uuid_in
from alongside.ledger.openings import OpenedThing, opened_things_of
from alongside.people.models import Person
from alongside.rooms.environment.models import Meeting
from alongside.rooms.environment.queries import meeting_by_number
from alongside.rooms.sessions.record import boxes
from alongside.rooms.sessions.record.models import MeetingRecord

# --- goals with their lines --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A target in its present wording with the readings made under it, oldest first."""

    id: UUID
    need: str
    difference: str
    measure: str
    baseline: float | None
    aim: float | None
    state: TargetState
    readings: tuple[tuple[dt.date, float], ...]


def _newest_wordings(journey_id: UUID) -> QuerySet:
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number")
    states = TargetStateRecord.objects.filter(target=OuterRef("target")).order_by("-created_at", "-id")
    return (
        TargetWording.objects.filter(target__journey=journey_id, id=Subquery(newest.values("id")[:1]))
        .annotate(
            state=Subquery(states.values("state")[:1]),
            from_=Cast("baseline", FloatField()),
            to=Cast("aim", FloatField()),
        )
        .order_by("target__need__position", "target__position", "target__created_at")
        .values_list(
            *("id", "difference", "measure", "from_", "to", "state"),
            *("target_id", "target__need_id", "target__need__statement"),
        )
    )


def _readings(journey_id: UUID) -> QuerySet:
    return (
        Reading.objects.filter(target__journey=journey_id, withdrawn_at=None)
        .annotate(number=Cast("value", FloatField()))
        .order_by("taken_on", "id")
        .values_list("wording_id", "taken_on", "number")
    )


_WORDINGS, _READINGS = Prepared(_newest_wordings), Prepared(_readings)


def goal_lines(seat: Seat) -> list[GoalFacts]:
    """The goals of a journey with what was measured, as plain numbers. Two queries, whatever their size."""
    measured: dict[UUID | None, list[tuple[Any, float]]] = defaultdict(list)
    for wording_id, day, number in _READINGS.rows(seat.journey.id):
        measured[wording_id].append((day, number))
    found = []
    for row in _WORDINGS.rows(seat.journey.id):
        wording_id, difference, measure, low, aim, state, target_id, need_id, statement = row
        found.append(
            GoalFacts(
                id=uuid_in(target_id),  # type: ignore[arg-type]
                need=opened(Need, "statement", uuid_in(need_id), statement),
                difference=opened(TargetWording, "difference", uuid_in(wording_id), difference),
                measure=measure,
                baseline=low,
                aim=aim,
                state=TargetState(state),
                readings=tuple((day_in(day), number) for day, number in measured[wording_id]),  # type: ignore[misc]
            )
        )
    return found


def opened(model: Any, column: str, row: Any, sealed: Any) -> str:
    """Sealed words from a row, "" for none."""
    return unseal(model, column, row, bytes(sealed)) if sealed else ""


# --- steps -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StepNow:
    id: UUID
    journey_id: UUID
    text: str
    owner_id: UUID
    due: dt.date | None
    planned_in: int | None
    state: StepState

    @property
    def is_still_to_do(self) -> bool:
        return self.state in STEP_STILL_TO_DO


def _with_state(steps: QuerySet) -> QuerySet:
    states = StepStateRecord.objects.filter(step=OuterRef("pk")).order_by("-created_at", "-id")
    return (
        steps.annotate(state=Subquery(states.values("state")[:1]))
        .order_by("due", "created_at", "id")
        .values_list("id", "journey_id", "text", "owner_id", "due", "planned_in", "state")
    )


def _of_journey(journey_id: UUID) -> QuerySet:
    """Those still to do, and of the latest plan also those that are done."""
    latest = Step.objects.filter(journey=journey_id).order_by("-planned_in").exclude(planned_in=None)
    done = Q(state=StepState.DONE, planned_in=Subquery(latest.values("planned_in")[:1]))
    return _with_state(Step.objects.filter(journey=journey_id)).filter(Q(state__in=STEP_STILL_TO_DO) | done)


def _of_owner(owner_id: UUID, moment: dt.datetime) -> QuerySet:
    own = JourneyMember.objects.filter(with_a_part(moment), unrestricted(), person_id=owner_id)
    theirs = Step.objects.filter(owner_id=owner_id, journey__in=own.values("journey_id"))
    return _with_state(theirs).filter(state__in=STEP_STILL_TO_DO)


_STEPS, _OWN_STEPS = Prepared(_of_journey), Prepared(_of_owner, moments=1)


def steps_now(seat: Seat) -> list[StepNow]:
    """What is to be done in a journey, soonest first, and what of the latest plan is done. One query."""
    return [_step(row) for row in _STEPS.rows(seat.journey.id)]


def own_steps(actor: Person) -> list[StepNow]:
    """What this person has to do, in all their journeys. One query."""
    return [_step(row) for row in _OWN_STEPS.rows(actor.id, now())]


def _step(row: tuple) -> StepNow:
    key, journey, text, owner, due, planned_in, state = row
    step_id: Any = uuid_in(key)
    return StepNow(
        id=step_id,
        journey_id=uuid_in(journey),  # type: ignore[arg-type]
        text=opened(Step, "text", step_id, text),
        owner_id=uuid_in(owner),  # type: ignore[arg-type]
        due=day_in(due),
        planned_in=planned_in,
        state=StepState(state),
    )


def own_step(seat: Seat, step_id: str | UUID) -> Step | None:
    """A step of this journey that belongs to the one who asks, with its `state`; None for any other."""
    try:
        wanted = UUID(str(step_id))
    except ValueError:
        return None
    return steps_of(seat).filter(id=wanted, owner=seat.actor).first()


def own_step_for(actor: Person, *, journey_id: UUID, step_id: UUID) -> tuple[Seat, Step] | None:
    found = seat_for(actor, journey_id=journey_id)
    step = own_step(found[0], step_id) if found else None
    return (found[0], step) if found and step else None


# --- words -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Summary:
    number: int
    text: str


def _summaries(journey_id: UUID, actor_id: UUID) -> QuerySet:
    """Of one of the two: what they may read is decided where it always is, for a seat that stands in for theirs."""
    guide = Person(id=actor_id)
    stand_in = Seat(
        guide,
        Journey(id=journey_id),
        KINDS["supervision"],
        JourneyState.ACTIVE,
        (Member(actor_id, guide, Part.GUIDE),),
    )
    number = MeetingRecord.objects.filter(id=OuterRef("subject_id")).values("number")[:1]
    rows = Words.objects.filter(
        visibility.readable(stand_in), place=boxes.RECORD, box=boxes.SUMMARY, author=None, version__gt=0
    ).annotate(number=Subquery(number))
    return rows.order_by("-number").values_list("id", "number", "text")[:1]


_SUMMARIES = Prepared(_summaries, takes=2)


def last_summary(seat: Seat) -> Summary | None:
    """What was summed up at the end of the latest meeting that has a summary. One query, for one of the two."""
    if not seat.is_one_of_two:
        return None
    rows = _SUMMARIES.rows(seat.journey.id, seat.actor.id)
    if not rows:
        return None
    words_id, number, text = rows[0]
    return Summary(number or 0, opened(Words, "text", uuid_in(words_id), text))


def marked_words(seat: Seat) -> list[Words]:
    """What a named person may read in a journey, newest first. One query."""
    rows = Words.objects.filter(visibility.readable(seat)).select_related("author", "edited_by")
    return [words for words in rows.distinct().order_by("-edited_at") if str(words.text).strip()]


# --- people ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody one guides, and the journey by which two of one name are told apart."""

    person: Person
    journey: Journey

    @property
    def line(self) -> str:
        began = formats.date_format(timezone.localtime(self.journey.created_at), "j F Y")
        return _("%(kind)s since %(day)s") % {"kind": KINDS[self.journey.kind].name, "day": began}


def known_participants(actor: Person) -> list[Known]:
    """The participants of the journeys this person guides, by name: they may begin another one with them."""
    guided = JourneyMember.objects.filter(person=actor, part="guide", left_at=None).values("journey_id")
    theirs = JourneyMember.objects.filter(journey_id__in=guided, part="participant", left_at=None)
    theirs = theirs.filter(person__organisation=actor.organisation_id, person__is_active=True)
    rows = theirs.select_related("person", "journey").order_by("journey__created_at")
    people = {row.person_id: Known(row.person, row.journey) for row in rows}
    return sorted(people.values(), key=lambda known: folded(str(known.person.name)))


def member_of(seat: Seat, member_id: str) -> Member | None:
    """A named person at this table by the id of their part; None for any other."""
    return next((member for member in seat.members if str(member.id) == member_id), None)


def expected_return(seat: Seat) -> JourneyStateRecord | None:
    """The latest state's record: why the journey rests, and until when."""
    records = JourneyStateRecord.objects.filter(journey=seat.journey).order_by("-created_at", "-id")
    return records.select_related("by").first()


def membership(seat: Seat, member: Member) -> JourneyMember:
    """The row behind a part at this table."""
    return JourneyMember.objects.get(journey=seat.journey, id=member.id)


# --- who opened what ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OpenedWhat:
    """What others opened, latest first, with their names and the numbers of the meetings it was about."""

    things: tuple[OpenedThing, ...]
    names: dict[UUID, str]
    numbers: dict[UUID, int]


MOST_OPENED = 300


def opened_what(seat: Seat) -> OpenedWhat:
    """Three queries. Also somebody who has no part any more is named: who covered, who was let go."""
    things = opened_things_of(seat.journey.id, apart_from=seat.actor.id, most=MOST_OPENED)
    people = Person.objects.filter(
        id__in={thing.person_id for thing in things}, organisation=seat.journey.organisation_id
    )
    subjects = {thing.subject_id for thing in things}
    numbers = dict(
        MeetingRecord.objects.filter(journey=seat.journey, id__in=subjects)
        .values_list("id", "number")
        .union(Meeting.objects.filter(journey=seat.journey, id__in=subjects).values_list("id", "number"))
    )
    return OpenedWhat(tuple(things), {each.id: str(each.name) for each in people}, numbers)


def seat_before_the_first(actor: Person, journey_id: UUID | None) -> Seat | None:
    """The seat of a participant whose very first meeting is booked and still to come."""
    found = seat_for(actor, journey_id=journey_id) if journey_id else None
    if found is None or not found[0].is_participant:
        return None
    first = meeting_by_number(found[0], 1)
    return found[0] if first and first.is_planned and not first.is_over else None

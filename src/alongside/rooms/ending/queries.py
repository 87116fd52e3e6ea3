"""Questions about the ending of a journey. Reading starts at the seat of the one who asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.goals.models import Reading, Target, TargetStateRecord, TargetWording
from alongside.goals.queries import (
    Goals,
    NeedFacts,
    ReadingFacts,
    TargetFacts,
    needs_of,
    step_facts,
    target_for,
)
from alongside.goals.states import NeedState, TargetState
from alongside.journeys import words
from alongside.journeys.models import JourneyStateRecord, Visibility, Words
from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.journeys.states import CLOSED, JourneyState
from alongside.journeys.words import Box
from alongside.kernel.clock import today
from alongside.people.models import Person
from alongside.rooms.environment.queries import MeetingFacts, meetings_of
from alongside.rooms.first_meeting.models import Picture, WithoutPicture
from alongside.rooms.first_meeting.queries import (
    PictureFacts,
    pictures_of,
    reason_without_picture,
    worded_targets,
)
from alongside.rooms.first_meeting.states import Moment

from .models import Ending, EndingEntry, EndingStateRecord, Saying, Wish
from .states import IN_WORK, EndingState, Outcome, Said, Side, Sort, Wanted

PLACE = "ending"
IN_THE_ROOM = "participant_"


# --- the ending itself ---------------------------------------------------------------------------------


def ending_of(seat: Seat) -> Ending | None:
    """The ending of this journey with its present `state`; None before it is begun and while set aside."""
    ending = any_ending_of(seat)
    return None if ending is None or ending.state == EndingState.SET_ASIDE else ending  # type: ignore[attr-defined]


def any_ending_of(seat: Seat) -> Ending | None:
    """The ending's record in whatever state, also set aside. One query.

    With its `state`, when the journey began and closed, and whether the pictures are there.
    """
    records = EndingStateRecord.objects.filter(ending=OuterRef("pk")).order_by("-created_at", "-id")
    latest = Subquery(records.values("state")[:1])
    pictures = Picture.objects.filter(journey=OuterRef("journey"))
    entered = JourneyStateRecord.objects.filter(journey=OuterRef("journey"))
    began = entered.filter(state=JourneyState.ACTIVE).order_by("created_at")
    closed = entered.filter(state__in=CLOSED).order_by("-created_at")
    return (
        Ending.objects.filter(journey=seat.journey)
        .annotate(
            state=latest,
            journey_began_at=Subquery(began.values("created_at")[:1]),
            journey_closed_at=Subquery(closed.values("created_at")[:1]),
            has_start=Exists(pictures.filter(moment=Moment.START)),
            has_today=Exists(pictures.filter(moment=Moment.NOW)),
        )
        .first()
    )


def is_in_work(ending: Ending) -> bool:
    return ending.state in IN_WORK  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Sayings:
    """What has been said in an ending, and stands."""

    rows: tuple[Saying, ...]

    def of(self, said: Said, side: Side | None = None) -> Saying | None:
        return next((row for row in self.rows if row.said == said and side in (None, row.side)), None)

    def sides(self, said: Said) -> frozenset[Side]:
        return frozenset(Side(row.side) for row in self.rows if row.said == said)

    @property
    def both_ready(self) -> bool:
        return self.sides(Said.READY) == frozenset(Side)


def sayings_of(ending: Ending) -> Sayings:
    rows = Saying.objects.filter(ending=ending, taken_back_at=None).select_related("by")
    return Sayings(tuple(rows.order_by("created_at", "id")))


def wishes_of(seat: Seat) -> dict[str, Wish]:
    """The wishes that stand, by what is wanted."""
    rows = Wish.objects.filter(journey=seat.journey, settled_at=None).select_related("by")
    return {wish.wanted: wish for wish in rows}


def last_early_wish(seat: Seat) -> Wish | None:
    """The notice with which a journey was ended early."""
    rows = Wish.objects.filter(journey=seat.journey, wanted=Wanted.END_EARLY, outcome=Outcome.CARRIED_OUT)
    return rows.select_related("by").order_by("-created_at").first()


# --- who speaks, and what was written ------------------------------------------------------------------


def side_of(seat: Seat) -> Side:
    """The side of the table this person speaks on."""
    return Side.PARTICIPANT if seat.is_participant else Side.GUIDE


def speaks_in_the_room(seat: Seat) -> bool:
    """The participant has no account: the guide writes down what they say, with them."""
    return seat.is_guide and not seat.is_participant and seat.participant.person.user_id is None


def other_is_gone(seat: Seat) -> bool:
    """The other of the two has an account no more: nobody waits for their word."""
    return not seat.other.person.is_active


def questions_for(seat: Seat, side: Side) -> tuple:
    questions = seat.kind.ending_questions
    return questions.participant if side == Side.PARTICIPANT else questions.guide


def box_named(seat: Seat, ending: Ending, name: str, *, revealed: bool) -> Box | None:
    """The box of that name this person may write in; None when there is none."""
    if seat.kind.matter(name):
        return Box(PLACE, ending.id, name, Visibility.OURS)
    if name.startswith(IN_THE_ROOM):
        keys = {question.key for question in questions_for(seat, Side.PARTICIPANT)}
        spoken = speaks_in_the_room(seat) and name.removeprefix(IN_THE_ROOM) in keys
        return Box(PLACE, ending.id, name, Visibility.OURS) if spoken else None
    if name in {question.key for question in questions_for(seat, side_of(seat))}:
        # once both have shown theirs, what is added later is open to both as well
        return Box(PLACE, ending.id, name, Visibility.OURS if revealed else Visibility.MINE, own=True)
    return None


def words_of(seat: Seat, ending: Ending) -> dict[tuple[str, UUID | None], Words]:
    """What this person may read of what was written in the ending."""
    return words.read(seat, PLACE, ending.id)


def voice_of(seat: Seat, side: Side, key: str, written: dict[tuple[str, UUID | None], Words]) -> Words | None:
    """One side's answer to one question, as far as this person may read it."""
    if side == Side.GUIDE:
        people = [
            member.person.id for member in seat.members if member.person.id != seat.participant.person.id
        ]
        answers = [answer for who in people if (answer := written.get((key, who)))]
        return next((answer for answer in answers if answer.text), answers[0] if answers else None)
    own = written.get((key, seat.participant.person.id))
    return own if own and own.text else written.get((IN_THE_ROOM + key, None)) or own


def has_answered(seat: Seat, side: Side, written: dict[tuple[str, UUID | None], Words]) -> bool:
    answers = [voice_of(seat, side, question.key, written) for question in questions_for(seat, side)]
    return any(words and str(words.text).strip() for words in answers)


# --- what is taken along -------------------------------------------------------------------------------


def entries_of(ending: Ending) -> list[EndingEntry]:
    """All that was put down, in its order, also what was removed (but not what another wording replaced)."""
    rows = EndingEntry.objects.filter(ending=ending, replaced_by=None).select_related("by", "removed_by")
    return list(rows.order_by("position", "created_at", "id"))


def has_support(ending: Ending) -> bool:
    """Whether any support that goes on is written down."""
    return EndingEntry.objects.filter(ending=ending, sort=Sort.SUPPORT, removed_at=None).exists()


def standing(entries: list[EndingEntry], sort: Sort) -> list[EndingEntry]:
    return [entry for entry in entries if entry.sort == sort and entry.removed_at is None]


# --- then and now --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThenAndNow:
    """Everything a comparison is made of."""

    goals: Goals
    then: PictureFacts | None
    now: PictureFacts | None
    earlier: dict[UUID, tuple[TargetWording, ...]] = field(default_factory=dict)
    """What each target said before it was agreed anew, oldest first."""
    without: WithoutPicture | None = None
    """Why the two went on without a whole starting picture."""


def then_and_now_of(seat: Seat) -> ThenAndNow:
    then, now = start_and_today(seat)
    goals, earlier = _chain(seat, readings_of(seat))
    whole = then is not None and all(need.id in then.entries for need in goals.needs if need.is_agreed)
    return ThenAndNow(goals, then, now, earlier, None if whole else reason_without_picture(seat))


def _chain(
    seat: Seat, readings: dict[UUID, list[ReadingFacts]]
) -> tuple[Goals, dict[UUID, tuple[TargetWording, ...]]]:
    """Needs, targets in their present wording and what they said before. In two queries: steps are not looked back at."""
    wordings: dict[UUID, list[TargetWording]] = {}
    for wording in _wordings(seat):
        wordings.setdefault(wording.target_id, []).append(wording)
    targets: dict[UUID, list[TargetFacts]] = {}
    for target_id, (*_before, present) in wordings.items():
        facts = TargetFacts(
            id=target_id,
            need_id=present.target.need_id,
            state=TargetState(present.target_state),  # type: ignore[attr-defined]
            proposed_by_id=present.target.proposed_by_id,
            wording=present,
            readings=tuple(readings.get(target_id, ())),
            steps=(),
        )
        targets.setdefault(facts.need_id, []).append(facts)
    needs = tuple(
        NeedFacts(
            need.id,
            need.statement,
            NeedState(need.state),  # type: ignore[attr-defined]
            need.proposed_by_id,
            tuple(targets.get(need.id, ())),
        )
        for need in needs_of(seat)
    )
    return Goals(needs, ()), {target: tuple(before) for target, (*before, _now) in wordings.items()}


def _wordings(seat: Seat) -> QuerySet[TargetWording]:
    """Every wording of every target with the target's state, in the order of the targets, oldest wording first."""
    states = TargetStateRecord.objects.filter(target=OuterRef("target")).order_by("-created_at", "-id")
    rows = TargetWording.objects.filter(target__journey=seat.journey).select_related("target")
    return rows.annotate(target_state=Subquery(states.values("state")[:1])).order_by(
        "target__position", "target__created_at", "target_id", "number"
    )


@dataclass(frozen=True, slots=True)
class AskedToday:
    """What today's picture asks about: agreed needs, targets that are still looked at, and what was said last."""

    needs: tuple[NeedFacts, ...]
    targets: tuple[TargetFacts, ...]
    latest: PictureFacts | None


def asked_today(seat: Seat) -> AskedToday:
    goals, _earlier = _chain(seat, {})
    needs = tuple(need for need in goals.needs if need.is_agreed)
    targets = tuple(target for need in needs for target in need.targets if target.is_agreed)
    return AskedToday(needs, targets, start_and_today(seat)[1])


def readings_of(seat: Seat) -> dict[UUID, list[ReadingFacts]]:
    rows = Reading.objects.filter(target__journey=seat.journey, withdrawn_at=None).order_by("taken_on", "id")
    columns = ("target_id", "id", "value", "taken_on", "source", "wording_id", "meeting_number")
    found: dict[UUID, list[ReadingFacts]] = {}
    for target_id, *facts in rows.values_list(*columns):
        found.setdefault(target_id, []).append(ReadingFacts(*facts))
    return found


def left_open(seat: Seat) -> tuple[list[str], list[str]]:
    """What is unfinished when it ends: targets not reached, and steps still to do."""
    going_on = (TargetState.AGREED, TargetState.ON_HOLD)
    targets = [
        str(found.wording.difference)
        for found in worded_targets(seat)
        if found.target.state in going_on  # type: ignore[attr-defined]
    ]
    return targets, [step.text for step in step_facts(seat) if step.is_still_to_do]


def start_and_today(seat: Seat) -> tuple[PictureFacts | None, PictureFacts | None]:
    """The starting picture and the latest of the pictures taken at the ending."""
    start, today_s = None, None
    for picture in pictures_of(seat):
        if picture.moment == Moment.START:
            start = picture
        elif picture.moment == Moment.NOW:
            today_s = picture
    return start, today_s


def lacks_picture(ending: Ending, sayings: Sayings) -> bool:
    """There is a starting picture, today's was neither taken nor left out in so many words."""
    return ending.has_start and not ending.has_today and not sayings.of(Said.NO_PICTURE)  # type: ignore[attr-defined]


# --- how far -------------------------------------------------------------------------------------------


def meetings_held(seat: Seat) -> list[MeetingFacts]:
    return [meeting for meeting in meetings_of(seat) if meeting.state == "held"]


def notice_is_over(seat: Seat, wish: Wish) -> bool:
    return wish.on is not None and wish.on <= today(seat.actor.time_zone)


# --- the doors' finds ----------------------------------------------------------------------------------


def room_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None] | None:
    found = seat_for(actor, journey_id=journey_id)
    return (found[0], ending_of(found[0])) if found else None


def wishes_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None, dict[str, Wish]] | None:
    found = room_for(actor, journey_id=journey_id)
    return (*found, wishes_of(found[0])) if found else None


def box_for(actor: Person, *, journey_id: UUID, box: str) -> tuple[Seat, Ending, Box] | None:
    """One's own box, the shared one, or in the room the participant's."""
    found = room_for(actor, journey_id=journey_id)
    seat, ending = found or (None, None)
    if seat is None or ending is None:
        return None
    named = box_named(seat, ending, box, revealed=sayings_of(ending).both_ready)
    return (seat, ending, named) if named else None


def entry_for(actor: Person, *, journey_id: UUID, entry_id: UUID) -> tuple[Seat, Ending, EndingEntry] | None:
    found = room_for(actor, journey_id=journey_id)
    if found is None or found[1] is None:
        return None
    entry = EndingEntry.objects.filter(id=entry_id, ending=found[1]).select_related("by").first()
    return (found[0], found[1], entry) if entry else None


def target_in(
    actor: Person, *, journey_id: UUID, target_id: UUID
) -> tuple[Seat, Ending | None, Target] | None:
    found = room_for(actor, journey_id=journey_id)
    target = target_for(found[0], target_id) if found else None
    return (*found, target) if found and target else None

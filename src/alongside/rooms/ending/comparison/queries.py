"""Questions about then and now."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.goals.measuring.queries import bounds_of, form_scores, with_bounds
from alongside.goals.measuring.schedule import schedule_of
from alongside.goals.measuring.versions import line_of
from alongside.goals.models import Reading, Target, TargetStateRecord, TargetWording
from alongside.goals.queries import Goals, NeedFacts, ReadingFacts, TargetFacts, needs_of, target_for
from alongside.goals.states import NeedState, TargetState
from alongside.goals.tracking_facts import Score
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import Measure, measure
from alongside.people.models import Person
from alongside.rooms.first_meeting.models import WithoutPicture
from alongside.rooms.first_meeting.queries import PictureFacts, pictures_of, reason_without_picture
from alongside.rooms.first_meeting.states import Moment

from ..record.models import Ending
from ..record.queries import Sayings, room_for
from ..record.states import Said


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
    forms: tuple[FormLine, ...] = ()
    """The questionnaires that are no measure of an agreed target, each with its scores."""


@dataclass(frozen=True, slots=True)
class FormLine:
    measure: Measure
    scores: tuple[Score, ...]
    in_keepsake: bool


def form_lines(seat: Seat, goals: Goals) -> tuple[FormLine, ...]:
    """Every questionnaire of the journey with a score; one that measures a target is told there."""
    used = {line_of(target.wording.measure) for target in goals.targets if target.is_agreed}
    scores = {key: found for key, found in form_scores(seat).items() if line_of(key) not in used}
    if not scores:
        return ()
    wished = {line_of(each.instrument): each.in_keepsake for each in schedule_of(seat)}
    bounds = bounds_of(seat.actor)
    return tuple(
        FormLine(with_bounds(measure(key), bounds), found, wished.get(line_of(key), False))
        for key, found in scores.items()
        if wished.get(line_of(key), True)
    )


def then_and_now_of(seat: Seat) -> ThenAndNow:
    then, now = start_and_today(seat)
    goals, earlier = _chain(seat, readings_of(seat))
    whole = then is not None and all(need.id in then.entries for need in goals.needs if need.is_agreed)
    without = None if whole else reason_without_picture(seat)
    return ThenAndNow(goals, then, now, earlier, without, form_lines(seat, goals))


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


def target_in(
    actor: Person, *, journey_id: UUID, target_id: UUID
) -> tuple[Seat, Ending | None, Target] | None:
    found = room_for(actor, journey_id=journey_id)
    target = target_for(found[0], target_id) if found else None
    return (*found, target) if found and target else None

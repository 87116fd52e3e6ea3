"""Questions about what comes after the end: the days, the links, the answers. Reading starts at a seat, or at a link."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.goals.measuring.queries import form_scores
from alongside.goals.measuring.versions import newest_of_line
from alongside.goals.queries import NeedFacts, TargetFacts
from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import state_of_journey
from alongside.journeys.restriction import looked_over, written_to_afterwards
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.journeys.visibility import may_read_said
from alongside.kernel.clock import now, today
from alongside.measures.catalogue import OWN_PREFIX
from alongside.measures.questionnaires import INSTRUMENTS
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.rooms.environment.queries.calendars import wishes_of

from ..comparison.queries import asked_today
from ..record.models import Ending
from ..record.queries import may_write_now, room_for
from ..record.states import AFTER
from .models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpLetter,
    FollowUpPlan,
    FollowUpStateRecord,
    FollowUpValue,
)
from .states import FollowUpState, Letter, Readers

REMIND_AFTER = dt.timedelta(days=7)
SILENT_AFTER = dt.timedelta(days=14)
"""So long after the reminder."""


# --- the days -----------------------------------------------------------------------------------------------


def plan_of(seat: Seat) -> FollowUpPlan | None:
    """What holds about being asked; None while nothing has been said."""
    return FollowUpPlan.objects.filter(journey=seat.journey).order_by("-created_at", "-id").first()


def readers_of(seat: Seat) -> Readers:
    """Who reads an answer given now. Until the participant says otherwise, they alone."""
    plan = plan_of(seat)
    return Readers(plan.readers) if plan else Readers.MINE


def readers_now(seat: Seat) -> Readers:
    """Who reads an answer typed in this moment: with the guide gone nobody but the participant, also should they return."""
    return readers_of(seat) if guide_to_ask(seat) else Readers.MINE


def with_state(days: QuerySet[FollowUp]) -> QuerySet[FollowUp]:
    records = FollowUpStateRecord.objects.filter(follow_up=OuterRef("pk")).order_by("-created_at", "-id")
    silence = records.filter(state=FollowUpState.SILENT)
    return days.annotate(
        latest=Subquery(records.values("state")[:1]),
        entered_at=Subquery(records.values("created_at")[:1]),
        silent_at=Subquery(silence.values("created_at")[:1]),
    )


def state_of(day: FollowUp) -> FollowUpState:
    return FollowUpState(getattr(day, "latest", None) or FollowUpState.PLANNED)


def days_of(seat: Seat) -> list[FollowUp]:
    """Every day that was planned and not given up, the earliest first, with its state."""
    return list(with_state(FollowUp.objects.filter(journey=seat.journey, cancelled_at=None)).order_by("on"))


def days_ahead(seats: Sequence[Seat]) -> dict[UUID, list[dt.date]]:
    """The days on which each of these journeys is asked again, from today on. Nothing is asked for none."""
    if not seats:
        return {}
    by_id = {seat.journey.id: seat for seat in seats}
    found: dict[UUID, list[dt.date]] = {}
    planned = FollowUp.objects.filter(journey__in=by_id, cancelled_at=None).order_by("on")
    for journey_id, on in planned.values_list("journey_id", "on"):
        if on >= today(str(zone_of(by_id[journey_id].participant.person))):
            found.setdefault(journey_id, []).append(on)
    return found


def day_behind_lock(day_id: UUID) -> FollowUp:
    """The day as it is now; of two who act on it at once the second waits here."""
    FollowUp.objects.select_for_update().get(id=day_id)
    return with_state(FollowUp.objects.select_related("journey")).get(id=day_id)


def open_day(seat: Seat, days: list[FollowUp] | None = None) -> FollowUp | None:
    """The latest day that has come: the one a question asked now is about."""
    come = [day for day in (days_of(seat) if days is None else days) if has_come(seat, day)]
    return come[-1] if come else None


def has_come(seat: Seat, day: FollowUp) -> bool:
    return day.on <= today(str(zone_of(seat.participant.person)))


# --- answers ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer with its values; `later` tells that another came before it."""

    row: FollowUpAnswer
    day: FollowUp
    needs: dict[UUID, tuple[int | None, str]]
    targets: dict[UUID, Decimal]
    forms: dict[str, Decimal | None]
    later: bool


def answers_of(seat: Seat) -> list[Answered]:
    """The answers this person may read, oldest first. Three queries."""
    rows = FollowUpAnswer.objects.filter(follow_up__journey=seat.journey).select_related("follow_up", "by")
    return _read(seat, list(rows.order_by("created_at", "id")))


def worse_unseen(seat: Seat) -> QuerySet[FollowUpAnswer]:
    """Answers much worse than the end that the guide may read, and has not noted to have looked at."""
    if not seat.is_guide:
        return FollowUpAnswer.objects.none()
    rows = FollowUpAnswer.objects.filter(follow_up__journey=seat.journey, much_worse=True, seen_at=None)
    return rows.filter(readers=Readers.OURS)


def answer_of(seat: Seat, answer_id: str) -> list[Answered]:
    """One answer, by its id as a page remembers it."""
    try:
        rows = FollowUpAnswer.objects.filter(follow_up__journey=seat.journey, id=UUID(answer_id))
    except ValueError:
        return []
    return _read(seat, list(rows.select_related("follow_up", "by")))


def _read(seat: Seat, rows: list[FollowUpAnswer]) -> list[Answered]:
    author = seat.participant.person.id
    allowed = [row for row in rows if may_read_said(seat, author_id=author, visibility=row.readers)]
    values: dict[UUID, list[FollowUpValue]] = {}
    for value in FollowUpValue.objects.filter(answer__in=allowed).order_by("id"):
        values.setdefault(value.answer_id, []).append(value)
    seen: set[UUID] = set()
    found = []
    for row in allowed:
        of_it = values.get(row.id, [])
        found.append(
            Answered(
                row,
                row.follow_up,
                {v.need_id: (_whole(v.value), str(v.words)) for v in of_it if v.need_id},
                {v.target_id: v.value for v in of_it if v.target_id and v.value is not None},
                {v.instrument: v.value for v in of_it if v.instrument},
                row.follow_up_id in seen,
            )
        )
        seen.add(row.follow_up_id)
    return found


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a follow-up asks about: the same needs, targets and questionnaires as on the way."""

    needs: tuple[NeedFacts, ...]
    targets: tuple[TargetFacts, ...]
    instruments: tuple[str, ...]


def asked_of(seat: Seat) -> Asked:
    found = asked_today(seat)
    needs, targets = found.needs, found.targets
    by_form = [target for target in targets if is_form(target.wording.measure)]
    keys = [target.wording.measure for target in by_form] + sorted(form_scores(seat))
    used = dict.fromkeys(newest_of_line(key) for key in keys)
    return Asked(needs, tuple(target for target in targets if target not in by_form), tuple(used))


def is_form(measure: str) -> bool:
    return measure in INSTRUMENTS or measure.startswith(OWN_PREFIX)


# --- what is due --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    """The days that wait for something at this moment, by what it is."""

    ask: tuple[UUID, ...]
    remind: tuple[UUID, ...]
    silent: tuple[UUID, ...]


def due_now() -> Due:
    """What is due, by each participant's own clocks and outside of their quiet hours. Three queries."""
    moment = now()
    rows = with_state(
        FollowUp.objects.filter(
            looked_over(),
            written_to_afterwards(),
            cancelled_at=None,
            on__lte=moment.date() + dt.timedelta(days=1),
        )
    )
    rows = rows.annotate(journey_is=state_of_journey("journey"))
    rows = rows.filter(journey_is__in=[str(state) for state in AFTER])
    answered = FollowUpStateRecord.objects.filter(
        follow_up=OuterRef("pk"), state__in=[FollowUpState.ANSWERED, FollowUpState.SILENT]
    )
    waiting = list(rows.filter(~Exists(answered)).order_by("on", "id"))
    people = _participants(day.journey_id for day in waiting)
    wishes = wishes_of(people.values())
    found: dict[str, list[UUID]] = {"ask": [], "remind": [], "silent": []}
    for day in waiting:
        person = people.get(day.journey_id)
        if person is None or not may_write_now(person, moment, wishes[person.id].quiet):
            continue
        if what := _due(day, person, moment):
            found[what].append(day.id)
    return Due(*(tuple(found[name]) for name in ("ask", "remind", "silent")))


def _due(day: FollowUp, person: Person, moment: dt.datetime) -> str:
    local, state = moment.astimezone(zone_of(person)), state_of(day)
    since = moment - (getattr(day, "entered_at", None) or moment)
    if local.date() < day.on:
        return ""
    if state == FollowUpState.PLANNED:
        return "ask" if person.is_active else ""
    if state == FollowUpState.ASKED and since >= REMIND_AFTER:
        return "remind"
    return "silent" if state == FollowUpState.REMINDED and since >= SILENT_AFTER else ""


def _participants(journey_ids: Iterable[UUID]) -> dict[UUID, Person]:
    rows = JourneyMember.objects.filter(journey__in=set(journey_ids), part=Part.PARTICIPANT, left_at=None)
    return {row.journey_id: row.person for row in rows.select_related("person__user")}


def guide_to_ask(seat: Seat) -> Person | None:
    """The guide who asks by phone, where the participant reads no e-mail: theirs, as long as they are here."""
    guides = [member.person for member in seat.members if member.part in (Part.GUIDE, Part.COVERING)]
    return next((person for person in guides if person.is_active and person.user_id), None)


def letter_to_post(letter_id: str) -> FollowUpLetter:
    return FollowUpLetter.objects.select_related("follow_up", "recipient__user").get(id=letter_id)


def state_now(day: FollowUp) -> FollowUpState:
    latest = FollowUpStateRecord.objects.filter(follow_up=day).order_by("-created_at", "-id").first()
    return FollowUpState(latest.state) if latest else FollowUpState.PLANNED


def last_letter(seat: Seat) -> bool:
    """Whether any letter with a link went out that still holds."""
    letters = FollowUpLetter.objects.filter(follow_up__journey=seat.journey, revoked_at=None)
    return letters.filter(Q(expires_at__gt=now()) & Q(sort__in=[Letter.ASK, Letter.REMINDER])).exists()


def day_for(actor: Person, *, journey_id: UUID, day_id: UUID) -> tuple[Seat, Ending | None, FollowUp] | None:
    found = room_for(actor, journey_id=journey_id)
    if found is None:
        return None
    rows = FollowUp.objects.filter(journey=found[0].journey, id=day_id, cancelled_at=None)
    day = with_state(rows).first()
    return (*found, day) if day else None

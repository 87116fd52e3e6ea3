"""Who is to be reminded now: to prepare for a first meeting, or to look at an agreement again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import state_of_journey, with_a_part
from alongside.journeys.restriction import looked_over
from alongside.journeys.states import GUIDING, JourneyState, Part
from alongside.rooms.environment.models import Meeting, MeetingStateRecord
from alongside.rooms.environment.states import MeetingState

from .models import AgreementStateRecord, AgreementVersion, Preparation, Reminded, Reminder
from .states import AgreementState

BEFORE_MEETING = dt.timedelta(days=2)
BEFORE_REVIEW = dt.timedelta(days=7)
TWO = (*GUIDING, Part.PARTICIPANT)


class Due(NamedTuple):
    of: Reminded
    journey_id: UUID
    person_id: UUID
    subject_id: UUID


def due_reminders(now: dt.datetime) -> list[Due]:
    """Every letter that is due at this moment and has not been written yet."""
    return [*_to_prepare(now), *_to_review(now)]


def _to_prepare(now: dt.datetime) -> Iterator[Due]:
    """The first meeting begins within two days, and one of the two has not sent their preparation."""
    states = MeetingStateRecord.objects.filter(meeting=OuterRef("pk")).order_by("-created_at", "-id")
    meetings = Meeting.objects.filter(
        starts_at__gt=now, starts_at__lte=now + BEFORE_MEETING, number=F("journey__first_number")
    ).annotate(is_now=Subquery(states.values("state")[:1]), journey_is=state_of_journey("journey"))
    near = meetings.filter(is_now=MeetingState.PLANNED, journey_is=JourneyState.PREPARING)
    subjects = {row[0]: row[1] for row in near.values_list("journey_id", "id")}
    sent = Preparation.objects.filter(journey=OuterRef("journey"), person=OuterRef("person"))
    yield from _for_the_two(Reminded.PREPARATION, subjects, now, unless=sent)


def _to_review(now: dt.datetime) -> Iterator[Due]:
    """The agreement in force is to be looked at again within a week, or should have been."""
    states = AgreementStateRecord.objects.filter(version=OuterRef("pk")).order_by("-created_at", "-id")
    versions = AgreementVersion.objects.filter(review_on__lte=(now + BEFORE_REVIEW).date()).annotate(
        is_now=Subquery(states.values("state")[:1]), journey_is=state_of_journey("journey")
    )
    due = versions.filter(is_now=AgreementState.IN_FORCE, journey_is=JourneyState.ACTIVE)
    subjects = {row[0]: row[1] for row in due.values_list("journey_id", "id")}
    yield from _for_the_two(Reminded.REVIEW, subjects, now)


def members_to_write_to(
    journeys: Iterable[UUID], now: dt.datetime, parts: Iterable[Part]
) -> QuerySet[JourneyMember]:
    """Who has one of these parts at this moment, an account that is open, and an address; in the order they came."""
    members = JourneyMember.objects.filter(
        with_a_part(now), looked_over(), journey__in=journeys, part__in=parts, person__is_active=True
    )
    return members.exclude(person__email="").exclude(person__user=None).order_by("created_at", "id")


def _for_the_two(
    of: Reminded, subjects: dict[UUID, UUID], now: dt.datetime, unless: object = None
) -> Iterator[Due]:
    members = members_to_write_to(subjects, now, TWO)
    if unless is not None:
        members = members.filter(~Exists(unless))  # type: ignore[arg-type]
    told = set(
        Reminder.objects.filter(of=of, subject_id__in=subjects.values()).values_list(
            "person_id", "subject_id"
        )
    )
    for journey_id, person_id in members.values_list("journey_id", "person_id"):
        if (person_id, subjects[journey_id]) not in told:
            yield Due(of, journey_id, person_id, subjects[journey_id])

"""Facts of all rooms laid down directly, for trying what the overview makes of them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime

from alongside.goals.actions import Wording, plan_step, propose_need, propose_target
from alongside.goals.models import Reading, TargetWording
from alongside.journeys.models import Journey, Visibility, Words
from alongside.kernel.clock import now
from alongside.rooms.ending.record.models import Ending, EndingStateRecord, Saying
from alongside.rooms.environment.models import Meeting, MeetingStateRecord, Place
from alongside.rooms.first_meeting.models import (
    Acceptance,
    AgreementStateRecord,
    AgreementVersion,
    Picture,
    Preparation,
)
from alongside.rooms.sessions.record import boxes
from alongside.rooms.sessions.record.models import Acknowledgement, MeetingRecord, MeetingRecordStateRecord

LONDON = ZoneInfo("Europe/London")


def meeting(cast, journey: Journey, number: int | None, *, days: float, state: str = "planned") -> Meeting:
    """A meeting some days from now (negative: ago), an hour long, in a place of its own."""
    place = Place.objects.create(
        organisation=cast.organisation, owner=cast.guide, kind="room", name="Blue room"
    )
    starts = now() + dt.timedelta(days=days)
    booked = Meeting.objects.create(
        journey=journey,
        number=number,
        guide=cast.guide,
        place=place,
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        minutes=60,
        zone="Europe/London",
        wall_date=localtime(starts, LONDON).date(),
        wall_time=localtime(starts, LONDON).time(),
        booked_by=cast.guide,
    )
    MeetingStateRecord.objects.create(meeting=booked, state="planned", by=cast.guide)
    if state != "planned":
        MeetingStateRecord.objects.create(meeting=booked, state=state, by=cast.guide)
    return booked


def agreement(cast, journey: Journey, state: str, *sides: str, number: int = 1) -> AgreementVersion:
    version = AgreementVersion.objects.create(
        journey=journey, number=number, meeting_minutes=60, every_days=14, by=cast.guide
    )
    AgreementStateRecord.objects.create(version=version, state=state, by=cast.guide)
    for side in sides:
        Acceptance.objects.create(version=version, side=side, person=getattr(cast, side), how="signed_in")
    return version


def prepared(cast, journey: Journey, *people) -> None:
    for person in people:
        Preparation.objects.create(journey=journey, person=person)


def picture(cast, journey: Journey) -> None:
    Picture.objects.create(journey=journey, moment="start", taken_by=cast.participant)


def record(cast, booked: Meeting, state: str, *sides: str, summary: str = "") -> MeetingRecord:
    made = MeetingRecord.objects.create(
        meeting=booked, journey=booked.journey, number=booked.number, opened_by=cast.guide
    )
    MeetingRecordStateRecord.objects.create(record=made, state=state, by=cast.guide)
    for side in sides:
        Acknowledgement.objects.create(record=made, side=side, by=getattr(cast, side))
    if summary:
        Words.objects.create(
            journey=booked.journey,
            place=boxes.RECORD,
            subject_id=made.id,
            box=boxes.SUMMARY,
            visibility=Visibility.OURS,
            text=summary,
            version=1,
            edited_at=now(),
            edited_by=cast.participant,
        )
    return made


def ending(cast, journey: Journey, state: str, *sides: str) -> Ending:
    begun = Ending.objects.create(journey=journey, begun_by=cast.guide)
    EndingStateRecord.objects.create(ending=begun, state=state, by=cast.guide)
    for side in sides:
        Saying.objects.create(ending=begun, said="acknowledged", side=side, by=getattr(cast, side))
    return begun


def goals(cast, journey: Journey, *, targets: int = 1, readings: int = 3, steps: int = 1) -> None:
    """A need with targets, each with its readings and a step of the participant."""
    seat = cast.seat(cast.guide, journey)
    need = propose_need(statement="To sleep", by=seat)
    for number in range(targets):
        target = propose_target(
            need=need, wording=Wording(difference=f"Nights {number}", measure="rating-0-10", aim=8), by=seat
        )
        wording = TargetWording.objects.get(target=target)
        Reading.objects.bulk_create(
            Reading(
                target=target,
                wording=wording,
                value=2 + each % 7,
                taken_on=dt.date(2026, 1, 1) + dt.timedelta(days=7 * each),
                source="meeting",
                by=cast.guide,
            )
            for each in range(readings)
        )
        for each in range(steps):
            plan_step(
                text=f"Step {number}.{each}", owner=cast.participant, target=target, planned_in=1, by=seat
            )


def under_way(cast, journey: Journey, *, held: int = 2, next_in: float | None = 7) -> None:
    """A journey in its sessions, with the next meeting booked in so many days, or none."""
    for number in range(1, held + 1):
        meeting(cast, journey, number, days=-7 * (held + 1 - number), state="held")
    if next_in is not None:
        meeting(cast, journey, held + 1, days=next_in)
    agreement(cast, journey, "in_force", "guide", "participant")
    picture(cast, journey)
    prepared(cast, journey, cast.guide, cast.participant)

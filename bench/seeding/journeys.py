"""A journey with its members, states, first meeting and ending."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.journeys.models import (
    Journey,
    JourneyMember,
    JourneyStateRecord,
    Visibility,
)
from alongside.journeys.states import JourneyState, Part
from alongside.journeys.words import Box
from alongside.rooms.ending.contributions.models import EndingEntry
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.record.models import Ending, EndingStateRecord, Saying
from alongside.rooms.ending.record.states import EndingState, Said
from alongside.rooms.first_meeting import boxes
from alongside.rooms.first_meeting.models import (
    Acceptance,
    AgreementStateRecord,
    AgreementVersion,
    Picture,
    PictureEntry,
    Preparation,
)
from alongside.rooms.first_meeting.states import AgreementState, Moment, Side

from . import goals, meetings, rows, texts
from .shape import MINUTES, Scene

DAY = dt.timedelta(days=1)


def write_journey(scene: Scene) -> None:
    """All rows of one journey."""
    _spine(scene)
    _preparations(scene)
    need_ids = goals.write_goals(scene)
    _picture(scene, need_ids, Moment.START)
    _agreement(scene)
    meetings.write_meetings(scene)
    if scene.shape.over:
        _ending(scene, need_ids)


def _spine(scene: Scene) -> None:
    load, at = scene.load, scene.begins
    load.add(
        Journey,
        id=scene.journey_id,
        organisation_id=scene.organisation_id,
        kind=scene.kind.slug,
        template=scene.template.slug,
        title=texts.line(scene.seed),
        meeting_minutes=MINUTES,
        every_days=scene.every_days,
        planned_meetings=scene.shape.meetings + 2,
        begun_by_id=scene.guide_id,
        created_at=at,
    )
    for person_id, part in zip(scene.two, (Part.GUIDE, Part.PARTICIPANT), strict=True):
        load.add(JourneyMember, journey_id=scene.journey_id, person_id=person_id, part=part, created_at=at)
    states = [
        (JourneyState.DRAFT, at),
        (JourneyState.PREPARING, at + DAY),
        (JourneyState.ACTIVE, scene.meeting_at(1)),
    ]
    if scene.shape.over:
        states += [
            (JourneyState.ENDING, scene.last_meeting),
            (JourneyState.COMPLETED, scene.last_meeting + DAY),
        ]
    for state, moment in states:
        load.add(
            JourneyStateRecord,
            journey_id=scene.journey_id,
            state=state,
            by_id=scene.guide_id,
            created_at=moment,
        )
        rows.write_entry(
            scene, f"journey.{state}", "journeys.journey", scene.journey_id, by=scene.guide_id, at=moment
        )


def _preparations(scene: Scene) -> None:
    at = scene.meeting_at(1) - 3 * DAY
    questions = (
        scene.template.guide_preparation or scene.kind.guide_preparation,
        scene.template.preparation or scene.kind.preparation,
    )
    for person_id, asked in zip(scene.two, questions, strict=True):
        scene.load.add(
            Preparation, journey_id=scene.journey_id, person_id=person_id, sent_at=at, created_at=at
        )
        for number, question in enumerate(asked if scene.shape.every_box else asked[:2]):
            box = Box(boxes.PREPARATION, scene.journey_id, question.key, Visibility.OURS, own=True)
            rows.write_box(scene, box, texts.note(scene.seed + number), by=person_id, at=at)


def _picture(scene: Scene, need_ids: list[UUID], moment: Moment) -> None:
    at = scene.meeting_at(1) if moment == Moment.START else scene.last_meeting
    picture_id = scene.load.add(
        Picture,
        journey_id=scene.journey_id,
        moment=moment,
        taken_at=at,
        taken_by_id=scene.participant_id,
        created_at=at,
    )
    for number, need_id in enumerate(need_ids):
        scene.load.add(
            PictureEntry,
            picture_id=picture_id,
            need_id=need_id,
            rating=(3 if moment == Moment.START else 6) + number % 3,
            words=texts.line(scene.seed + number),
            created_at=at,
        )


def _agreement(scene: Scene) -> None:
    load, at = scene.load, scene.meeting_at(1)
    version_id = load.add(
        AgreementVersion,
        journey_id=scene.journey_id,
        number=1,
        begins_on=at.date(),
        meeting_minutes=MINUTES,
        every_days=scene.every_days,
        planned_meetings=scene.shape.meetings + 2,
        by_id=scene.guide_id,
        created_at=at,
    )
    passed = (
        AgreementState.DRAFT,
        AgreementState.PROPOSED,
        AgreementState.ACCEPTED_BY_ONE,
        AgreementState.IN_FORCE,
    )
    for minute, state in enumerate(passed):
        moment = at + dt.timedelta(minutes=minute)
        load.add(
            AgreementStateRecord, version_id=version_id, state=state, by_id=scene.guide_id, created_at=moment
        )
    for side, person_id in zip((Side.GUIDE, Side.PARTICIPANT), scene.two, strict=True):
        load.add(
            Acceptance, version_id=version_id, side=side, person_id=person_id, how="signed_in", created_at=at
        )
        rows.write_entry(
            scene,
            "agreement.accepted",
            "room_first_meeting.agreementversion",
            version_id,
            by=person_id,
            at=at,
        )
    sections = scene.kind.agreement if scene.shape.every_box else scene.kind.agreement[:3]
    for section in sections:
        rows.write_box(
            scene, boxes.section(version_id, section.key), str(section.example), by=scene.guide_id, at=at
        )


def _ending(scene: Scene, need_ids: list[UUID]) -> None:
    load, at = scene.load, scene.last_meeting
    ending_id = load.add(Ending, journey_id=scene.journey_id, begun_by_id=scene.guide_id, created_at=at)
    states = (EndingState.BEGUN, EndingState.ACKNOWLEDGED_BY_ONE, EndingState.CLOSED)
    for day, state in enumerate(states):
        load.add(
            EndingStateRecord,
            ending_id=ending_id,
            state=state,
            by_id=scene.guide_id,
            created_at=at + day * DAY,
        )
    for said in (Said.READY, Said.ACKNOWLEDGED):
        for side, person_id in zip((Side.GUIDE, Side.PARTICIPANT), scene.two, strict=True):
            load.add(Saying, ending_id=ending_id, said=said, side=side, by_id=person_id, created_at=at + DAY)
    for position, sort in enumerate((Sort.KEY_POINT, Sort.STRATEGY, Sort.SUPPORT)):
        load.add(
            EndingEntry,
            ending_id=ending_id,
            sort=sort,
            what=texts.line(scene.seed + position),
            then=texts.line(scene.seed + position + 5),
            category="peer" if sort == Sort.SUPPORT else "",
            position=position,
            by_id=scene.participant_id,
            created_at=at,
        )
    _picture(scene, need_ids, Moment.NOW)

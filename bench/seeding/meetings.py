"""Meetings of one journey: their bookings and claims, their records and the words in them."""

from __future__ import annotations

import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.rooms.environment.models import (
    Claim,
    ClaimRole,
    EnvironmentCheck,
    Meeting,
    MeetingStateRecord,
    MeetingTime,
)
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.sessions.record import boxes
from alongside.rooms.sessions.record.models import (
    Acknowledgement,
    Issue,
    IssueStateRecord,
    MeetingFeedback,
    MeetingRecord,
    MeetingRecordStateRecord,
)
from alongside.rooms.sessions.record.states import IssueState, RecordState, Side

from . import rows, texts
from .shape import MINUTES, ZONE, Scene

LENGTH = dt.timedelta(minutes=MINUTES)
_ZONE = ZoneInfo(ZONE)


def write_meetings(scene: Scene) -> None:
    for number in range(1, scene.shape.meetings + 1):
        is_held = number <= scene.shape.held
        meeting_id = _meeting(scene, number, is_held)
        # the first meeting has a room of its own; what is said in it is kept there
        if number > 1 and (is_held or scene.shape.begun):
            record_id = _record(scene, number, meeting_id, is_held)
            _words(scene, number, record_id)
            _issues(scene, number, record_id)


def _meeting(scene: Scene, number: int, is_held: bool) -> UUID:
    load, starts_at = scene.load, scene.meeting_at(number)
    booked_at = starts_at - dt.timedelta(days=scene.every_days)
    wall = starts_at.astimezone(_ZONE)
    times = {"starts_at": starts_at, "ends_at": starts_at + LENGTH}
    meeting_id = load.add(
        Meeting,
        journey_id=scene.journey_id,
        number=number,
        guide_id=scene.guide_id,
        place_id=scene.place_id,
        minutes=MINUTES,
        zone=ZONE,
        wall_date=wall.date(),
        wall_time=wall.time(),
        booked_by_id=scene.guide_id,
        created_at=booked_at,
        **times,
    )
    load.add(
        MeetingTime,
        meeting_id=meeting_id,
        sequence=0,
        place_id=scene.place_id,
        by_id=scene.guide_id,
        created_at=booked_at,
        **times,
    )
    claims = zip(
        (ClaimRole.GUIDE, ClaimRole.PARTICIPANT, ClaimRole.PLACE), (*scene.two, scene.place_id), strict=True
    )
    for role, subject in claims:
        load.add(Claim, meeting_id=meeting_id, role=role, subject=subject, created_at=booked_at, **times)
    state = {"meeting_id": meeting_id, "by_id": scene.guide_id}
    load.add(MeetingStateRecord, state=MeetingState.PLANNED, created_at=booked_at, **state)
    rows.write_entry(
        scene, "meeting.booked", "room_environment.meeting", meeting_id, by=scene.guide_id, at=booked_at
    )
    if is_held:
        load.add(MeetingStateRecord, state=MeetingState.HELD, created_at=starts_at + LENGTH, **state)
        _check(scene, meeting_id, starts_at)
    return meeting_id


def _check(scene: Scene, meeting_id: UUID, at: dt.datetime) -> None:
    ticks = ("private", "quiet", "phones_away", "enough_time", "both_ready")
    scene.load.add(
        EnvironmentCheck,
        meeting_id=meeting_id,
        journey_id=scene.journey_id,
        checked_at=at,
        checked_by_id=scene.guide_id,
        started_on_time=True,
        interruptions=0,
        had_enough_time=True,
        noted_at=at + LENGTH,
        noted_by_id=scene.guide_id,
        created_at=at,
        **dict.fromkeys(ticks, True),
    )


def _record(scene: Scene, number: int, meeting_id: UUID, is_held: bool) -> UUID:
    load, at = scene.load, scene.meeting_at(number)
    closing = {"minutes_taken": MINUTES, "safety_raised": False} if is_held else {}
    record_id = load.add(
        MeetingRecord,
        meeting_id=meeting_id,
        journey_id=scene.journey_id,
        number=number,
        opened_by_id=scene.guide_id,
        present=[["guide", str(scene.guide_id)], ["participant", str(scene.participant_id)]]
        if is_held
        else [],
        created_at=at,
        **closing,
    )
    states = [(RecordState.OPEN, at)]
    if is_held:
        states += [(RecordState.ACKNOWLEDGED_BY_ONE, at + LENGTH), (RecordState.CLOSED, at + 2 * LENGTH)]
        for side, person_id in zip((Side.GUIDE, Side.PARTICIPANT), scene.two, strict=True):
            load.add(Acknowledgement, record_id=record_id, side=side, by_id=person_id, created_at=at + LENGTH)
        _feedback(scene, record_id, at + 2 * LENGTH)
    for state, moment in states:
        load.add(
            MeetingRecordStateRecord,
            record_id=record_id,
            state=state,
            by_id=scene.guide_id,
            created_at=moment,
        )
    rows.write_entry(
        scene, "record.opened", "room_sessions.meetingrecord", record_id, by=scene.guide_id, at=at
    )
    return record_id


def _feedback(scene: Scene, record_id: UUID, at: dt.datetime) -> None:
    scene.load.add(
        MeetingFeedback,
        record_id=record_id,
        journey_id=scene.journey_id,
        by_id=scene.participant_id,
        matters=8,
        plan=7,
        listened=9,
        next_step=8,
        created_at=at,
    )


def _words(scene: Scene, number: int, record_id: UUID) -> None:
    at = scene.meeting_at(number) + dt.timedelta(minutes=30)
    every = (*boxes.SHARED, boxes.PRIVATE)
    for index, name in enumerate(every if scene.shape.every_box else (boxes.SUMMARY, "plan")):
        text = texts.note(scene.seed + number + index, scene.shape.sentences)
        rows.write_box(scene, boxes.in_record(record_id, name), text, by=scene.guide_id, at=at)
    if scene.shape.every_box:
        before = boxes.before(scene.journey_id, number)
        ahead = boxes.for_next_time(scene.journey_id, number)
        rows.write_box(scene, before, texts.note(number, 2), by=scene.participant_id, at=at)
        rows.write_box(scene, ahead, texts.note(number + 1, 2), by=scene.participant_id, at=at)


def _issues(scene: Scene, number: int, record_id: UUID) -> None:
    """One issue in each of the last meetings; every third is still open."""
    if scene.shape.meetings - number >= scene.shape.issues:
        return
    at = scene.meeting_at(number) + dt.timedelta(minutes=35)
    issue_id = scene.load.add(
        Issue,
        journey_id=scene.journey_id,
        record_id=record_id,
        text=texts.line(scene.seed + number),
        raised_by_id=scene.participant_id,
        created_at=at,
    )
    states = (IssueState.RAISED,) if number % 3 == 0 else (IssueState.RAISED, IssueState.LET_BE)
    for minute, state in enumerate(states):
        scene.load.add(
            IssueStateRecord,
            issue_id=issue_id,
            state=state,
            by_id=scene.guide_id,
            created_at=at + dt.timedelta(minutes=minute),
        )

"""Journeys made by hand for the tests of figures: each fact on its day."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils.timezone import localtime

from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord
from alongside.journeys.states import Part
from alongside.people.models import Person
from alongside.programmes.actions import ProgrammeDetails, add_programme
from alongside.programmes.models import Placement, Programme, ProgrammeMember, ProgrammeRole
from alongside.programmes.queries import ProgrammeSeat
from alongside.rooms.environment.models import EnvironmentCheck, Meeting, MeetingStateRecord, Place
from alongside.rooms.first_meeting.models import AgreementStateRecord, AgreementVersion, Preparation

LONDON = ZoneInfo("Europe/London")


def at(day: str, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(hour), LONDON)


def on(row, day: str):
    """The row as it would be had it been made on that day."""
    type(row)._base_manager.filter(pk=row.pk).update(created_at=at(day))
    row.created_at = at(day)
    return row


def details(**more) -> ProgrammeDetails:
    facts = {
        "name": "Placements",
        "site": "Larkfield",
        "kinds": ["supervision"],
        "begins_on": dt.date(2025, 1, 1),
    }
    return ProgrammeDetails(**{**facts, **more})


def programme(cast, **more) -> Programme:
    """A programme that the cast's lead leads and in which its guide guides."""
    made = add_programme(details=details(**more), by=cast.lead)
    ProgrammeMember.objects.create(
        programme=made, person=cast.guide, role=ProgrammeRole.GUIDE, by=cast.administrator
    )
    return made


def seat(who: Person, made: Programme) -> ProgrammeSeat:
    from alongside.programmes.queries import programme_for

    found = programme_for(who, programme_id=made.id)
    assert found
    return found[0]


def journey(cast, begun: str, *states: tuple[str, str], within: Programme | None = None, **facts) -> Journey:
    """A journey begun on a day, with the states it entered and the days on which it did."""
    made = Journey.objects.create(
        **{
            "organisation": cast.organisation,
            "kind": "supervision",
            "template": "student-placement",
            "every_days": 14,
            "begun_by": cast.guide,
            **facts,
        }
    )
    on(made, begun)
    for who, part in ((cast.guide, Part.GUIDE), (cast.participant, Part.PARTICIPANT)):
        JourneyMember.objects.create(journey=made, person=who, part=part)
    for day, state in (*states,):
        on(JourneyStateRecord.objects.create(journey=made, state=state, by=cast.guide), day)
    if within:
        on(Placement.objects.create(journey=made, programme=within, by=cast.guide), begun)
    return made


def agreed(made: Journey, by: Person, day: str, *, number: int = 1, review_on: str = "", **facts):
    version = AgreementVersion.objects.create(
        journey=made,
        number=number,
        review_on=dt.date.fromisoformat(review_on) if review_on else None,
        meeting_minutes=60,
        every_days=facts.get("every_days", made.every_days),
        by=by,
    )
    for state in facts.get("states", ("draft", "proposed", "in_force")):
        on(AgreementStateRecord.objects.create(version=version, state=state, by=by), day)
    return version


def meeting(cast, made: Journey, day: str, state: str = "held", *, number: int | None = None, **facts):
    place, _made = Place.objects.get_or_create(organisation=cast.organisation, kind="room", owner=cast.guide)
    starts = at(day)
    row = Meeting.objects.create(
        journey=made,
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
    on(row, facts.get("booked", day))
    on(
        MeetingStateRecord.objects.create(meeting=row, state="planned", by=cast.guide),
        facts.get("booked", day),
    )
    if state != "planned":
        said = facts.get("said", day)
        on(MeetingStateRecord.objects.create(meeting=row, state=state, by=cast.guide), said)
    return row


def noted(cast, row: Meeting, *, interruptions: int = 0, on_time: bool = True) -> EnvironmentCheck:
    return EnvironmentCheck.objects.create(
        meeting=row,
        journey=row.journey,
        started_on_time=on_time,
        interruptions=interruptions,
        had_enough_time=True,
        noted_at=row.ends_at,
        noted_by=cast.guide,
    )


def prepared(made: Journey, who: Person, day: str) -> Preparation:
    return Preparation.objects.create(journey=made, person=who, sent_at=at(day))

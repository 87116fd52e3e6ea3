"""One journey, as the person who takes it along may read it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import covers_of, earlier_covers_of, states_of
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.ledger.openings import opened_things_of
from alongside.overview.pages.opened import GUIDES_ALONE, WHAT
from alongside.people.models import Person
from alongside.rooms.first_meeting.models import Acceptance
from alongside.rooms.first_meeting.queries import versions_of
from alongside.rooms.sessions.copies.queries import Told
from alongside.rooms.sessions.reflection.queries import Reflected

from . import Facts
from .afterwards import afterwards_of
from .goals import goals_in
from .labels import Numbers
from .meetings import meetings_in
from .written import words_of

ALL_OPENINGS = 100_000
Names = Mapping[UUID, str]


def is_in_full(seat: Seat) -> bool:
    """Who guides a journey or takes part in it takes all of it along that they may read.

    Who covers for the guide, or is named in it, takes along what they wrote and what is marked for them: it is no
    record of theirs.
    """
    return seat.is_participant or Part.GUIDE in seat.parts


def journey_of(seat: Seat, number: int, told: Told | None, reflections: list[Reflected]) -> Facts:
    """`number` counts the journeys in this archive; `told` is what its meetings tell, for those who have all of it."""
    names = names_in(seat)
    facts = _about(seat, number, names)
    if told is None:
        mine = Q() if seat.is_named else Q(author=seat.actor)
        return facts | {"words": words_of(seat, names, Numbers({}, {}), only=mine)}
    versions = versions_of(seat)
    numbers = Numbers(
        {record.id: record.number for record in told.records}, {each.id: each.number for each in versions}
    )
    return {
        **facts,
        "states": _states(seat, names),
        "covers": _covers(seat, names),
        "agreements": _agreements(seat, names),
        **goals_in(seat, names),
        **meetings_in(seat, told, reflections, names),
        **afterwards_of(seat, names),
        "words": words_of(seat, names, numbers, only=Q()),
        "opened_by_others": _openings(seat, names),
    }


def names_in(seat: Seat) -> dict[UUID, str]:
    """What everybody is called who has, or had, a part in it. One query."""
    rows = JourneyMember.objects.filter(journey=seat.journey).select_related("person")
    return {row.person_id: str(row.person.name) for row in rows}


def _about(seat: Seat, number: int, names: Names) -> Facts:
    journey = seat.journey
    shown = seat.members if is_in_full(seat) else (seat.guide, seat.participant, seat.member)
    return {
        "id": journey.id,
        "folder": f"journey-{number}",
        "number": number,
        "kind": journey.kind,
        "kind_name": str(seat.kind.name),
        "template": journey.template,
        "title": str(journey.title),
        "state": seat.state,
        "in_full": is_in_full(seat),
        "my_parts": sorted(seat.parts),
        "people": [
            {"id": member.person.id, "name": member.name, "part": member.part}
            for member in {member.id: member for member in shown}.values()
        ],
        "begun_at": journey.created_at,
        "meeting_minutes": journey.meeting_minutes,
        "every_days": journey.every_days,
        "planned_meetings": journey.planned_meetings,
        "planned_end": journey.planned_end,
        "first_number": journey.first_number,
    }


def _states(seat: Seat, names: Names) -> list[Facts]:
    return [
        {
            "state": row.state,
            "at": row.created_at,
            "by": names.get(row.by_id, "") if row.by_id else "",
            "reason": str(row.reason),
            "expected_return": row.expected_return,
        }
        for row in states_of(seat)
    ]


def _covers(seat: Seat, names: Names) -> list[Facts]:
    return [
        {
            "name": str(cover.member.person.name),
            "from_day": cover.from_day,
            "until_day": cover.until_day,
            "reason": str(cover.reason),
            "in_an_emergency": cover.in_an_emergency,
        }
        for cover in (*earlier_covers_of(seat), *covers_of(seat))
    ]


def _agreements(seat: Seat, names: Names) -> list[Facts]:
    """Each version with its frame and whose yes it has; its sections lie with the words."""
    versions = sorted(versions_of(seat), key=lambda each: each.number)
    yeses: dict[UUID, list[Facts]] = {}
    rows = Acceptance.objects.filter(version__journey=seat.journey).order_by("created_at", "id")
    for row in rows:
        said = {"side": row.side, "name": str(row.typed_name), "how": row.how, "at": row.created_at}
        yeses.setdefault(row.version_id, []).append(said)
    return [
        {
            "id": each.id,
            "number": each.number,
            "state": each.state,  # type: ignore[attr-defined]
            "state_since": each.entered_at,  # type: ignore[attr-defined]
            "begins_on": each.begins_on,
            "review_on": each.review_on,
            "meeting_minutes": each.meeting_minutes,
            "every_days": each.every_days,
            "planned_meetings": each.planned_meetings,
            "planned_end": each.planned_end,
            "notice_hours": each.notice_hours,
            "after_missed": each.after_missed,
            "made_elsewhere_on": each.made_elsewhere_on,
            "accepted": yeses.get(each.id, []),
        }
        for each in versions
    ]


def _openings(seat: Seat, names: Names) -> list[Facts]:
    """Who else opened what, as it is told on the page about it."""
    things = opened_things_of(seat.journey.id, apart_from=seat.actor.id, most=ALL_OPENINGS)
    shown = [one for one in things if seat.is_guide or one.kind not in GUIDES_ALONE]
    wanted = {one.person_id for one in shown} - names.keys()
    rows = Person.objects.filter(id__in=wanted, organisation=seat.journey.organisation_id)
    known = dict(names) | {row.id: str(row.name) for row in rows}
    return [
        {
            "name": known.get(one.person_id, ""),
            "at": one.at,
            "kind": one.kind,
            "what": str(WHAT.get(one.kind, "")),
        }
        for one in shown
    ]

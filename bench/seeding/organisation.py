"""A server full of people: guides with about twenty journeys each, and one of them with the measured journey."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.kinds import KINDS
from alongside.kernel.ids import new_id
from alongside.people.models import Organisation, Person, User
from alongside.rooms.environment.models import Place, PlaceKind

from . import texts
from .journeys import write_journey
from .load import Load
from .shape import BEGUN, EVERY_DAYS, MEASURED, ORDINARY, OVER, Scene, Shape

JOURNEYS_EACH = 20
# A guide's journeys meet every fourteen days, each in a time of its own, so that nobody is in two meetings at once.
APART = dt.timedelta(hours=16)
CLOSE = dt.timedelta(minutes=70)
"""Guides with more journeys than that meet one after the other, and each of them less often."""


@dataclass(frozen=True)
class Seeded:
    """Who is asked for in the measurement, and where."""

    user_id: UUID
    person_id: UUID
    measured: UUID
    twin: UUID


@dataclass(frozen=True)
class Guide:
    user_id: UUID
    person_id: UUID
    place_id: UUID
    organisation_id: UUID


def fill(
    load: Load, *, journeys: int, now: dt.datetime, each: int = JOURNEYS_EACH, all_open: bool = False
) -> Seeded:
    """Write `journeys` journeys, so many for each guide. The measured one is in the middle, not the newest nor the oldest.

    With `all_open` a meeting goes on in every one of them.
    """
    measured_at = journeys // 2 // each * each
    organisation_id, guide, seeded = new_id(), None, None
    for number in range(journeys):
        slot = number % each
        if number % 4000 == 0:
            organisation_id = load.add(Organisation, name=f"House {number // 4000 + 1}")
        if slot == 0:
            guide = _guide(load, organisation_id, number // each)
        if guide is None:
            continue
        here = number - measured_at
        shape = (MEASURED, BEGUN)[here] if here in (0, 1) else _ordinary(number, near=0 <= here < each)
        if all_open and here not in (0, 1):
            shape = BEGUN
        journey_id = _journey(load, guide, number, slot, shape, now, each)
        if here == 0:
            seeded = Seeded(guide.user_id, guide.person_id, journey_id, journey_id)
        elif here == 1 and seeded:
            seeded = Seeded(seeded.user_id, seeded.person_id, seeded.measured, journey_id)
    if seeded is None or seeded.twin == seeded.measured:
        raise ValueError("the server needs at least two journeys")
    return seeded


def _ordinary(number: int, *, near: bool) -> Shape:
    """One in five is over; of the measured guide's, whose pages list the open ones, one in ten."""
    return OVER if number % (10 if near else 5) == 4 else ORDINARY


def _every_days(each: int) -> int:
    if each <= JOURNEYS_EACH:
        return EVERY_DAYS
    return EVERY_DAYS * math.ceil(each * CLOSE / dt.timedelta(days=EVERY_DAYS))


def _guide(load: Load, organisation_id: UUID, number: int) -> Guide:
    user_id = load.add(User, email=f"guide{number}@example.org", password="!")
    person_id = load.add(
        Person,
        organisation_id=organisation_id,
        user_id=user_id,
        name=texts.name(number),
        email=f"guide{number}@example.org",
        is_guide=True,
    )
    place_id = load.add(
        Place,
        organisation_id=organisation_id,
        owner_id=person_id,
        kind=PlaceKind.ROOM,
        name=f"Room {number % 40 + 1}, second floor",
        is_private=True,
        is_quiet=True,
    )
    return Guide(user_id, person_id, place_id, organisation_id)


def _journey(
    load: Load, guide: Guide, number: int, slot: int, shape: Shape, now: dt.datetime, each: int
) -> UUID:
    """Slot 0 is the meeting that goes on now, slot 1 one that has begun earlier; the others are still to come."""
    email = f"participant{number}@example.org"
    participant_id = load.add(
        Person,
        organisation_id=guide.organisation_id,
        user_id=load.add(User, email=email, password="!"),
        name=texts.name(number * 7 + 3),
        email=email,
    )
    ahead = -1 if slot == 1 else slot
    last_meeting = now - dt.timedelta(minutes=20) + ahead * (APART if each <= JOURNEYS_EACH else CLOSE)
    if shape.over:
        last_meeting -= dt.timedelta(days=_every_days(each))
    kind = tuple(KINDS.values())[number % len(KINDS)]
    scene = Scene(
        load=load,
        shape=shape,
        journey_id=new_id(),
        guide_id=guide.person_id,
        participant_id=participant_id,
        organisation_id=guide.organisation_id,
        place_id=guide.place_id,
        kind=kind,
        template=kind.templates[0],
        last_meeting=last_meeting,
        every_days=_every_days(each),
        seed=number,
    )
    write_journey(scene)
    return scene.journey_id

"""What stands out in the ledger of an organisation, for its administrators: persons and counts.

Whoever reads a journey of their own as its participant is left out: when and how often they do is nobody's business.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.ledger.review import OpenedOnce, failed_by, opened_by
from alongside.people.middleware import zone_of
from alongside.people.models import Person

LOOKED_AT = dt.timedelta(days=28)
MANY_IN_A_DAY = 30
"""So many things opened on one day stand out: a full day of meetings opens fewer."""
NIGHT = range(6)
"""Hours of the reader's own clock in which openings stand out: from midnight until six."""
FAILED_OFTEN = 5
SHUT_OFTEN = 5


@dataclass(frozen=True, slots=True)
class StandsOut:
    """Counts of one person: only what stands out is more than nothing."""

    person: Person
    most_in_a_day: int
    at_night: int
    same_name: int
    same_surname: int
    failed: int
    shut: int

    @property
    def does(self) -> bool:
        return any(
            (self.most_in_a_day, self.at_night, self.same_name, self.same_surname, self.failed, self.shut)
        )


def what_stands_out(actor: Person) -> list[StandsOut]:
    """Of everybody in the administrator's organisation, whatever their state. Four queries."""
    since = now() - LOOKED_AT
    persons = {one.id: one for one in Person.objects.filter(organisation=actor.organisation_id)}
    opened = opened_by(persons, since)
    participants = _participants_of({one.journey_id for one in opened})
    tries = failed_by({one.user_id for one in persons.values() if one.user_id}, since)
    by_person: dict[UUID, list[OpenedOnce]] = {person_id: [] for person_id in persons}
    for one in opened:
        if one.person_id not in participants.get(one.journey_id, {}):
            by_person[one.person_id].append(one)
    found = [_counted(person, by_person[person.id], participants, tries) for person in persons.values()]
    return sorted((one for one in found if one.does), key=lambda one: str(one.person.name).casefold())


def _participants_of(journey_ids: set[UUID]) -> dict[UUID, dict[UUID, str]]:
    rows = JourneyMember.objects.filter(journey_id__in=journey_ids, part=Part.PARTICIPANT)
    found: dict[UUID, dict[UUID, str]] = {}
    for row in rows.select_related("person"):
        found.setdefault(row.journey_id, {})[row.person_id] = str(row.person.name)
    return found


def _counted(
    person: Person,
    opened: list[OpenedOnce],
    participants: dict[UUID, dict[UUID, str]],
    tries: dict[UUID, tuple[int, int]],
) -> StandsOut:
    zone: ZoneInfo = zone_of(person)
    moments = [one.at.astimezone(zone) for one in opened]
    most = max(Counter(wall.date() for wall in moments).values(), default=0)
    mine = _plain(str(person.name))
    names = {
        journey_id: [_plain(name) for name in participants.get(journey_id, {}).values()]
        for journey_id in {one.journey_id for one in opened}
    }
    same = {journey_id for journey_id, theirs in names.items() if mine in theirs}
    related = {
        journey_id
        for journey_id, theirs in names.items()
        if journey_id not in same and mine and any(name and name[-1] == mine[-1] for name in theirs)
    }
    failed, shut = tries.get(person.user_id, (0, 0)) if person.user_id else (0, 0)
    return StandsOut(
        person=person,
        most_in_a_day=most if most >= MANY_IN_A_DAY else 0,
        at_night=sum(moment.hour in NIGHT for moment in moments),
        same_name=len(same),
        same_surname=len(related),
        failed=failed if failed >= FAILED_OFTEN else 0,
        shut=shut if shut >= SHUT_OFTEN else 0,
    )


def _plain(name: str) -> list[str]:
    """The words of a name, without accents and capitals."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).split()

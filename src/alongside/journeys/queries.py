"""Questions about journeys. Reading starts at the person who asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When

from alongside.kernel.clock import now, today
from alongside.kernel.prepared import Prepared
from alongside.people.models import Person
from alongside.people.queries import guides_of

from .kinds import Kind
from .material import kind_of, kinds_of
from .models import Cover, Journey, JourneyMember, JourneyStateRecord
from .restriction import is_shared_with, not_kept_closed, restricted_journeys
from .seat import Member, Seat
from .states import OPEN, JourneyState, Part

_ORDER = {part: place for place, part in enumerate(Part)}


def latest_state() -> Subquery:
    """The current state of each journey, for annotating."""
    return state_of_journey("pk")


def state_of_journey(reference: str) -> Subquery:
    """The current state of the journey that is found by that reference, for annotating what is of a journey."""
    records = JourneyStateRecord.objects.filter(journey=OuterRef(reference)).order_by("-created_at", "-id")
    return Subquery(records.values("state")[:1])


def with_a_part(moment: dt.datetime) -> Q:
    """The members who have a part at that moment: they have not left, a part with a time of its own is in it, and it is
    shared with them."""
    begun = Q(begins_at=None) | Q(begins_at__lte=moment)
    return Q(left_at=None) & begun & (Q(ends_at=None) | Q(ends_at__gt=moment)) & is_shared_with()


def visible_to(actor: Person) -> QuerySet[Journey]:
    """The journeys in which this person has a part now; nobody sees any other, whatever their role."""
    return _visible_to(actor.id, actor.organisation_id, now())


def _visible_to(person_id: UUID, organisation_id: UUID, moment: dt.datetime) -> QuerySet[Journey]:
    own = JourneyMember.objects.filter(with_a_part(moment), not_kept_closed(), person=person_id)
    return _of(own, organisation_id)


def _of(own: QuerySet[JourneyMember], organisation_id: UUID) -> QuerySet[Journey]:
    # from the person to their journeys: an EXISTS would look at every journey of the organisation
    return Journey.objects.filter(id__in=own.values("journey"), organisation_id=organisation_id)


def _as_they_stand(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """With the state of each, and whether it is restricted."""
    is_restricted = Case(
        When(id__in=restricted_journeys(), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    # it fills what every journey has, which no annotation otherwise may
    return journeys.annotate(current_state=latest_state(), is_restricted=is_restricted)  # type: ignore[no-redef]


def _visible_journey(
    person_id: UUID, organisation_id: UUID, journey_id: UUID, moment: dt.datetime
) -> QuerySet[Journey]:
    # also one that is kept closed: whoever has a part in it reads why
    own = JourneyMember.objects.filter(with_a_part(moment), person=person_id)
    return _as_they_stand(_of(own, organisation_id).filter(id=journey_id))


def _present_members(journey_id: UUID, moment: dt.datetime) -> QuerySet:
    return _at_the_table(JourneyMember.objects.filter(with_a_part(moment), journey=journey_id))


_PERSON = [field.attname for field in Person._meta.concrete_fields]


def _at_the_table(rows: QuerySet[JourneyMember]) -> QuerySet:
    """What a member is made of, with the columns of the person: a model for every part of everybody costs too much."""
    return rows.values_list("id", "journey_id", "part", "ends_at", *(f"person__{name}" for name in _PERSON))


def _visible_journeys(person_id: UUID, organisation_id: UUID, moment: dt.datetime) -> QuerySet[Journey]:
    journeys = _as_they_stand(_visible_to(person_id, organisation_id, moment))
    return journeys.order_by("-created_at")


def _tables(person_id: UUID, organisation_id: UUID, moment: dt.datetime) -> QuerySet:
    """Who sits at the tables at which this person sits."""
    journeys = _visible_to(person_id, organisation_id, moment).values("id")
    return _at_the_table(JourneyMember.objects.filter(with_a_part(moment), journey__in=journeys))


# every page of a journey begins with the first two, every page of the overview with the others
_JOURNEY, _MEMBERS = Prepared(_visible_journey, takes=3, moments=1), Prepared(_present_members, moments=1)
_JOURNEYS, _TABLES = Prepared(_visible_journeys, takes=2, moments=1), Prepared(_tables, takes=2, moments=1)


def seat_for(actor: Person, *, journey_id: UUID) -> tuple[Seat] | None:
    """The door's find for a journey: (seat,), or None when the person has no part in it. Two queries."""
    moment = now()
    journey = next(_JOURNEY.instances(actor.id, actor.organisation_id, journey_id, moment), None)
    if journey is None:
        return None
    return (_seat(actor, journey, kind_of(journey), _by_journey(_MEMBERS.values(journey.id, moment))),)


def seats_of(actor: Person) -> list[Seat]:
    """All journeys of a person as seats, newest first. Two queries, however many there are; three at the first sight of
    a template of the organisation's own.
    """
    moment = now()
    members = _by_journey(_TABLES.values(actor.id, actor.organisation_id, moment))
    journeys = list(_JOURNEYS.instances(actor.id, actor.organisation_id, moment))
    kinds = kinds_of(journeys)
    return [_seat(actor, journey, kinds[journey.id], members) for journey in journeys]


def members_of(journey_ids: list[UUID]) -> dict[UUID, list[Member]]:
    """The present members of several journeys, guide first, then participant."""
    rows = JourneyMember.objects.filter(with_a_part(now()), journey_id__in=journey_ids)
    return _by_journey(_at_the_table(rows))


def _by_journey(rows: Iterable[tuple]) -> dict[UUID, list[Member]]:
    found: dict[UUID, list[Member]] = {}
    people: dict[UUID, Person] = {}
    for member_id, journey_id, part, ends_at, *columns in rows:
        key = columns[0]
        if key not in people:
            people[key] = Person.from_db(connection.alias, _PERSON, columns)
        found.setdefault(journey_id, []).append(Member(member_id, people[key], Part(part), ends_at))
    for members in found.values():
        members.sort(key=lambda member: _ORDER[member.part])
    return found


def _seat(actor: Person, journey: Journey, kind: Kind, members: dict[UUID, list[Member]]) -> Seat:
    state = JourneyState(journey.current_state)  # type: ignore[attr-defined]
    return Seat(actor, journey, kind, state, tuple(members.get(journey.id, [])))


def states_of(seat: Seat) -> list[JourneyStateRecord]:
    """Every state the journey has been in, oldest first."""
    records = JourneyStateRecord.objects.filter(journey=seat.journey).select_related("by")
    return list(records.order_by("created_at", "id"))


def guided_and_going_on(person_id: UUID, moment: dt.datetime) -> QuerySet[Journey, Any]:
    """The ids of the journeys this person guides or covers that neither rest nor come to their end, for subqueries."""
    guiding = JourneyMember.objects.filter(person=person_id, part__in=[Part.GUIDE, Part.COVERING])
    own = guiding.filter(with_a_part(moment), not_kept_closed())
    journeys = Journey.objects.filter(id__in=own.values("journey")).annotate(current_state=latest_state())
    going_on = [JourneyState.PREPARING, JourneyState.ACTIVE]
    return journeys.filter(current_state__in=going_on).values("id")


# --- when the guide is away, or gone ---------------------------------------------------------------------


def covers_of(seat: Seat) -> list[Cover]:
    """Who covers for the guide, now or on days to come, the earliest first. One query."""
    rows = Cover.objects.filter(
        member__journey=seat.journey, member__left_at=None, member__ends_at__gt=now()
    ).select_related("member__person", "by")
    return list(rows.order_by("from_day", "created_at"))


def earlier_covers_of(seat: Seat) -> list[Cover]:
    """Who covered and does so no more, the latest first. One query."""
    over = Q(member__ends_at__lte=now()) | Q(member__left_at__isnull=False)
    rows = Cover.objects.filter(over, member__journey=seat.journey).select_related("member__person", "by")
    return list(rows.order_by("-from_day", "-created_at"))


def guides_to_cover(actor: Person, members: Iterable[Member]) -> list[Person]:
    """Guides of the organisation who can sign in and have no part at this table, by name."""
    taken = {member.person.id for member in members}
    return [guide for guide in guides_of(actor) if guide.user_id and guide.id not in taken]


def guides_in_an_emergency(actor: Person, guide: Person) -> list[Person]:
    """Whom an administrator may ask: guides who can sign in; themselves only where there is nobody else."""
    guides = [each for each in guides_of(actor) if each.user_id and each.id != guide.id]
    others = [each for each in guides if each.id != actor.id]
    return others or guides


def cover_for(actor: Person, *, journey_id: UUID, cover_id: UUID) -> tuple[Seat, Cover] | None:
    """The door's find for one covering that is not over, at a table at which this person sits."""
    found = seat_for(actor, journey_id=journey_id)
    cover = next((each for each in covers_of(found[0]) if each.id == cover_id), None) if found else None
    return (found[0], cover) if found and cover else None


def guided_by(actor: Person, guide: Person) -> list[Journey]:
    """For an administrator whose guide is away or gone: the journeys that guide still has, with their states.

    They are named by their participant and opened to nobody by this. Empty for anyone who is no administrator of the
    guide's organisation.
    """
    if not actor.is_administrator or actor.organisation_id != guide.organisation_id:
        return []
    own = JourneyMember.objects.filter(person=guide, part=Part.GUIDE, left_at=None).values("journey")
    rows = Journey.objects.filter(id__in=own, organisation_id=actor.organisation_id)
    rows = rows.annotate(current_state=latest_state()).filter(current_state__in=OPEN)
    return list(rows.order_by("created_at", "id"))


def emergency_before(journey: Journey, day: dt.date) -> Cover | None:
    """The emergency cover that one from this day on would renew: the latest of the fortnight before, or later."""
    rows = Cover.objects.filter(
        member__journey=journey, in_an_emergency=True, until_day__gte=day - dt.timedelta(days=14)
    )
    return rows.order_by("-until_day", "-created_at").first()


def emergencies_told_since() -> dt.date:
    """An emergency cover is told for a fortnight after its last day."""
    return today() - dt.timedelta(days=14)


def emergencies_of(seat: Seat) -> list[Cover]:
    """The emergency covers that are to come, go on, or ended within the last fortnight; the latest first. One query."""
    told = Cover.objects.filter(member__journey=seat.journey, in_an_emergency=True)
    rows = told.filter(until_day__gte=emergencies_told_since())
    return list(rows.select_related("member__person", "by").order_by("-from_day", "-created_at"))


def next_cover_in(journey: Journey, *, begins_at: dt.datetime, ends_at: dt.datetime) -> Cover | None:
    """A covering of this journey that would overlap with that time."""
    rows = Cover.objects.filter(
        member__journey=journey,
        member__left_at=None,
        member__begins_at__lt=ends_at,
        member__ends_at__gt=begins_at,
    )
    return rows.select_related("member__person").first()

"""Questions about programmes. Reading starts at the person who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.journeys.models import Journey
from alongside.journeys.queries import latest_state
from alongside.journeys.seat import Seat
from alongside.journeys.states import OPEN
from alongside.people.models import Person

from .models import Placement, Programme, ProgrammeMember, ProgrammeRole, PublishedCell


@dataclass(frozen=True, slots=True)
class ProgrammeSeat:
    """A person's place in one programme: as its lead, as an administrator, or both."""

    actor: Person
    programme: Programme
    is_lead: bool


def programmes_led_by(actor: Person) -> list[Programme]:
    """The programmes whose figures this person sees, open ones first, by name. One query."""
    return _by_name(Programme.objects.filter(id__in=_led_by(actor), organisation_id=actor.organisation_id))


def programmes_for(actor: Person) -> list[Programme]:
    """The programmes this person looks after: an administrator all of the organisation, a lead their own."""
    rows = Programme.objects.filter(organisation_id=actor.organisation_id)
    return _by_name(rows if actor.is_administrator else rows.filter(id__in=_led_by(actor)))


def programme_for(actor: Person, *, programme_id: UUID) -> tuple[ProgrammeSeat] | None:
    """The door's find for a programme; None for everybody who neither leads it nor is an administrator there."""
    programme = Programme.objects.filter(id=programme_id, organisation_id=actor.organisation_id).first()
    if programme is None:
        return None
    leads = _led_by(actor).filter(programme=programme).exists()
    return (ProgrammeSeat(actor, programme, leads),) if leads or actor.is_administrator else None


def member_for(
    actor: Person, *, programme_id: UUID, member_id: UUID
) -> tuple[ProgrammeSeat, ProgrammeMember] | None:
    found = programme_for(actor, programme_id=programme_id)
    member = ProgrammeMember.objects.filter(id=member_id, programme_id=programme_id, left_at=None).first()
    return (found[0], member) if found and member else None


def figure_for(actor: Person, *, programme_id: UUID, figure: str) -> tuple[ProgrammeSeat, str] | None:
    found = programme_for(actor, programme_id=programme_id)
    return (found[0], figure) if found else None


def together_for(actor: Person, *, figure: str) -> tuple[Person, str]:
    return actor, figure


def members_of(seat: ProgrammeSeat) -> list[ProgrammeMember]:
    """Who has a part in it, by role and name; for administrators alone."""
    if not seat.actor.is_administrator:
        return []
    rows = ProgrammeMember.objects.filter(programme=seat.programme, left_at=None).select_related("person")
    order = list(ProgrammeRole)
    return sorted(
        rows, key=lambda row: (order.index(ProgrammeRole(row.role)), str(row.person.name).casefold())
    )


def programmes_to_place_in(guide: Person, kind: str, template: str) -> list[Programme]:
    """The open programmes in which this person guides that take such a journey, by name."""
    own = ProgrammeMember.objects.filter(person=guide, role=ProgrammeRole.GUIDE, left_at=None)
    rows = Programme.objects.filter(
        id__in=own.values("programme"), organisation_id=guide.organisation_id, closed_at=None
    )
    return [programme for programme in _by_name(rows) if programme.takes(kind, template)]


def placements_of(seat: Seat) -> list[Placement]:
    """Which programmes a journey has belonged to, the latest first."""
    rows = Placement.objects.filter(journey=seat.journey).select_related("programme", "by")
    return list(rows.order_by("-created_at", "-id"))


def programme_of(seat: Seat) -> Programme | None:
    """The programme a journey belongs to now; where nothing was said, that of the journey it follows."""
    seen: set[UUID] = set()
    journey: Journey | None = seat.journey
    while journey and journey.id not in seen:
        latest = (
            Placement.objects.filter(journey=journey)
            .select_related("programme")
            .order_by("-created_at", "-id")
        )
        if placed := latest.first():
            return placed.programme
        seen.add(journey.id)
        journey = journey.follows
    return None


def journeys_in(programme: Programme) -> list[Journey]:
    """The open journeys that belong to this programme now, by their own placement or by the one they follow."""
    rows = Journey.objects.filter(organisation_id=programme.organisation_id)
    follows = dict(rows.values_list("id", "follows_id"))
    placed = dict(
        Placement.objects.filter(journey__organisation_id=programme.organisation_id)
        .order_by("created_at", "id")
        .values_list("journey_id", "programme_id")
    )

    def belongs_to(key: UUID | None) -> UUID | None:
        seen: set[UUID] = set()
        while key and key not in placed and key not in seen:
            seen.add(key)
            key = follows.get(key)
        return placed.get(key) if key else None

    still_open = rows.annotate(current_state=latest_state()).filter(current_state__in=OPEN)
    return [journey for journey in still_open.order_by("id") if belongs_to(journey.id) == programme.id]


def cells_of(
    programmes: Iterable[Programme], *, figures: Iterable[str] = (), since: int = 0
) -> list[PublishedCell]:
    """What may be shown of these programmes, oldest month first. One query."""
    wanted = Q(programme_id__in=[programme.id for programme in programmes], month__gte=since)
    if figures:
        wanted &= Q(figure__in=list(figures))
    return list(PublishedCell.objects.filter(wanted).order_by("month", "figure", "kind", "programme_id"))


def _led_by(actor: Person) -> QuerySet:
    leads = ProgrammeMember.objects.filter(person=actor, role=ProgrammeRole.LEAD, left_at=None)
    return leads.values("programme") if actor.is_lead else leads.none().values("programme")


def _by_name(rows: QuerySet[Programme]) -> list[Programme]:
    return sorted(rows, key=lambda each: (each.closed_at is not None, str(each.name).casefold()))

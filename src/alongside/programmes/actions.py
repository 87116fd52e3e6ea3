"""What can be done with programmes: add, change and close one, name its people, say which journeys belong to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.kernel.one_line import one_line
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules
from .models import Placement, Programme, ProgrammeMember, ProgrammeRole, SmallNumbers
from .queries import ProgrammeSeat


@dataclass(frozen=True, kw_only=True)
class ProgrammeDetails:
    """What is said of a programme in one form."""

    name: str
    site: str = ""
    kinds: Sequence[str]
    templates: Sequence[str] = ()
    begins_on: dt.date
    ends_on: dt.date | None = None
    small_numbers: str = SmallNumbers.OPENSAFELY


@action("programme.added")
def add_programme(*, details: ProgrammeDetails, by: Person) -> Programme:
    """Add a programme. Whoever leads programmes leads this one; an administrator names its lead afterwards."""
    demand(rules.may_add_programme(by))
    programme = Programme.objects.create(organisation_id=by.organisation_id, by=by, **_columns(details))
    if by.is_lead:
        ProgrammeMember.objects.create(programme=programme, person=by, role=ProgrammeRole.LEAD, by=by)
    record("programme.added", subject=programme, by=by, kinds=list(details.kinds))
    return programme


@action("programme.changed")
def change_programme(*, details: ProgrammeDetails, programme: ProgrammeSeat, by: Person) -> Programme:
    """Say anew what a programme is called, where and until when it is, and what it takes.

    Journeys that belong to it stay in it, also those of a kind it takes no more.
    """
    demand(rules.may_change_programme(programme))
    changed = Programme.objects.select_for_update().get(id=programme.programme.id)
    for name, value in _columns(details).items():
        setattr(changed, name, value)
    changed.save()
    record("programme.changed", subject=changed, by=by, kinds=list(details.kinds))
    return changed


@action("programme.closed")
def close_programme(*, programme: ProgrammeSeat, go_on_in: Programme | None, by: Person) -> Programme:
    """Close a programme. Its journeys go on in another one, or in none; what was, stays in its figures."""
    demand(rules.may_close_programme(programme, go_on_in))
    closed = programme.programme
    moved = [Placement(journey=journey, programme=go_on_in, by=by) for journey in queries.journeys_in(closed)]
    Placement.objects.bulk_create(moved)
    closed.closed_at, closed.closed_by = now(), by
    closed.save(update_fields=["closed_at", "closed_by"])
    record("programme.closed", subject=closed, by=by, go_on_in=str(go_on_in.id) if go_on_in else "")
    return closed


@action("programme.member_named")
def name_member(
    *, programme: ProgrammeSeat, person: Person, role: ProgrammeRole, by: Person
) -> ProgrammeMember:
    """Give somebody a part in a programme. Somebody who has it already keeps it."""
    demand(rules.may_be_named(programme, person, role))
    member, _made = ProgrammeMember.objects.get_or_create(
        programme=programme.programme, person=person, role=role, left_at=None, defaults={"by": by}
    )
    record("programme.member_named", subject=member, by=by, role=str(role))
    return member


@action("programme.member_removed")
def remove_member(*, programme: ProgrammeSeat, member: ProgrammeMember, by: Person) -> ProgrammeMember:
    """End somebody's part in a programme. Journeys they guide stay in it."""
    demand(rules.may_name_members(programme))
    member.left_at, member.left_by = now(), by
    member.save(update_fields=["left_at", "left_by"])
    record("programme.member_removed", subject=member, by=by, role=member.role)
    return member


@action("journey.placed_in_programme")
def place_journey(*, programme: Programme | None, by: Seat) -> Placement:
    """From now on a journey belongs to this programme, or to none. Earlier months stay where they were."""
    demand(rules.may_place_journey(by, programme))
    return _place(by.journey, programme, by)


def place_new_journey(*, journey: Journey, programme_id: UUID | None, by: Person) -> Placement | None:
    """Where a journey belongs that has just been begun: what was chosen, or the only programme that can take it."""
    open_to_it = queries.programmes_to_place_in(by, journey.kind, journey.template)
    chosen = next((each for each in open_to_it if each.id == programme_id), None)
    if chosen is None and len(open_to_it) == 1 and programme_id is None:
        chosen = open_to_it[0]
    return _place(journey, chosen, by) if chosen else None


def _place(journey: Journey, programme: Programme | None, by: Person | Seat) -> Placement:
    placement = Placement.objects.create(journey=journey, programme=programme, by=getattr(by, "actor", by))
    where = str(programme.id) if programme else ""
    record("journey.placed_in_programme", subject=placement, by=by, programme=where)
    return placement


def _columns(details: ProgrammeDetails) -> dict[str, object]:
    return {
        "name": one_line(details.name),
        "site": one_line(details.site),
        "kinds": list(details.kinds),
        "templates": list(details.templates),
        "begins_on": details.begins_on,
        "ends_on": details.ends_on,
        "small_numbers": details.small_numbers,
    }

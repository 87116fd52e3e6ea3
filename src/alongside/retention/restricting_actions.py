"""Restricting what is done with what is kept about somebody, at their request, and lifting it again."""

from __future__ import annotations

import datetime as dt

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person, Restriction

from . import restricting, rules
from .emails import tell_of_restriction


@action("restriction.set")
def restrict_person(*, person: Person, asked_on: dt.date, reason: str, by: Person) -> Restriction:
    """Keep what is kept about somebody, and let nothing else be done with it. They and who guides them are told."""
    Person.objects.select_for_update().get(id=person.id)
    demand(rules.may_restrict(by, person, **restricting.standing_in_the_way(person)))
    restriction = Restriction.objects.create(person=person, asked_on=asked_on, reason=reason.strip(), by=by)
    record("restriction.set", subject=restriction, by=by, person=str(person.id))
    tell_of_restriction(person, restricting.guides_of_theirs(person), is_set=True)
    return restriction


@action("restriction.lifted")
def lift_restriction(*, restriction: Restriction, reason: str, by: Person) -> Restriction:
    """Let it be used again. They and who guides them are told."""
    restriction = Restriction.objects.select_for_update().select_related("person").get(id=restriction.id)
    demand(rules.may_lift_restriction(by, restriction))
    restriction.lifted_at, restriction.lifted_by, restriction.lifted_because = now(), by, reason.strip()
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    record("restriction.lifted", subject=restriction, by=by, person=str(restriction.person_id))
    tell_of_restriction(restriction.person, restricting.guides_of_theirs(restriction.person), is_set=False)
    return restriction

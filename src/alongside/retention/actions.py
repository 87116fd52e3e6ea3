"""Having something erased: decided by one administrator, carried out by another, or by the same one after a wait."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules
from .emails import tell_other_administrators
from .erasing import erase
from .models import Certificate, Erasure, ErasureStateRecord
from .states import Cause, ErasureState, Extent
from .tasks import sweep

ABOUT_KEEPING = "it is about keeping, and about nothing that is kept"


@action("erasure.decided", although_restricted=ABOUT_KEEPING)
def decide_erasure(
    *,
    person: Person,
    extent: Extent,
    journey_id: UUID | None,
    asked_on: dt.date,
    agrees: bool,
    reason: str,
    by: Person,
) -> Erasure:
    """Record that somebody asked to be erased, what was decided and why. Nothing is erased yet.

    Where it is agreed to the other administrators are told: one of them carries it out, or whoever decided it does after
    the wait.
    """
    demand(rules.may_ask_for_erasure(by, person, is_open=queries.has_open_erasure(person)))
    erasure = Erasure.objects.create(
        organisation_id=by.organisation_id,
        person=person,
        journey_id=journey_id,
        cause=Cause.REQUEST,
        extent=extent,
        asked_on=asked_on,
        reason=reason.strip(),
        by=by,
    )
    state = ErasureState.AGREED if agrees else ErasureState.DECLINED
    ErasureStateRecord.objects.create(erasure=erasure, state=state, by=by)
    record("erasure.decided", subject=erasure, by=by, extent=str(extent), state=str(state))
    if agrees:
        tell_other_administrators(erasure)
    return erasure


@action("erasure.withdrawn", although_restricted=ABOUT_KEEPING)
def withdraw_erasure(*, erasure: Erasure, by: Person) -> Erasure:
    """Take it back before it is carried out."""
    erasure = _as_it_stands(erasure)
    demand(rules.may_withdraw(by, erasure, state=queries.state_of(erasure)))
    ErasureStateRecord.objects.create(erasure=erasure, state=ErasureState.WITHDRAWN, by=by)
    record("erasure.withdrawn", subject=erasure, by=by)
    return erasure


@action("erasure.carried_out", although_restricted=ABOUT_KEEPING)
def carry_out_erasure(*, erasure: Erasure, by: Person) -> Certificate:
    """Take it out of every place there is, all or nothing, and certify how much it was.

    Login sessions of whoever is erased end with it. The ledger stays as it is: it holds ids, and no words. What lies
    outside of tables is swept by the worker, as often as it takes.
    """
    erasure = _as_it_stands(erasure)
    demand(rules.may_carry_out(by, erasure, now=now(), **queries.standing_in_the_way(erasure)))
    scope = queries.scope_of(erasure)
    counts = erase(journeys=set(scope.journeys), people=set(scope.people))
    ErasureStateRecord.objects.create(erasure=erasure, state=ErasureState.DONE, by=by)
    certificate = Certificate.objects.create(erasure=erasure, by=by, counts=counts.as_facts())
    record(
        "erasure.carried_out",
        subject=erasure,
        by=by,
        certificate=str(certificate.id),
        rows=counts.deleted.total(),
        fields=counts.emptied.total(),
    )
    sweep.enqueue()
    return certificate


def _as_it_stands(erasure: Erasure) -> Erasure:
    """Behind its row's lock: of two administrators at once, the second is told so."""
    return Erasure.objects.select_for_update().get(id=erasure.id)

"""How long records are kept, what must not be erased, and deciding that the time of one is over."""

from __future__ import annotations

from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now, today
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules
from .actions import ABOUT_KEEPING
from .emails import tell_other_administrators
from .models import Erasure, ErasureStateRecord, KeepingRule, LegalHold
from .states import Cause, ErasureState, Extent


@action("keeping.set")
def set_keeping(*, kind: str, years: int | None, basis: str, by: Person) -> KeepingRule:
    """Say how many years after its end the record of this kind of journey stays, and by which law or reason."""
    demand(rules.may_set_keeping(by))
    rule = KeepingRule.objects.create(
        organisation_id=by.organisation_id, kind=kind, years=years, basis=basis.strip(), by=by
    )
    record("keeping.set", subject=rule, by=by, kind=kind, years=years)
    return rule


@action("keeping.held", although_restricted=ABOUT_KEEPING)
def hold_journey(*, journey_id: UUID, reason: str, by: Person) -> LegalHold:
    """Keep a journey from being erased, whoever asks and however old it is, until the hold is lifted."""
    demand(rules.may_hold(by, is_held=queries.is_held(journey_id)))
    hold = LegalHold.objects.create(
        organisation_id=by.organisation_id, journey_id=journey_id, reason=reason.strip(), by=by
    )
    record("keeping.held", subject=hold, by=by, journey_id=journey_id)
    return hold


@action("keeping.hold_lifted", although_restricted=ABOUT_KEEPING)
def lift_hold(*, hold: LegalHold, by: Person) -> LegalHold:
    """Let a journey be erased again."""
    hold = LegalHold.objects.select_for_update().get(id=hold.id)
    demand(rules.may_lift_hold(by, hold))
    hold.lifted_at, hold.lifted_by = now(), by
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record("keeping.hold_lifted", subject=hold, by=by)
    return hold


@action("keeping.ended", although_restricted=ABOUT_KEEPING)
def end_keeping(*, due: queries.Due, by: Person) -> Erasure:
    """Decide that a journey whose time is over is erased. A second administrator carries it out, or one who waited."""
    found = queries.due_for(by, journey_id=due.line.id)
    demand(rules.may_end_keeping(by, found))
    erasure = Erasure.objects.create(
        organisation_id=by.organisation_id,
        journey_id=due.line.id,
        cause=Cause.END_OF_KEEPING,
        extent=Extent.ONE_JOURNEY,
        asked_on=today(by.time_zone),
        by=by,
    )
    ErasureStateRecord.objects.create(erasure=erasure, state=ErasureState.AGREED, by=by)
    record("keeping.ended", subject=erasure, by=by, kind=due.line.kind, since=due.since.isoformat())
    tell_other_administrators(erasure)
    return erasure

"""What can be done about being reminded: choose the days, stop, undo that; and the worker's part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.consent_actions import give_consent
from alongside.people.models import Purpose
from alongside.people.queries import digest

from ..links.queries import token_of
from ..record.actions import fresh
from ..record.queries import participant_of
from . import rules
from .emails import post_keepsake_email
from .models import KeepsakeEmail, KeepsakePlan
from .queries import latest_plan

LASTS = dt.timedelta(days=90)


@action("keepsake.reminders_chosen")
def choose_reminders(*, days: Iterable[dt.date], weekly: int | None = None, by: Seat) -> KeepsakePlan:
    """Say on which days one wants to be reminded; none is an answer, too. What was said before is replaced."""
    by, ending = fresh(by)
    demand(rules.may_choose_reminders(by, ending))
    give_consent(purpose=Purpose.AFTERWARDS, by=by.actor)
    chosen = sorted({day.isoformat() for day in days})
    plan = KeepsakePlan.objects.create(journey=by.journey, days=chosen, weekly=weekly, by=by.actor)
    record("keepsake.reminders_chosen", subject=plan, by=by, days=len(chosen), weekly=weekly is not None)
    return plan


@action("keepsake.reminders_stopped")
def stop_reminders(*, by: Seat) -> KeepsakePlan | None:
    """No more reminders. What was chosen is remembered, for an undo. None when there were none."""
    by, ending = fresh(by)
    demand(rules.may_stop_reminders(by, ending))
    plan = latest_plan(by.journey.id)
    stopped = None
    if plan is not None and not plan.is_empty:
        stopped = KeepsakePlan.objects.create(journey=by.journey, stopped=plan, by=by.actor)
    record("keepsake.reminders_stopped", subject=by.journey, by=by, stopped=stopped is not None)
    return stopped


@action("keepsake.reminders_started_again")
def start_reminders_again(*, by: Seat) -> KeepsakePlan:
    """Undo a stop: the days are as they were."""
    by, ending = fresh(by)
    demand(rules.may_undo_stop(by, ending))
    before = latest_plan(by.journey.id).stopped  # type: ignore[union-attr]
    assert before is not None, "the rule has looked"
    plan = KeepsakePlan.objects.create(
        journey=by.journey, days=before.days, weekly=before.weekly, by=by.actor
    )
    record("keepsake.reminders_started_again", subject=plan, by=by)
    return plan


@action("keepsake.reminded")
def remind_of_keepsake(*, journey_id: UUID, on: dt.date, by: None) -> KeepsakeEmail | None:
    """Write the one email of a day, and let the worker post it. None when another worker was quicker."""
    owner = participant_of(journey_id)
    if owner is None:
        return None
    facts = {"recipient": owner, "expires_at": now() + LASTS}
    email, made = KeepsakeEmail.objects.get_or_create(journey_id=journey_id, on=on, defaults=facts)
    if not made:
        return None
    email.token_digest = digest(token_of(email))
    email.save(update_fields=["token_digest"])
    record("keepsake.reminded", subject=email, by=by, journey_id=journey_id)
    post_keepsake_email.enqueue(email_id=str(email.id))
    return email

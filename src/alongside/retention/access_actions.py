"""Answering somebody who asked for a copy of what is kept about them, step by step, each of them on record."""

from __future__ import annotations

import datetime as dt

from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.models import Person

from . import access, copies, rules
from .copy_actions import remove_copy
from .emails import tell_of_extension
from .models import AccessLogEntry, AccessRequest, AccessStateRecord, HarmCheck
from .states import AccessState, CopyStep


@action("access.recorded")
def record_request(*, person: Person, asked_on: dt.date, identity: str, by: Person) -> AccessRequest:
    """Record that somebody asked, when, and how it was made sure that it is them."""
    Person.objects.select_for_update().get(id=person.id)
    demand(rules.may_record_request(by, person, is_open=access.is_open_for(person)))
    request = AccessRequest.objects.create(
        organisation_id=by.organisation_id, person=person, asked_on=asked_on, identity=identity.strip(), by=by
    )
    AccessStateRecord.objects.create(request=request, state=AccessState.RECORDED, by=by)
    record("access.recorded", subject=request, by=by, person=str(person.id), asked_on=asked_on.isoformat())
    return request


@action("access.extended")
def extend_request(*, request: AccessRequest, reason: str, by: Person) -> AccessStateRecord:
    """Take two months more, once, because it is complicated. The person is told, with the reason."""
    request = access.behind_lock(request)
    demand(rules.may_take_request(by, request, AccessState.EXTENDED))
    made = AccessStateRecord.objects.create(
        request=request, state=AccessState.EXTENDED, reason=reason.strip(), by=by
    )
    record("access.extended", subject=request, by=by)
    tell_of_extension(request.person, access.due_on(access.behind_lock(request)), reason.strip())
    return made


@action("access.harm_checked")
def note_harm_check(
    *, request: AccessRequest, checked_on: dt.date, checked_by: str, may_harm: bool, by: Person
) -> HarmCheck:
    """Record what a health professional said about serious harm. A later one counts instead of an earlier one."""
    request = access.behind_lock(request)
    demand(rules.may_note_harm_check(by, request, state=AccessState(request.state)))  # type: ignore[attr-defined]
    made = HarmCheck.objects.create(
        request=request, checked_on=checked_on, checked_by=checked_by.strip(), may_harm=may_harm, by=by
    )
    record("access.harm_checked", subject=request, by=by, may_harm=may_harm)
    return made


@action("access.closed")
def close_request(
    *, request: AccessRequest, state: AccessState, reason: str, by: Person
) -> AccessStateRecord:
    """Record that they were answered and what they were given, or that it was declined or withdrawn, and why.

    A copy that was collected is released by an answer, for good; otherwise it is removed.
    """
    request = access.behind_lock(request)
    demand(rules.may_take_request(by, request, state))
    if state == AccessState.ANSWERED and access.needs_harm_check(request.person):
        demand(rules.may_give(access.valid_check(request)))
    if state == AccessState.ANSWERED:
        demand(rules.may_release(copies.not_looked_through(request)))
    made = AccessStateRecord.objects.create(request=request, state=state, reason=reason.strip(), by=by)
    _settle_copy(request, state, by)
    record("access.closed", subject=request, by=by, state=str(state))
    return made


def _settle_copy(request: AccessRequest, state: AccessState, by: Person) -> None:
    """Released with an answer; without one it is needed no more."""
    if copies.copy_of(request) is None:
        return
    if state == AccessState.ANSWERED:
        AccessLogEntry.objects.create(request=request, did=CopyStep.RELEASED, count=1, by=by)
    else:
        remove_copy(request=request, by=by)

"""Questions about requests for access. Reading starts at the administrator who asks."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import months_after, today
from alongside.people.models import Person

from .models import AccessRequest, AccessStateRecord, HarmCheck
from .states import AccessState

OPEN = (AccessState.RECORDED, AccessState.EXTENDED)
MONTHS, MORE_MONTHS = 1, 2
HARM_CHECK_LASTS_MONTHS = 6
CHECKED_KINDS = ("treatment",)
"""Kinds whose records are health data: before they are given, a health professional is asked."""


def _with_state(rows: QuerySet[AccessRequest]) -> QuerySet:
    states = AccessStateRecord.objects.filter(request=OuterRef("pk"))
    latest = states.order_by("-created_at", "-id").values("state")[:1]
    extended = Exists(states.filter(state=AccessState.EXTENDED))
    return rows.annotate(state=Subquery(latest), is_extended=extended)


def requests(actor: Person) -> QuerySet:
    rows = AccessRequest.objects.filter(organisation_id=actor.organisation_id)
    rows = rows if actor.is_administrator else rows.none()
    return _with_state(rows).select_related("person", "by")


def due_on(request: AccessRequest) -> dt.date:
    """A month from the day it was asked for; two more where it was extended."""
    more = MORE_MONTHS if request.is_extended else 0  # type: ignore[attr-defined]
    return months_after(request.asked_on, MONTHS + more)


def open_requests(actor: Person) -> list[AccessRequest]:
    """Those still to be answered, the soonest due first, so that what is overdue comes before everything."""
    return sorted(requests(actor).filter(state__in=OPEN), key=lambda one: (due_on(one), one.created_at))


def closed_requests(actor: Person, most: int = 60) -> list[AccessRequest]:
    return list(requests(actor).exclude(state__in=OPEN).order_by("-created_at")[:most])


def request_for(actor: Person, *, request_id: UUID) -> tuple[Person, AccessRequest] | None:
    """The door's find for one request, of the administrator's own organisation."""
    found = requests(actor).filter(id=request_id).first()
    return (actor, found) if found else None


def behind_lock(request: AccessRequest) -> AccessRequest:
    AccessRequest.objects.select_for_update().get(id=request.id)
    return _with_state(AccessRequest.objects.all()).select_related("person").get(id=request.id)  # type: ignore[no-any-return]


def history_of(request: AccessRequest) -> list[AccessStateRecord]:
    rows = request.state_records.select_related("by")
    return list(rows.order_by("created_at", "id"))


def harm_checks_of(request: AccessRequest) -> list[HarmCheck]:
    """Those that were made, the latest first."""
    return list(_checks(request))


def _checks(request: AccessRequest) -> QuerySet[HarmCheck]:
    return request.harm_checks.select_related("by").order_by("-created_at", "-id")


def is_open_for(person: Person) -> bool:
    return _with_state(AccessRequest.objects.filter(person=person)).filter(state__in=OPEN).exists()


def needs_harm_check(person: Person) -> bool:
    """Whether there is anything about their health in it."""
    parts = JourneyMember.objects.filter(person=person, part=Part.PARTICIPANT)
    return parts.filter(journey__kind__in=CHECKED_KINDS).exists()


def valid_check(request: AccessRequest) -> HarmCheck | None:
    """The latest one, as long as it is not older than six months."""
    latest = _checks(request).first()
    day = today("UTC")
    if latest is None or months_after(latest.checked_on, HARM_CHECK_LASTS_MONTHS) < day:
        return None
    return latest

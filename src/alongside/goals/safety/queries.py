"""Questions about notices: which are open, who reads them, what was done."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q

from alongside.journeys.models import Journey
from alongside.journeys.queries import members_of
from alongside.journeys.rehearsals import not_rehearsed
from alongside.journeys.seat import Member, Seat
from alongside.journeys.states import GUIDING, Part
from alongside.kernel.clock import now
from alongside.people.models import Organisation, Person
from alongside.people.queries import safety_readers

from .models import SafetyNotice, SafetyTest

Pairs = tuple[tuple[str, str], ...]


def asked_of(notice: SafetyNotice) -> Pairs:
    """The questions and the answers given, in their words."""
    return tuple((str(question), str(answer)) for question, answer in json.loads(notice.asked or "[]"))


def open_notices(seat: Seat) -> list[SafetyNotice]:
    """Those nobody has answered yet, newest first."""
    rows = SafetyNotice.objects.filter(journey=seat.journey, seen_at=None)
    return list(rows.select_related("by").order_by("-created_at"))


def open_notices_in(journeys: Iterable[UUID]) -> dict[UUID, list[SafetyNotice]]:
    """The same for several journeys at once."""
    found: dict[UUID, list[SafetyNotice]] = {}
    rows = SafetyNotice.objects.filter(journey__in=set(journeys), seen_at=None)
    for notice in rows.select_related("by").order_by("-created_at"):
        found.setdefault(notice.journey_id, []).append(notice)
    return found


def answered_notices(
    seat: Seat, *, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> list[SafetyNotice]:
    """Those that were answered, newest first; of a span, those raised in it."""
    rows = SafetyNotice.objects.filter(journey=seat.journey).exclude(seen_at=None)
    rows = rows.filter(created_at__gt=since) if since else rows
    rows = rows.filter(created_at__lte=until) if until else rows
    return list(rows.select_related("by", "seen_by").order_by("-created_at"))


def notices_named(seat: Seat, ids: Sequence[str]) -> list[SafetyNotice]:
    """The notices of this journey among these ids, also where one is answered already."""
    return list(SafetyNotice.objects.filter(journey=seat.journey, id__in=_ids(ids)).order_by("created_at"))


def _ids(written: Sequence[str]) -> list[UUID]:
    found = []
    for each in written:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


def is_reader(actor: Person) -> bool:
    """Whether notices nobody has answered are passed on to this person."""
    return actor.id in {person.id for person in safety_readers(actor.organisation)}


def passed_on_to(actor: Person) -> list[SafetyNotice]:
    """The open notices that were passed on to this person, newest first."""
    if not (actor.is_administrator or actor.organisation.safety_reader_id == actor.id):
        return []
    if not is_reader(actor):
        return []
    rows = SafetyNotice.objects.filter(
        journey__organisation_id=actor.organisation_id, seen_at=None, passed_on_at__isnull=False
    )
    return list(rows.select_related("by", "journey").order_by("-created_at"))


def passed_on_notice(actor: Person, *, notice_id: UUID) -> tuple[Person, SafetyNotice] | None:
    """A notice that was passed on to this person, open or answered."""
    rows = SafetyNotice.objects.select_related("journey", "by", "seen_by")
    notice = rows.filter(
        journey__organisation_id=actor.organisation_id, passed_on_at__isnull=False, id=notice_id
    ).first()
    return (actor, notice) if notice and is_reader(actor) else None


def two_of(journey: Journey) -> tuple[Member, Member]:
    """Guide and participant of a journey, for somebody a notice of it was passed on to."""
    members = members_of([journey.id])[journey.id]
    guide = next(member for member in members if member.part in GUIDING)
    return guide, next(member for member in members if member.part == Part.PARTICIPANT)


def due_to_pass_on() -> list[UUID]:
    rows = SafetyNotice.objects.filter(
        not_rehearsed(), seen_at=None, passed_on_at=None, passes_on_at__lte=now()
    )
    return list(rows.order_by("passes_on_at").values_list("id", flat=True))


def tests_of(actor: Person) -> list[SafetyTest]:
    """The latest tries of the way a notice goes."""
    rows = SafetyTest.objects.filter(organisation_id=actor.organisation_id)
    return list(rows.select_related("to", "by").order_by("-created_at")[:20])


def test_for(actor: Person, *, test_id: UUID) -> tuple[Person, SafetyTest] | None:
    row = SafetyTest.objects.filter(Q(to=actor), id=test_id).first()
    return (actor, row) if row else None


def readers_of(organisation: Organisation) -> list[Person]:
    return safety_readers(organisation)

"""What was said after meetings about how their time was kept: of a journey, of a guide, of a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.models import Person

from ..models import EnvironmentCheck, Place
from ..protected_time_kept import WEEKS_SHOWN, Noted
from .meetings import places_kept_by


def noted_in(seat: Seat) -> list[Noted]:
    """Of the meetings of this journey."""
    return _noted(Q(journey=seat.journey), timezone.get_current_timezone_name())


def noted_by_guide(actor: Person) -> list[Noted]:
    """Of the meetings this person guided, in whatever journey."""
    return _noted(Q(meeting__guide=actor), timezone.get_current_timezone_name())


FEW = 5


def noted_at(place: Place) -> list[Noted]:
    """Of the meetings in this place, whoever met there. Of a place that many share nothing while it is of fewer than
    `FEW`, so that it is about the place and about nobody.
    """
    found = _noted(Q(meeting__place=place), timezone.get_current_timezone_name())
    return found if place.owner_id or len(found) >= FEW else []


def _noted(whose: Q, zone: str) -> list[Noted]:
    """Of the last half year; what was missed or cancelled after all has no time that could have been kept."""
    since = now() - dt.timedelta(weeks=WEEKS_SHOWN)
    rows = EnvironmentCheck.objects.filter(
        whose, noted_at__isnull=False, meeting__number__isnull=False, meeting__starts_at__gte=since
    )
    columns = (
        "meeting__starts_at",
        "meeting__place_id",
        "started_on_time",
        "interruptions",
        "had_enough_time",
    )
    return [
        Noted(starts_at.astimezone(ZoneInfo(zone)).date(), *rest)
        for starts_at, *rest in rows.order_by("meeting__starts_at").values_list(*columns)
    ]


def names_of(actor: Person, place_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of those among these places that the actor knows anyway."""
    found = places_kept_by(actor).filter(id__in=list(place_ids))
    return {place.id: str(place.name) for place in found}

"""Questions about links: which one a keepsake has, and what stands in it."""

from __future__ import annotations

import base64
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.models import Person

from ..record.models import Ending
from ..record.queries import room_for
from .models import KeepsakeLink, Link


def token_of(link: Link) -> str:
    """The key in a link. Made from its id and our secret: only its digest is kept, and a second try has the same.

    128 bits: nobody guesses it, and it can still be typed from paper.
    """
    mac = salted_hmac("ending.link", link.id.hex, algorithm="sha256").digest()[:16]
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def address_behind(link: Link, name: str = "later:open") -> str:
    return settings.PUBLIC_URL + reverse(name, args=[token_of(link)])


def keepsake_link_of(seat: Seat) -> KeepsakeLink | None:
    return KeepsakeLink.objects.filter(journey=seat.journey, revoked_at=None, expires_at__gt=now()).first()


def link_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Ending | None, KeepsakeLink | None] | None:
    found = room_for(actor, journey_id=journey_id)
    return (*found, keepsake_link_of(found[0])) if found else None

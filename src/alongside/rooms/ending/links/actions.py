"""Putting a link into the keepsake."""

from __future__ import annotations

import datetime as dt

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record
from alongside.people.queries import digest

from ..record.actions import fresh
from . import rules
from .models import KeepsakeLink
from .queries import keepsake_link_of, token_of

KEEPSAKE_LASTS = dt.timedelta(days=3653)


@action("keepsake.link_made")
def make_link(*, by: Seat) -> KeepsakeLink:
    """Put a link into the keepsake: the code on its last page leads to it."""
    by, ending = fresh(by)
    demand(rules.may_make_link(by, ending, keepsake_link_of(by)))
    return _new_link(by)


def link_at_closing(by: Seat) -> None:
    """The link a keepsake has from its first day; part of closing the ending, in its transaction."""
    if keepsake_link_of(by) is None:
        _new_link(by)


def _new_link(by: Seat) -> KeepsakeLink:
    KeepsakeLink.objects.filter(journey=by.journey, revoked_at=None).update(
        revoked_at=now(), revoked_by=by.actor
    )
    link = KeepsakeLink(journey=by.journey, by=by.actor, expires_at=now() + KEEPSAKE_LASTS)
    link.token_digest = digest(token_of(link))
    link.save()
    record("keepsake.link_made", subject=link, by=by)
    return link

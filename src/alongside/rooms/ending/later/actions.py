"""Noting a wrong answer at a link."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from ..follow_up.models import FollowUpLetter
from . import rules
from .queries import AnyLink

TRIES, REST = 5, dt.timedelta(hours=1)


@action("keepsake.link_refused")
def refuse_try(*, link: AnyLink, by: None) -> AnyLink:
    """Note that somebody could not say whom they met. After a few times the link rests for an hour."""
    demand(rules.may_try(link))
    rows = type(link).objects.filter(id=link.id)
    rows.update(wrong=F("wrong") + 1)
    rows.filter(wrong__gte=TRIES).update(wrong=0, rests_until=now() + REST)
    link.refresh_from_db()
    journey_id = link.follow_up.journey_id if isinstance(link, FollowUpLetter) else link.journey_id
    record("keepsake.link_refused", subject=link, by=by, journey_id=journey_id)
    return link

"""What can be done with offers: make one, pick a time of it, withdraw it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence

from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.queries import digest

from .. import rules
from ..models import Meeting, Offer, OfferedTime, Place
from ..tasks.offers import post_offer, sealed_token
from .meetings import book_meeting

LASTS = dt.timedelta(days=14)


@action("times.offered")
def offer_times(
    *, place: Place, starts: Sequence[dt.datetime], minutes: int, send: bool, by: Seat
) -> tuple[Offer, str]:
    """Offer the participant several times to pick from by a link. Answers with the offer and the link's token.

    The link is posted to the participant if `send`; only its digest is kept. It lasts until the last of the times,
    at most two weeks. Nothing is held free for it.
    """
    demand(rules.may_offer_times(by))
    demand(rules.may_use_place(by, place))
    ahead = sorted({start for start in starts if start > now()})
    if not ahead:
        raise NotThisMoment(_("Please choose at least one time in the future."))
    token, email = secrets.token_urlsafe(32), by.participant.person.email if send else ""
    offer = Offer.objects.create(
        journey=by.journey,
        place=place,
        minutes=minutes,
        token_digest=digest(token),
        email=email,
        offered_by=by.actor,
        expires_at=min(ahead[-1], now() + LASTS),
    )
    OfferedTime.objects.bulk_create([OfferedTime(offer=offer, starts_at=start) for start in ahead])
    record("times.offered", subject=offer, by=by, times=len(ahead), sent=bool(email))
    if email:
        post_offer.enqueue(offer_id=str(offer.id), token=sealed_token(offer.id, token))
    return offer, token


@action("times.picked")
def pick_time(*, offer: Offer, starts_at: dt.datetime, by: Seat) -> Meeting:
    """Book one of the offered times under the participant's name. Of two picks at once one is made.

    When the time has gone meanwhile, `TimeTaken` says so; the offer stays open for its other times.
    """
    offer = (
        Offer.objects.select_for_update(of=("self",), no_key=True).select_related("place").get(id=offer.id)
    )
    demand(rules.may_pick_time(by, offer))
    if not OfferedTime.objects.filter(offer=offer, starts_at=starts_at).exists():
        raise NotThisMoment(_("Please choose one of the times below."))
    meeting = book_meeting(
        place=offer.place, starts_at=starts_at, minutes=offer.minutes, was_offered=True, by=by
    )
    offer.meeting = meeting
    offer.save(update_fields=["meeting"])
    record("times.picked", subject=offer, by=by, meeting=str(meeting.id))
    return meeting


@action("times.withdrawn")
def withdraw_offer(*, offer: Offer, by: Seat) -> Offer:
    """Take an offer back: its link says so and books nothing any more."""
    demand(rules.may_withdraw_offer(by, offer))
    offer.withdrawn_at, offer.withdrawn_by = now(), by.actor
    offer.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("times.withdrawn", subject=offer, by=by)
    return offer

"""The letter with the link by which a participant picks a time."""

from __future__ import annotations

import base64
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.encryption import Sealed, seal, unseal
from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of

from ..models import Offer, OfferedTime

OFFER = email_kind("times to choose from")


def sealed_token(offer_id: UUID, token: str) -> str:
    """A token on its way to the worker: the waiting list lies in the database, where nobody shall read it."""
    return base64.b64encode(seal(Offer, "token", offer_id, token)).decode()


@task()
def post_offer(offer_id: str, token: str, attempt: int = 0) -> None:
    """Post the link of an offer, unless it was withdrawn or answered meanwhile. It names no kind of care."""
    offer = Offer.objects.select_related("offered_by").get(id=offer_id)
    if offer.withdrawn_at or offer.meeting_id:
        return
    key = unseal(Offer, "token", offer.id, Sealed(base64.b64decode(token)))
    member = JourneyMember.objects.select_related("person__organisation").get(
        journey=offer.journey_id, part=Part.PARTICIPANT, left_at=None
    )
    reader = member.person
    starts = OfferedTime.objects.filter(offer=offer).order_by("starts_at")
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        facts = {
            "name": reader.name,
            "sender": offer.offered_by.name,
            "starts": list(starts.values_list("starts_at", flat=True)),
            "zone": zone_of(reader).key,
            "expires_at": offer.expires_at,
            "link": settings.PUBLIC_URL + reverse("environment_offers:pick", args=[key]),
        }
        text = render_to_string("environment/mail/offer.txt", facts)
        email = OFFER.compose(
            to=offer.email, subject=_("Times to choose from"), text=text, organisation=reader.organisation
        )
    posting.send(email, task=post_offer, attempt=attempt, person=reader.id, offer_id=offer_id, token=token)

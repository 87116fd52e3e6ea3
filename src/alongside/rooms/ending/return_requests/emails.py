"""Letters about somebody who would like to come back. They say neither who it is nor what it was about."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.people.emails import email_kind
from alongside.people.models import Person
from alongside.people.tasks import enqueue_message

from .models import WayBack
from .queries import administrators_of

RETURN_REQUEST = email_kind("return request")


def tell_guide(wish: WayBack) -> None:
    if wish.offered_to:
        _tell(wish.offered_to, wish)


def tell_administrators(wish: WayBack) -> None:
    for person in administrators_of(wish):
        _tell(person, wish)


def _tell(reader: Person, wish: WayBack) -> None:
    if not reader.email:
        return
    with translation.override(reader.language):
        facts = {
            "name": reader.name,
            "is_offered": wish.offered_to_id == reader.id,
            "link": settings.PUBLIC_URL + reverse("return_requests:wish", args=[wish.id]),
        }
        text = render_to_string("ending/mail/return_request.txt", facts)
        enqueue_message(
            RETURN_REQUEST,
            to=reader.email,
            subject=_("Someone would like to come back"),
            text=text,
            organisation=reader.organisation_id,
            person=reader.id,
        )

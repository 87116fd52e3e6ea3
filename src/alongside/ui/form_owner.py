"""For whom a form was made: signed into every form beside the token that guards it (`templatetags/forms.py`).

A form may come back when its login session has ended, and then somebody else may be sitting there. What the form says of
its owner cannot be made up elsewhere, and it says nothing to anyone: an id of their own and a signature.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

FIELD = "made_for"
NOBODY = UUID(int=0)
"""Whoever opened a page that asks for no sign-in."""
SIGNED = 16


@dataclass(frozen=True, slots=True)
class Owner:
    """The person a form was made for, or `person_id` None: a page open to all."""

    person_id: UUID | None


def made_for(request: HttpRequest) -> str:
    """What a form of this page carries."""
    actor: Any = getattr(request, "actor", None)
    person_id = actor.id if actor else NOBODY
    return base64.urlsafe_b64encode(person_id.bytes + _signature(person_id)).decode()


def owner_of_form(request: HttpRequest) -> Owner | None:
    """Whom the form that was sent says it was made for; None when it says nothing that we had said."""
    try:
        whole = base64.urlsafe_b64decode(request.POST.get(FIELD, "").encode())
    except (binascii.Error, ValueError):
        return None
    if len(whole) != 16 + SIGNED:
        return None
    person_id = UUID(bytes=whole[:16])
    if not constant_time_compare(whole[16:], _signature(person_id)):
        return None
    return Owner(None if person_id == NOBODY else person_id)


def _signature(person_id: UUID) -> bytes:
    return salted_hmac("alongside.made_for", person_id.hex, algorithm="sha256").digest()[:SIGNED]

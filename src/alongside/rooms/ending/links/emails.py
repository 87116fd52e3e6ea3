"""Emails of afterwards. They name nobody but their reader, and hold the ways in and out that need no account."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from alongside.people.emails import EmailKind
from alongside.people.models import Person
from alongside.rooms.environment.emails import address_of, service_address

from .models import Link


def email_of(
    link: Link,
    kind: EmailKind,
    *,
    to: Person,
    subject: str,
    template: str,
    facts: Mapping[str, object],
) -> EmailMultiAlternatives:
    """The email that belongs to a link. It has the same id at every try.

    Mail programs find the address under `stop`, where there is one, in the email's head (RFC 8058).
    """
    headers = {
        "Message-ID": f"<{link.id.hex}@{service_address().rpartition('@')[2] or 'localhost'}>",
        "Auto-Submitted": "auto-generated",
    }
    if stop := facts.get("stop"):
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return kind.compose(
        to=address_of(to),
        subject=subject,
        text=render_to_string(template, dict(facts)),
        organisation=to.organisation,
        from_email=settings.DEFAULT_FROM_EMAIL,
        headers=headers,
    )

"""The email that reminds. It names nobody but its reader, and no word of what they took along stands in it."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.kernel.clock import today
from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of
from alongside.rooms.environment.emails import address_of, service_address

from ..links.queries import address_behind
from .models import KeepsakeEmail
from .queries import email_to_post, latest_plan

KEEPSAKE = email_kind("keepsake reminder")


def compose(email: KeepsakeEmail) -> EmailMultiAlternatives:
    """In the reader's language and by their clocks; mail programs find the way to stop it in its head (RFC 8058)."""
    reader = email.recipient
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        stop = address_behind(email, "later:stop_reminders")
        facts = {
            "name": reader.name,
            "link": address_behind(email, "later:keepsake"),
            "stop": stop,
            "until": date_format(localtime(email.expires_at), "j F Y"),  # type: ignore[arg-type]
        }
        return KEEPSAKE.compose(
            to=address_of(reader),
            subject=_("A reminder you asked for"),
            text=render_to_string("ending/mail/keepsake_reminder.txt", facts),
            from_email=settings.DEFAULT_FROM_EMAIL,
            headers={
                "Message-ID": f"<{email.id.hex}@{service_address().rpartition('@')[2] or 'localhost'}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


@task()
def post_keepsake_email(email_id: str, attempt: int = 0) -> None:
    """Post it on its day, unless it was stopped, switched off or the account closed meanwhile."""
    email = email_to_post(email_id)
    reader, plan = email.recipient, latest_plan(email.journey_id)
    stopped = plan is None or not plan.falls_on(email.on)
    if stopped or email.revoked_at or not reader.is_active or not address_of(reader):
        return
    if email.on < today(str(zone_of(reader))):
        return
    posting.send(
        compose(email), task=post_keepsake_email, attempt=attempt, person=reader.id, email_id=email_id
    )

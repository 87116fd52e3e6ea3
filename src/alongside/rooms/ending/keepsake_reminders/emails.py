"""The email that reminds. It names nobody but its reader, and no word of what they took along stands in it."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.kernel.clock import today
from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of
from alongside.rooms.environment.emails import address_of

from ..links.emails import email_of
from ..links.queries import address_behind
from .models import KeepsakeEmail
from .queries import email_to_post, latest_plan

KEEPSAKE = email_kind("keepsake reminder")


def compose(email: KeepsakeEmail) -> EmailMultiAlternatives:
    """The email as it is sent, in the reader's language and by their clocks."""
    reader = email.recipient
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        facts = {
            "name": reader.name,
            "link": address_behind(email, "later:keepsake"),
            "stop": address_behind(email, "later:stop_reminders"),
            "until": date_format(localtime(email.expires_at), "j F Y"),  # type: ignore[arg-type]
        }
        template = "ending/mail/keepsake_reminder.txt"
        subject = _("A reminder you asked for")
        return email_of(email, KEEPSAKE, to=reader, subject=subject, template=template, facts=facts)


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

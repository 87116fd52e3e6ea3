"""The email that says an archive is ready: for whoever asked for it, and for whoever did not and should know."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.people.tasks import enqueue_message

READY = email_kind("everything about one person", although_restricted="they asked for it themselves")


def tell_it_is_ready(person: Person, until: dt.datetime) -> None:
    """Within the transaction: posted once it is there. The file itself is never sent."""
    if not person.email:
        return
    with translation.override(person.language), timezone.override(zone_of(person)):
        facts = {
            "name": person.name,
            "until": formats.date_format(timezone.localtime(until), "j F Y, H:i"),
            "link": settings.PUBLIC_URL + reverse("archive:everything"),
        }
        text = _(
            "Hello %(name)s,\n\nThe file you asked for is ready. You can download it until %(until)s:\n\n%(link)s\n\n"
            "If you did not ask for it, please change how you sign in, and tell your organisation now.\n"
        )
        enqueue_message(
            READY,
            to=person.email,
            subject=_("Your file is ready"),
            text=text % facts,
            organisation=person.organisation_id,
            person=person.id,
        )

"""Letters of the ending: the other is told at once. They name neither the kind of care nor any words."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.people.emails import email_kind
from alongside.people.tasks import enqueue_message

ENDING = email_kind("ending")

SUBJECTS = {
    "begun": lambda name: _("%(name)s has started an ending") % {"name": name},
    "notice": lambda name: _("%(name)s would like to end early") % {"name": name},
    "go_on": lambda name: _("%(name)s would like to continue for longer") % {"name": name},
    "withdrawn": lambda name: _("%(name)s would prefer not to start") % {"name": name},
    "rests": lambda name: _("%(name)s has paused for a while") % {"name": name},
    "acknowledged": lambda name: _("%(name)s has acknowledged how it ended") % {"name": name},
}


def tell_other(by: Seat, event: str) -> None:
    """Hand a letter to the worker, in the same transaction. Who has no account is told in the room."""
    other = by.other.person
    if not other.user_id or not other.email or not other.is_active:
        return
    with translation.override(other.language):
        facts = {
            "event": event,
            "name": other.name,
            "sender": by.actor.name,
            "link": settings.PUBLIC_URL + reverse("ending:room", args=[by.journey.id]),
        }
        enqueue_message(
            ENDING,
            to=other.email,
            organisation=other.organisation_id,
            person=other.id,
            subject=SUBJECTS[event](by.actor.name),
            text=render_to_string("ending/mail/ending.txt", facts),
        )

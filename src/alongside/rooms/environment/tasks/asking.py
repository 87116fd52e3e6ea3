"""The email about a time that was asked for."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.queries import seat_for
from alongside.people import posting
from alongside.people.emails import email_kind

from ..queries import guide_for
from ..queries.asking import request_of
from ..queries.mailboxes import address_of

ASKED = email_kind("a time is asked for")


@task()
def post_time_request(request_id: str, attempt: int = 0) -> None:
    """Tell the guide that the participant asks for a time. What they wrote stays on the page."""
    asked = request_of(request_id)
    found = seat_for(asked.person, journey_id=asked.journey_id)
    if found is None:
        return
    guide = guide_for(found[0])
    if not address_of(guide):
        return
    with translation.override(guide.language):
        facts = {
            "name": guide.name,
            "other": asked.person.name,
            "link": settings.PUBLIC_URL + reverse("environment:room", args=[asked.journey_id]),
        }
        text = render_to_string("environment/mail/time_request.txt", facts)
        email = ASKED.compose(
            to=address_of(guide),
            subject=_("A time is asked for"),
            text=text,
            organisation=guide.organisation,
        )
    posting.send(email, task=post_time_request, attempt=attempt, request_id=request_id)

"""What the worker does at once when somebody needs to be looked after."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.models import JourneyMember
from alongside.journeys.queries import with_a_part
from alongside.journeys.states import GUIDING
from alongside.kernel.clock import now


@task(priority=100)
def post_safety_notice(journey_id: str) -> None:
    """Ask whoever guides to look now. The letter says nothing of what was answered, nor of what kind of care it is."""
    guiding = JourneyMember.objects.filter(
        with_a_part(now()),
        journey_id=journey_id,
        person__is_active=True,
        part__in=[str(part) for part in GUIDING],
    )
    for member in guiding.select_related("person"):
        person = member.person
        if not person.email:
            continue
        with translation.override(person.language):
            text = _(
                "Hello %(name)s,\n\nsomething was answered that needs you to look at it now:\n\n%(link)s\n\n"
                "Please say there what you have done.\n"
            ) % {
                "name": person.name,
                "link": f"{settings.PUBLIC_URL}/journeys/{journey_id}/goals/on-track/",
            }
            EmailMessage(_("Please look now"), text, to=[person.email]).send()

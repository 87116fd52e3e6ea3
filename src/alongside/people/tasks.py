"""What the worker does for people, after commit."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from .models import Invitation


@task()
def post_invitation(invitation_id: str, token: str) -> None:
    """Post the letter of an invitation, unless it was voided or used meanwhile.

    Subject and text name the organisation and who invites, never the kind of care (the letter may be read by others).
    """
    invitation = Invitation.objects.select_related("person__organisation", "sent_by").get(id=invitation_id)
    if invitation.voided_at or invitation.accepted_at:
        return
    facts = {
        "name": invitation.person.name,
        "sender": invitation.sent_by.name if invitation.sent_by else invitation.person.organisation.name,
        "organisation": invitation.person.organisation.name,
        "letter": invitation.letter,
        "expires_at": invitation.expires_at,
        "link": settings.PUBLIC_URL + reverse("people:invitation", args=[token]),
    }
    with translation.override(invitation.person.language):
        subject = render_to_string("people/mail/invitation_subject.txt", facts).strip()
        letter = EmailMultiAlternatives(
            subject, render_to_string("people/mail/invitation.txt", facts), to=[invitation.email]
        )
        letter.attach_alternative(render_to_string("people/mail/invitation.html", facts), "text/html")
        letter.send()

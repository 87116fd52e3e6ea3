"""Letters after the end. They name nobody but their reader, and neither the kind of care nor any words."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.people import posting
from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.people.tasks import enqueue_message
from alongside.rooms.environment.emails import address_of

from ..links.emails import email_of
from ..links.queries import address_behind
from .models import FollowUpLetter
from .queries import letter_to_post, state_now
from .states import FollowUpState, Letter

FOLLOW_UP = email_kind("follow-up")
FOLLOW_UP_BY_PHONE = email_kind("follow-up by phone")
FOLLOW_UP_ANSWERED = email_kind("follow-up answered")


def compose(letter: FollowUpLetter) -> EmailMultiAlternatives:
    """The letter as it is sent, in the reader's language and by their clocks."""
    reader = letter.recipient
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        if letter.token_digest is None:
            return email_of(
                letter,
                FOLLOW_UP_BY_PHONE,
                to=reader,
                subject=_("A call you planned to make"),
                template="ending/mail/by_phone.txt",
                facts=_facts(letter),
            )
        facts = _facts(letter) | {
            "link": address_behind(letter),
            "stop": address_behind(letter, "later:stop"),
            "again": letter.sort == Letter.REMINDER,
            "until": date_format(localtime(letter.expires_at), "j F Y") if letter.expires_at else "",
        }
        subject = _("How are things now? One reminder") if facts["again"] else _("How are things now?")
        template = "ending/mail/follow_up.txt"
        return email_of(letter, FOLLOW_UP, to=reader, subject=subject, template=template, facts=facts)


def _facts(letter: FollowUpLetter) -> dict[str, object]:
    page = reverse("follow_up:answer", args=[letter.follow_up.journey_id, letter.follow_up_id])
    return {"name": letter.recipient.name, "page": settings.PUBLIC_URL + page}


def tell_of_answer(guide: Person, journey_id: UUID) -> None:
    """Tell the guide who reads it that an answer is there. Neither whose nor what stands in the letter."""
    with translation.override(guide.language):
        facts = {
            "name": guide.name,
            "page": settings.PUBLIC_URL + reverse("follow_up:plan", args=[journey_id]),
        }
        text = render_to_string("ending/mail/answered.txt", facts)
        enqueue_message(
            FOLLOW_UP_ANSWERED,
            to=address_of(guide),
            subject=_("You have an answer"),
            text=text,
            organisation=guide.organisation_id,
            person=guide.id,
        )


@task()
def post_follow_up(letter_id: str, attempt: int = 0) -> None:
    """Post the letter, unless it was answered, given up or switched off meanwhile."""
    letter = letter_to_post(letter_id)
    answered = state_now(letter.follow_up) == FollowUpState.ANSWERED
    if letter.follow_up.cancelled_at or letter.revoked_at or answered or not letter.recipient.is_active:
        return
    posting.send(
        compose(letter), task=post_follow_up, attempt=attempt, person=letter.recipient_id, letter_id=letter_id
    )

"""What the worker does for people, after commit."""

from __future__ import annotations

import base64
import datetime as dt
import json
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django_tasks import task

from alongside.kernel.clock import now
from alongside.kernel.encryption import Sealed, seal, unseal
from alongside.kernel.models import IdempotencyKey
from alongside.kernel.periodic import every

from . import kept_forms, posting
from .emails import EmailKind, email_kind
from .login_sessions import SessionStore
from .models import Invitation, User
from .queries import organisation_by

INVITATION = email_kind("invitation")


def sealed_token(invitation_id: UUID, token: str) -> str:
    """A token on its way to the worker: the waiting list lies in the database, where nobody shall read it."""
    return base64.b64encode(seal(Invitation, "token", invitation_id, token)).decode()


@task()
def post_invitation(invitation_id: str, token: str, attempt: int = 0) -> None:
    """Post the letter of an invitation, unless it was voided or used meanwhile.

    Subject and text name who invites, never the kind of care: the letter may be read by others.
    """
    invitation = Invitation.objects.select_related("person__organisation", "sent_by").get(id=invitation_id)
    if invitation.voided_at or invitation.accepted_at:
        return
    opened = unseal(Invitation, "token", invitation.id, Sealed(base64.b64decode(token)))
    facts = {
        "name": invitation.person.name,
        "sender": invitation.sent_by.name if invitation.sent_by else invitation.person.organisation.name,
        "organisation": invitation.person.organisation.name,
        "letter": invitation.letter,
        "expires_at": invitation.expires_at,
        "link": settings.PUBLIC_URL + reverse("overview:invitation", args=[opened]),
    }
    with translation.override(invitation.person.language):
        subject = render_to_string("people/mail/invitation_subject.txt", facts).strip()
        text = render_to_string("people/mail/invitation.txt", facts)
        letter = INVITATION.compose(
            to=invitation.email, subject=subject, text=text, organisation=invitation.person.organisation
        )
    posting.send(
        letter,
        task=post_invitation,
        attempt=attempt,
        person=invitation.person_id,
        invitation_id=invitation_id,
        token=token,
    )


def enqueue_message(
    kind: EmailKind,
    /,
    *,
    to: str,
    subject: str,
    text: str,
    organisation: UUID | None,
    priority: int = 0,
    person: UUID | None = None,
) -> None:
    """Hand a written email to the worker, sealed: it may hold a code with which one can sign in."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    words = {
        "kind": kind.name,
        "subject": str(subject),
        "text": text,
        "language": language,
        "organisation": str(organisation or ""),
    }
    letter = base64.b64encode(seal(User, "letter", to, json.dumps(words))).decode()
    post_message.using(priority=priority).enqueue(to=to, letter=letter, person_id=str(person or ""))


@task()
def post_message(to: str, letter: str, attempt: int = 0, person_id: str = "") -> None:
    """Post a letter that was written when it was asked for, such as a code to sign in with."""
    words = json.loads(unseal(User, "letter", to, Sealed(base64.b64decode(letter))))
    with translation.override(words.get("language")):
        message = EmailKind(words.get("kind", "")).compose(
            to=to,
            subject=words["subject"],
            text=words["text"],
            # one that was waiting before organisations were named says none
            organisation=organisation_by(UUID(whose)) if (whose := words.get("organisation")) else None,
        )
    posting.send(
        message,
        task=post_message,
        attempt=attempt,
        person=person_id,
        to=to,
        letter=letter,
        person_id=person_id,
    )


@every(dt.timedelta(minutes=10))
@task()
def forget_kept_forms() -> None:
    """What was kept for half an hour and not fetched."""
    kept_forms.forget_old()


@every(dt.timedelta(days=1))
@task()
def forget_idempotency_keys() -> None:
    """A form that stood open for a month is not sent again as it was (see `run_once`)."""
    IdempotencyKey.objects.filter(made_at__lt=now() - dt.timedelta(days=30)).delete()


@every(dt.timedelta(days=1))
@task()
def forget_login_sessions_that_ran_out() -> None:
    """A login session past its end opens nothing; it need not lie there either."""
    SessionStore.clear_expired()

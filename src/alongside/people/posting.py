"""Sending one letter, and trying again later when the post can't take it: a letter is not lost to a bad hour."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage

from alongside.kernel.clock import now

from .emails import EMAILS
from .made_up import is_made_up
from .models import FailedEmail, Person, Restriction

logger = logging.getLogger("alongside.posting")

WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
"""How long after each failure it is tried again: for about two days."""


def send(
    letter: EmailMessage, /, *, task: Any, attempt: int, person: UUID | str | None = None, **facts: str
) -> None:
    """Send a letter; if that fails, hand the same `task` back to the worker for later, with the next `attempt`.

    An address that is refused for good, or the last failure, is not tried again: the task is left as failed, where
    whoever looks after the installation finds it, and is noted with the person it was for (`note_failure`). The log
    names the task, never the address. What may not be sent to somebody for now is not sent at all (`is_held_back`).
    """
    if is_held_back(letter, person):
        return
    try:
        deliver(letter)
    except OSError as failure:  # what smtplib raises is one, too
        hopeless = attempt >= len(WAITS) or _refused_for_good(failure)
        if hopeless or not task.get_backend().supports_defer:
            _give_up(letter, person)
            raise
        wait = WAITS[attempt]
        logger.warning(
            "a letter could not be sent: %s, attempt %d, next in %s",
            type(failure).__name__,
            attempt + 1,
            wait,
        )
        task.using(run_after=now() + wait).enqueue(**facts, attempt=attempt + 1)
    except Exception:
        _give_up(letter, person)
        raise
    else:
        note_success(person)


def is_held_back(letter: EmailMessage, person: UUID | str | None) -> bool:
    """Whether they asked that nothing is done with what is kept about them, and this is none of what is sent even so."""
    kind = EMAILS.get(str(getattr(letter, "kind", "")))
    if not person or (kind and kind.although_restricted):
        return False
    return Restriction.objects.filter(person_id=person, lifted_at=None).exists()


def note_failure(kind: str, readers: Iterable[UUID | str]) -> None:
    """Keep for whom an email was given up: it is said to their guides and to administrators."""
    FailedEmail.objects.bulk_create([FailedEmail(person_id=one, kind=kind) for one in readers])


def note_success(person: UUID | str | None) -> None:
    """An email went out to them: what had failed before needs nobody any more."""
    if person:
        FailedEmail.objects.filter(person_id=person, settled_at=None).update(settled_at=now())


def _give_up(letter: EmailMessage, person: UUID | str | None) -> None:
    """Without a `person` it was for those who sign in with its address."""
    by_address = Person.objects.filter(user__email__in=letter.to).values_list("id", flat=True)
    note_failure(str(getattr(letter, "kind", "")), [person] if person else list(by_address))


def deliver(letter: EmailMessage) -> None:
    """Send it, unless an address in it could only be written as something else, or nobody is there to read it.

    What is rehearsed is written like any other email and goes nowhere, whomever it is addressed to.

    Addresses are refused where they are typed when the part before the @ is beyond ASCII (`kernel.email_addresses`).
    One that came in earlier is refused here as a mail server without SMTPUTF8 refuses it: RFC 2047 allows no encoded
    word in an address, and what arrives at one is anybody's guess.
    """
    if getattr(letter, "is_rehearsed", False) or any(map(is_made_up, letter.recipients())):
        return
    beyond = {
        address: (553, b"beyond ASCII")
        for address in letter.recipients()
        if not address.rpartition("@")[0].isascii()
    }
    if beyond:
        raise SMTPRecipientsRefused(beyond)
    letter.send()


def _refused_for_good(failure: OSError) -> bool:
    """Every address was answered with 5xx: there is no such mailbox."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return bool(failure.recipients) and all(code >= 500 for code, _why in failure.recipients.values())

"""Writing down who is told of a meeting by e-mail. The worker posts it after commit; several written as one go as one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db.models import Max
from django_tasks.base import Task

from alongside.people.models import Person
from alongside.people.queries import digest

from .emails import meeting_email_token
from .models import EmailEvent, Meeting, MeetingEmail
from .tasks import post_meeting_email

_TOGETHER: ContextVar[list[MeetingEmail] | None] = ContextVar("together", default=None)


def tell(meeting: Meeting, event: EmailEvent, people: Iterable[Person]) -> None:
    """Tell each of these people who has an address."""
    for person in people:
        if person.email or person.user_id:
            write_email(meeting, event, person)


def write_email(
    meeting: Meeting,
    event: EmailEvent,
    person: Person,
    *,
    email: str = "",
    mark: int | None = None,
    not_before: dt.datetime | None = None,
) -> MeetingEmail:
    """One mail, never two of the same; `email` for one that goes elsewhere than to where the person is now.

    `mark` tells mails of one event apart; without one, a further mail is a further one. `not_before` is when it may be
    posted; by itself it is posted at once.
    """
    facts = {"meeting": meeting, "sequence": meeting.sequence, "event": event, "recipient": person}
    latest = MeetingEmail.objects.filter(**facts).aggregate(latest=Max("mark"))["latest"]
    if mark is None:
        mark = 0 if latest is None else latest + 1
    written = MeetingEmail(**facts, mark=mark, email=email)
    written.token_digest = digest(meeting_email_token(written))
    written.save(force_insert=True)
    together = _TOGETHER.get()
    if together is None:
        _poster(not_before).enqueue(meeting_email_id=str(written.id))
    else:
        together.append(written)
    return written


def _poster(not_before: dt.datetime | None) -> Task:
    can_wait = not_before is not None and post_meeting_email.get_backend().supports_defer
    return post_meeting_email.using(run_after=not_before) if can_wait else post_meeting_email


@contextmanager
def as_one_email() -> Iterator[None]:
    """What is written within goes to each person as one e-mail of each kind; within another, as part of that one."""
    if _TOGETHER.get() is not None:
        yield
        return
    written: list[MeetingEmail] = []
    token = _TOGETHER.set(written)
    try:
        yield
    finally:
        _TOGETHER.reset(token)
    carriers: dict[tuple[UUID, str, str], MeetingEmail] = {}
    for one in written:
        carrier = carriers.setdefault((one.recipient_id, one.email, one.event), one)
        if carrier is not one:
            one.carrier = carrier
    MeetingEmail.objects.bulk_update([one for one in written if one.carrier_id], ["carrier"])
    for carrier in carriers.values():
        post_meeting_email.enqueue(meeting_email_id=str(carrier.id))

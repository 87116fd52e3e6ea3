"""What the worker does for meetings, after commit: post letters, each once."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused

from django.db.models import F, Q
from django_tasks import TaskContext, task

from alongside.kernel.clock import now
from alongside.people.posting import WAITS, deliver

from ..emails import address_of, compose
from ..models import EmailEvent, EmailTrouble, MeetingEmail
from ..queries.calendars import meeting_email_to_post
from ..states import MeetingState

logger = logging.getLogger("alongside.posting")

GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A letter taken but not posted for so long was dropped by a worker that died: another may take it."""


@task(takes_context=True)
def post_meeting_email(context: TaskContext, meeting_email_id: str) -> None:
    """Post one letter about a meeting, once; not when the meeting changed again: that has its own letter.

    What can't be sent is tried again with a growing wait, for about two days. After that, and at once when the
    server says that there is no such address, it is noted as failed, for the guide to see.
    """
    meeting_email, taker = meeting_email_to_post(meeting_email_id), str(context.task_result.id)
    if not _still_holds(meeting_email) or not _take(meeting_email, taker):
        return
    try:
        deliver(compose(meeting_email))
    except OSError as failure:  # what smtplib raises is one, too
        _try_again(meeting_email, failure)
    except Exception:
        _note_failure(meeting_email, EmailTrouble.UNREACHED)
        raise
    else:
        MeetingEmail.objects.filter(id=meeting_email.id).update(posted_at=now())


def _still_holds(meeting_email: MeetingEmail) -> bool:
    meeting, event = meeting_email.meeting, EmailEvent(meeting_email.event)
    if event == EmailEvent.ANSWERED:
        return True
    if meeting_email.sequence != meeting.sequence:
        return False
    if event == EmailEvent.CANCELLED:
        return True
    planned = meeting_email.meeting_state == MeetingState.PLANNED  # type: ignore[attr-defined]
    return planned and (event != EmailEvent.REMINDER or meeting.starts_at > now())


def _take(meeting_email: MeetingEmail, taker: str) -> bool:
    """Of several workers with the same letter one gets it: the conditional update decides.

    The same task run again has it already: it is only given back when its worker has died.
    """
    free = Q(taken_at=None) | Q(taken_by=taker) | Q(taken_at__lt=now() - GIVEN_UP_AFTER)
    waiting = MeetingEmail.objects.filter(free, id=meeting_email.id, posted_at=None, failed_at=None)
    return bool(waiting.update(taken_at=now(), taken_by=taker, email=address_of(meeting_email.recipient)))


def _try_again(meeting_email: MeetingEmail, failure: OSError) -> None:
    attempt = meeting_email.attempts
    if _refused_for_good(failure):
        _note_failure(meeting_email, EmailTrouble.REFUSED)
        return
    if attempt >= len(WAITS):
        _note_failure(meeting_email, EmailTrouble.UNREACHED)
        return
    MeetingEmail.objects.filter(id=meeting_email.id).update(
        taken_at=None, taken_by="", attempts=F("attempts") + 1
    )
    if not post_meeting_email.get_backend().supports_defer:
        raise failure
    logger.warning("a letter could not be sent: %s, attempt %d", type(failure).__name__, attempt + 1)
    post_meeting_email.using(run_after=now() + WAITS[attempt]).enqueue(meeting_email_id=str(meeting_email.id))


def _note_failure(meeting_email: MeetingEmail, trouble: EmailTrouble) -> None:
    logger.warning("a letter was given up: %s", trouble)
    MeetingEmail.objects.filter(id=meeting_email.id, posted_at=None).update(failed_at=now(), trouble=trouble)


def _refused_for_good(failure: OSError) -> bool:
    """Every address was answered with 5xx: there is no such mailbox."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return bool(failure.recipients) and all(code >= 500 for code, _why in failure.recipients.values())

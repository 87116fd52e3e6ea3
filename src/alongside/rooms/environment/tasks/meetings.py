"""What the worker does for meetings, after commit: post letters, each once."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused

from django.db.models import F, Q
from django_tasks import TaskContext, task

from alongside.journeys.restriction import restricted_of
from alongside.kernel.clock import now
from alongside.people.posting import WAITS, deliver, note_failure, note_success

from ..composing import compose, earlier_at
from ..models import EmailEvent, EmailTrouble, MeetingEmail
from ..queries.calendars import emails_to_post
from ..queries.mailboxes import (
    address_of,
    is_first_news,
    is_followed_by_another,
    is_known_already,
    is_of_the_time_it_has,
    was_tried,
)
from ..states import MeetingState

logger = logging.getLogger("alongside.posting")

GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A letter taken but not posted for so long was dropped by a worker that died: another may take it."""


@task(takes_context=True)
def post_meeting_email(context: TaskContext, meeting_email_id: str) -> None:
    """Post one mail about a meeting, or about all those it carries along, once; without what is no longer so.

    What can't be sent is tried again with a growing wait, for about two days. After that, and at once when the
    server says that there is no such address, it is noted as failed, for the guide to see.
    """
    taker, written = str(context.task_result.id), emails_to_post(meeting_email_id)
    waiting = [one for one in written if one.posted_at is None and one.failed_at is None]
    closed = restricted_of({one.meeting.journey_id for one in waiting})
    needed = [one for one in waiting if one.meeting.journey_id not in closed and is_needed(one)]
    _drop([one for one in waiting if one not in needed])
    taken = [one for one in needed if _take(one, taker)]
    if not taken:
        return
    try:
        deliver(compose(taken))
    except OSError as failure:  # what smtplib raises is one, too
        _try_again(meeting_email_id, taken, failure)
    except Exception:
        _note_failure(taken, EmailTrouble.UNREACHED)
        raise
    else:
        note_success(taken[0].recipient_id)
        MeetingEmail.objects.filter(id__in=[one.id for one in taken]).update(posted_at=now())


def is_needed(meeting_email: MeetingEmail) -> bool:
    """Whether it tells its reader, at the address they have now, what is so and what they don't know yet."""
    meeting, event = meeting_email.meeting, EmailEvent(meeting_email.event)
    planned = meeting_email.meeting_state == MeetingState.PLANNED  # type: ignore[attr-defined]
    if event == EmailEvent.ANSWERED:
        return True
    if event == EmailEvent.MISSED:
        return meeting_email.meeting_state == MeetingState.MISSED  # type: ignore[attr-defined]
    if event == EmailEvent.WITHDRAWN:
        return meeting_email.email != address_of(meeting_email.recipient)
    if event == EmailEvent.CANCELLED:
        called_off = bool(meeting_email.meeting_because)  # type: ignore[attr-defined]
        return called_off or was_tried(meeting_email) or not is_first_news(meeting_email)
    if event == EmailEvent.EARLIER:
        return planned and now() < earlier_at(meeting_email) < meeting.starts_at
    if event == EmailEvent.CLOCKS_ASKED:
        return planned and meeting.starts_at > now() and meeting_email.sequence == meeting.sequence
    if event == EmailEvent.REMINDER:
        return planned and meeting.starts_at > now() and is_of_the_time_it_has(meeting_email, meeting)
    return planned and not is_followed_by_another(meeting_email) and not is_known_already(meeting_email)


def _drop(outdated: list[MeetingEmail]) -> None:
    """What nobody needs any more is not looked at again, unless a worker has it in hand."""
    free = MeetingEmail.objects.filter(id__in=[one.id for one in outdated], taken_at=None)
    free.update(dropped_at=now())


def _take(meeting_email: MeetingEmail, taker: str) -> bool:
    """Of several workers with the same letter one gets it: the conditional update decides.

    The same task run again has it already: it is only given back when its worker has died.
    """
    free = Q(taken_at=None) | Q(taken_by=taker) | Q(taken_at__lt=now() - GIVEN_UP_AFTER)
    waiting = MeetingEmail.objects.filter(
        free, id=meeting_email.id, posted_at=None, failed_at=None, dropped_at=None
    )
    if meeting_email.event != EmailEvent.WITHDRAWN:
        meeting_email.email = address_of(meeting_email.recipient)
    return bool(waiting.update(taken_at=now(), taken_by=taker, email=meeting_email.email))


def _try_again(carrier_id: str, taken: list[MeetingEmail], failure: OSError) -> None:
    attempt = max(one.attempts for one in taken)
    if _refused_for_good(failure):
        _note_failure(taken, EmailTrouble.REFUSED)
        return
    if attempt >= len(WAITS):
        _note_failure(taken, EmailTrouble.UNREACHED)
        return
    MeetingEmail.objects.filter(id__in=[one.id for one in taken]).update(
        taken_at=None, taken_by="", attempts=F("attempts") + 1
    )
    if not post_meeting_email.get_backend().supports_defer:
        raise failure
    logger.warning("a letter could not be sent: %s, attempt %d", type(failure).__name__, attempt + 1)
    post_meeting_email.using(run_after=now() + WAITS[attempt]).enqueue(meeting_email_id=carrier_id)


def _note_failure(taken: list[MeetingEmail], trouble: EmailTrouble) -> None:
    logger.warning("a letter was given up: %s", trouble)
    waiting = MeetingEmail.objects.filter(id__in=[one.id for one in taken], posted_at=None)
    waiting.update(failed_at=now(), trouble=trouble)
    note_failure(f"meeting {taken[0].event}", [taken[0].recipient_id])


def _refused_for_good(failure: OSError) -> bool:
    """Every address was answered with 5xx: there is no such mailbox."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return bool(failure.recipients) and all(code >= 500 for code, _why in failure.recipients.values())

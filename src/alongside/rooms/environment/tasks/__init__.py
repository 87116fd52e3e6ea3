"""What the worker does for meetings, after commit: post letters, each once."""

from __future__ import annotations

import datetime as dt
import logging
from smtplib import SMTPRecipientsRefused

from django.db.models import F, Q
from django_tasks import TaskContext, task

from alongside.kernel.clock import now
from alongside.people.posting import WAITS

from ..letters import address_of, compose
from ..models import Letter, LetterEvent, LetterTrouble
from ..queries.calendars import letter_to_post
from ..states import MeetingState

logger = logging.getLogger("alongside.posting")

GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A letter taken but not posted for so long was dropped by a worker that died: another may take it."""


@task(takes_context=True)
def post_letter(context: TaskContext, letter_id: str) -> None:
    """Post one letter about a meeting, once; not when the meeting changed again: that has its own letter.

    What can't be sent is tried again with a growing wait, for about two days. After that, and at once when the
    server says that there is no such address, it is noted as failed, for the guide to see.
    """
    letter, taker = letter_to_post(letter_id), str(context.task_result.id)
    if not _still_holds(letter) or not _take(letter, taker):
        return
    try:
        compose(letter).send()
    except OSError as failure:  # what smtplib raises is one, too
        _try_again(letter, failure)
    except Exception:
        _note_failure(letter, LetterTrouble.UNREACHED)
        raise
    else:
        Letter.objects.filter(id=letter.id).update(posted_at=now())


def _still_holds(letter: Letter) -> bool:
    meeting, event = letter.meeting, LetterEvent(letter.event)
    if event == LetterEvent.ANSWERED:
        return True
    if letter.sequence != meeting.sequence:
        return False
    if event == LetterEvent.CANCELLED:
        return True
    planned = letter.meeting_state == MeetingState.PLANNED  # type: ignore[attr-defined]
    return planned and (event != LetterEvent.REMINDER or meeting.starts_at > now())


def _take(letter: Letter, taker: str) -> bool:
    """Of several workers with the same letter one gets it: the conditional update decides.

    The same task run again has it already: it is only given back when its worker has died.
    """
    free = Q(taken_at=None) | Q(taken_by=taker) | Q(taken_at__lt=now() - GIVEN_UP_AFTER)
    waiting = Letter.objects.filter(free, id=letter.id, posted_at=None, failed_at=None)
    return bool(waiting.update(taken_at=now(), taken_by=taker, email=address_of(letter.recipient)))


def _try_again(letter: Letter, failure: OSError) -> None:
    attempt = letter.attempts
    if _refused_for_good(failure):
        _note_failure(letter, LetterTrouble.REFUSED)
        return
    if attempt >= len(WAITS):
        _note_failure(letter, LetterTrouble.UNREACHED)
        return
    Letter.objects.filter(id=letter.id).update(taken_at=None, taken_by="", attempts=F("attempts") + 1)
    if not post_letter.get_backend().supports_defer:
        raise failure
    logger.warning("a letter could not be sent: %s, attempt %d", type(failure).__name__, attempt + 1)
    post_letter.using(run_after=now() + WAITS[attempt]).enqueue(letter_id=str(letter.id))


def _note_failure(letter: Letter, trouble: LetterTrouble) -> None:
    logger.warning("a letter was given up: %s", trouble)
    Letter.objects.filter(id=letter.id, posted_at=None).update(failed_at=now(), trouble=trouble)


def _refused_for_good(failure: OSError) -> bool:
    """Every address was answered with 5xx: there is no such mailbox."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return bool(failure.recipients) and all(code >= 500 for code, _why in failure.recipients.values())

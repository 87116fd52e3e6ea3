"""Reading the mailbox for replies, again and again."""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DataError
from django_tasks import task

from alongside.kernel.periodic import every

from ..actions.replies import Outcome, take_in
from ..replies.reading import read

if TYPE_CHECKING:
    from ..replies.mailbox import Mailbox

logger = logging.getLogger("alongside.replies")

REPLIES = "replies"
"""A queue of its own: however slow the mailbox is, no mail waits for it."""
OF_ITS_CONTENT = (UnicodeError, ArithmeticError, DataError)
"""An email that fails so fails each time: it is left for whoever looks after the mailbox, and keeps no other waiting."""


@every(dt.timedelta(minutes=2))
@task(queue_name=REPLIES)
def read_replies() -> None:
    """Take in what is new. An email is marked once it is seen to, or where nothing can be done with its content.

    What could not be seen to for another reason is read again next time.
    When one of them can't be saved all others are seen to before it is said.
    """
    if settings.REPLIES is None:
        return
    # IMAP is loaded only where a mailbox is named
    from ..replies.mailbox import Away, open_mailbox

    counted: Counter[str] = Counter()
    failures: list[Exception] = []
    try:
        with open_mailbox(settings.REPLIES) as mailbox:
            for number in mailbox.unread():
                _see_to(mailbox, number, counted, failures)
    except Away as away:
        logger.warning("the mailbox for replies could not be read: %s", away)
    if counted:
        logger.info("emails of the mailbox for replies: %s", dict(counted))
    if failures:
        raise failures[0]


def _see_to(mailbox: Mailbox, number: int, counted: Counter[str], failures: list[Exception]) -> None:
    fetched = mailbox.fetch(number)
    if fetched is None:
        return
    raw, is_cut = fetched
    try:
        outcome = take_in(email=read(raw, is_cut=is_cut), by=None)
    except Exception as failure:  # whatever it is, it is this email's alone
        logger.exception("an email of the mailbox for replies could not be seen to")
        failures.append(failure)
        if not isinstance(failure, OF_ITS_CONTENT):
            return
        outcome = Outcome.LEFT
    counted[outcome.value] += 1
    mailbox.mark(number, for_whoever_looks_after_it=outcome is Outcome.LEFT)

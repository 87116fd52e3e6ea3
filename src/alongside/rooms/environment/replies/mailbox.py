"""The mailbox for replies, by IMAP: what is new in it, one email at a time, and that it was read.

`Seen` says that an email was dealt with; what nobody here could make anything of is `Flagged`, too, for whoever looks
after the mailbox. Nothing is moved or deleted. One deadline covers the whole exchange (`busy/deadline.py`).
"""

from __future__ import annotations

import datetime as dt
import imaplib
import logging
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from imapclient import FLAGGED, SEEN, IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientError

from alongside.kernel.clock import now

from ..busy.deadline import Deadline
from .reading import LARGEST
from .reply_mailbox import ReplyMailbox

SECONDS_IN_ALL = 120.0
SECONDS_FOR_EACH_STEP = 20.0
LOOKS_BACK = dt.timedelta(days=14)
"""What could not be dealt with for so long is not tried for ever."""
AT_ONCE = 200

logger = logging.getLogger("alongside.replies")


class Away(Exception):
    """The mailbox can't be read now. It says of what kind the trouble was, and never who signs in with what."""


class _Connection(imaplib.IMAP4):
    """Seen by the deadline before anything is said on it, and encrypted with a certificate that is checked."""

    def __init__(self, mailbox: ReplyMailbox, deadline: Deadline) -> None:
        self.mailbox, self.deadline = mailbox, deadline
        super().__init__(mailbox.host, mailbox.port, SECONDS_FOR_EACH_STEP)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        line = socket.create_connection((self.mailbox.host, self.mailbox.port), timeout)
        self.deadline.watch(line)
        if not self.mailbox.encrypted:
            return line
        return ssl.create_default_context().wrap_socket(line, server_hostname=self.mailbox.host)


class _Client(IMAPClient):
    def __init__(self, mailbox: ReplyMailbox, deadline: Deadline) -> None:
        self.connection = (mailbox, deadline)
        timeout = SocketTimeout(SECONDS_FOR_EACH_STEP, SECONDS_FOR_EACH_STEP)
        super().__init__(mailbox.host, mailbox.port, ssl=mailbox.encrypted, timeout=timeout)

    def _create_IMAP4(self) -> _Connection:
        return _Connection(*self.connection)


class Mailbox:
    """One that is open."""

    def __init__(self, client: IMAPClient, deadline: Deadline) -> None:
        self._client, self.deadline = client, deadline

    def unread(self) -> list[int]:
        """The emails of the last days that nobody has dealt with, the oldest first."""
        since = (now() - LOOKS_BACK).date()
        return sorted(self._client.search(["UNSEEN", "SINCE", since]))[:AT_ONCE]

    def fetch(self, number: int) -> tuple[bytes, bool] | None:
        """Its bytes, and whether they are only its beginning; None when it has gone, or the server won't give it."""
        wanted = ["RFC822.SIZE", f"BODY.PEEK[]<0.{LARGEST}>"]
        found = None
        with _of_this_email_alone():
            found = self._client.fetch([number], wanted).get(number)
        if found is None or b"RFC822.SIZE" not in found:
            return None
        raw = next((value for name, value in found.items() if name.startswith(b"BODY[]")), None) or b""
        return raw[:LARGEST], found[b"RFC822.SIZE"] > LARGEST

    def mark(self, number: int, *, for_whoever_looks_after_it: bool) -> None:
        flags = [SEEN, FLAGGED] if for_whoever_looks_after_it else [SEEN]
        with _of_this_email_alone():
            self._client.add_flags([number], flags, silent=True)


@contextmanager
def _of_this_email_alone() -> Iterator[None]:
    """The server says no to one request: the others go on. What ends the connection goes on to whoever opened it."""
    try:
        yield
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as trouble:
        logger.warning(
            "the mail server refuses one email of the mailbox for replies: %s", type(trouble).__name__
        )


@contextmanager
def open_mailbox(mailbox: ReplyMailbox) -> Iterator[Mailbox]:
    """`mailbox` says where it is and how one signs in (`settings.REPLIES`). Raises `Away` for all that goes wrong with it."""
    with Deadline(SECONDS_IN_ALL) as deadline:
        try:
            with _Client(mailbox, deadline) as client:
                client.login(mailbox.user, mailbox.password)
                client.select_folder(mailbox.folder)
                yield Mailbox(client, deadline)
        except (OSError, ValueError, imaplib.IMAP4.error, IMAPClientError) as trouble:
            raise Away("time is up" if deadline.is_over else type(trouble).__name__) from None

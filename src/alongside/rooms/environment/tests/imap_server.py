"""A mail server on the loopback address, and what calendar programs and people write to it."""

import datetime as dt
import subprocess
import sys
import time
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest

from alongside.kernel.clock import now
from alongside.rooms.environment import ics
from alongside.rooms.environment.replies.reply_mailbox import ReplyMailbox
from tests.served import free_port

PASSWORD = "secret-of-the-mailbox"
_SERVE = "import sys; from pymap.main import main; sys.exit(main())"


@pytest.fixture(scope="session")
def imap_port():
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "sieve", "dict"]
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE, *words, "--demo-user", "us", "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(server: subprocess.Popen, port: int) -> None:
    from imapclient import IMAPClient

    for _try in range(300):
        assert server.poll() is None, "the mail server of the tests has ended"
        try:
            IMAPClient("127.0.0.1", port, ssl=False, timeout=10).logout()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("the mail server of the tests did not answer")


class Box:
    """The mailbox as the tests and whoever looks after it see it."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def deliver(self, *emails: bytes) -> None:
        for email in emails:
            self.client.append("INBOX", email)

    def flags(self) -> list[set[str]]:
        """Of each email, in the order in which they came."""
        self.client.select_folder("INBOX")
        found = self.client.get_flags(self.client.search())
        return [{flag.decode() for flag in found[one]} - {"\\Recent"} for one in sorted(found)]

    def unread_again(self) -> None:
        self.client.select_folder("INBOX")
        self.client.remove_flags(self.client.search(), [b"\\Seen", b"\\Flagged"])


@pytest.fixture
def box(imap_port, settings):
    """An empty mailbox, which the settings name."""
    from imapclient import IMAPClient

    settings.REPLIES = ReplyMailbox(
        "calendar@example.org", "127.0.0.1", imap_port, "us", PASSWORD, "INBOX", False
    )
    client = IMAPClient("127.0.0.1", imap_port, ssl=False, timeout=20)
    client.login("us", PASSWORD)
    client.select_folder("INBOX")
    if found := client.search():
        client.delete_messages(found)
        client.expunge()
    yield Box(client)
    client.logout()


def answer_file(
    uid: UUID,
    attendee: str,
    status: str = "ACCEPTED",
    *,
    sequence: int = 0,
    stamp: dt.datetime | None = None,
    method: str = "REPLY",
    more: tuple[str, ...] = (),
) -> str:
    """What a calendar program sends back."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//A program//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{ics.uid_of(uid)}",
        f"DTSTAMP:{(stamp or now() + dt.timedelta(seconds=1)).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{sequence}",
        f"ATTENDEE;PARTSTAT={status}:mailto:{attendee}",
        *more,
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines)


def email(
    to: str, file: str = "", *, sender: str = "paul@example.org", text: str = "Here it is.", **headers: str
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = "Re: Appointment"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if file:
        method = "COUNTER" if "METHOD:COUNTER" in file else "REPLY"
        message.add_alternative(file.encode(), "text", "calendar", params={"method": method})
    return message.as_bytes()

"""What an email says that came to the mailbox for replies (RFC 6047). Pure: bytes in, facts out; it fails at nothing.

Anybody can write to the mailbox. So header lines and parts are taken as they stand, without the structure a library
would look for in them, everything has a limit, and what can't be read is an email that says nothing.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import html
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parseaddr
from typing import Any
from uuid import UUID

import icalendar
from django.utils.html import strip_tags

from alongside.kernel.email_addresses import LONGEST as LONGEST_ADDRESS
from alongside.kernel.email_addresses import normal_address
from alongside.kernel.one_line import one_line

from ..ics import meeting_uid_in
from ..models import Answer
from ..reply_addresses import Secret, secrets_in

LARGEST = 1024 * 1024
"""An answer with its quotations and a signature's picture; what is longer is cut."""
LONGEST_HEADERS = 64 * 1024
LONGEST_OBJECT = 64 * 1024
MOST_PARTS = 50
MOST_SECRETS = 10
"""An invitation is answered to one address, which servers repeat in headers of their own."""
LONGEST_WORDS = 4_000
LONGEST_COMMENT = 500
"""As long as a word with an answer by link."""

ADDRESSED = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
ANSWERS = {"ACCEPTED": Answer.ACCEPTED, "DECLINED": Answer.DECLINED, "TENTATIVE": Answer.UNSURE}


@dataclass(frozen=True, slots=True)
class Said:
    """What a calendar program says in the name of one attendee (RFC 5546, 3.2.3 and 3.2.7)."""

    uid: UUID
    answer: Answer
    attendee: str
    sequence: int
    stamped_at: dt.datetime
    comment: str
    wished_at: dt.datetime | None
    """The time that is asked for instead."""


@dataclass(frozen=True, slots=True)
class IncomingEmail:
    """`uid` is of which meeting its calendar object speaks, even where that says nothing that could count."""

    sender: str = ""
    secrets: tuple[Secret, ...] = ()
    uid: UUID | None = None
    said: Said | None = None
    is_automatic: bool = False
    is_cut: bool = False
    words: str = ""
    digest: str = ""


def read(raw: bytes, *, is_cut: bool = False) -> IncomingEmail:
    """All that can be read of it; `is_cut` when the email goes on behind these bytes."""
    headers = BytesHeaderParser().parsebytes(raw[:LONGEST_HEADERS])
    subject, text, uid, said = _header(headers, "Subject"), "", None, None
    with contextlib.suppress(Exception):  # whatever a hostile email breaks: then its headers are what it says
        message = message_from_bytes(raw)
        text = _text_in(message)
        if not is_cut:
            uid, said = _object_in(message)
    identity = str(headers.get("Message-ID", "")).strip().encode() or raw
    return IncomingEmail(
        sender=normal_address(one_line(parseaddr(_header(headers, "From"))[1]))[:LONGEST_ADDRESS],
        secrets=tuple(
            secrets_in(str(value) for name in ADDRESSED for value in headers.get_all(name, []))[:MOST_SECRETS]
        ),
        uid=uid,
        said=said,
        is_automatic=_is_automatic(headers),
        is_cut=is_cut,
        words="\n\n".join(filter(None, (one_line(subject), _lines(text))))[:LONGEST_WORDS].strip(),
        digest=hashlib.sha256(identity).hexdigest(),
    )


def _header(headers: Message, name: str) -> str:
    raw = str(headers.get(name, ""))
    with contextlib.suppress(Exception):  # an encoded word that is none
        return _whole(str(make_header(decode_header(raw))))
    return _whole(raw)


def _whole(text: str) -> str:
    """The text without halves of signs that take two, which some charsets can say and nothing can write down."""
    return text.encode("utf-8", "replace").decode()


def _is_automatic(headers: Message) -> bool:
    """Out of office, forwarded by a machine, a report. A calendar program's own answer may be *auto-generated* (RFC 3834)."""
    submitted = str(headers.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    kind = str(headers.get("Content-Type", "")).strip().lower()
    return (
        submitted not in ("no", "auto-generated")
        or kind.startswith("multipart/report")
        or str(headers.get("Precedence", "")).strip().lower() == "auto_reply"
        or any(name in headers for name in ("X-Autoreply", "X-Autorespond"))
    )


def _parts(message: Message) -> Iterator[tuple[str, Message]]:
    for number, part in enumerate(message.walk()):
        if number == MOST_PARTS:
            return
        if not part.is_multipart():
            yield part.get_content_type(), part


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text_in(message: Message) -> str:
    """Its words: the first plain text, else the first HTML without its tags."""
    texts: dict[str, str] = {}
    for kind, part in _parts(message):
        if kind in ("text/plain", "text/html") and kind not in texts:
            content = _content(part)[: 16 * LONGEST_WORDS]
            try:
                texts[kind] = content.decode(part.get_content_charset("utf-8"), "replace")
            except (
                LookupError,
                ValueError,
            ):  # no charset at all, or one that can't replace what it can't read
                texts[kind] = content.decode("utf-8", "replace")
    return _whole(texts.get("text/plain") or html.unescape(strip_tags(texts.get("text/html", ""))))


def _lines(text: str) -> str:
    return "\n".join(one_line(line) for line in text.splitlines()).strip()


def _object_in(message: Message) -> tuple[UUID | None, Said | None]:
    for kind, part in _parts(message):
        content = _content(part) if kind in ("text/calendar", "application/ics") else b""
        if 0 < len(content) <= LONGEST_OBJECT:
            return _read_object(content)
    return None, None


def _read_object(content: bytes) -> tuple[UUID | None, Said | None]:
    calendar = icalendar.Calendar.from_ical(content)
    method, events = str(calendar.get("METHOD", "")).upper(), calendar.walk("VEVENT")
    uid = meeting_uid_in(str(events[0].get("UID", ""))) if events else None
    if uid is None or len(events) > 1 or events[0].errors or method not in ("REPLY", "COUNTER"):
        return uid, None
    with contextlib.suppress(
        AttributeError, OverflowError, TypeError, ValueError
    ):  # what is missing, there twice, or no such value
        return uid, _said(events[0], uid, method)
    return uid, None


def _said(event: Any, uid: UUID, method: str) -> Said | None:
    """None where it is about one of several dates, by several people, of no moment, or no answer."""
    attendee, stamped_at = event["ATTENDEE"], event["DTSTAMP"].dt
    status = str(attendee.params.get("PARTSTAT", "")).upper()
    answer = Answer.ASKS_TO_MOVE if method == "COUNTER" else ANSWERS.get(status)
    if answer is None or "RECURRENCE-ID" in event or stamped_at.utcoffset() is None:
        return None
    address = str(attendee)
    return Said(
        uid=uid,
        answer=answer,
        attendee=normal_address(address[7:] if address[:7].lower() == "mailto:" else address),
        sequence=int(event.get("SEQUENCE", 0)),
        stamped_at=stamped_at.astimezone(dt.UTC),
        comment=_comment(event),
        wished_at=_moment(event) if method == "COUNTER" else None,
    )


def _comment(event: Any) -> str:
    found = event.get("COMMENT", [])
    comments = found if isinstance(found, list) else [found]
    return _lines("\n".join(str(comment) for comment in comments))[:LONGEST_COMMENT].strip()


def _moment(event: Any) -> dt.datetime | None:
    """None also for the first and the last year there are: in another zone these may have no such moment."""
    begins = event["DTSTART"].dt
    if not isinstance(begins, dt.datetime) or begins.utcoffset() is None:
        return None
    return begins.astimezone(dt.UTC) if dt.MINYEAR < begins.year < dt.MAXYEAR else None

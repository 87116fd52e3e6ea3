"""The letters of the demo, as they lie in the folder: real messages, read with Python's own parser."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

MOST = 200


@dataclass(frozen=True)
class Letter:
    name: str
    to: str
    sender: str
    subject: str
    at: dt.datetime | None
    text: str
    attachments: tuple[str, ...]


def letters() -> list[Letter]:
    """The newest letters first."""
    folder = Path(settings.EMAIL_FOLDER)
    files = (
        sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        if folder.exists()
        else []
    )
    return [_read(path) for path in files[:MOST]]


def letter(name: str) -> Letter | None:
    """One letter by its file name; None for anything that is not a letter in the folder."""
    path = Path(settings.EMAIL_FOLDER) / f"{name}.eml"
    return _read(path) if path.parent == Path(settings.EMAIL_FOLDER) and path.is_file() else None


def _read(path: Path) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(preferencelist=("plain",))
    date = message["Date"]
    return Letter(
        name=path.stem,
        to=str(message["To"]),
        sender=str(message["From"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(date)) if date else None,
        text=body.get_content() if body else "",
        attachments=tuple(
            part.get_filename() or part.get_content_type() for part in message.iter_attachments()
        ),
    )

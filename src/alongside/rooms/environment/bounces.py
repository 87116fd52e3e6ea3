"""Reading what a mail server reports about a letter that did not arrive (RFC 3464), however it was wrapped."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import default
from uuid import UUID

LARGEST = 2 * 1024 * 1024
_ID = re.compile(r"<([0-9a-f]{32})\.\d+@")
_BOX = re.compile(r"\+([0-9a-f]{32})@")
_ENVELOPE = ("Delivered-To", "X-Original-To", "Envelope-To", "To")


def failed_meeting_email(raw: bytes) -> UUID | None:
    """The letter a report says has failed for good; None for a delay, a success, and whatever isn't a report of ours."""
    report = message_from_bytes(raw[:LARGEST], policy=default)
    if not _failed_for_good(report):
        return None
    found = _in_envelope(report) or _in_original(report)
    return UUID(hex=found) if found else None


def _failed_for_good(report: Message) -> bool:
    """Some recipient's action is "failed" with a permanent status; a 4.x.x one failed only for now."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            action = str(block.get("Action", "")).strip().lower()
            if action == "failed" and str(block.get("Status", "5")).strip().startswith("5"):
                return True
    return False


def _in_envelope(report: Message) -> str:
    for name in _ENVELOPE:
        for value in report.get_all(name, []):
            found = _BOX.search(str(value))
            if found:
                return found[1]
    return ""


def _in_original(report: Message) -> str:
    """The Message-ID of the letter it brings back, whole or its headers alone."""
    for part in report.walk():
        kind = part.get_content_type()
        inner = part.get_payload()
        if kind == "message/rfc822" and isinstance(inner, list) and isinstance(inner[0], Message):
            headers = str(inner[0].get("Message-ID", ""))
        elif kind == "text/rfc822-headers":
            whole = part.get_payload(decode=True) or b""
            headers = str(message_from_bytes(whole, policy=default).get("Message-ID", ""))
        else:
            continue
        found = _ID.search(headers)
        if found:
            return found[1]
    return ""

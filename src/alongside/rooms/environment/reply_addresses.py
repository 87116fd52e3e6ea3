"""The address to which one person answers one invitation by mail: whoever knows it may answer, as with a link.

It holds the meeting's UID, which the calendar object says anyway, and a keyed signature over UID, person and the mailbox
the invitation went to. So nothing is stored, it stays the same through all moves, and an address that was corrected
has another. Small letters and digits alone, as mail servers may change capitals.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SIGNATURE = 20
"""Characters of base32: 100 bits."""
_SECRET = re.compile(rf"\+([a-z2-7]{{26}})([a-z2-7]{{{SIGNATURE}}})@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Secret:
    """What an address holds behind its `+`: of which meeting it says to be, and the signature that has to prove it."""

    uid: UUID
    signature: str

    def is_of(self, person_id: UUID, email: str) -> bool:
        return constant_time_compare(self.signature, _signature(self.uid, person_id, email))


def reply_address(uid: UUID, person_id: UUID, email: str) -> str:
    """Where this person answers what was sent to `email`; "" where no mailbox for replies is named."""
    if settings.REPLIES is None:
        return ""
    box, _at, domain = settings.REPLIES.address.rpartition("@")
    return f"{box}+{_base32(uid.bytes)}{_signature(uid, person_id, email)}@{domain}"


def secrets_in(headers: Iterable[str]) -> list[Secret]:
    """All that could be secrets of invitations in these headers, each once, in their order."""
    found = (match for text in headers for match in _SECRET.finditer(text))
    secrets = [Secret(_uid(match[1].upper()), match[2].lower()) for match in found]
    return list(dict.fromkeys(secrets))


def _signature(uid: UUID, person_id: UUID, email: str) -> str:
    said = f"{uid.hex} {person_id.hex} {email}"
    return _base32(salted_hmac("environment.reply_address", said, algorithm="sha256").digest())[:SIGNATURE]


def _uid(encoded: str) -> UUID:
    return UUID(bytes=base64.b32decode(f"{encoded}======"))


def _base32(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").lower()

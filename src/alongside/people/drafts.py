"""The key under which a browser keeps what somebody typed until the server has it.

It is worked out from the keyring and the person, and given to that person alone, signed in: whoever else uses the same
browser finds ciphertext. The browser holds it in memory, never on disk. See `docs/decisions/0037`.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from .models import Person


@dataclass(frozen=True, slots=True)
class DraftKey:
    """`owner` marks which drafts are this person's and tells nobody who that is; `epoch` is the key of the ring behind it."""

    epoch: str
    owner: str
    key: str


def draft_key(person: Person, epoch: str = "") -> DraftKey | None:
    """The person's key of now, or of an earlier key of the ring; None when the ring no longer has that one."""
    ring = settings.ENCRYPTION_KEYRING
    epoch = epoch or ring["current"]
    if epoch not in ring["keys"]:
        return None
    # the same mark whatever key is current, so that older drafts are still known as theirs
    first = next(iter(ring["keys"]))
    return DraftKey(epoch, _derived(first, "owner", person, 12), _derived(epoch, "key", person, 32))


def _derived(epoch: str, purpose: str, person: Person, length: int) -> str:
    secret = base64.b64decode(settings.ENCRYPTION_KEYRING["keys"][epoch])
    info = f"alongside drafts {purpose} ".encode() + person.id.bytes
    derived = HKDF(algorithm=SHA256(), length=length, salt=None, info=info).derive(secret)
    return base64.urlsafe_b64encode(derived).decode()

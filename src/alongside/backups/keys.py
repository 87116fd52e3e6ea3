"""The keys of a backup: the pair it is sealed with, and the proof that a keyring is the right one."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

WORD = b"alongside"
PLACE = b"backup canary"

Keyring = Mapping[str, Any]
"""`{"current": id, "keys": {id: 32 bytes in Base64}}`."""


def canaries(keyring: Keyring) -> dict[str, str]:
    """For each key of the ring a known word sealed with it, in Base64."""
    return {key_id: canary(key) for key_id, key in keyring["keys"].items()}


def canary(key: str) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(base64.b64decode(key)).encrypt(nonce, WORD, PLACE)).decode()


def missing_from(keyring: Keyring | None, sealed: Mapping[str, str]) -> list[str]:
    """The ids of the keys that the backup's words need and this ring lacks, or has another key for."""
    keys = (keyring or {"keys": {}})["keys"]
    return sorted(key_id for key_id, word in sealed.items() if not _opens(keys.get(key_id), word))


def _opens(key: str | None, word: str) -> bool:
    if key is None:
        return False
    raw = base64.b64decode(word)
    try:
        return AESGCM(base64.b64decode(key)).decrypt(raw[:12], raw[12:], PLACE) == WORD
    except (InvalidTag, ValueError):
        return False


def new_backup_key() -> str:
    return str(pyrage.x25519.Identity.generate())


def identity_from(text: str) -> pyrage.x25519.Identity:
    """The pair written in a key file; ValueError with a sentence when it is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError as error:
        raise ValueError(
            "This is not a backup key. It is one line that begins with AGE-SECRET-KEY."
        ) from error

"""Words at rest: AES-256-GCM with a key id in front, bound to table, column and row.

A sealed value is `key id length (1 byte) | key id | nonce (12) | ciphertext and tag`. Table, column and row are the
associated data (NIST SP 800-38D), so that a value moved to another row does not open. Keys live outside the
database, in `settings.ENCRYPTION_KEYRING`; a new key seals new values while old ones still open.
"""

from __future__ import annotations

import base64
import functools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from .one_line import is_one_line

Column = tuple[type[models.Model], str | None]
_WATCHED: ContextVar[set[Column] | None] = ContextVar("watched", default=None)


@contextmanager
def columns_opened() -> Iterator[set[Column]]:
    """Which sealed columns are opened within: for a door, which records that words were shown."""
    columns: set[Column] = set()
    token = _WATCHED.set(columns)
    try:
        yield columns
    finally:
        _WATCHED.reset(token)


class Unreadable(Exception):
    """A sealed value does not open: wrong key, or it was moved or changed."""


class Sealed(bytes):
    """Bytes as they lie in the database."""


@functools.lru_cache(maxsize=64)
def _cipher(key_id: str, encoded: str) -> AESGCM:
    return AESGCM(base64.b64decode(encoded))


def seal(model: type[models.Model], column: str | None, row: Any, text: str) -> Sealed:
    key_id = settings.ENCRYPTION_KEYRING["current"]
    nonce = os.urandom(12)
    place = f"{model._meta.db_table}.{column}.{row}".encode()
    cipher = _cipher(key_id, settings.ENCRYPTION_KEYRING["keys"][key_id])
    return Sealed(
        bytes([len(key_id)]) + key_id.encode() + nonce + cipher.encrypt(nonce, text.encode(), place)
    )


def unseal(model: type[models.Model], column: str | None, row: Any, sealed: bytes) -> str:
    """The words again. Raises `Unreadable`. For `.values_list()` readers: the row is the primary key."""
    watched = _WATCHED.get()
    if watched is not None:
        watched.add((model, column))
    end = 1 + sealed[0]
    key_id = sealed[1:end].decode()
    place = f"{model._meta.db_table}.{column}.{row}".encode()
    try:
        cipher = _cipher(key_id, settings.ENCRYPTION_KEYRING["keys"][key_id])
        return cipher.decrypt(sealed[end : end + 12], sealed[end + 12 :], place).decode()
    except (KeyError, InvalidTag) as error:
        raise Unreadable(f"{model._meta.db_table}.{column}") from error


class _Opener:
    """Opens a sealed value when it is first read, and keeps the words on the instance."""

    def __init__(self, field: SealedTextField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: Any) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = unseal(type(instance), self.field.column, instance.pk, value) if value else ""
            instance.__dict__[name] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text that lies sealed in the database. Blank is stored as empty bytes; it can't be filtered on.

    `are_words=False` says that it is a name or a setting, and nothing that was written in a journey: showing it is no
    opening.
    """

    # for the type checker: what one writes to the attribute, and what one reads from it
    _pyi_private_set_type: str
    _pyi_private_get_type: str  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.are_words: bool = kwargs.pop("are_words", True)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", b"")
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def get_default(self) -> Any:
        return ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: Any) -> Any:
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, Sealed):
            return value
        return seal(type(model_instance), self.column, model_instance.pk, value) if value else Sealed(b"")

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value == "":
            value = Sealed(b"")  # a column new to a table with rows: none of them has words in it yet
        if isinstance(value, str):
            raise TypeError(
                "sealed words are written by save() or bulk_create(), or seal() them for update()"
            )
        return super().get_db_prep_value(value, connection, prepared)


class SealedLineField(SealedTextField):
    """Sealed text of one line: a name. What holds a line break is not written, whoever sends it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("are_words", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        value = model_instance.__dict__.get(self.attname, "")
        if isinstance(value, str) and not is_one_line(value):
            raise ValueError("a name is one line")
        return super().pre_save(model_instance, add)

"""What lies sealed outside of our own sealed fields: texts in a column of a library, as base64.

A library that seals nothing itself hands us its secrets on their way to the database. Whoever takes them registers the
column here, so that a new key seals them too and an old one is not retired while it still opens some.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from .encryption import Sealed, seal, unseal


@dataclass(frozen=True)
class SealedColumn:
    """`model()` is asked late; `changed(value, change)` answers with the column's value, each sealed text in it changed."""

    model: Callable[[], type[models.Model]]
    column: str
    changed: Callable[[Any, Callable[[str], str]], Any]

    def seal(self, text: str) -> str:
        """Not bound to a row: the library tells no more than the text."""
        return base64.b64encode(seal(self.model(), self.column, None, text)).decode()

    def unseal(self, text: str) -> str:
        return unseal(self.model(), self.column, None, Sealed(base64.b64decode(text)))


SEALED_COLUMNS: list[SealedColumn] = []

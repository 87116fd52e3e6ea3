"""Which key seals how much: an old key may only go when nothing is sealed with it."""

from __future__ import annotations

import base64

from django.apps import apps

from .encryption import SealedTextField
from .sealed_elsewhere import SEALED_COLUMNS, SealedColumn

BATCH = 2_000


def values_sealed_with(key_id: str) -> int:
    """The sealed values in the database that only this key opens."""
    mark = bytes([len(key_id)]) + key_id.encode()
    in_fields = sum(
        _count(model, field, mark)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    )
    return in_fields + sum(_count_elsewhere(column, mark) for column in SEALED_COLUMNS)


def _count(model, field: SealedTextField, mark: bytes) -> int:  # type: ignore[no-untyped-def]
    # every row, also those the product itself no longer looks at
    values = model._base_manager.values_list(field.attname, flat=True)
    return sum(bytes(value or b"").startswith(mark) for value in values.iterator(chunk_size=BATCH))


def _count_elsewhere(column: SealedColumn, mark: bytes) -> int:
    found: list[bool] = []

    def look(text: str) -> str:
        found.append(base64.b64decode(text).startswith(mark))
        return text

    for value in (
        column.model()._base_manager.values_list(column.column, flat=True).iterator(chunk_size=BATCH)
    ):
        column.changed(value, look)
    return sum(found)

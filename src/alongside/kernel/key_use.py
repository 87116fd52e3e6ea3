"""Which key seals how much: an old key may only go when nothing is sealed with it."""

from __future__ import annotations

from django.apps import apps

from .encryption import SealedTextField

BATCH = 2_000


def values_sealed_with(key_id: str) -> int:
    """The sealed values in the database that only this key opens."""
    mark = bytes([len(key_id)]) + key_id.encode()
    return sum(
        _count(model, field, mark)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    )


def _count(model, field: SealedTextField, mark: bytes) -> int:  # type: ignore[no-untyped-def]
    # every row, also those the product itself no longer looks at
    values = model._base_manager.values_list(field.attname, flat=True)
    return sum(bytes(value or b"").startswith(mark) for value in values.iterator(chunk_size=BATCH))

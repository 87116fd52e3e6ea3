"""A row of any table, with whatever it has to have: for tests that need a real id and nothing behind it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import models

from alongside.kernel import clock
from alongside.kernel.encryption import SealedTextField


def any_row(
    model: type[models.Model], known: dict[type[models.Model], models.Model], words: str, **facts: Any
) -> models.Model:
    """A new row with these facts that hangs on what is known, and on new rows where nothing is; sealed are the words."""
    given: dict[str, Any] = {**facts}
    for field in model._meta.concrete_fields:
        if field.name in facts:
            continue
        if isinstance(field, SealedTextField):
            given[field.name] = words
        elif field.is_relation and not field.null:
            given[field.name] = known.get(field.related_model) or any_row(field.related_model, known, words)
        elif _has_to_be_given(field):
            given[field.name] = _value(field)
    return model._default_manager.create(**given)


def _has_to_be_given(field: models.Field) -> bool:
    may_be_left = field.is_relation or field.primary_key or field.null or field.blank or field.has_default()
    return not may_be_left


def _value(field: models.Field) -> Any:
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.DateTimeField):
        return clock.now() + dt.timedelta(days=1)
    if isinstance(field, models.DateField):
        return clock.today("Europe/London")
    if isinstance(field, models.TimeField):
        return dt.time(9)
    if isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.BooleanField):
        return True
    if isinstance(field, models.IntegerField | models.DecimalField | models.FloatField):
        return 1
    return (
        f"{uuid4().hex}"[: field.max_length or 32]
        if not isinstance(field, models.EmailField)
        else "a@example.org"
    )

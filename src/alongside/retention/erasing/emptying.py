"""Words of somebody who is erased, in rows that stay because the record is another person's, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.kernel.encryption import Sealed, SealedTextField, seal

from ..places import TABLES, Table, Words
from ..places.table import IN_VERSIONS, PARTICIPANT
from . import rows

NOBODYS = Q(pk__in=[])


def said_instead() -> str:
    """What stands where words stood, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Erased.")


def empty(people: set[UUID], kept: set[UUID], about: set[UUID], counts: Counter[str]) -> None:
    """Empty what is theirs: in journeys `about` them all of it, in all that are kept what is private or reaches them."""
    for table in TABLES:
        model = rows.model_of(table)
        for words in table.words:
            if words.whose and IN_VERSIONS not in words.whose:
                found = model._base_manager.filter(_theirs(table, words, people, kept, about))
                pks = list(found.values_list("pk", flat=True))
                counts[f"{table.label}.{words.field}"] += empty_field(model, words.field, pks, table.form)


def _theirs(table: Table, words: Words, people: set[UUID], kept: set[UUID], about: set[UUID]) -> Q:
    by_them = NOBODYS
    for path in set(words.whose) - {PARTICIPANT}:
        by_them |= Q(**{f"{path}__in": people})
    if not table.journey:
        return by_them
    found = NOBODYS
    for path in table.journey:
        within = Q(**{f"{path}__in": kept if words.in_every_journey else about})
        found |= within & by_them
        if PARTICIPANT in words.whose:
            found |= Q(**{f"{path}__in": about})
    return found


def empty_field(
    model: type[models.Model], name: str, pks: Iterable[Any], form: frozenset[str] = frozenset()
) -> int:
    """Empty this field in these rows; in how many there was something."""
    field = model._meta.get_field(name)
    emptied = 0
    for some in rows.in_parts(pks):
        held = model._base_manager.filter(pk__in=some).exclude(**{name: b"" if _sealed(field) else ""})
        for pk in held.values_list("pk", flat=True):
            emptied += model._base_manager.filter(pk=pk).update(**{name: _nothing(field, pk, form)})
    return emptied


def _sealed(field: Any) -> bool:
    return isinstance(field, SealedTextField)


def _nothing(field: Any, pk: Any, form: frozenset[str]) -> Any:
    if not _sealed(field):
        return ""
    if not field.are_words or field.name in form:
        return Sealed(b"")
    return seal(field.model, field.column, pk, said_instead())


def empty_cases_taken_from(journeys: set[UUID], counts: Counter[str]) -> None:
    """A case that was taken to supervision has no name in it, but it was made of what was said here: it is emptied, too."""
    taken_model, case_model = (apps.get_model("room_sessions", name) for name in ("TakenCase", "Case"))
    taken = taken_model._base_manager.filter(journey__in=journeys).exclude(case=None)
    cases = list(taken.values_list("case_id", flat=True))
    counts["room_sessions.Case.content"] += empty_field(case_model, "content", cases, frozenset({"content"}))

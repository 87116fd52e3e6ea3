"""The versions of a service's questionnaires: which go on from each other in one line, and which is filled in now.

A shipped questionnaire is its own line. Versions are never changed once they are there, so a line's name can be kept.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.db.models import Subquery
from django.utils.translation import gettext_lazy

from alongside.measures import own
from alongside.measures.catalogue import OWN_PREFIX

from .models import ServiceInstrument

T = TypeVar("T")
NOT_COMPARABLE = gettext_lazy(
    "Its scores cannot go on from the version before: the lowest and highest score and the direction must be the same."
)


def key_of(row_id: UUID) -> str:
    """The key of one version of an instrument, short enough for a target: it never means anything else."""
    return OWN_PREFIX + base64.b32encode(row_id.bytes).decode().rstrip("=").lower()


def row_id_of(key: str) -> UUID:
    try:
        return UUID(bytes=base64.b32decode(key.removeprefix(OWN_PREFIX).upper() + "======"))
    except ValueError as error:
        raise KeyError(key) from error


def line_of(key: str) -> str:
    """What a questionnaire's line is called: the key of the first version that means the same."""
    return _line(key) if key.startswith(OWN_PREFIX) else key


@lru_cache(maxsize=2048)
def _line(key: str) -> str:
    return key_of(_versions_of_line(key)[0].id)


def newest_of_line(key: str) -> str:
    """The version of the same meaning that is filled in now."""
    return keys_of_line(key)[-1]


def keys_of_line(key: str) -> tuple[str, ...]:
    """Every version of the same meaning, oldest first. One query for a service's own, none for a shipped one."""
    if not key.startswith(OWN_PREFIX):
        return (key,)
    return tuple(key_of(row.id) for row in _versions_of_line(key))


def of_line(found: Mapping[str, T], key: str, nothing: T) -> T:
    """What is known by the key of any version of the same meaning."""
    line = line_of(key)
    return next((value for known, value in found.items() if line_of(known) == line), nothing)


def _versions_of_line(key: str) -> list[ServiceInstrument]:
    rows = _family(key)
    first = last = [row.id for row in rows].index(row_id_of(key))
    while first > 0 and rows[first].same_meaning:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].same_meaning:
        last += 1
    return rows[first : last + 1]


def _family(key: str) -> list[ServiceInstrument]:
    """Every version of an instrument, oldest first. One query."""
    one = ServiceInstrument.objects.filter(id=row_id_of(key))
    family, organisation = (Subquery(one.values(column)) for column in ("family", "organisation"))
    same = ServiceInstrument.objects.filter(family=family, organisation=organisation)
    rows = list(same.only("id", "version", "same_meaning").order_by("version"))
    if not rows:
        raise KeyError(key)
    return rows


def can_go_on(renews: ServiceInstrument, instrument: own.OwnInstrument) -> bool:
    """Whether scores of the new version can stand in one line with those of the newest before it."""
    rows = ServiceInstrument.objects.filter(family=renews.family, organisation_id=renews.organisation_id)
    before = own.from_text(rows.order_by("-version")[0].definition)
    ends = (before.min, before.max, before.direction)
    return ends == (instrument.min, instrument.max, instrument.direction)

"""The versions of a service's questionnaires: which go on from each other in one line, and which is filled in now.

A shipped questionnaire is its own line. Versions are never changed once they are there, so a line's name can be kept.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

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
    versions = _family(key)
    at = next(place for place, row in enumerate(versions) if key_of(row.id) == key)
    while at and versions[at].same_meaning:
        at -= 1
    return key_of(versions[at].id)


def newest_of_line(key: str) -> str:
    """The version of the same meaning that is filled in now."""
    return keys_of_line(key)[-1]


def keys_of_line(key: str) -> tuple[str, ...]:
    """Every version of the same meaning, oldest first."""
    if not key.startswith(OWN_PREFIX):
        return (key,)
    line = line_of(key)
    return tuple(each for row in _family(key) if line_of(each := key_of(row.id)) == line)


def of_line(found: Mapping[str, T], key: str, nothing: T) -> T:
    """What is known by the key of any version of the same meaning."""
    line = line_of(key)
    return next((value for known, value in found.items() if line_of(known) == line), nothing)


def _family(key: str) -> list[ServiceInstrument]:
    row = ServiceInstrument.objects.filter(id=row_id_of(key)).only("family", "organisation_id").first()
    if row is None:
        raise KeyError(key)
    same = ServiceInstrument.objects.filter(family=row.family, organisation_id=row.organisation_id)
    return list(same.only("id", "version", "same_meaning").order_by("version"))


def can_go_on(renews: ServiceInstrument, instrument: own.OwnInstrument) -> bool:
    """Whether scores of the new version can stand in one line with those of the newest before it."""
    rows = ServiceInstrument.objects.filter(family=renews.family, organisation_id=renews.organisation_id)
    before = own.from_text(rows.order_by("-version")[0].definition)
    ends = (before.min, before.max, before.direction)
    return ends == (instrument.min, instrument.max, instrument.direction)

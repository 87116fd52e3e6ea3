"""Which rows go: by what the list of places says of each table, and whatever hangs on them.

Asked of the base manager: the usual one of some tables leaves out what was entered in error, and that goes, too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.states import Part
from alongside.people.models import LoginSession, Organisation, Person

from ..places import TABLES, Table

SOME = 500
"""So many ids go into one question."""

ARCHIVE = "archive.Archive"
COPY, PART_OF_COPY = "retention.AccessCopy", "retention.AccessPart"

Rows = dict[type[models.Model], set[Any]]


def in_parts(ids: Iterable[Any]) -> Iterator[list[Any]]:
    every = list(ids)
    for start in range(0, len(every), SOME):
        yield every[start : start + SOME]


def model_of(table: Table) -> type[models.Model]:
    return apps.get_model(table.label)


def journeys_of(people: set[UUID]) -> set[UUID]:
    """Every journey in which one of them has or had a part."""
    return set(JourneyMember.objects.filter(person__in=people).values_list("journey_id", flat=True))


def journeys_about(people: set[UUID]) -> set[UUID]:
    """Those in which one of them is or was the participant."""
    parts = JourneyMember.objects.filter(person__in=people, part=Part.PARTICIPANT)
    return set(parts.values_list("journey_id", flat=True))


def going(journeys: set[UUID], people: set[UUID]) -> Rows:
    """The rows that are deleted. Login sessions end at once, also of a sign-in that stays for another organisation."""
    found: Rows = defaultdict(set)
    users = set(Person.objects.filter(id__in=people).exclude(user=None).values_list("user_id", flat=True))
    elsewhere = Person.objects.filter(user__in=users).exclude(id__in=people)
    alone = users - set(elsewhere.values_list("user_id", flat=True))
    for table in TABLES:
        model = model_of(table)
        for path in table.journey:
            found[model] |= _at(model, path, journeys)
        for path in table.person:
            found[model] |= _at(model, path, people)
        if table.user:
            found[model] |= _at(model, table.user, alone)
    found[LoginSession] |= _at(LoginSession, "user", users)
    found[apps.get_model(ARCHIVE)] |= _archives_with(journeys | journeys_of(people))
    found[apps.get_model(COPY)] |= _copies_with(journeys | journeys_of(people))
    return _with_what_hangs_on(found)


def going_with(organisation: Organisation) -> Rows:
    """Every row of an organisation that goes whole: of its journeys and people, they themselves, and what hangs on them."""
    people = _at(Person, "organisation", {organisation.id})
    journeys = _at(Journey, "organisation", {organisation.id})
    found = going(journeys, people)
    found[Person] |= people
    found[Organisation].add(organisation.id)
    return _with_what_hangs_on(found, also_on_people=True)


def _copies_with(journeys: set[UUID]) -> set[UUID]:
    """Copies collected for others hold what was written in these journeys; they can be collected again without it."""
    parts = apps.get_model(PART_OF_COPY)._base_manager
    found: set[UUID] = set()
    for some in in_parts(journeys):
        found |= set(parts.filter(journey_id__in=some).values_list("copy_id", flat=True))
    return found


def _archives_with(journeys: set[UUID]) -> set[UUID]:
    """What others asked to take with them and have not fetched yet holds what they could read of these journeys."""
    wanted = {str(each) for each in journeys}
    held = apps.get_model(ARCHIVE)._base_manager.values_list("id", "journeys")
    return {archive for archive, ids in held if wanted & {str(each) for each in ids}}


def _at(model: type[models.Model], path: str, wanted: set[UUID]) -> set[Any]:
    found: set[Any] = set()
    for some in in_parts(wanted):
        found |= set(model._base_manager.filter(**{f"{path}__in": some}).values_list("pk", flat=True))
    return found


def _with_what_hangs_on(found: Rows, *, also_on_people: bool = False) -> Rows:
    """Rows that cannot be without one that goes, such as whom something was marked for. People stay, if without names."""
    grows = True
    while grows:
        grows = False
        for model, key in _keys():
            stays = key.related_model is Person and not also_on_people
            if key.null or stays or not found.get(key.related_model):
                continue
            here = _at(model, key.name, found[key.related_model]) - found[model]
            found[model] |= here
            grows = grows or bool(here)
    return found


def _keys() -> Iterator[tuple[type[models.Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label != "ledger":
            for field in model._meta.concrete_fields:
                if field.is_relation:
                    yield model, field


def ids(going: Rows) -> set[UUID]:
    return {each for pks in going.values() for each in pks if isinstance(each, UUID)}


def delete(going: Rows, counts: Counter[str]) -> None:
    """All of them at once: keys between them are looked at when the transaction ends, on both databases."""
    for model, key in _keys():
        if key.null and going.get(key.related_model):
            for some in in_parts(going[key.related_model]):
                model._base_manager.filter(**{f"{key.name}__in": some}).update(**{key.name: None})
    for model, pks in going.items():
        for some in in_parts(pks):
            counts[model._meta.label] += _delete(model, some)
    for label in [label for label, number in counts.items() if not number]:
        del counts[label]


def _delete(model: type[models.Model], pks: list[Any]) -> int:
    """Without Django's own walk: it would refuse for each row that points at one of these, and they go, too."""
    rows = model._base_manager.filter(pk__in=pks)
    return int(rows._raw_delete(rows.db))

"""What leads a journey: the version of an organisation's own template it began with, or the shipped one.

Everything that reads a kind for a journey reads it here, and nowhere else. A version never changes: the kind made of it
is kept for as long as the process lives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from alongside.kernel.errors import demand
from alongside.kernel.kept import Kept
from alongside.kernel.verdict import hidden
from alongside.people.models import Person

from .kinds import KINDS, Kind, Template, kind
from .kinds.material import Content, applied
from .models import Journey, MaterialVersion

_MADE: Kept[UUID, Kind] = Kept(256)


def kind_of(journey: Journey) -> Kind:
    """The kind as this journey reads it. No query where it is led by a shipped template; else at most one."""
    if journey.material_id is None:
        return kind(journey.kind)
    return kinds_of([journey])[journey.id]


def kinds_of(journeys: Iterable[Journey]) -> dict[UUID, Kind]:
    """The same for several journeys, by one query at most."""
    asked = list(journeys)
    made = _made({each.material_id for each in asked if each.material_id})
    return {each.id: made[each.material_id] if each.material_id else kind(each.kind) for each in asked}


def _made(versions: set[UUID]) -> dict[UUID, Kind]:
    found = {key: made for key in versions if (made := _MADE.get(key))}
    missing = versions - found.keys()
    if not missing:
        return found
    for row in MaterialVersion.objects.filter(id__in=missing).select_related("material"):
        made = applied(kind(row.material.kind), row.material.template, content_of_version(row))
        found[row.id] = made
        _MADE.put(row.id, made)
    return found


def shape_of(actor: Person, kind_slug: str, template: str, version: MaterialVersion | None) -> Template:
    """What a journey begins with: of this organisation's own version, made from that template, or as it was shipped."""
    if version is None:
        return kind(kind_slug).template(template)
    material = version.material
    if material.organisation_id != actor.organisation_id or (material.kind, material.template) != (
        kind_slug,
        template,
    ):
        demand(hidden())
    return _made({version.id})[version.id].template(template)


def content_of_version(version: MaterialVersion) -> Content:
    """Everything one version says."""
    return {**json.loads(version.content), "questionnaires": list(version.asked_forms)}


def as_texts(content: Content) -> str:
    """What of it is kept as one sealed text: all but which questionnaires are asked."""
    return json.dumps({key: rows for key, rows in content.items() if key != "questionnaires"})


@dataclass(frozen=True)
class Offered:
    """A version that can be begun with now: the newest of one that is not put away."""

    version: MaterialVersion
    kind: Kind

    @property
    def template(self) -> Template:
        return self.kind.template(self.version.material.template)


def offered_to(actor: Person, kind_slug: str) -> list[Offered]:
    """What this person's organisation offers of its own in a kind, by name. Two queries at most."""
    rows = MaterialVersion.objects.filter(
        material__organisation_id=actor.organisation_id,
        material__kind=kind_slug,
        material__put_away_at=None,
    ).select_related("material")
    newest = {row.material_id: row for row in rows.order_by("number").defer("content")}
    made = _made({row.id for row in newest.values()})
    found = [
        Offered(row, made[row.id]) for row in newest.values() if row.material.template in _slugs(kind_slug)
    ]
    return sorted(found, key=lambda each: str(each.template.name).casefold())


def version_to_begin_with(actor: Person, kind_slug: str, version_id: str) -> Offered | None:
    """The version somebody chose, also where a newer one was published since: what they saw is what they begin with."""
    try:
        key = UUID(version_id)
    except ValueError:
        return None
    row = (
        MaterialVersion.objects.filter(
            id=key,
            material__organisation_id=actor.organisation_id,
            material__kind=kind_slug,
            material__put_away_at=None,
        )
        .select_related("material")
        .first()
    )
    return Offered(row, _made({row.id})[row.id]) if row else None


def newest_like(version: MaterialVersion | None) -> MaterialVersion | None:
    """What somebody begins with who begins again after a journey that this version led: the newest that is offered."""
    if version is None:
        return None
    rows = MaterialVersion.objects.filter(material=version.material_id, material__put_away_at=None)
    return rows.order_by("-number").first() or version


def _slugs(kind_slug: str) -> set[str]:
    return {each.slug for each in KINDS[kind_slug].templates}

"""Questions about an organisation's templates. Reading starts at the person who asks."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from alongside.goals.measuring.queries import instruments_of
from alongside.journeys.kinds import KINDS, Kind, Template
from alongside.journeys.kinds.material import BY_KEY, OWN, Chapter, Content, Item, content_of
from alongside.journeys.kinds.shapes import NEVER
from alongside.journeys.material import content_of_version, newest_like
from alongside.journeys.models import Material, MaterialVersion, Rehearsal
from alongside.journeys.queries import seat_for
from alongside.journeys.rehearsals import rehearsals_of
from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.rooms.first_meeting.queries import texts_of


@dataclass(frozen=True)
class Desk:
    """Somebody at one template of their organisation: what it is made from, and how it stands."""

    actor: Person
    material: Material
    newest: MaterialVersion | None

    @property
    def kind(self) -> Kind:
        return KINDS[self.material.kind]

    @property
    def template(self) -> Template:
        """The one that Alongside came with, from which this was made."""
        return self.kind.template(self.material.template)

    @cached_property
    def published(self) -> Content | None:
        return content_of_version(self.newest) if self.newest else None

    @cached_property
    def content(self) -> Content:
        """What is being changed; where nothing is, what was published."""
        if self.material.draft:
            return dict(json.loads(self.material.draft))
        assert self.published is not None
        return self.published

    @property
    def has_changes(self) -> bool:
        return bool(self.material.draft) and self.content != self.published

    @property
    def mark(self) -> str:
        """What tells one state of the draft from the next."""
        return hashlib.sha256(str(self.material.draft).encode()).hexdigest()[:16]

    def item(self, chapter: Chapter, key: str) -> Item | None:
        return next((each for each in self.content[chapter.key] if each["key"] == key), None)

    @property
    def name(self) -> str:
        return str(self.content["about"][0]["name"])


def desks_of(actor: Person) -> list[Desk]:
    """Every template an organisation made its own, by kind and name. Two queries."""
    rows = Material.objects.filter(organisation_id=actor.organisation_id).order_by("created_at")
    versions = MaterialVersion.objects.filter(material__organisation_id=actor.organisation_id)
    newest = {each.material_id: each for each in versions.order_by("number")}
    found = [Desk(actor, row, newest.get(row.id)) for row in rows if row.kind in KINDS]
    order = list(KINDS)
    return sorted(found, key=lambda each: (order.index(each.material.kind), each.name.casefold()))


def desk_of(actor: Person, material: Material) -> Desk:
    newest = MaterialVersion.objects.filter(material=material).order_by("-number").first()
    return Desk(actor, material, newest)


def desk_for(actor: Person, *, material_id: UUID) -> tuple[Desk] | None:
    """The door's find for one template of the actor's organisation. Two queries."""
    row = Material.objects.filter(id=material_id, organisation_id=actor.organisation_id).first()
    return (desk_of(actor, row),) if row else None


def chapter_for(actor: Person, *, material_id: UUID, chapter: str) -> tuple[Desk, Chapter] | None:
    found = desk_for(actor, material_id=material_id)
    return (found[0], BY_KEY[chapter]) if found and chapter in BY_KEY else None


def item_for(actor: Person, *, material_id: UUID, chapter: str, key: str) -> tuple[Desk, Chapter, str] | None:
    """The door's find for one item: one that stands there, a questionnaire that could be asked, or one that was removed
    while somebody wrote in it.
    """
    found = chapter_for(actor, material_id=material_id, chapter=chapter)
    if found is None:
        return None
    desk, where = found
    if item_at(desk, where, key):
        return (desk, where, key)
    could_be = where.add and (
        key.startswith(OWN) or key in _keys(content_of(desk.kind, desk.template), where)
    )
    return (desk, where, key) if could_be else None


def item_at(desk: Desk, chapter: Chapter, key: str) -> Item | None:
    """The item as it stands; a questionnaire that is not asked yet as one that is not."""
    if chapter.any_key and key in questionnaires_for(desk) and not desk.item(chapter, key):
        return {"key": key, "when": NEVER, "every": 1}
    return desk.item(chapter, key)


def _keys(content: Content, chapter: Chapter) -> set[str]:
    return {each["key"] for each in content[chapter.key]}


def version_for(actor: Person, *, material_id: UUID, number: int) -> tuple[Desk, MaterialVersion] | None:
    found = desk_for(actor, material_id=material_id)
    row = MaterialVersion.objects.filter(material=found[0].material, number=number).first() if found else None
    return (found[0], row) if found and row else None


def versions_of(desk: Desk) -> list[MaterialVersion]:
    """Every published version, the latest first."""
    rows = MaterialVersion.objects.filter(material=desk.material).select_related("by")
    return list(rows.order_by("-number").defer("content"))


def rehearsals_here(desk: Desk) -> list[Rehearsal]:
    """Those this person has of the template, the latest first."""
    return list(rehearsals_of(desk.actor).filter(material=desk.material))


def version_before(version: MaterialVersion) -> MaterialVersion | None:
    return MaterialVersion.objects.filter(material=version.material_id, number=version.number - 1).first()


def shipped_for(actor: Person, *, kind: str, template: str) -> tuple[Person, Kind, Template] | None:
    """The door's find for a template Alongside came with."""
    found = (
        next((each for each in KINDS[kind].templates if each.slug == template), None)
        if kind in KINDS
        else None
    )
    return (actor, KINDS[kind], found) if found else None


def shipped_content(actor: Person, kind: Kind, template: Template) -> Content:
    """A shipped template as it is read in this organisation: with its own texts of the agreement, where it has some."""
    rows = texts_of(actor.organisation_id, kind.slug, template.slug)
    return content_of(kind, template, {key: str(row.text) for key, row in rows.items()})


def questionnaires_for(desk: Desk) -> tuple[str, ...]:
    """Those that can be asked: what the kind works with, what stands in the template, and the organisation's own."""
    asked = [one["key"] for one in desk.content["questionnaires"]]
    return tuple(dict.fromkeys((*asked, *questionnaires_of(desk.actor, desk.kind))))


def questionnaires_of(actor: Person, kind: Kind) -> tuple[str, ...]:
    shipped = [form.measure_key for each in kind.templates for form in each.asked_forms]
    return tuple(dict.fromkeys((*shipped, *(each.key for each in instruments_of(actor)))))


# --- a journey that goes on while the template does ---------------------------------------------------------------


def led_by(actor: Person, *, journey_id: UUID) -> tuple[Seat, MaterialVersion] | None:
    """The door's find for a journey that a version of the organisation's own leads: with the newest there is."""
    found = seat_for(actor, journey_id=journey_id)
    if found is None or found[0].journey.material_id is None:
        return None
    newest = newest_like(found[0].journey.material)
    return (found[0], newest) if newest else None


WRITTEN_IN = ("agreement", "preparation", "guide_preparation", "ending_topics", "support")
"""The chapters under whose keys people write."""


def left_out(before: Content, after: Content) -> list[str]:
    """What stands in the one and no more in the other, where words may lie under it: titles, in order."""
    return [
        str(item[BY_KEY[chapter].fields[0].name])
        for chapter in WRITTEN_IN
        for item in before[chapter]
        if item["key"] not in _keys(after, BY_KEY[chapter])
    ]

"""What can be done with an organisation's templates: copy, change, publish, go back, put away."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from alongside.journeys.actions import seat_of
from alongside.journeys.kinds import Kind, Template, kind, template
from alongside.journeys.kinds.endings import REMAINS
from alongside.journeys.kinds.material import Chapter, Content, Item, own_key
from alongside.journeys.kinds.material_checks import Faulty, checked
from alongside.journeys.material import as_texts, content_of_version
from alongside.journeys.models import Journey, Material, MaterialVersion
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, Refused, demand
from alongside.kernel.ids import new_id
from alongside.kernel.verdict import hidden
from alongside.ledger.record import record
from alongside.people.models import Person

from . import queries, rules
from .queries import Desk


class Overtaken(NotThisMoment):
    """Somebody else changed the same part meanwhile; nothing was written. `material` is how it stands now."""

    def __init__(self, sentence: str, material: Material) -> None:
        super().__init__(sentence)
        self.material = material


@action("material.copied")
def copy_shipped(*, kind: Kind, template: Template, by: Person) -> Material:
    """Make a shipped template the organisation's own: as a draft, with the texts of the agreement it has already.

    What Alongside came with stays as it is, and is offered beside it. What it becomes later changes no copy.
    """
    demand(rules.may_copy_shipped(by, kind, template))
    content = queries.shipped_content(by, kind, template)
    about = content["about"][0]
    about["name"] = _("%(name)s, our own") % {"name": about["name"]}
    material = _new(kind.slug, template.slug, content, by)
    record("material.copied", subject=material, by=by, kind=kind.slug, template=template.slug)
    return material


def _new(kind_slug: str, template_slug: str, content: Content, by: Person) -> Material:
    return Material.objects.create(
        organisation_id=by.organisation_id,
        kind=kind_slug,
        template=template_slug,
        draft=json.dumps(content),
        draft_at=now(),
        draft_by=by,
        by=by,
    )


def _behind_lock(material: Material, by: Person) -> Desk:
    """The template as it is now: two at once go one after the other."""
    row = (
        Material.objects.select_for_update()
        .filter(id=material.id, organisation_id=by.organisation_id)
        .first()
    )
    if row is None:
        raise Refused(hidden())
    return queries.desk_of(by, row)


def _keep(desk: Desk, content: Content) -> Material:
    """As the draft, once it is known that a journey can be led by it."""
    try:
        content = checked(content, desk.kind, desk.template)
    except Faulty as faulty:
        raise NotThisMoment(str(faulty)) from faulty
    material = desk.material
    material.draft = json.dumps(content)
    material.draft_at, material.draft_by = now(), desk.actor
    material.save(update_fields=["draft", "draft_at", "draft_by"])
    return material


@action("material.changed")
def change_item(
    *,
    material: Material,
    chapter: Chapter,
    key: str,
    values: Mapping[str, Any],
    base: Item | None,
    by: Person,
) -> Material:
    """Save the fields of one item in the draft. An empty `key` adds one.

    `base` is the item as its writer had it before their eyes: where another has saved it differently since, this is
    refused and nothing is written.
    """
    desk = _behind_lock(material, by)
    demand(rules.may_change_material(desk) if key else rules.may_add_item(desk, chapter))
    content = {name: list(rows) for name, rows in desk.content.items()}
    stands = queries.item_at(desk, chapter, key) if key else None
    if key and stands != base:
        raise Overtaken(
            _(
                "Someone changed this while you were writing. What you wrote is still here: please look at it again."
            ),
            desk.material,
        )
    item = {"key": key or own_key(new_id().hex[-12:]), **values}
    rows = content[chapter.key]
    if stands in rows:
        rows[rows.index(stands)] = item
    else:
        rows.insert(_place(chapter, rows), item)
    changed = _keep(desk, content)
    record("material.changed", subject=changed, by=by, chapter=chapter.key, item=item["key"])
    return changed


def _place(chapter: Chapter, rows: list[Item]) -> int:
    """Where something new stands: at the end, but what remains is always the last of an ending."""
    last_stays = bool(rows) and rows[-1]["key"] == REMAINS and chapter.key == "ending_topics"
    return len(rows) - 1 if last_stays else len(rows)


@action("material.item_removed")
def remove_item(*, material: Material, chapter: Chapter, key: str, by: Person) -> Material:
    """Leave an item out of the draft. What was published with it stays as it is."""
    desk = _behind_lock(material, by)
    demand(rules.may_remove_item(desk, chapter, key))
    rows = [each for each in desk.content[chapter.key] if each["key"] != key]
    changed = _keep(desk, {**desk.content, chapter.key: rows})
    record("material.item_removed", subject=changed, by=by, chapter=chapter.key, item=key)
    return changed


@action("material.moved")
def move_item(*, material: Material, chapter: Chapter, key: str, by: Person) -> Material:
    """Put an item one place earlier in the draft."""
    desk = _behind_lock(material, by)
    demand(rules.may_change_material(desk, chapter, key))
    rows = list(desk.content[chapter.key])
    place = next((place for place, each in enumerate(rows) if each["key"] == key), 0)
    if not rules.may_move(desk, chapter, key):
        raise NotThisMoment(_("This cannot be moved further up."))
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    changed = _keep(desk, {**desk.content, chapter.key: rows})
    record("material.moved", subject=changed, by=by, chapter=chapter.key, item=key)
    return changed


@action("material.draft_discarded")
def discard_draft(*, material: Material, by: Person) -> Material:
    """Let go of what was changed since the last version was published."""
    desk = _behind_lock(material, by)
    demand(rules.may_discard_draft(desk))
    _without_draft(desk.material)
    record("material.draft_discarded", subject=desk.material, by=by)
    return desk.material


def _without_draft(material: Material) -> None:
    material.draft, material.draft_at, material.draft_by = "", None, None
    material.save(update_fields=["draft", "draft_at", "draft_by"])


@action("material.published")
def publish(*, material: Material, mark: str, by: Person) -> MaterialVersion:
    """Make the draft the version that is begun with from now on. What is under way keeps the one it began with.

    `mark` is that of the draft its publisher has read; if it was changed since, this is refused.
    """
    desk = _behind_lock(material, by)
    demand(rules.may_publish(desk))
    if desk.mark != mark:
        raise Overtaken(
            _("Someone changed this template a moment ago. Please look again before you publish."),
            desk.material,
        )
    version = _publish(desk, desk.content)
    _without_draft(desk.material)
    record("material.published", subject=desk.material, by=by, number=version.number)
    return version


@action("material.published_again")
def publish_again(*, material: Material, number: int, by: Person) -> MaterialVersion:
    """Go back: an earlier version becomes the newest, as a version of its own. A draft stays as it is."""
    desk = _behind_lock(material, by)
    earlier = MaterialVersion.objects.filter(material=desk.material, number=number).first()
    if earlier is None:
        raise Refused(hidden())
    demand(rules.may_publish_again(desk, earlier))
    version = _publish(desk, content_of_version(earlier))
    record("material.published_again", subject=desk.material, by=by, number=version.number, again=number)
    return version


def _publish(desk: Desk, content: Content) -> MaterialVersion:
    return MaterialVersion.objects.create(
        material=desk.material,
        number=desk.newest.number + 1 if desk.newest else 1,
        content=as_texts(content),
        asked_forms=content["questionnaires"],
        by=desk.actor,
    )


@action("material.put_away")
def put_away(*, material: Material, by: Person) -> Material:
    """Offer it no more when something is begun. What it leads goes on with it."""
    desk = _behind_lock(material, by)
    demand(rules.may_put_away(desk))
    desk.material.put_away_at, desk.material.put_away_by = now(), by
    desk.material.save(update_fields=["put_away_at", "put_away_by"])
    record("material.put_away", subject=desk.material, by=by)
    return desk.material


@action("material.offered_again")
def offer_again(*, material: Material, by: Person) -> Material:
    """Take back that it was put away."""
    desk = _behind_lock(material, by)
    demand(rules.may_offer_again(desk))
    desk.material.put_away_at = desk.material.put_away_by = None
    desk.material.save(update_fields=["put_away_at", "put_away_by"])
    record("material.offered_again", subject=desk.material, by=by)
    return desk.material


@action("material.brought_in")
def bring_in(*, kind_slug: str, template_slug: str, content: Content, by: Person) -> Material:
    """Take over a template from a file, as a draft of one's own. Nobody begins with it until it is published."""
    demand(rules.may_keep_material(by))
    found = checked(content, kind(kind_slug), template(kind_slug, template_slug))
    known = queries.questionnaires_of(by, kind(kind_slug))
    strange = next((one["key"] for one in found["questionnaires"] if one["key"] not in known), None)
    if strange:
        raise NotThisMoment(
            _(
                "Your organisation has no questionnaire called “%(name)s”. Take it out of the file, or add it first."
            )
            % {"name": strange}
        )
    material = _new(kind_slug, template_slug, found, by)
    record("material.brought_in", subject=material, by=by, kind=kind_slug, template=template_slug)
    return material


@action("material.taken_up")
def take_up_version(*, version: MaterialVersion, by: Seat) -> Journey:
    """Let a journey go on with a newer version, whole. What is written, agreed and recorded stays as it is."""
    journey = Journey.objects.select_for_update().get(id=by.journey.id)
    demand(rules.may_take_up(seat_of(by.actor, journey), version))
    before = journey.material_id
    journey.material = version
    journey.save(update_fields=["material"])
    record("material.taken_up", subject=journey, by=by, before=str(before), after=str(version.id))
    return journey

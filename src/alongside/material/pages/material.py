"""The list of templates, one template whole, what of it changed, and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS, Kind, Template
from alongside.journeys.kinds.material import CHAPTERS, Chapter, Content, Item
from alongside.journeys.kinds.shapes import NEVER
from alongside.journeys.material import content_of_version
from alongside.journeys.models import Material, MaterialVersion
from alongside.ui.action_buttons import ActionButton

from .. import rules
from ..changes import ItemChange, changes_between
from ..queries import Desk
from .rehearsal import try_it
from .results import Result, reads


def url_of(material: Material, name: str, *parts: object) -> str:
    return reverse(f"material:{name}", args=[material.id, *parts])


# --- the list ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    name: str
    about: str
    url: str
    state: str = ""
    state_word: str = ""
    copy: ActionButton | None = None


@dataclass(frozen=True)
class KindLines:
    key: str
    name: str
    own: tuple[Line, ...]
    shipped: tuple[Line, ...]


@dataclass(frozen=True)
class MaterialsPage:
    kinds: tuple[KindLines, ...]
    bring_in: ActionButton
    empty: str


def materials_page(desks: Sequence[Desk]) -> MaterialsPage:
    return MaterialsPage(
        kinds=tuple(
            KindLines(
                kind.slug,
                str(kind.name),
                tuple(_own(desk) for desk in desks if desk.material.kind == kind.slug),
                tuple(_shipped(kind, each) for each in kind.templates),
            )
            for kind in KINDS.values()
        ),
        bring_in=ActionButton(_("Bring one in from a file"), reverse("material:bring_in"), link=True),
        empty=""
        if desks
        else _(
            "Your organisation has none of its own yet. Make one your own, and change what you would say differently."
        ),
    )


def _own(desk: Desk) -> Line:
    state, word = "done", _("offered")
    if desk.material.put_away_at:
        state, word = "quiet", _("put away")
    elif desk.newest is None:
        state, word = "not_yet", _("not published yet")
    elif desk.has_changes:
        state, word = "partly", _("changes not published")
    about = [_("from “%(name)s”") % {"name": desk.template.name}]
    if desk.newest:
        about.insert(0, _("Version %(number)s") % {"number": desk.newest.number})
    return Line(desk.name, " · ".join(about), url_of(desk.material, "material"), state, word)


def _shipped(kind: Kind, template: Template) -> Line:
    return Line(
        str(template.name),
        str(template.summary),
        reverse("material:shipped", args=[kind.slug, template.slug]),
        copy=_copy(kind, template),
    )


def _copy(kind: Kind, template: Template, *, primary: bool = False) -> ActionButton:
    url = reverse("material:copy", args=[kind.slug, template.slug])
    return ActionButton(_("Make it your own"), url, primary=primary)


# --- one template -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ItemLine:
    title: str
    about: str
    url: str
    is_changed: bool


@dataclass(frozen=True)
class ChapterLines:
    key: str
    title: str
    lead: str
    items: tuple[ItemLine, ...]
    add: ActionButton | None


@dataclass(frozen=True)
class VersionLine:
    name: str
    about: str
    url: str


@dataclass(frozen=True)
class MaterialPage:
    eyebrow: str
    title: str
    lead: str
    waits: str
    """What is not published yet, as a sentence; empty where everything is."""
    publish: ActionButton | None
    try_it: ActionButton
    discard: ActionButton | None
    chapters: tuple[ChapterLines, ...]
    versions: tuple[VersionLine, ...]
    buttons: tuple[ActionButton, ...]
    file: str
    whole: str
    back: str


def material_page(
    desk: Desk, versions: Sequence[MaterialVersion], questionnaires: Sequence[str]
) -> MaterialPage:
    may_change = bool(rules.may_change_material(desk))
    waits = ""
    if rules.may_publish(desk):
        waits = (
            _("You have changes that are not published yet.")
            if desk.newest
            else _("This is a draft. Nobody can begin with it until you publish it.")
        )
    return MaterialPage(
        eyebrow=str(desk.kind.name),
        title=desk.name,
        lead=_("This is put away: it is not offered when someone begins. What is under way goes on with it.")
        if desk.material.put_away_at
        else str(desk.content["about"][0]["summary"]),
        waits=waits,
        publish=ActionButton(_("Publish"), url_of(desk.material, "publish"), link=True, primary=True)
        if waits
        else None,
        try_it=try_it(desk.material),
        discard=ActionButton(
            _("Discard the changes"),
            url_of(desk.material, "discard"),
            confirm=_("Discard everything that is not published yet?"),
        )
        if rules.may_discard_draft(desk)
        else None,
        chapters=tuple(_chapter(desk, each, questionnaires, may_change) for each in CHAPTERS),
        versions=tuple(_version(desk, each) for each in versions),
        buttons=_buttons(desk),
        file=url_of(desk.material, "file"),
        whole=url_of(desk.material, "whole"),
        back=reverse("material:materials"),
    )


def _chapter(desk: Desk, chapter: Chapter, questionnaires: Sequence[str], may_change: bool) -> ChapterLines:
    items = desk.content[chapter.key]
    if chapter.any_key:
        asked = {each["key"] for each in items}
        items = [
            *items,
            *({"key": key, "when": NEVER, "every": 1} for key in questionnaires if key not in asked),
        ]
    published = desk.published
    before = {each["key"]: each for each in published[chapter.key]} if published else None
    return ChapterLines(
        key=chapter.key,
        title=str(chapter.title),
        lead=str(chapter.lead),
        items=tuple(_item(desk, chapter, item, before, may_change) for item in items),
        add=ActionButton(str(chapter.add), url_of(desk.material, "add", chapter.key), link=True)
        if chapter.add and may_change
        else None,
    )


def _item(
    desk: Desk, chapter: Chapter, item: Item, before: dict[str, Item] | None, may_change: bool
) -> ItemLine:
    result = reads(chapter, item, desk.content)
    said = result.text or result.prompt
    about = " · ".join(part for part in (result.note, Truncator(said).words(24)) if part)
    stands = item in desk.content[chapter.key]
    is_changed = before is not None and stands and before.get(item["key"]) != item
    url = url_of(desk.material, "item", chapter.key, item["key"]) if may_change else ""
    return ItemLine(result.title, about, url, is_changed)


def _version(desk: Desk, version: MaterialVersion) -> VersionLine:
    return VersionLine(
        name=_("Version %(number)s") % {"number": version.number},
        about=_("%(day)s, by %(name)s")
        % {
            "day": formats.date_format(timezone.localtime(version.created_at), "j F Y"),
            "name": version.by.name,
        },
        url=url_of(desk.material, "version", version.number),
    )


def _buttons(desk: Desk) -> tuple[ActionButton, ...]:
    if desk.material.put_away_at:
        return (ActionButton(_("Offer it again"), url_of(desk.material, "offer_again")),)
    confirm = _(
        "Put it away? It is no longer offered when someone begins. What is under way goes on with it."
    )
    return (ActionButton(_("Put it away"), url_of(desk.material, "put_away"), confirm=confirm),)


# --- read whole, and compared ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChapterRead:
    key: str
    title: str
    results: tuple[Result, ...]


@dataclass(frozen=True)
class WholePage:
    eyebrow: str
    title: str
    lead: str
    action: ActionButton | None
    why_not: str
    changes: tuple[ItemChange, ...]
    chapters: tuple[ChapterRead, ...]
    back: str
    try_it: ActionButton | None = None


def _read(content: Content) -> tuple[ChapterRead, ...]:
    return tuple(
        ChapterRead(
            chapter.key,
            str(chapter.title),
            tuple(reads(chapter, item, content) for item in content[chapter.key]),
        )
        for chapter in CHAPTERS
        if content[chapter.key] and chapter.key != "about"
    )


def shipped_page(kind: Kind, template: Template, content: Content) -> WholePage:
    return WholePage(
        eyebrow=_("%(kind)s · comes with Alongside") % {"kind": kind.name},
        title=str(template.name),
        lead=str(template.summary),
        action=_copy(kind, template, primary=True),
        why_not="",
        changes=(),
        chapters=_read(content),
        back=reverse("material:materials"),
    )


def draft_page(desk: Desk) -> WholePage:
    return WholePage(
        eyebrow=str(desk.kind.name),
        title=desk.name,
        lead=str(desk.content["about"][0]["summary"]),
        action=None,
        why_not=_("With your changes that are not published yet.") if rules.may_publish(desk) else "",
        changes=(),
        chapters=_read(desk.content),
        back=url_of(desk.material, "material"),
        try_it=try_it(desk.material),
    )


def version_page(desk: Desk, version: MaterialVersion, before: Content | None) -> WholePage:
    content = content_of_version(version)
    again = rules.may_publish_again(desk, version)
    confirm = _("Publish this version again? It becomes the newest one.")
    url = url_of(desk.material, "publish_again", version.number)
    return WholePage(
        eyebrow=desk.name,
        title=_("Version %(number)s") % {"number": version.number},
        lead=_("What began with this version keeps it."),
        action=ActionButton(_("Publish it again"), url, confirm=confirm) if again else None,
        why_not=str(again.sentence),
        changes=changes_between(before, content),
        chapters=_read(content),
        back=url_of(desk.material, "material"),
        try_it=try_it(desk.material, version),
    )


@dataclass(frozen=True)
class PublishPage:
    eyebrow: str
    title: str
    lead: str
    overtaken: str
    changes: tuple[ItemChange, ...]
    none: str
    publish: ActionButton
    back: str


def publish_page(desk: Desk, shipped: Content, overtaken: str) -> PublishPage:
    """What differs from what was published, or from what Alongside came with where nothing was."""
    changes = changes_between(desk.published or shipped, desk.content)
    lead = _("Everyone who begins from now on gets this version. What is under way keeps its version.")
    if desk.newest is None:
        lead += " " + _("Below is what differs from “%(name)s”.") % {"name": desk.template.name}
    return PublishPage(
        eyebrow=desk.name,
        title=_("Publish"),
        lead=lead,
        overtaken=overtaken,
        changes=changes,
        none=_("Nothing differs."),
        publish=ActionButton(
            _("Publish"), url_of(desk.material, "publish"), primary=True, fields=(("mark", desk.mark),)
        ),
        back=url_of(desk.material, "material"),
    )


@dataclass(frozen=True)
class BringInPage:
    title: str
    lead: str
    back: str


def bring_in_page() -> BringInPage:
    lead = _(
        "Another service can give you its template as a file. It comes in as a draft: look at it before you publish it."
    )
    return BringInPage(_("Bring in a template"), lead, reverse("material:materials"))

"""What differs between two states of a template, item by item and word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.journeys.comparing import Change, woven
from alongside.journeys.kinds.material import CHAPTERS, CHOICE, YES, Chapter, Content, Field, Item
from alongside.measures.catalogue import measure

NEW, GONE, CHANGED, MOVED = "new", "gone", "changed", "moved"


@dataclass(frozen=True)
class FieldChange:
    label: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ItemChange:
    chapter: str
    title: str
    what: str
    fields: tuple[FieldChange, ...]


def changes_between(before: Content | None, after: Content) -> tuple[ItemChange, ...]:
    """In the order of the chapters; nothing where there was nothing before to compare with."""
    if before is None:
        return ()
    found: list[ItemChange] = []
    for chapter in CHAPTERS:
        found += _of_chapter(chapter, before[chapter.key], after[chapter.key])
    return tuple(found)


def _of_chapter(chapter: Chapter, before: list[Item], after: list[Item]) -> list[ItemChange]:
    was, now = {each["key"]: each for each in before}, {each["key"]: each for each in after}
    title = str(chapter.title)
    found = [
        ItemChange(
            title,
            title_of(chapter, each),
            CHANGED if key in was else NEW,
            fields_between(chapter, was.get(key), each),
        )
        for key, each in now.items()
        if was.get(key) != each
    ]
    found += [
        ItemChange(title, title_of(chapter, each), GONE, fields_between(chapter, each, None))
        for key, each in was.items()
        if key not in now
    ]
    if not found and list(was) != list(now):
        order = _("%(chapter)s: the order") % {"chapter": title}
        both = [", ".join(title_of(chapter, each) for each in rows) for rows in (before, after)]
        found.append(ItemChange(title, order, MOVED, (FieldChange("", laid_beside(*both)),)))
    return found


def fields_between(chapter: Chapter, before: Item | None, after: Item | None) -> tuple[FieldChange, ...]:
    """The fields of one item that differ."""
    return tuple(
        FieldChange(str(field.label), laid_beside(said_of(field, before), said_of(field, after)))
        for field in chapter.fields
        if (before or {}).get(field.name) != (after or {}).get(field.name)
    )


REWRITTEN = 0.3
"""Where less of the longer side stayed, the two are read one after the other: single words in common tell nothing."""


def laid_beside(before: str, after: str) -> tuple[Change, ...]:
    """Word by word; a text that was written anew, as the old one and the new one."""
    found = woven(before, after)
    stayed = sum(len(each.text) for each in found if not (each.came or each.went))
    if before and after and stayed < REWRITTEN * max(len(before), len(after)):
        return (Change(before + "\n", went=True), Change(after, came=True))
    return found


def said_of(field: Field, item: Item | None) -> str:
    """A value as people read it."""
    if item is None or field.name not in item:
        return ""
    value: Any = item[field.name]
    if field.form == YES:
        return _("yes") if value else _("no")
    if field.form == CHOICE:
        return str(dict(field.choices).get(value, value))
    return str(value)


def title_of(chapter: Chapter, item: Item) -> str:
    """What an item is called in a list."""
    if chapter.single:
        return str(chapter.title)
    if chapter.any_key:
        return str(measure(item["key"]).name)
    return str(item[chapter.fields[0].name])

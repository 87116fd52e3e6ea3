"""Whether data of a template can be used, wherever it comes from: what is wrong with it, and where, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _now

from .material import (
    BY_KEY,
    CHAPTERS,
    CHOICE,
    LINE,
    NUMBER,
    OWN,
    TEXT,
    YES,
    Chapter,
    Content,
    Field,
    Item,
    content_of,
    may_leave,
    minutes_of,
)
from .shapes import Kind, Template

MOST = 40
"""So many items of a chapter at most."""
_KEY = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")


class Faulty(Exception):
    """Something in the data cannot be used; says where, in words."""


def checked(raw: Any, kind: Kind, template: Template) -> Content:
    """Data from anywhere, once it is known that a journey can be led by it. Raises `Faulty`, which names the place."""
    if not isinstance(raw, Mapping):
        raise Faulty(_now("This is not a template."))
    unknown = [str(key) for key in raw if key not in BY_KEY]
    if unknown:
        raise Faulty(_now("There is no part called “%(name)s”.") % {"name": unknown[0][:60]})
    found = {chapter.key: _chapter(raw, chapter) for chapter in CHAPTERS}
    shipped = content_of(kind, template)
    for chapter in CHAPTERS:
        _holds_what_it_must(kind, chapter, found[chapter.key], shipped[chapter.key])
    if not 5 <= minutes_of(found) <= 480:
        raise Faulty(_at(BY_KEY["parts"], 0, _now("Together they must take between 5 and 480 minutes.")))
    return found


def _chapter(raw: Mapping[str, Any], chapter: Chapter) -> list[Item]:
    given = raw.get(chapter.key)
    if chapter.single:
        given = given if isinstance(given, list) else [given]
    if not isinstance(given, list):
        raise Faulty(_at(chapter, 0, _now("This part is missing.")))
    if len(given) > MOST:
        raise Faulty(_at(chapter, 0, _now("There are more than %(count)s.") % {"count": MOST}))
    return [_item(chapter, number, one) for number, one in enumerate(given, start=1)]


def _item(chapter: Chapter, number: int, given: Any) -> Item:
    if not isinstance(given, Mapping):
        raise Faulty(_at(chapter, number, _now("This part is missing.")))
    key = chapter.key if chapter.single else given.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Faulty(_at(chapter, number, _now("Its key may only have a to z, digits and hyphens.")))
    unknown = [str(name) for name in given if name not in ("key", *chapter.names)]
    if unknown:
        raise Faulty(_at(chapter, number, _now("“%(name)s” is not known here.") % {"name": unknown[0][:60]}))
    found: Item = {"key": key}
    for field in chapter.fields:
        value = given.get(field.name, "" if not field.required and field.form in (LINE, TEXT) else None)
        problem = problem_of(field, value)
        if problem:
            raise Faulty(_at(chapter, number, f"{field.label}: {problem}"))
        found[field.name] = value.strip() if isinstance(value, str) else value
    return found


def problem_of(field: Field, value: Any) -> str:
    """What is wrong with a value, as a sentence; empty where nothing is."""
    check: Callable[[Field, Any], str] = {NUMBER: _of_number, YES: _of_yes, CHOICE: _of_choice}.get(
        field.form, _of_text
    )
    return check(field, value)


def _of_number(field: Field, value: Any) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and field.least <= value <= field.most:
        return ""
    return _now("This must be a whole number from %(least)s to %(most)s.") % {
        "least": field.least,
        "most": field.most,
    }


def _of_yes(_field: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else _now("This must be true or false.")


def _of_choice(field: Field, value: Any) -> str:
    if any(value == choice and type(value) is type(choice) for choice, _label in field.choices):
        return ""
    return _now("This must be one of: %(choices)s.") % {
        "choices": ", ".join(str(choice) for choice, _label in field.choices)
    }


def _of_text(field: Field, value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        return _now("This must be text.")
    if field.required and not value.strip():
        return _now("Please fill this in.")
    if len(value) > field.most:
        return _now("This is longer than %(count)s characters.") % {"count": field.most}
    if field.form == LINE and len(value.splitlines()) > 1:
        return _now("This must be one line.")
    return ""


def _holds_what_it_must(kind: Kind, chapter: Chapter, items: list[Item], shipped: list[Item]) -> None:
    keys = [item["key"] for item in items]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise Faulty(_at(chapter, 0, _now("“%(name)s” stands there twice.") % {"name": twice}))
    if chapter.any_key:
        return
    known = {item["key"] for item in shipped}
    strange = [key for key in keys if key not in known and not (chapter.add and key.startswith(OWN))]
    if strange:
        said_of = _now("“%(name)s” is not known here. A key of your own begins with “own-”.")
        raise Faulty(_at(chapter, keys.index(strange[0]) + 1, said_of % {"name": strange[0]}))
    missing = [key for key in known if key not in keys and not may_leave(kind, chapter, key)]
    if missing:
        raise Faulty(_at(chapter, 0, _now("“%(name)s” is missing.") % {"name": sorted(missing)[0]}))
    if not keys:
        raise Faulty(_at(chapter, 0, _now("Please leave at least one.")))


def _at(chapter: Chapter, number: int, problem: str) -> str:
    if not number or chapter.single:
        return _now("%(chapter)s (%(key)s): %(problem)s") % {
            "chapter": chapter.title,
            "key": chapter.key,
            "problem": problem,
        }
    return _now("%(chapter)s (%(key)s), number %(number)s: %(problem)s") % {
        "chapter": chapter.title,
        "key": chapter.key,
        "number": number,
        "problem": problem,
    }

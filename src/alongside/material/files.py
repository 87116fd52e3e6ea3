"""A template as a file, so that services can share it: JSON, as `docs/reference/material.schema.json` says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from alongside.journeys.kinds import KINDS
from alongside.journeys.kinds.material import (
    CHAPTERS,
    CHOICE,
    NUMBER,
    YES,
    Chapter,
    Content,
    Field,
)
from alongside.journeys.kinds.material_checks import MOST, Faulty, checked

FORMAT = "alongside-material-1"
ENDINGS = (".json",)
BIGGEST = 1024 * 1024


@dataclass(frozen=True)
class Bundle:
    """What a file holds: which shipped template it was made from, and everything it says."""

    kind: str
    template: str
    content: Content


def written(bundle: Bundle) -> str:
    """The same for the same template, line by line, so that two files can be compared."""
    chapters = {
        chapter.key: _without_key(bundle.content[chapter.key][0])
        if chapter.single
        else bundle.content[chapter.key]
        for chapter in CHAPTERS
    }
    facts = {"format": FORMAT, "kind": bundle.kind, "template": bundle.template, **chapters}
    return json.dumps(facts, indent=2, ensure_ascii=False) + "\n"


def _without_key(item: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "key"}


def read(raw: bytes) -> Bundle:
    """What a file says. What is wrong with it is said with its line or its part."""
    facts = _parsed(raw)
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise ValidationError(
            _("This is not a template of Alongside: its “format” is not “%(format)s”.") % {"format": FORMAT}
        )
    kind, template = facts.get("kind"), facts.get("template")
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValidationError(_("“kind” must be one of: %(kinds)s.") % {"kinds": ", ".join(KINDS)})
    shipped = next((each for each in KINDS[kind].templates if each.slug == template), None)
    if shipped is None:
        slugs = ", ".join(each.slug for each in KINDS[kind].templates)
        raise ValidationError(_("“template” must be one of: %(templates)s.") % {"templates": slugs})
    chapters = {name: value for name, value in facts.items() if name not in ("format", "kind", "template")}
    try:
        return Bundle(kind, shipped.slug, checked(chapters, KINDS[kind], shipped))
    except Faulty as faulty:
        raise ValidationError(str(faulty)) from faulty


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValidationError(_("This file is not text in UTF-8.")) from error
    except json.JSONDecodeError as error:
        raise ValidationError(
            _("Line %(line)s, character %(column)s: this is not valid JSON.")
            % {"line": error.lineno, "column": error.colno}
        ) from error
    except (RecursionError, ValueError) as error:
        raise ValidationError(_("This file cannot be read.")) from error


def schema() -> dict[str, Any]:
    """The published form of a file, made of the same table that reads it."""
    chapters = {chapter.key: _schema_of(chapter) for chapter in CHAPTERS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A template of Alongside",
        "description": "What an organisation can make its own of a ready template. A key of one's own begins with own-.",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "kind", "template", *chapters],
        "properties": {
            "format": {"const": FORMAT},
            "kind": {"enum": list(KINDS)},
            "template": {"enum": [each.slug for kind in KINDS.values() for each in kind.templates]},
            **chapters,
        },
    }


def _schema_of(chapter: Chapter) -> dict[str, Any]:
    key = {} if chapter.single else {"key": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_.:-]{0,59}$"}}
    item = {
        "type": "object",
        "additionalProperties": False,
        "required": [*key, *(field.name for field in chapter.fields if field.required or field.form == YES)],
        "properties": {**key, **{field.name: _schema_of_field(field) for field in chapter.fields}},
    }
    if chapter.single:
        return {"description": str(chapter.lead), **item}
    return {"description": str(chapter.lead), "type": "array", "maxItems": MOST, "items": item}


def _schema_of_field(field: Field) -> dict[str, Any]:
    about: dict[str, Any] = {"description": str(field.label)}
    if field.form == NUMBER:
        return {**about, "type": "integer", "minimum": field.least, "maximum": field.most}
    if field.form == YES:
        return {**about, "type": "boolean"}
    if field.form == CHOICE:
        return {**about, "enum": [choice for choice, _label in field.choices]}
    return {**about, "type": "string", "minLength": 1 if field.required else 0, "maxLength": field.most}

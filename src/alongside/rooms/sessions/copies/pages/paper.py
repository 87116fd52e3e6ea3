"""Chapters as data for paper: see the typst templates."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from ...focusing.pages.reading import Path
from .chapters import Chapter, Section


def chapter_on_paper(chapter: Chapter) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "when": chapter.when,
        "standing": chapter.standing,
        "facts": [list(fact) for fact in chapter.facts],
        "sections": [_section(section) for section in chapter.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "lines": [asdict(line) for line in section.lines],
        "passages": [asdict(passage) for passage in section.passages],
        "paths": [_path(path) for path in section.paths],
    }


def _path(path: Path) -> dict[str, Any]:
    return {
        "title": path.title,
        "about": path.eyebrow,
        "levels": [
            {
                "title": level.title,
                "passages": [
                    {"question": one.question, "text": one.text, "lines": list(one.lines)}
                    for one in level.passages
                ],
            }
            for level in path.levels
        ],
        "step_title": _("The step"),
        "acts": [
            {
                "text": act.text,
                "about": " · ".join(piece for piece in (act.about, act.since) if piece),
                "beside": [list(pair) for pair in act.beside],
                "noticed": act.noticed,
            }
            for act in path.acts
        ],
    }

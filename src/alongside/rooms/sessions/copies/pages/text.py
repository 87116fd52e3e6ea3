"""A chapter as plain text, to paste into the record that is kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ...focusing.pages.reading import Path
from .chapters import Chapter, Line, Section


def as_text(chapter: Chapter, between: str) -> str:
    lines = [chapter.title, chapter.when, between, chapter.standing]
    lines += [f"{name}: {value}" for name, value in chapter.facts]
    for section in chapter.sections:
        lines += ["", section.title, *_inside(section)]
    return "\n".join(line for line in lines if line is not None) + "\n"


def _inside(section: Section) -> Iterator[str]:
    for line in section.lines:
        yield _line(line)
    for passage in section.passages:
        yield f"{passage.by}: {passage.text}" if passage.by else passage.text
    for path in section.paths:
        yield from _path(path)


def _line(line: Line) -> str:
    return "- " + " · ".join(piece for piece in (line.text, line.about, line.word) if piece)


def _path(path: Path) -> Iterator[str]:
    yield f"{path.title} ({path.eyebrow})"
    for level in path.levels:
        yield level.title
        for passage in level.passages:
            yield f"{passage.question}: " + ("; ".join(passage.lines) if passage.lines else passage.text)
    for act in path.acts:
        yield "- " + " · ".join(piece for piece in (act.text, act.about, act.since, act.noticed) if piece)
        for label, text in act.beside:
            yield f"  {label}: {text}"

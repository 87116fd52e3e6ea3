"""Pages as PDF, set by typst.

    pdf("first_meeting/agreement.typ", {"title": …, "sections": […]})

A template lies beside the HTML ones of its room and is found by its name. What people wrote is data (`data` in the
template) and never part of the source, so nothing they type can be markup. `ui/paper/base.typ` stands before each
template: `data`, the look, and a few functions. Nothing of the network is used. Scripts beyond those of Europe, and
emoji, come from fonts of our own (`ui/paper_fonts`, laid out when the pages are built), each only opened when such a
letter is there; the machine's fonts only help with scripts that all of these lack.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import typst
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language

from alongside.kernel.clock import now

from .logos import SVG, Logo

BASE = "ui/paper/base.typ"
STANDARD: Literal["ua-1"] = "ua-1"
"""Tagged, with a title and a language: what a screen reader needs."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is: at the head of its first page, or at the end where the first page must not say it."""

    name: str
    telephone: str = ""
    colour: str = ""
    logo: Logo | None = None

    def as_data(self) -> dict[str, Any]:
        drawn: dict[str, Any] = {}
        if self.logo:
            content = self.logo.content
            drawn = {"logo": content.decode() if self.logo.media_type == SVG else list(content)}
            drawn["format"] = "svg" if self.logo.media_type == SVG else "png"
        return {"name": self.name, "telephone": self.telephone, "colour": self.colour, **drawn}


@cache
def _source(name: str) -> str:
    """The text of a typst template: it is found like any other, and not rendered."""
    with open(get_template(name).origin.name, encoding="utf-8") as file:  # type: ignore[attr-defined]
        return file.read()


FONTS = Path(__file__).parent / "paper_fonts"
SCRIPTS = {
    "arabic": "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc\U00010ec0-\U0001eeff",
    "japanese": "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff",
    "korean": "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff",
    "thai": "\u0e00-\u0e7f",
    "devanagari": "\u0900-\u097f\ua8e0-\ua8ff",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "ethiopic": "\u1200-\u139f\u2d80-\u2ddf\uab00-\uab2f",
    "emoji": "\u20e3\u2300-\u23ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff",
}
"""The letters by which the fonts of a script are opened: twenty-seven megabytes in all, and mostly none of them."""
LETTERS = {script: re.compile(f"[{letters}]") for script, letters in SCRIPTS.items()}


def scripts_in(words: str) -> frozenset[str]:
    """Of the scripts for which fonts lie here, those that are used."""
    return frozenset(script for script, letters in LETTERS.items() if letters.search(words))


@lru_cache(maxsize=64)
def _fonts(scripts: frozenset[str], *, of_the_machine: bool = False) -> Any:
    paths: list[Any] = [folder for script in sorted(scripts) if (folder := FONTS / script).is_dir()]
    return typst.Fonts(include_system_fonts=of_the_machine, include_embedded_fonts=True, font_paths=paths)


def pdf(template: str, data: dict[str, Any], letterhead: Letterhead | None = None) -> bytes:
    """The template, filled with data, as a tagged PDF. `data["title"]` is its title; texts may be lazy."""
    if letterhead:
        data = {**data, "letterhead": letterhead.as_data()}
    language, _, region = (get_language() or "en-gb").partition("-")
    given = json.dumps(
        {"language": language, "region": region or None, **data}, default=str, ensure_ascii=False
    )
    source = f"{_source(BASE)}\n{_source(template)}".encode()
    scripts = scripts_in(given)
    try:
        return _set(source, given, _fonts(scripts), STANDARD)
    except typst.TypstError:
        # The standard forbids a letter no font has. Then the machine's fonts help, and where they lack it too the
        # paper is still made: the page has the words.
        return _set(source, given, _fonts(scripts, of_the_machine=True), None)


def prints(logo: Logo) -> bool:
    """Whether a logo can be set on paper: a drawing a browser shows may still be one that typst does not read."""
    data = {"language": "en", "region": None, "title": "", "letterhead": Letterhead("x", logo=logo).as_data()}
    try:
        _set(_source(BASE).encode(), json.dumps(data), _fonts(frozenset()), None)
    except typst.TypstError:
        return False
    return True


def _set(source: bytes, data: str, fonts: Any, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.compile(
        source,
        format="pdf",
        font_paths=fonts,
        sys_inputs={"data": data},
        pdf_standards=standard,
        timestamp=int(now().timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def download(made: bytes, filename: str) -> HttpResponse:
    """A PDF to keep. The name says nothing of what kind of care it is, nor of whom."""
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer

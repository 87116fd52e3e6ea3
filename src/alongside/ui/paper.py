"""Pages as PDF, set by typst.

    pdf("first_meeting/agreement.typ", {"title": …, "sections": […]})

A template lies beside the HTML ones of its room and is found by its name. What people wrote is data (`data` in the
template) and never part of the source, so nothing they type can be markup. `ui/paper/house.typ` stands before each
template: `data`, the look, and a few functions. Nothing of the network is used, and the machine's own fonts only for
scripts that the fonts in typst lack.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

import typst
from django.http import HttpResponse
from django.template.loader import get_template
from django.utils.translation import get_language

from alongside.kernel.clock import now

HOUSE = "ui/paper/house.typ"
STANDARD: Literal["ua-1"] = "ua-1"
"""Tagged, with a title and a language: what a screen reader needs."""


@cache
def _source(name: str) -> str:
    """The text of a typst template: it is found like any other, and not rendered."""
    with open(get_template(name).origin.name, encoding="utf-8") as file:  # type: ignore[attr-defined]
        return file.read()


@cache
def _fonts() -> Any:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])


@cache
def _fonts_of_the_machine() -> Any:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=[])


def pdf(template: str, data: dict[str, Any]) -> bytes:
    """The template, filled with data, as a tagged PDF. `data["title"]` is its title; texts may be lazy."""
    language, _, region = (get_language() or "en-gb").partition("-")
    given = {"language": language, "region": region or None, **data}
    source = f"{_source(HOUSE)}\n{_source(template)}".encode()
    try:
        return _set(source, given, _fonts(), STANDARD)
    except typst.TypstError:
        # The standard forbids a letter no font has, as of a script the fonts that come with typst lack. Then the
        # machine's fonts help, and where they lack it too the paper is still made: the page has the words.
        return _set(source, given, _fonts_of_the_machine(), None)


def _set(source: bytes, data: dict[str, Any], fonts: Any, standard: Literal["ua-1"] | None) -> bytes:
    made = typst.compile(
        source,
        format="pdf",
        font_paths=fonts,
        sys_inputs={"data": json.dumps(data, default=str)},
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

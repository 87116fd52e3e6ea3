"""The keepsake as a file. Nothing on its outside (its name, its title, its first page) says what it was about."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Literal

from django.http import HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.ui.paper import Letterhead, pdf

from .pages import KeepsakePage

Paper = Literal["a4", "phone"]


def paper(page: KeepsakePage, size: Paper, letterhead: Letterhead) -> bytes:
    """As tagged PDF: on A4, or as narrow as a phone, so that nobody has to zoom."""
    facts = asdict(page) | {
        "cover": page.title,
        "title": str(_("Keepsake")),
        "paper": size,
        "label": _labels(page),
    }
    facts["files"] = ()
    return pdf("ending/keepsake/keepsake.typ", facts, letterhead)


def _labels(page: KeepsakePage) -> dict[str, str]:
    """What the paper itself says; the template only sets it."""
    names = {"participant": _apart(page.participant), "guide": _apart(page.guide)}
    return {
        "names": _("%(participant)s, with %(guide)s") % names,
        "belongs": _("This belongs to %(participant)s.") % names,
        "then_and_now": _("Then and now"),
        "then": _("at the start"),
        "now": _("now"),
        "of_ten": _("of 10"),
        "not_on_scale": _("not on the scale"),
        "questionnaires": _("Questionnaires"),
        "said": _("In my own words"),
        "from_the_guide": _("What %(guide)s saw") % names,
        "key_points": _("What I have learnt"),
        "strategies": _("What I will do"),
        "when": _("When"),
        "i_will": _("I will"),
        "early_signs": _("Early signs, and what I do then"),
        "if": _("If"),
        "then_do": _("Then"),
        "support": _("Who goes on helping"),
        "afterwards": _("After the end"),
        "code": _("A code for your phone's camera. It opens the address beside it."),
    }


def _apart(name: str) -> str:
    """A name within a sentence, set apart so that neither turns the other round when they run opposite ways."""
    return f"\u2068{name}\u2069"


def whole_page(page: KeepsakePage) -> str:
    """As one HTML file: style within, nothing fetched, nothing run. A browser of ten years from now shows it, offline."""
    facts = {
        "page": page,
        "style": _style(),
        "language": get_language() or "en-gb",
        "direction": "rtl" if get_language_bidi() else "ltr",
    }
    return render_to_string("ending/keepsake/file.html", facts)


@cache
def _style() -> SafeString:
    """Our own style sheet, as the element it stands in."""
    with open(get_template("ending/keepsake/file.css").origin.name, encoding="utf-8") as sheet:  # type: ignore[attr-defined]
        return mark_safe(f"<style>{sheet.read()}</style>")


def keep(content: bytes | str, name: str, sort: str) -> HttpResponse:
    """Something to keep, which nobody else keeps on the way."""
    answer = HttpResponse(content, content_type=sort)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def as_asked(page: KeepsakePage, shape: str, letterhead: Letterhead) -> HttpResponse:
    """The file of that shape."""
    if shape == "file":
        return keep(whole_page(page), "keepsake.html", "text/html; charset=utf-8")
    size: Paper = "a4" if shape == "pdf" else "phone"
    return keep(paper(page, size, letterhead), "keepsake.pdf", "application/pdf")

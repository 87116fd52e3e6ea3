"""Paper: what people typed is set as it is, tagged, and nothing of it is ever markup."""

import io
import unicodedata

import pytest
from django.utils import translation
from pypdf import PdfReader

from alongside.ui.paper import download, pdf

NASTY = '#import "@preview/x:1.0.0": y\n*not bold* $x^2$ #sys.inputs `raw` <label> @name \\ // no comment'


def paper(text: str = "Plain.", **more):
    facts = {
        "lead": "Version 1.",
        "between": [],
        "frame": [["How long", "50 minutes"]],
        "goals": [],
        "steps": [],
    }
    titles = {
        "goals_title": "Goals",
        "steps_title": "Steps",
        "without_picture_title": "Without",
        "signatures_title": "Accepted by",
    }
    section = {"title": "Purpose", "text": text, "group": "", "within": False}
    data = {"title": "Agreement", "sections": [section], "without_picture": "", "signatures": []}
    return PdfReader(io.BytesIO(pdf("first_meeting/agreement.typ", {**facts, **titles, **data, **more})))


def said(found: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in found.pages).split())


@pytest.mark.parametrize(
    "typed", [NASTY, "]]] #{", '"]; #panic("x")', "Ünïcode Ελληνικά עברית", "{{ x }}", ""]
)
def test_what_people_typed_is_set_as_typed(typed):
    assert " ".join(typed.split()) in said(paper(typed))


def test_paper_is_tagged_with_title_and_language():
    with translation.override("en-gb"):
        found = paper()

    root = found.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"].value)
    assert (root["/Lang"], found.metadata.title) == ("en-GB", "Agreement")
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_letters_that_no_font_has_cost_the_claim_and_never_the_paper():
    found = paper("Before \U000107f5 漢字 after.")

    assert "Before" in said(found)
    assert bool(found.trailer["/Root"]["/MarkInfo"]["/Marked"].value)


def test_long_texts_go_on_for_pages():
    assert len(paper("A line.\n\n" * 300).pages) > 3


def test_a_download_is_kept_by_nobody_on_the_way():
    answer = download(b"%PDF", "agreement-1.pdf")

    assert answer["Content-Disposition"] == 'attachment; filename="agreement-1.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "typed",
    [
        "https://www.example.org/services/self-help/" + "x" * 120 + "?ticket=abc123&utm=42",
        "Donaudampfschiff" * 8,
        "Wochenplanübersichtsbesprechungstermin" * 4,
        "_" * 110,
        "_" * 200,
        "é" * 150,
        "e\u0301" * 150,
    ],
)
def test_what_has_no_place_to_break_is_broken_and_nothing_of_it_is_cut(typed):
    found = paper(typed)
    lines = [line for page in found.pages for line in page.extract_text().split("\n")]
    assert max(len(unicodedata.normalize("NFC", line)) for line in lines) < 110, (
        "a line of Libertinus at 11 pt on A4 holds fewer"
    )
    assert unicodedata.normalize("NFC", typed) in unicodedata.normalize(
        "NFC", "".join("".join(lines).split())
    )
    assert b"pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_object().get_data(), "it stays tagged"

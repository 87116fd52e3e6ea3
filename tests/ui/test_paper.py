"""Paper: what people typed is set as it is, tagged, and nothing of it is ever markup."""

import io
import re
import unicodedata

import pytest
from django.utils import translation
from pypdf import PdfReader

from alongside.ui.paper import BASE, FONTS, SCRIPTS, _source, download, pdf, scripts_in

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


SAMPLES = {
    "thai": "เดินไปที่สวนทุกเช้า และโทรหาพี่สาวเมื่อรู้สึกไม่ดี",
    "devanagari": "हर सुबह नदी तक चलना और अपनी बहन को फ़ोन करना",
    "bengali": "প্রতিদিন সকালে নদী পর্যন্ত হাঁটা এবং বোনকে ফোন করা",
    "gurmukhi": "ਹਰ ਸਵੇਰ ਨਦੀ ਤੱਕ ਤੁਰਨਾ ਅਤੇ ਆਪਣੀ ਭੈਣ ਨੂੰ ਫ਼ੋਨ ਕਰਨਾ",
    "gujarati": "દરરોજ સવારે નદી સુધી ચાલવું અને બહેનને ફોન કરવો",
    "tamil": "தினமும் காலையில் ஆற்றங்கரை வரை நடப்பது",
    "ethiopic": "በየቀኑ ጠዋት ወደ ወንዙ መራመድ እና እህቴን መደወል",
    "korean": "매일 아침 강까지 걷고 언니에게 전화하기",
    "japanese": "毎朝、川まで歩き、姉に電話する",
    "arabic": "أمشي إلى النهر كل صباح وأتصل بأختي",
    "emoji": "Walked today 🙂👍🏽 with 👨‍👩‍👧 and ❤️",
}


def letters_of(text: str) -> set[str]:
    """Marks are drawn together with their letters, and what joins or changes an emoji has no form of its own."""
    return {each for each in text if unicodedata.category(each)[0] in "LNS" and each.isprintable()} - set(
        "🏽"
    )


def faces_of(found: PdfReader) -> set[str]:
    fonts = (font for page in found.pages for font in page["/Resources"]["/Font"].values())
    return {font.get_object()["/BaseFont"].split("+")[-1] for font in fonts}


JOINED = {"arabic", "thai"}
"""Of these the reader used here takes forms of letters apart that lie in one; programs that show papers do not."""


@pytest.mark.parametrize("script", SAMPLES)
def test_a_script_is_set_in_a_font_of_ours_and_can_be_read_back(script):
    assert scripts_in(SAMPLES[script]) == {script}
    found = paper(SAMPLES[script])
    face = next((FONTS / script).glob("*_400Regular.ttf")).name.split("_")[0]
    assert any(each.startswith(face) for each in faces_of(found))
    # the standard forbids a letter without a font: while it is claimed, every letter has one
    assert b"pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_object().get_data()
    read, typed = (unicodedata.normalize("NFKC", each) for each in (said(found), SAMPLES[script]))
    assert script in JOINED or not letters_of(typed) - set(read)


def test_every_script_has_its_fonts_and_every_font_its_place_in_the_list():
    base = _source(BASE)
    for script in SCRIPTS:
        assert len(list((FONTS / script).glob("*.ttf"))) == 2, "run `make assets`, or prepare the clone again"
        assert SAMPLES[script]
    faces = {path.name.split("_")[0] for path in FONTS.glob("*/*.ttf")}
    assert faces == {face.replace(" ", "") for face in re.findall(r'"(Noto [^"]+)"', base)}


def test_a_paper_in_latin_letters_opens_no_font_of_ours():
    assert scripts_in("Ünïcode Ελληνικά Кириллица עברית – “quoted” … € ½ → ≥") == frozenset()


@pytest.mark.parametrize("script", ["thai", "japanese", "korean", "tamil", "ethiopic"])
def test_long_words_of_other_scripts_stay_within_the_page(script):
    word = SAMPLES[script].replace(" ", "").replace("、", "") * 8
    found = paper(word)
    lines = [line for page in found.pages for line in page.extract_text().split("\n")]
    assert sum(scripts_in(line) == {script} for line in lines) >= len(word) / 110, (
        "a line on A4 holds fewer letters"
    )

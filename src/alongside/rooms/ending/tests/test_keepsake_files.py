"""The keepsake as a file: tagged, discreet, whole in itself, right in every script, and only what may be read."""

import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from alongside.goals.models import Reading
from alongside.ledger.models import Opening
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.first_meeting.states import Side

from .furniture import address, answer, begun, chain, now_picture, support
from .test_keepsake import closed

SHAPES = ("pdf", "small_pdf", "file")
ARABIC = "عندما أستيقظ ليلاً"
JAPANESE = "眠れない夜は、起きて本を読む。"


def where(shape, journey):
    return reverse(f"keepsake:{shape}", args=[journey.id])


def get(cast, who, journey, shape):
    answered = cast.client(who).get(where(shape, journey))
    assert answered.status_code == 200
    return answered


def read(answered) -> PdfReader:
    return PdfReader(io.BytesIO(answered.content))


def said(found: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in found.pages).split())


def fonts(found: PdfReader) -> dict[str, bool]:
    """Every font by its name without its mark, and whether it is embedded."""
    known = {}
    for page in found.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            about = inner["/FontDescriptor"].get_object()
            name = str(inner["/BaseFont"]).lstrip("/").partition("+")[2]
            known[name] = any(file in about for file in ("/FontFile2", "/FontFile3"))
    return known


def shown_and_closed(cast, **facts):
    journey, guide, participant = closed(cast, **facts)
    contributions_actions.show_answers(by=participant)
    contributions_actions.show_answers(by=guide)
    closing_actions.acknowledge(side=Side.GUIDE, by=guide)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)
    return journey


@pytest.mark.parametrize("shape", ["pdf", "small_pdf"])
@pytest.mark.parametrize("who", ["participant", "guide"])
def test_the_paper_holds_what_was_said_tagged_and_with_its_fonts(cast, shape, who):
    journey = shown_and_closed(cast)

    found = read(get(cast, getattr(cast, who), journey, shape))

    text = said(found)
    for words in ("Finding my feet", "I lie awake", "I sleep till six", "I trust my hands", "Rest is work"):
        assert words in text, words
    for words in (
        "get up and read",
        "I skip lunch",
        "Ada, next door",
        "1 May 2030",
        "She asks before she guesses",
    ):
        assert words in text, words
    assert "Mondays were bad" not in text
    root = found.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"].value) and root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert fonts(found) and all(fonts(found).values())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["treatment", "supervision"])
def test_nothing_on_the_outside_says_what_it_is_about(cast, shape, kind):
    journey = shown_and_closed(cast, kind=kind)

    answered = get(cast, cast.participant, journey, shape)

    name = re.search(r'filename="([^"]+)"', answered["Content-Disposition"])
    assert name and name[1] in ("keepsake.pdf", "keepsake.html")
    assert answered["Cache-Control"] == "private, no-store"
    if shape == "file":
        assert "<title>Keepsake</title>" in answered.content.decode()
        return
    found = read(answered)
    cover = found.pages[0].extract_text().split()
    assert cover == ["Keepsake", "Paul", "Participant"]
    assert found.metadata.title == "Keepsake"
    assert not (found.metadata.author or found.metadata.subject or found.metadata.get("/Keywords"))


def test_the_phone_s_paper_is_as_narrow_as_a_phone(cast):
    journey = shown_and_closed(cast)

    width = float(read(get(cast, cast.participant, journey, "small_pdf")).pages[1].mediabox.width)

    assert width < 260


def test_the_file_is_whole_in_itself(cast):
    page = get(cast, cast.participant, shown_and_closed(cast), "file").content.decode()

    assert "I sleep till six" in page and "get up and read" in page and "<style>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe|object|embed|video|audio|form)\b", page)
    assert not re.search(r"@import|url\(|\bsrc=|\bsrcset=|\bon[a-z]+=|csrf", page)
    assert "/journeys/" not in page and "static" not in page


@pytest.mark.parametrize("shape", SHAPES)
def test_no_file_holds_what_was_not_shown(cast, shape):
    journey, *_seats = closed(cast)

    answered = get(cast, cast.participant, journey, shape)

    text = answered.content.decode() if shape == "file" else said(read(answered))
    assert "I trust my hands" in text and "Rest is work" in text
    assert "She asks before she guesses" not in text and "Mondays were bad" not in text


def written(cast, journey, words):
    participant = cast.seat(cast.participant, journey)
    content = contributions_actions.Content(what=words, then=words)
    contributions_actions.add_entry(sort=Sort.STRATEGY, content=content, by=participant)
    answer(cast, cast.participant, journey, text=words)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (ARABIC, {"NotoNaskhArabic-Regular"}),
        (JAPANESE, {"NotoSansJP-Regular"}),
        (f"{ARABIC}\n{JAPANESE}\nand on", {"NotoNaskhArabic-Regular", "NotoSansJP-Regular"}),
    ],
)
@pytest.mark.parametrize("shape", ["pdf", "small_pdf"])
def test_other_scripts_are_set_in_fonts_of_theirs(cast, words, wanted, shape):
    journey = begun(cast)
    written(cast, journey, words)

    found = read(get(cast, cast.participant, journey, shape))

    known = fonts(found)
    assert wanted <= set(known) and all(known.values())
    assert b"pdfuaid:part" in found.trailer["/Root"]["/Metadata"].get_object().get_data()
    if JAPANESE in words:
        assert JAPANESE in said(found)


def test_plain_letters_take_no_font_of_other_scripts_along(cast):
    journey = begun(cast)
    written(cast, journey, "Ünïcode, Ελληνικά, Кириллица")

    found = read(get(cast, cast.participant, journey, "pdf"))

    assert not [name for name in fonts(found) if name.startswith("Noto")]
    assert "Ελληνικά" in said(found)


def test_in_the_file_each_word_says_for_itself_which_way_it_runs(cast):
    journey = begun(cast)
    written(cast, journey, ARABIC)

    page = get(cast, cast.participant, journey, "file").content.decode()

    assert f'<span class="keepsake-own" dir="auto">{ARABIC}</span>' in page
    assert f'<blockquote dir="auto"><p>{ARABIC}</p></blockquote>' in page


NASTY = '<script>alert(1)</script> </style> #panic("x") {{ x }} [*b*] $x$'


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_typed_is_never_markup(cast, shape):
    journey = begun(cast)
    written(cast, journey, NASTY)

    answered = get(cast, cast.participant, journey, shape)

    if shape == "file":
        assert "&lt;script&gt;" in answered.content.decode() and "<script" not in answered.content.decode()
    else:
        assert NASTY.replace(" ", "") in said(read(answered)).replace(" ", "")


def test_a_keepsake_does_not_grow_with_the_meetings(cast):
    """Sixty meetings with eight targets: as long as with one, because it holds then and now and not the way."""
    journey = begun(cast)
    made = chain(cast, journey, needs=4)
    now_picture(cast, journey, made)
    lengths = []
    for times in (1, 60):
        for target in [target for _need, *targets in made for target in targets]:
            first = Reading.objects.filter(target=target).order_by("id")[0]
            Reading.objects.bulk_create(
                [
                    Reading(
                        target=target,
                        wording=first.wording,
                        value=first.value,
                        taken_on=first.taken_on,
                        source=first.source,
                        by=first.by,
                    )
                    for _each in range(times)
                ]
            )
        lengths.append(len(read(get(cast, cast.participant, journey, "pdf")).pages))
    assert lengths[0] == lengths[1] < 8


@pytest.mark.parametrize("shape", SHAPES)
def test_taking_it_is_noted_once_a_login_session_and_asks_as_much_for_three_as_for_one(cast, shape):
    counts = []
    for needs in (1, 3):
        journey = begun(cast)
        now_picture(cast, journey, chain(cast, journey, needs=needs))
        for _each in range(needs):
            support(cast.seat(cast.participant, journey))
        get(cast, cast.participant, journey, shape)
        with CaptureQueriesContext(connection) as asked:
            get(cast, cast.participant, journey, shape)
        counts.append(len(asked))
        noted = Opening.objects.filter(journey_id=journey.id, subject_kind="room_ending.keepsake")
        assert noted.count() == 1

    # the last three write into the ledger, within a savepoint, that a copy was taken along: each time one is
    assert counts[0] == counts[1] <= 17


def test_the_doors_to_the_files(cast):
    journey, early = begun(cast), cast.journey()
    for shape in SHAPES:
        for who, status in (
            ("stranger", 404),
            ("colleague", 404),
            ("administrator", 404),
            ("supporter", 403),
        ):
            assert cast.client(getattr(cast, who)).get(where(shape, journey)).status_code == status
        assert cast.client(cast.participant).get(where(shape, early)).status_code == 409
        assert cast.client(cast.participant).post(where(shape, journey)).status_code == 405


def test_the_page_offers_all_three(cast):
    journey = begun(cast)

    page = cast.client(cast.participant).get(address("keepsake", journey)).content.decode()

    assert all(f'href="{where(shape, journey)}"' in page for shape in SHAPES)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_support_is_reached_by_one_tap(cast, shape):
    answered = get(cast, cast.participant, shown_and_closed(cast), shape)

    if shape == "file":
        assert '<a href="tel:02079460958"' in answered.content.decode()
        return
    found = read(answered)
    notes = [note.get_object() for page in found.pages for note in page.get("/Annots") or ()]
    assert "tel:02079460958" in {note["/A"]["/URI"] for note in notes if "/A" in note}
    assert "020 7946 0958" in said(found)

"""What would give somebody away, in many spellings; and ordinary sentences, which do not."""

from __future__ import annotations

import datetime as dt

import pytest

from alongside.rooms.sessions.supervision_cases.deidentification import Known, Sort, hits, reworded

KNOWN = Known(
    names=("Margaret Whitlock", "Inês Duarte", "Jürgen Müller-Lüdenscheidt", "Jo O’Neill", "Иван Петров"),
    called=("Midge",),
    emails=("m.whitlock62@example.org", "grannycook@example.org"),
    days=(dt.date(2026, 5, 3),),
    places=("Consulting room 2\n14 Mill Lane, Larkfield LK3 4QT", "Orchard Clinic, First floor by the lift"),
    service="Larkfield Community Health and Learning",
)
NAMES = {
    "as it is": "Margaret",
    "small": "margaret",
    "capitals": "MARGARET",
    "accents": "Màrgarét",
    "a space in it": "Marga ret",
    "a hyphen in it": "Mar-garet",
    "dots": "M.a.r.g.a.r.e.t",
    "letter by letter": "M a r g a r e t",
    "underscores": "m_a_r_g_a_r_e_t",
    "surname first": "Whitlock, Margaret",
    "run together": "whitlockmargaret",
    "back to front": "teragram",
    "digits": "M4rg4ret",
    "signs": "m@rg@r3t!!",
    "one for i and l": "Wh1t10ck",
    "a short form": "Maggie",
    "a short form in small letters": "peggy",
    "a beginning": "Marg",
    "a possessive": "Margaret’s",
    "a possessive without its sign": "margarets",
    "what she is called": "Midge",
    "nothing to be seen between": "Mar\u200bga\u200dret",
    "a soft hyphen": "Mar\u00adgaret",
    "Cyrillic look-alikes": "Mаrgаrеt",
    "Cyrillic": "Маргарет",
    "Greek look-alikes": "Mαrgαret",
    "wide letters": "Ｍａｒｇａｒｅｔ",
    "letters of mathematics": "𝓜𝓪𝓻𝓰𝓪𝓻𝓮𝓽",
    "letters in circles": "Ⓜⓐⓡⓖⓐⓡⓔⓣ",
    "a letter doubled": "Margarett",
    "first half of an address": "m.whitlock62",
    "first half run together": "granny cook",
    "initials": "MW",
    "initials with dots": "M. W.",
    "initial and surname": "m. whitlock",
    "without its accent": "Ines",
    "umlaut spelled out": "Mueller",
    "umlaut left out": "Luedenscheidt",
    "apostrophe left out": "ONeill",
    "two letters": "Jo",
    "from another alphabet": "Ivan Petrov",
}


@pytest.mark.parametrize("spelling", NAMES.values(), ids=NAMES.keys())
@pytest.mark.parametrize("around", ["{}", "I wonder whether {} is afraid, and of what.", "({}) stuck"])
def test_a_name_is_found_in_every_spelling(spelling, around):
    text = around.format(spelling)
    found = hits(text, KNOWN)
    assert found, f"{text!r} would leave"
    first = found[0]
    assert text[first.start : first.end].strip() and first.start >= text.index(spelling)


OTHERS = {
    Sort.DATE: [
        "on 3 May",
        "3/5",
        "12.03.1962",
        "12th of March",
        "born in 1962",
        "the third of May",
        "March 1962",
    ],
    Sort.NUMBER: ["07700 900123", "zero seven seven zero zero nine", "1 2 / 0 3 / 1 9 6 2", "943 476 5919"],
    Sort.EMAIL: ["someone.else@example.org", "someone at example dot org"],
    Sort.ADDRESS: ["14 Acre Road", "LS1 4AP"],
    Sort.PLACE: ["mill lane", "M1LL LANE", "l a r k f i e l d", "Orchard", "consulting room 2"],
    Sort.SERVICE: ["LCHL"],
    Sort.LINK: ["www.example.org/somebody"],
}


@pytest.mark.parametrize(("sort", "text"), [(sort, text) for sort, texts in OTHERS.items() for text in texts])
def test_dates_numbers_addresses_and_places_are_found(sort, text):
    assert [hit.sort for hit in hits(f"They came {text} as always.", KNOWN)] == [sort]


@pytest.mark.parametrize(
    "text",
    [
        "They walk to the corner after breakfast every day and move more, but brace before they lift anything.",
        "I may have pushed too hard; what will help? We went on as it was and I am at a loss.",
        "So do I say it, or let it be? In the first room we agreed to the plan together; part of me wants to fix it.",
        "Rated 18, 17, 16, 15 over weeks 1 to 5; the pain is 6 of 10. Four nights of seven, 2 sessions left of 8.",
        "Their partner carries everything. The lift was out. My margin for error is small, as in the market.",
        "Any time I go in, I mirror the fear. I joined in. It stopped once the school term began in the spring.",
        "",
    ],
)
def test_ordinary_sentences_are_left_alone(text):
    assert hits(text, KNOWN) == ()


def test_what_is_found_lies_where_it_stands():
    text = "With Mаrg\u200bаret it is slow."
    (hit,) = hits(text, KNOWN)
    assert text[hit.start : hit.end] == "Mаrg\u200bаret"


def test_a_small_word_is_a_name_only_where_it_is_written_as_one():
    known = Known(names=("Will May",))
    assert hits("it will do, and may help", known) == ()
    assert [hit.sort for hit in hits("when Will came, and W.i.l.l too", known)] == [Sort.NAME, Sort.NAME]


@pytest.mark.parametrize(
    ("own", "is_own"),
    [
        ("Gardening, a little at a time", True),
        ("I garden again, little and often", False),
        ("so that I gärden AGAIN, little by little", False),
        ("sleep through", False),
        ("Nights without waking", True),
        ("", True),
    ],
)
def test_words_are_the_guides_own(own, is_own):
    agreed = ("I garden again, little and often", "I sleep through", "")
    assert reworded(own, agreed) is is_own

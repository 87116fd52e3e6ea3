"""Finding a name or a word as one types it, whatever stands there."""

import pytest

from alongside.kernel.folding import find, folded, foldings, holds, is_whole_word, words_of

FOUND = {
    "a letter with a stroke": [
        ("Łukasz Wałęsa", "Lukasz"),
        ("Łukasz Wałęsa", "walesa"),
        ("Søren Ærø", "Soren"),
        ("Søren Ærø", "aero"),
        ("Đorđe Petrović", "Dorde"),
        ("Cần Thơ Đặng", "Dang"),
        ("Cần Thơ Đặng", "can tho"),
        ("Ħamrun", "hamrun"),
        ("Þórunn", "Thorunn"),
        ("Guðrún", "Gudrun"),
    ],
    "the usual transcription": [
        ("Đorđe Petrović", "Djordje"),
        ("Müller", "Mueller"),
        ("Mu\u0308ller", "Mueller"),
        ("Mueller", "Müller"),
        ("Søren", "Soeren"),
        ("Håkon", "Haakon"),
        ("Groß", "gross"),
        ("Œuvre", "oeuvre"),
        ("Guðrún", "Gudhrun"),
    ],
    "an i with and without its dot": [
        ("Işıl Yıldız", "Isil Yildiz"),
        ("İpek", "ipek"),
        ("Isil", "ışıl"),
    ],
    "an accent": [
        ("Zoë", "zoe"),
        ("Mañana", "manana"),
        ("ΑΘΗΝΑ", "αθήνα"),
        ("école", "e\u0301cole"),
        ("zoe", "ZOË"),
    ],
    "an apostrophe": [
        ("Siobhán O’Brien", "O'Brien"),
        ("Siobhán O'Brien", "O’Brien"),
        *((f"O{sign}Brien", "o'brien") for sign in "‘ʼʻ´`′＇‛"),
        *(("o'brien", f"O{sign}Brien") for sign in "‘ʼʻ´`′＇‛"),
    ],
    "a quotation mark": [
        ("“stuck”", '"stuck"'),
        ("„stuck“", '"stuck"'),
        ("«stuck»", '"stuck"'),
        ('"stuck"', "“stuck”"),
    ],
    "a hyphen or a dash": [
        ("Anne\u2011Marie (follow\u2011up)", "follow-up"),
        *(
            (f"Anne{sign}Marie", "Anne-Marie")
            for sign in "\u2010\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u2043"
        ),
    ],
    "what is not seen": [
        ("re\u00adview of the plan", "review"),
        ("co\u200boperate", "cooperate"),
        ("\u200bTomas", "Tomas"),
        ("Ali\u200c\u200creza", "Alireza"),
        ("Ana\ufeff", "ana"),
        ("review", "re\u00adview"),
        ("❤️", "❤"),
    ],
    "a name of one sign": [("林 美玲", "林"), ("李", "李"), ("김 민준", "김")],
    "other shapes of a letter": [
        ("ﬁnance", "finance"),
        ("Ｔａｎａｋａ", "tanaka"),
        ("ｶﾞ", "ガ"),
        ("Ǆamija", "dzamija"),
    ],
}
PAIRS = [(stands, sought) for pairs in FOUND.values() for stands, sought in pairs]


@pytest.mark.parametrize(("stands", "sought"), PAIRS)
def test_a_word_is_found_however_it_is_typed(stands, sought):
    assert holds(stands, words_of(sought))


@pytest.mark.parametrize(
    ("stands", "sought"),
    [
        ("Berlin", "林"),
        ("林", "lin"),
        ("Anna", "анна"),
        ("Muller", "Mueller"),
        ("Anne Marie", "Anne-Marie"),
        ("OBrien", "O’Brien"),
    ],
)
def test_what_only_resembles_it_is_another_word(stands, sought):
    assert not holds(stands, words_of(sought))


def test_what_folds_to_nothing_asks_for_nothing():
    assert words_of("\u0301 \u200b \ufeff") == []


@pytest.mark.parametrize(
    "text", ["ﬁ Straße é", "Mu\u0308ller und Đorđe", "co\u200bop “x” – y", "plain `text`"]
)
def test_each_character_says_where_it_came_from(text):
    for folding in foldings(text):
        assert len(folding.text) == len(folding.places)
        assert list(folding.places) == sorted(folding.places)
        assert folded("".join(text[place] for place in dict.fromkeys(folding.places))) == folded(text)


@pytest.mark.parametrize(
    ("text", "sought", "shown"),
    [
        ("Ein Gruß aus Köln!", "koln", "Köln"),
        ("Ein Gruß aus Köln!", "koeln", "Köln"),
        ("mit re\u00adview heute", "review", "re\u00adview"),
        ("Frau Đorđević kam", "djordjevic", "Đorđević"),
    ],
)
def test_what_was_found_is_shown_as_it_stands(text, sought, shown):
    (word,) = words_of(sought)
    start, end = find(word, foldings(text))
    assert text[start:end] == shown


def test_one_sign_is_a_word_only_where_signs_are_words():
    assert [sign for sign in "林김かaأдกZ1" if is_whole_word(sign)] == list("林김か")

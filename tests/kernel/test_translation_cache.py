"""What is remembered of a language is what would have been found, in each language, safe or not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import translation
from django.utils.safestring import SafeData, mark_safe
from django.utils.translation import trans_real

from alongside.config.translation_cache import remember_translations
from alongside.kernel.days import in_letters

SENTENCES = ("Monday", "This field is required.", "A sentence nobody has translated")


@pytest.fixture
def translation_cache():
    before = trans_real.gettext, translation._trans.gettext
    remember_translations()
    yield
    trans_real.gettext, translation._trans.gettext = before


def test_each_language_says_what_it_said_before_and_again(translation_cache):
    plain = {}
    for language in ("en-gb", "de", "ja"):
        with translation.override(language):
            plain[language] = [trans_real.translation(language).gettext(each) for each in SENTENCES]
    assert plain["de"][0] == "Montag" and plain["en-gb"][0] == "Monday"
    for _turn in range(2):
        for language, expected in plain.items():
            with translation.override(language):
                assert [translation.gettext(each) for each in SENTENCES] == expected
                assert [str(translation.gettext_lazy(each)) for each in SENTENCES] == expected


def test_what_is_safe_stays_apart_from_what_is_not(translation_cache):
    with translation.override("de"):
        assert isinstance(translation.gettext(mark_safe("Monday")), SafeData)
        assert not isinstance(translation.gettext("Monday"), SafeData)
        assert isinstance(translation.gettext(mark_safe("Monday")), SafeData)


def test_without_a_language_a_sentence_is_what_it_is(translation_cache):
    with translation.override(None):
        assert translation.gettext("Monday") == "Monday"


def test_a_day_is_written_in_the_language_that_is_spoken():
    day = dt.date(2026, 5, 4)
    for language, written in (("en-gb", "4 May"), ("de", "4 Mai"), ("en-gb", "4 May")):
        with translation.override(language):
            assert in_letters(day, "j F") == written

"""The definition of each kind of chart, with its thresholds and its notes; the sentence and the table that say the same."""

import datetime as dt
import json
import re
from dataclasses import replace
from decimal import Decimal as D

import pytest
from django.utils import translation

from alongside.measures.catalogue import MEASURES, measure
from alongside.measures.charts import (
    DEFINITIONS,
    PALETTES,
    Note,
    Point,
    Series,
    definition,
    kind_of,
    sentence,
    table,
)
from alongside.ui.pictures import svg

pytestmark = pytest.mark.one_database
START = dt.date(2026, 1, 5)


def series(key, *values, **more):
    points = tuple(Point(START + dt.timedelta(weeks=n), D(str(value))) for n, value in enumerate(values))
    return Series(measure(key), points, **more)


def drawn(found, theme="light"):
    return json.dumps(json.loads(definition(found, theme).to_json()))


OF_EACH = {
    "scores": ("phq-9", (18, 14, 9)),
    "levels": ("gas", (-1, 0, 1)),
    "amounts": ("count", (1, 3, 120)),
    "answers": ("yes-no", (0, 1)),
}


def test_every_measure_has_one_definition():
    assert {kind_of(row) for row in MEASURES.values()} == set(DEFINITIONS) == set(OF_EACH)


@pytest.mark.parametrize("theme", sorted(PALETTES))
@pytest.mark.parametrize("kind", sorted(OF_EACH))
def test_every_kind_is_drawn_light_and_dark(kind, theme):
    key, values = OF_EACH[kind]
    found = series(key, *values)
    picture = svg(definition(found, theme), theme=theme).decode()
    assert kind_of(measure(key)) == kind
    assert picture.startswith("<svg") and PALETTES[theme].paper in picture
    assert PALETTES[theme].now in picture


def test_band_cut_off_and_aim_are_drawn():
    found = drawn(series("phq-9", 18, 14, aim=D(5)))
    assert '"value": 12.0' in found and '"upper": 24.0' in found
    assert '"word": "cut-off"' in found and '"value": 10.0' in found
    assert '"word": "goal"' in found and '"value": 5.0' in found


def test_band_ends_where_the_scale_ends():
    found = drawn(series("psfs", 1, 2))
    assert '"value": 0.0, "upper": 3.0' in found or ('"upper": 3.0' in found and '"value": 0.0' in found)


def test_band_is_that_of_the_thresholds_a_service_has_set():
    ours = replace(series("phq-9", 18, 14), measure=replace(measure("phq-9"), reliable_change=D(2)))
    assert '"value": 16.0' in drawn(ours) and '"upper": 20.0' in drawn(ours)
    assert ours.content != series("phq-9", 18, 14).content


def test_what_was_reworded_and_missed_is_noted_beside_the_line_and_said():
    notes = (Note(START + dt.timedelta(days=3), "re-agreed"), Note(START + dt.timedelta(days=9), "missed"))
    found = series("phq-9", 18, 14, notes=notes)
    assert '"word": "reworded"' in drawn(found) and '"word": "meeting missed"' in drawn(found)
    assert "8 January 2026: reworded. 14 January 2026: meeting missed." in sentence(found)
    assert found.content != series("phq-9", 18, 14).content


def test_sentence_says_what_is_seen():
    assert sentence(series("phq-9", 18, 14, 11, aim=D(5))) == (
        "From 18 of 27 on 5 January 2026 to 11 of 27 on 19 January 2026. 1 reading in between. "
        "Reliably better since the start: \N{MINUS SIGN}7. Less is better. Goal: 5 of 27. The cut-off is at 10. "
        "A change of 6 or more from the start is reliable; the shaded band shows less."
    )
    assert sentence(series("phq-9")) == "No reading yet."
    assert sentence(series("phq-9", 18)).startswith("Started at 18 of 27 on 5 January 2026. Less is better.")
    assert "again on" in sentence(series("psfs", 3, 3))


def test_change_is_judged_from_where_the_present_wording_began():
    worded = series("psfs", 1, 6, "6.5", began=1)
    assert "No reliable change yet." in sentence(worded)
    assert '"upper": 8.0' in drawn(worded) and '"value": 4.0' in drawn(worded)
    nothing_since = series("psfs", 1, 6, began=2)
    assert "eliable change yet" not in sentence(nothing_since) and "better since" not in sentence(
        nothing_since
    )
    assert "mark_rect" not in drawn(nothing_since) and '"upper"' not in drawn(nothing_since)


def test_table_has_every_reading():
    assert [(row.when, row.value) for row in table(series("minutes", 1, 90))] == [
        ("5 January 2026", "1 minute"),
        ("12 January 2026", "90 minutes"),
    ]


def test_nothing_is_drawn_of_nothing():
    with pytest.raises(ValueError):
        definition(series("phq-9"))


def test_equal_content_looks_equal_and_any_difference_is_another_picture():
    one = series("phq-9", 18, 14)
    assert one.content == series("phq-9", 18, 14).content
    others = (
        series("phq-9", 18, 13),
        series("phq-9", 18, 14, aim=D(5)),
        series("gad-7", 18, 14),
        replace(one, began=1),
    )
    assert all(one.content != other.content for other in others)


def test_ends_of_a_scale_are_written_as_people_write_them():
    written = svg(definition(series("psfs", 3, 5)), theme="light").decode()
    assert ">10<" in written
    assert not re.search(r">\d+(\.\d+)?e[+-]?\d+<", written)


def test_years_are_written_where_days_alone_would_mislead():
    long = Series(measure("phq-9"), (Point(START, D(18)), Point(START + dt.timedelta(days=400), D(9))))
    assert '"%b %Y"' in drawn(long) and '"%b %Y"' not in drawn(series("phq-9", 18, 9))


def test_words_of_neighbouring_notes_stand_in_two_rows_and_a_third_only_in_the_sentence():
    notes = tuple(Note(START + dt.timedelta(days=day), "missed") for day in (20, 22, 24, 66))
    found = Series(
        measure("phq-9"), (Point(START, D(18)), Point(START + dt.timedelta(days=70), D(9))), notes=notes
    )
    written = svg(definition(found), theme="light").decode()
    assert written.count(">meeting missed<") == 3
    assert sentence(found).count("meeting missed.") == 4


def test_months_are_written_in_the_language_of_the_reader():
    """A year from May on, so that a month stands on the axis that German writes in another way."""
    points = tuple(Point(dt.date(2026, 4, 20) + dt.timedelta(days=n), D(n)) for n in range(0, 30, 5))
    found = definition(Series(measure("rating-0-10"), points), "light")
    written = {}
    for language in ("en-gb", "de", "en-gb"):
        with translation.override(language):
            written[language] = svg(found, theme="light").decode()

    assert "May" in written["en-gb"] and "Mai" not in written["en-gb"]
    assert "Mai" in written["de"]

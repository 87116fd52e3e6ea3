"""From the live database over a snapshot and a star to published cells; what goes wrong leaves the old ones."""

import argparse
import datetime as dt
import subprocess
import sys

import duckdb
import pytest
from django.db import connection

from alongside.journeys.models import Words
from alongside.kernel import clock
from alongside.programmes import commands, publishing
from alongside.programmes.figures.definition import Cell, Counts
from alongside.programmes.models import PublishedCell, SuggestedReview
from alongside.programmes.star import writing
from alongside.programmes.suggestions import note_suggestions

from .factories import agreed, at, journey, meeting, noted, programme

ACTIVE = (("2026-01-02", "preparing"), ("2026-01-20", "active"))
MOMENT = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)


def twelve_journeys(cast, made):
    for number in range(12):
        one = journey(cast, "2026-01-02", *ACTIVE, within=made)
        if number < 10:
            agreed(one, cast.guide, "2026-01-20")
        noted(cast, meeting(cast, one, "2026-02-03"), interruptions=number % 3)
    return one


def cells() -> dict[tuple[str, int], tuple[int | None, int | None]]:
    return {(row.figure, row.month): (row.numerator, row.denominator) for row in PublishedCell.objects.all()}


@pytest.mark.django_db
def test_what_is_published_is_rounded_and_hides_what_is_small(cast, tmp_path):
    made = programme(cast)
    twelve_journeys(cast, made)
    with clock.at(MOMENT):
        publishing.publish_here(tmp_path / "star")

    shown = cells()
    # 12 becomes 10, so 10 of 12 would be everybody: only of how many is said
    assert shown["agreement", 202603] == (None, 10)
    # 4 of 12 is a small number
    assert shown["protected", 202602] == (None, 10)
    assert max(month for _figure, month in shown) == 202605
    assert {figure for figure, _month in shown} >= {"agreement", "met_lately", "protected", "prepared"}


@pytest.mark.django_db(transaction=True)
def test_a_process_of_its_own_writes_the_star_from_the_live_database(cast, settings, tmp_path):
    settings.HOME = tmp_path
    made = programme(cast)
    one = twelve_journeys(cast, made)
    Words.objects.create(
        journey=one,
        place="before_meeting",
        subject_id=one.id,
        box="matters_1",
        visibility="ours",
        text="canary-of-words",
        version=1,
    )
    with clock.at(MOMENT):
        publishing.publish_figures()
        by_child = cells()
        publishing.publish_here(tmp_path / "here")

    assert by_child == cells() and by_child
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"star", "here"}, "a snapshot or a half-written star was left behind"
    rows = duckdb.sql(f"SELECT DISTINCT journey FROM '{tmp_path}/star/months.parquet'").fetchall()
    assert len(rows) == 12 and one.id.hex not in {key for (key,) in rows}


@pytest.mark.django_db(transaction=True)
def test_a_child_that_fails_leaves_the_star_and_the_cells_as_they_were(cast, settings, tmp_path, monkeypatch):
    settings.HOME = tmp_path
    made = programme(cast)
    twelve_journeys(cast, made)
    with clock.at(MOMENT):
        publishing.publish_figures()
        before = cells(), (tmp_path / "star" / "months.parquet").read_bytes()
        monkeypatch.setattr(sys, "executable", "/bin/false")
        with pytest.raises(writing.Failed):
            publishing.publish_figures()

    assert (cells(), (tmp_path / "star" / "months.parquet").read_bytes()) == before
    assert {path.name for path in tmp_path.iterdir()} == {"star"}


@pytest.mark.django_db
def test_two_stars_cannot_be_laid_over_each_other(cast, tmp_path):
    made = programme(cast)
    twelve_journeys(cast, made)
    keys = []
    for name in ("first", "second"):
        with clock.at(MOMENT):
            publishing.publish_here(tmp_path / name)
        rows = duckdb.sql(f"SELECT journey FROM '{tmp_path}/{name}/months.parquet'").fetchall()
        keys.append({key for (key,) in rows})

    assert keys[0] and not keys[0] & keys[1]


@pytest.mark.django_db
def test_the_stricter_rule_is_the_programmes_own(cast):
    usual = programme(cast)
    strict = programme(cast, name="Strict", small_numbers="cms")
    publishing.replace_cells(
        counts={
            Cell("agreement", made.id.hex, "supervision", 202605): Counts(whole=40, part=part)
            for made, part in ((usual, 32), (strict, 32))
        },
        by=None,
    )

    shown = {row.programme_id: (row.numerator, row.denominator) for row in PublishedCell.objects.all()}
    # 8 of 40 without an agreement is a small number by the stricter rule
    assert shown == {usual.id: (30, 40), strict.id: (None, 40)}


@pytest.mark.django_db
def test_figures_of_journeys_in_no_programme_are_published_nowhere(cast):
    programme(cast)
    publishing.replace_cells(
        counts={Cell("agreement", "-", "supervision", 202605): Counts(whole=40, part=20)}, by=None
    )

    assert not PublishedCell.objects.exists()


@pytest.mark.django_db
def test_what_the_rules_say_is_noted_once_and_cleared_when_they_no_longer_do(cast, monkeypatch):
    from alongside.programmes import suggestions

    one = journey(cast, "2026-01-02", *ACTIVE)
    monkeypatch.setattr(
        suggestions, "_speaking", lambda: iter([(one.id, "N1", "goal"), (one.id, "N1", "goal")])
    )
    with clock.at(MOMENT):
        note_suggestions(by=None)
        note_suggestions(by=None)
    monkeypatch.setattr(suggestions, "_speaking", lambda: iter([]))
    with clock.at(MOMENT + dt.timedelta(days=3)):
        note_suggestions(by=None)

    [row] = SuggestedReview.objects.all()
    assert (row.raised_on, row.cleared_on) == (dt.date(2026, 6, 10), dt.date(2026, 6, 13))


@pytest.mark.django_db
def test_a_journey_that_stands_still_is_noted_by_the_rules_themselves(cast):
    """Two meetings missed in a row: the rules speak without any score."""
    one = journey(cast, "2026-01-02", *ACTIVE)
    with clock.at(MOMENT):
        for day in ("2026-05-20", "2026-06-03"):
            meeting(cast, one, day, "missed")
        note_suggestions(by=None)

    assert {(row.journey_id, row.raised_on) for row in SuggestedReview.objects.all()} == {
        (one.id, dt.date(2026, 6, 10))
    }
    assert at("2026-06-10").date() == dt.date(2026, 6, 10)


def test_reading_the_star_brings_no_second_sqlite_into_a_process_of_django():
    """The engine is imported without any scanner: nothing of it can open the live file."""
    code = (
        "import duckdb, alongside.programmes.star.files as files\n"
        "with files.connect() as engine:\n"
        "    try:\n        engine.execute(\"ATTACH 'x.sqlite3' (TYPE sqlite)\")\n"
        "    except duckdb.Error as error:\n        print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "refused", connection.vendor


@pytest.mark.django_db(transaction=True)
def test_the_command_publishes_and_says_no_count(cast, settings, tmp_path, capsys):
    settings.HOME = tmp_path
    twelve_journeys(cast, programme(cast))
    with clock.at(MOMENT):
        done = commands.figures(argparse.Namespace(engine="duckdb", master=""))

    assert (done, cells() != {}) == (0, True)
    assert capsys.readouterr().out == f"Published {len(cells())} figures of whole months.\n"


@pytest.mark.django_db
def test_without_spark_the_command_says_how_to_get_it_and_changes_nothing(
    cast, settings, tmp_path, capsys, monkeypatch
):
    settings.HOME = tmp_path
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    monkeypatch.setattr(publishing, "write_star", lambda folder, last: None)
    programme(cast)

    assert commands.figures(argparse.Namespace(engine="spark", master="local[2]")) == 1
    assert "pip install 'alongside[spark]'" in capsys.readouterr().err
    assert not PublishedCell.objects.exists()

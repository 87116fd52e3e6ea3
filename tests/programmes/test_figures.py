"""The SQL that ships is what the expressions say, and both say what the plain Python definition says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.programmes.figures import texts
from alongside.programmes.figures.catalogue import FIGURES, TODAY
from alongside.programmes.figures.definition import Cell, Counts, counts_of
from alongside.programmes.publishing import counts_in
from alongside.programmes.star import files
from alongside.programmes.star.rows import ROWS, EndingRow, Tables
from tests.programmes.stars import star
from tests.sizes import many

pytestmark = pytest.mark.one_database


def write(tables: Tables, folder) -> None:
    writer = files.Writer(folder)
    writer.add(tables)
    writer.finish()


@settings(max_examples=many(25, 500))
@given(seed=st.integers(0, 10**9), journeys=st.integers(0, 120))
def test_the_sql_answers_as_the_definition_does(tmp_path_factory, seed, journeys):
    folder = tmp_path_factory.mktemp("star")
    tables = star(seed, journeys)
    write(tables, folder)

    assert counts_in(folder) == counts_of(tables)


def test_the_sql_answers_as_the_definition_does_of_ten_thousand_journeys(tmp_path):
    tables = star(7, 10_000)
    write(tables, tmp_path)

    assert counts_in(tmp_path) == counts_of(tables)


def test_the_texts_that_ship_are_compiled_from_the_expressions():
    expressions = pytest.importorskip("alongside.programmes.figures.expressions")
    compiled = expressions.texts()

    assert {file: file.read_text() for file in sorted(texts.FOLDER.rglob("*.sql"))} == dict(
        sorted(compiled.items())
    )


def test_every_figure_has_a_text_a_definition_and_words():
    defined = {cell.figure for cell in counts_of(star(3, 3_000))}

    assert defined == set(FIGURES)
    assert set(TODAY) <= set(FIGURES)
    for figure in FIGURES.values():
        assert str(figure.counted).endswith(".") and str(figure.of).endswith(".")


def ending(**facts) -> EndingRow:
    whole = {
        "journey": "j",
        "organisation": "o",
        "programme": "p",
        "kind": "treatment",
        "month": 202403,
        "how": "completed",
        "closed": True,
        "support": True,
        "taken_along": True,
        "weeks": 12,
        "contacts": 2,
        "goals": 0,
        "goals_reached": 0,
        "paired": True,
        "case_at_start": True,
        "recovered": False,
        "change": "none",
    }
    return EndingRow(**{**whole, **facts})


def test_talking_therapy_divides_as_the_published_figures_do():
    rows = [
        ending(),
        ending(recovered=True, change="improvement"),
        ending(recovered=True),
        ending(change="deterioration"),
        ending(case_at_start=False, recovered=None, change="improvement"),
        # without scores: in every whole, of those with both scores in none
        ending(paired=False, case_at_start=None, recovered=None, change="-"),
        # not finished: one contact, gone on with another guide, no treatment
        ending(contacts=1, recovered=True, change="improvement"),
        ending(how="transferred", recovered=True, change="improvement"),
        ending(kind="mentoring", recovered=True, change="improvement"),
    ]
    counts = counts_of(Tables([], [], [], rows))

    def of(figure: str) -> Counts:
        return counts[Cell(figure, "p", "treatment", 202403)]

    assert of("tt_recovery") == Counts(whole=5, part=2)
    assert of("tt_reliable_recovery") == Counts(whole=5, part=1)
    assert of("tt_improvement") == Counts(whole=6, part=2)
    assert of("tt_improvement_paired") == Counts(whole=5, part=2)
    assert of("tt_deterioration") == Counts(whole=6, part=1)
    assert Cell("tt_recovery", "p", "mentoring", 202403) not in counts


def test_the_columns_of_the_star_are_these_and_no_others():
    """The allow-list. A column more is a decision, made here with its reason: none holds text, a name or a day."""
    head = {
        "journey": "VARCHAR",
        "organisation": "VARCHAR",
        "programme": "VARCHAR",
        "kind": "VARCHAR",
        "month": "BIGINT",
    }
    yes, number = "BOOLEAN", "BIGINT"

    assert {name: files.columns_of(name) for name in ROWS} == {
        "months": head | {"agreed": yes, "days_since_met": number, "every_days": number, "booked": yes},
        "meetings": head
        | {"held": yes, "missed": yes, "first": yes, "sides_prepared": number}
        | {"prepared": yes, "protected": yes, "measured": yes, "questionnaires": yes},
        "dues": head | {"sort": "VARCHAR", "days": number},
        "endings": head
        | {"how": "VARCHAR", "closed": yes, "support": yes, "taken_along": yes, "weeks": number}
        | {"contacts": number, "goals": number, "goals_reached": number, "paired": yes}
        | {"case_at_start": yes, "recovered": yes, "change": "VARCHAR"},
    }


def test_the_engine_fetches_no_extension_and_knows_none_that_reads_a_database():
    with files.connect() as engine:
        settings = dict(
            engine.execute(
                "SELECT name, value FROM duckdb_settings() WHERE name LIKE 'auto%extension%'"
            ).fetchall()
        )
        loaded = {
            name
            for (name,) in engine.execute(
                "SELECT extension_name FROM duckdb_extensions() WHERE loaded"
            ).fetchall()
        }

    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
    assert not {"sqlite_scanner", "postgres_scanner", "httpfs"} & loaded

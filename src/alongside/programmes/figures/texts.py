"""The SQL texts that ship: one for each figure and engine, compiled from `expressions`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("sql")
DIALECTS = ("duckdb", "spark")


@cache
def text(figure: str, dialect: str = "duckdb") -> str:
    return (FOLDER / dialect / f"{figure}.sql").read_text()

"""The star as Parquet files: written beside and put in place whole, so that a killed worker leaves the old one."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import get_type_hints

import duckdb

from .rows import ROWS, Tables

TYPES = {"str": "VARCHAR", "int": "BIGINT", "bool": "BOOLEAN"}


def columns_of(name: str) -> dict[str, str]:
    """The columns of one table with their types: the allow-list."""
    found = {}
    for column, hint in get_type_hints(ROWS[name]).items():
        kind = hint.__name__ if isinstance(hint, type) else str(hint).removesuffix(" | None")
        found[column] = TYPES[kind]
    return found


class Writer:
    """Takes rows table by table and makes Parquet of them; memory holds none of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files = {name: (folder / f"{name}.csv").open("w", newline="") for name in ROWS}
        self._rows = {name: csv.writer(file) for name, file in self._files.items()}

    def add(self, tables: Tables) -> None:
        for name, rows in tables._asdict().items():
            self._rows[name].writerows(rows)

    def finish(self) -> None:
        """Pack what was added, and leave nothing else in the folder."""
        for file in self._files.values():
            file.close()
        with connect() as engine:
            for name in ROWS:
                source = self.folder / f"{name}.csv"
                columns = ", ".join(f"'{column}': '{kind}'" for column, kind in columns_of(name).items())
                # what is not there is written as nothing; no text in the star is empty. Nothing is guessed of a file
                rows = engine.sql(
                    f"SELECT * FROM read_csv($1, auto_detect=false, header=false, delim=',', nullstr='',"  # noqa: S608
                    f" columns={{{columns}}})",
                    params=[str(source)],
                )
                rows.write_parquet(str(self.folder / f"{name}.parquet"), compression="zstd")
                source.unlink()


def connect() -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches no extension and keeps nothing."""
    return duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "threads": 2,
            "memory_limit": "1GB",
        },
    )


def put_in_place(made: Path, place: Path) -> None:
    """Let what was made whole stand where the old one stood. In between there is the old one or the new one."""
    aside = place.with_name(f"{place.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    if place.exists():
        place.rename(aside)
    made.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def run(texts: Mapping[str, str], folder: Path) -> dict[str, list[tuple]]:
    """What each text answers over the star in this folder."""
    with connect() as engine:
        for name in ROWS:
            engine.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
        return {figure: engine.execute(text).fetchall() for figure, text in texts.items()}

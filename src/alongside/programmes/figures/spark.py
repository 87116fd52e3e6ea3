"""The same figures on Spark, for those whose data already lives there: needs `alongside[spark]` and a cluster, or Java."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..star.rows import ROWS


class Missing(Exception):
    """Spark is not installed."""


def connect(master: str) -> Any:
    """A session at `master`: `local[2]`, `spark://…`, or `sc://…` for Spark Connect."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Missing(
            "Spark is not installed here. Install it with: pip install 'alongside[spark]'"
        ) from error
    builder = SparkSession.builder
    builder = builder.remote(master) if master.startswith("sc://") else builder.master(master)
    return builder.appName("Alongside figures").getOrCreate()


def run(texts: Mapping[str, str], folder: Path, master: str) -> dict[str, list[tuple]]:
    """What each text answers over the star in this folder, which the cluster can read as well."""
    session = connect(master)
    try:
        for name in ROWS:
            session.read.parquet(str(folder / f"{name}.parquet")).createOrReplaceTempView(name)
        return {figure: [tuple(row) for row in session.sql(text).collect()] for figure, text in texts.items()}
    finally:
        session.stop()

"""`alongside figures`: write the star and publish the figures now, by DuckDB or on Spark."""

from __future__ import annotations

import argparse
import sys

from .figures.spark import Missing
from .publishing import publish_figures
from .star.writing import Failed


def figures(arguments: argparse.Namespace) -> int:
    """Says how many cells may be shown, and never a count."""
    try:
        cells = publish_figures(spark=arguments.master if arguments.engine == "spark" else "")
    except (Failed, Missing) as trouble:
        sys.stderr.write(f"No figure was changed. {trouble}\n")
        return 1
    sys.stdout.write(f"Published {cells} figures of whole months.\n")
    return 0

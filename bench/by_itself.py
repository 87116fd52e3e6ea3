"""One measurement by itself: `python -m bench.caseload`, `bench.words`, `bench.search`, or with `--db postgres`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from .clusters import cluster_on, databases
from .servers import DatabaseCluster


def run(figures: Callable[[DatabaseCluster, bool], dict[str, Any]]) -> int:
    """Print what was found. With `--quick` it only shows that all of it works."""
    asked = "postgres" if "postgres" in sys.argv[1:] else "sqlite"
    with cluster_on(databases(asked)[0]) as found:
        print(json.dumps(figures(found, "--quick" in sys.argv), indent=1))
    return 0

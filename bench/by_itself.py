"""One measurement by itself: `python -m bench.caseload`, `bench.words`, `bench.search`, or with `--db postgres`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from .servers import DatabaseCluster


def run(figures: Callable[[DatabaseCluster, bool], dict[str, Any]]) -> int:
    """Print what was found. With `--quick` it only shows that all of it works."""
    from .__main__ import _cluster, _databases

    asked = "postgres" if "postgres" in sys.argv[1:] else "sqlite"
    with _cluster(_databases(asked)[0]) as cluster:
        print(json.dumps(figures(cluster, "--quick" in sys.argv), indent=1))
    return 0

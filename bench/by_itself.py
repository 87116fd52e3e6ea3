"""One measurement by itself: `python -m bench.caseload`, `bench.words`, `bench.finding`, or with `--db postgres`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from .houses import Street


def run(figures: Callable[[Street, bool], dict[str, Any]]) -> int:
    """Print what was found. With `--quick` it only shows that all of it works."""
    from .__main__ import _databases, _street

    asked = "postgres" if "postgres" in sys.argv[1:] else "sqlite"
    with _street(_databases(asked)[0]) as street:
        print(json.dumps(figures(street, "--quick" in sys.argv), indent=1))
    return 0

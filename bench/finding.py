"""What finding words costs somebody with 20, 200 and 2,000 journeys: all they may read is opened, each time anew.

python -m bench.finding [--db postgres]
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from . import houses
from .caseload import SIZES
from .houses import CLONE


def finding_figures(street: houses.Street) -> dict[str, Any]:
    found = {}
    for size in SIZES:
        house = street.build(size, seeded_as=("--each", str(size), "--pages", "today"))
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.find_once"],
            env=house.environment,
            cwd=CLONE,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found[str(size)] = json.loads(done.stdout)
    return found


def main() -> int:
    from .__main__ import _databases, _street

    asked = "postgres" if "postgres" in sys.argv[1:] else "sqlite"
    with _street(_databases(asked)[0]) as street:
        print(json.dumps(finding_figures(street), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())

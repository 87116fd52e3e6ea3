"""What finding words costs somebody with 20, 200 and 2,000 journeys: all they may read is opened, each time anew.

python -m bench.finding [--db postgres]
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from . import by_itself, servers
from .caseload import QUICK_SIZES, SIZES
from .servers import CLONE


def finding_figures(cluster: servers.DatabaseCluster, quick: bool) -> dict[str, Any]:
    found = {}
    for size in QUICK_SIZES if quick else SIZES:
        server = cluster.build(size, seeded_as=("--each", str(size), "--pages", "today"))
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.search_once"],
            env=server.environment,
            cwd=CLONE,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        found[str(size)] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    sys.exit(by_itself.run(finding_figures))

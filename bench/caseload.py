"""Today and the list of journeys for guides with few, many and very many journeys, beside their floor.

    python -m bench.caseload [--db postgres]

Here the server is one guide's: what grows is not the database around them but what they themselves have to look at.
"""

from __future__ import annotations

import sys
from typing import Any

from . import by_itself, measuring, servers
from .measuring import Size

SIZES = (20, 200, 2_000)
QUICK_SIZES = (4, 8)
PAGES = ("today", "caseload")
ENOUGH = Size(requests=12, blocks=2, warm_up=6)
RATIO = 5


def caseload_figures(cluster: servers.DatabaseCluster, quick: bool) -> dict[str, Any]:
    """For each page and each number of journeys: p50, floor, ratio, bytes; and how it grows beside what it looks at."""
    sizes = QUICK_SIZES if quick else SIZES
    built = [
        cluster.build(size, seeded_as=("--each", str(size), "--pages", ",".join(PAGES))) for size in sizes
    ]
    for server in built:
        servers.start(server)
    servers.say(f"{cluster.database}: measuring caseloads")
    blocks = measuring.measure(built, measuring.QUICK if quick else ENOUGH)
    pages = measuring.figures(blocks, built)
    return {"at_most": RATIO, "pages": {name: _figures(page, sizes) for name, page in pages.items()}}


def _figures(page: dict[str, Any], sizes: tuple[int, ...]) -> dict[str, Any]:
    found = {}
    for size in sizes:
        at = page["journeys"][str(size)]
        alone = at["concurrency"]["1"]
        found[str(size)] = {
            "p50_ms": alone["p50_ms"],
            "p95_ms": alone["p95_ms"],
            "floor_ms": alone["floor"]["p50_ms"],
            "ratio_to_floor": alone["ratio_to_floor"],
            "queries": at["queries"],
            "bytes": at["bytes"],
        }
    few, many = found[str(sizes[0])], found[str(sizes[-1])]
    return {
        "ratio_to_floor": max(one["ratio_to_floor"] for one in found.values()),
        "growth": round(many["p50_ms"] / few["p50_ms"], 2),
        "growth_of_journeys": sizes[-1] / sizes[0],
        "growth_of_bytes": round(many["bytes"] / few["bytes"], 2),
        "journeys": found,
    }


if __name__ == "__main__":
    sys.exit(by_itself.run(caseload_figures))

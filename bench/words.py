"""Writing: a save as one types beside the bare commit of the same bytes, and many meetings open at once.

    python -m bench.words [--db postgres] [--quick]

The bare commit is measured twice: sent over the same server, where it commits what the save commits and does nothing
else, and in a process of its own without any server.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import Any

from . import by_itself, measuring, servers
from .measuring import Size
from .servers import CLONE, BenchServer

SAVE_AT_MOST = 3
"""Times the bare commit."""
SLOWEST_AT_MOST = 10
"""p95 in times of p50, with so many meetings open."""
MEETINGS, QUICK_MEETINGS = 200, 4
ENOUGH = Size(requests=200, blocks=5, warm_up=60)


def words_figures(cluster: servers.DatabaseCluster, quick: bool) -> dict[str, Any]:
    meetings = QUICK_MEETINGS if quick else MEETINGS
    server = cluster.build(meetings, seeded_as=("--each", "2", "--pages", "autosave", "--all-open"))
    servers.start(server)
    try:
        servers.say(f"{cluster.database}: measuring saves and {meetings} open meetings")
        return {
            "save": save_figures(server, quick),
            "open_meetings": open_meetings(server, quick),
        }
    finally:
        servers.stop(server)


def save_figures(server: BenchServer, quick: bool) -> dict[str, Any]:
    page = server.facts["pages"]["autosave"]
    page["floor"] = [path.replace("/bench/floor/", "/bench/commit/") for path in page["floor"]]
    blocks = measuring.measure([server], measuring.QUICK if quick else ENOUGH)
    alone = measuring.figures(blocks, [server])["autosave"]["journeys"][str(server.journeys)]["concurrency"][
        "1"
    ]
    bare = _without_server(server, 40 if quick else 1000)
    return {
        "p50_ms": alone["p50_ms"],
        "p95_ms": alone["p95_ms"],
        "commit_ms": alone["floor"]["p50_ms"],
        "ratio_to_commit": alone["ratio_to_floor"],
        "at_most": SAVE_AT_MOST,
        "commit_without_server_ms": bare,
        "ratio_to_commit_without_server": round(alone["p50_ms"] / bare, 1),
    }


def _without_server(server: BenchServer, times: int) -> float:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.bare_commit", str(times)],
        env=server.environment,
        cwd=CLONE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return float(done.stdout)


def open_meetings(server: BenchServer, quick: bool) -> dict[str, Any]:
    """Everybody has the page of their meeting open; they ask every second, and save every twenty."""
    facts = server.facts
    names = list(facts["cookies"])
    plan = {
        "port": server.port,
        "cookies": {names[1]: facts["cookies"][names[1]]},
        "session_cookie": names[0],
        "csrf": facts["csrf"],
        "tables": facts["tables"],
        "open_pages": True,
        "warm_up": 1 if quick else 10,
        "seconds": 3 if quick else 40,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.tables"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        cwd=CLONE,
    )
    if done.returncode:
        raise SystemExit("the client of the open meetings gave up; see above")
    said = json.loads(done.stdout)
    asked, saved = sorted(said["asked_ms"]), sorted(said["saved_ms"])
    every = sorted([*asked, *saved])
    return {
        "meetings": len(facts["tables"]),
        "browsers": said["browsers"],
        "requests_per_second": round(len(every) / said["seconds"], 1),
        "asked": _times(asked),
        "saved": _times(saved),
        "p50_ms": _times(every)["p50_ms"],
        "p95_ms": _times(every)["p95_ms"],
        "slowest_to_middle": round(_at(every, 0.95) / _at(every, 0.5), 2),
        "at_most": SLOWEST_AT_MOST,
    }


def _times(ms: list[float]) -> dict[str, Any]:
    if not ms:
        return {"count": 0, "p50_ms": None, "p95_ms": None}
    return {"count": len(ms), "p50_ms": round(statistics.median(ms), 2), "p95_ms": round(_at(ms, 0.95), 2)}


def _at(ms: list[float], part: float) -> float:
    return ms[min(len(ms) - 1, int(len(ms) * part))]


if __name__ == "__main__":
    sys.exit(by_itself.run(words_figures))

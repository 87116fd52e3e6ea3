"""What the open house takes while nobody asks for anything: `python -m bench.footprint [--db postgres]`.

Memory is PSS: what several processes share is counted once. The start is from the command to the first whole page, in a
home that was set up before; the tables are those of a small organisation.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from alongside.config import serving

from . import by_itself, servers
from .servers import CLONE, BenchServer

MIB_AT_MOST = 250
SECONDS_AT_MOST = 3
STARTS, QUICK_STARTS = 5, 1
IDLE = 5.0
"""Seconds after the worker has shown its first sign of life."""


def footprint_figures(cluster: servers.DatabaseCluster, quick: bool) -> dict[str, Any]:
    server = cluster.build(3)
    servers._python(server.environment, "-m", "alongside.config.command", "setup")
    servers.say(f"{cluster.database}: measuring starts and memory")
    started = [_opened(server) for _ in range(QUICK_STARTS if quick else STARTS)]
    return {
        "start_seconds": round(statistics.median(one["seconds"] for one in started), 2),
        "start_seconds_at_most": SECONDS_AT_MOST,
        "memory_mib": round(statistics.median(one["mib"] for one in started), 1),
        "memory_mib_at_most": MIB_AT_MOST,
        "processes": started[0]["processes"],
    }


def _opened(server: BenchServer) -> dict[str, Any]:
    """Open the house as `alongside serve` does, with two workers and the background worker, and close it again."""
    port = servers.free_port()
    command = ["-m", "alongside.config.command", "serve", f"--port={port}", f"--workers={servers.WORKERS}"]
    log = Path(server.environment["ALONGSIDE_HOME"]) / "footprint.log"
    began = time.perf_counter()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command],
            env=server.environment,
            cwd=CLONE,
            stdout=out,
            stderr=out,
            preexec_fn=serving.end_with_parent,
        )
    try:
        _wait_for(process, port, "/accounts/login/", log)
        seconds = time.perf_counter() - began
        _wait_for(process, port, "/healthz", log)
        time.sleep(IDLE)
        tree = _tree(process.pid)
        return {"seconds": seconds, "mib": sum(map(_pss, tree)) / 1024, "processes": len(tree)}
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str, log: Path) -> None:
    until = time.monotonic() + servers.PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                answer.read()
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError("the house did not open:\n" + log.read_text()[-3000:])


def _tree(root: int) -> list[int]:
    parents = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            found = re.search(r"^PPid:\s+(\d+)$", status.read_text(), re.M)
        except OSError:
            continue
        if found:
            parents[int(status.parent.name)] = int(found[1])
    tree = [root]
    for pid in tree:
        tree += [child for child, parent in parents.items() if parent == pid]
    return tree


def _pss(pid: int) -> int:
    """In kilobytes."""
    found = re.search(r"^Pss:\s+(\d+) kB$", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    sys.exit(by_itself.run(footprint_figures))

"""The order of a measurement, and what is made of its times.

Page and floor take turns in short blocks, and so do the small and the large server, so that whatever else the machine
does meanwhile falls on all of them.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from . import servers
from .servers import CLONE, BenchServer

CONCURRENCIES = (1, 4)


@dataclass(frozen=True)
class Size:
    """How much is asked for: `requests` in a block, `blocks` of each, `warm_up` requests before all."""

    requests: int = 100
    blocks: int = 3
    warm_up: int = 60


QUICK = Size(requests=10, blocks=1, warm_up=8)


def measure(of: list[BenchServer], size: Size) -> list[dict[str, Any]]:
    """Run the whole plan against servers that are open. Answers with its blocks and their times."""
    plan = {
        "servers": {str(server.journeys): _door(server) for server in of},
        "lines": max(CONCURRENCIES),
        "workers": servers.WORKERS,
        "blocks": [*_warm_up(of, size), *_blocks(of, size)],
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(plan),
        stdout=subprocess.PIPE,
        text=True,
        cwd=CLONE,
    )
    if done.returncode:
        raise SystemExit("the client gave up; see above")
    answer = json.loads(done.stdout)
    for name, processes in answer["processes"].items():
        if len(set(processes)) < servers.WORKERS:
            servers.say(f"  careful: all connections to server {name} were taken by one process")
    return [block for block in answer["blocks"] if not block["warm_up"]]


def _door(server: BenchServer) -> dict[str, Any]:
    return {"port": server.port, "cookies": server.facts["cookies"], "csrf": server.facts["csrf"]}


def _warm_up(of: list[BenchServer], size: Size) -> list[dict[str, Any]]:
    """Page before floor, on every connection: what is done once in each process and login session is done by then."""
    return [
        _block(server, name, what, concurrency, size.warm_up, warm_up=True)
        for server in of
        for name in server.facts["pages"]
        for what in ("page", "floor")
        for concurrency in CONCURRENCIES
    ]


def _blocks(of: list[BenchServer], size: Size) -> list[dict[str, Any]]:
    return [
        _block(server, name, what, concurrency, size.requests, warm_up=False)
        for name in of[0].facts["pages"]
        for concurrency in CONCURRENCIES
        for _ in range(size.blocks)
        for server in of
        for what in ("page", "floor")
    ]


def _block(
    server: BenchServer, name: str, what: str, concurrency: int, requests: int, *, warm_up: bool
) -> dict[str, Any]:
    page = server.facts["pages"][name]
    return {
        "server": str(server.journeys),
        "name": name,
        "what": what,
        "method": page["method"],
        "paths": page[what],
        "concurrency": concurrency,
        "requests": requests,
        "warm_up": warm_up,
    }


def figures(blocks: list[dict[str, Any]], of: list[BenchServer]) -> dict[str, dict[str, Any]]:
    """For each page: at each size and concurrency its times beside the floor's; then ratio and growth."""
    found: dict[str, dict[str, Any]] = {}
    for name, page in of[0].facts["pages"].items():
        sizes = {
            str(server.journeys): {
                "queries": server.facts["pages"][name]["queries"],
                "bytes": server.facts["pages"][name]["bytes"],
                "built": server.facts["pages"][name]["built"],
                "concurrency": {
                    str(number): _beside_floor(blocks, str(server.journeys), name, number)
                    for number in CONCURRENCIES
                },
            }
            for server in of
        }
        small, large = (sizes[str(server.journeys)]["concurrency"]["1"] for server in (of[0], of[-1]))
        found[name] = {
            "method": page["method"],
            "queries": max(size["queries"] for size in sizes.values()),
            "bytes": max(size["bytes"] for size in sizes.values()),
            "built": max(size["built"] for size in sizes.values()),
            "ratio_to_floor": max(small["ratio_to_floor"], large["ratio_to_floor"]),
            "growth": round(large["p50_ms"] / small["p50_ms"], 3),
            "requests_per_second": sizes[str(of[-1].journeys)]["concurrency"]["4"]["requests_per_second"],
            "journeys": sizes,
        }
    return found


def _beside_floor(blocks: list[dict[str, Any]], server: str, name: str, concurrency: int) -> dict[str, Any]:
    page, floor = (
        _times(
            [
                b
                for b in blocks
                if (b["server"], b["name"], b["concurrency"], b["what"]) == (server, name, concurrency, what)
            ]
        )
        for what in ("page", "floor")
    )
    return {**page, "floor": floor, "ratio_to_floor": round(page["p50_ms"] / floor["p50_ms"], 2)}


def _times(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    ms = sorted(time for block in blocks for time in block["ms"])
    return {
        "requests_per_second": round(len(ms) / sum(block["seconds"] for block in blocks), 1),
        "p50_ms": round(statistics.median(ms), 3),
        "p95_ms": round(ms[min(len(ms) - 1, int(len(ms) * 0.95))], 3),
        "p50_ms_of_blocks": [round(statistics.median(block["ms"]), 3) for block in blocks],
    }

"""`python -m bench`: how fast the pages are, beside a floor measured in the same run. See docs/explanation/speed.md."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from . import measuring, report, servers
from .caseload import caseload_figures
from .clusters import cluster_on, databases
from .footprint import footprint_figures
from .words import words_figures

RESULTS = Path(__file__).parent / "results"
SIZES = (200, 20_000)
QUICK_SIZES = (3, 6)
FURTHER = {"caseload": caseload_figures, "words": words_figures, "footprint": footprint_figures}


def main() -> int:
    arguments = _parser().parse_args()
    if arguments.verb == "profile":
        return profile(arguments)
    return run(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--db", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument(
        "--quick", action="store_true", help="a run of seconds that only shows that all of it works"
    )
    parser.add_argument("--strict", action="store_true", help="fail when a target isn't reached")
    parser.add_argument("--out", type=Path, help="where the figures go (bench/results/latest.json)")
    verbs = parser.add_subparsers(dest="verb", metavar="profile")
    one = verbs.add_parser("profile", help="where the time of one page goes, in this process")
    one.add_argument("page", choices=["today", "journey", "meeting", "autosave"])
    one.add_argument("--journeys", type=int, default=200)
    one.add_argument("--times", type=int, default=30)
    one.add_argument("--sort", default="cumulative")
    one.add_argument("--lines", type=int, default=30)
    return parser


def run(arguments: argparse.Namespace) -> int:
    results: dict[str, Any] = {
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "quick": arguments.quick,
        "machine": report.machine(),
        "server": {"workers": servers.WORKERS, "threads": servers.THREADS},
        **pure_figures(arguments.quick),
        "databases": {},
    }
    for database in databases(arguments.db):
        results["databases"][database] = measure(database, arguments.quick)
        # each in servers of its own kind
        for name, figures in FURTHER.items():
            with cluster_on(database) as cluster:
                results["databases"][database][name] = figures(cluster, arguments.quick)
    results["targets"] = [
        *report.targets(results["databases"]),
        *report.further_targets(results["databases"]),
        *report.beside_sqlite(results["databases"]),
        *report.pure_targets(results),
    ]
    out = arguments.out or RESULTS / ("quick.json" if arguments.quick else "latest.json")
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=1) + "\n")
    print(report.table(results))
    print(f"\nThe figures are in {out}")
    return 1 if arguments.strict and not all(one["reached"] for one in results["targets"]) else 0


def pure_figures(quick: bool) -> dict[str, Any]:
    """What needs neither database nor server: reading a large calendar, finding times, and scoring many readings."""
    settings.configure(USE_I18N=False)
    from . import calendars, scoring, slots  # the measures name themselves when they are imported

    return {
        "calendars": calendars.calendars_figures(**({"events": 2_000, "blocks": 1} if quick else {})),
        "slots": slots.slots_figures(**({"blocks": 3} if quick else {})),
        "scoring": scoring.scoring_figures(**({"readings": 20_000} if quick else {})),
    }


def measure(database: str, quick: bool) -> dict[str, Any]:
    size = measuring.QUICK if quick else measuring.Size()
    with cluster_on(database) as cluster:
        for journeys in QUICK_SIZES if quick else SIZES:
            cluster.build(journeys, check=journeys < 1000)
        for server in cluster.servers:
            servers.start(server)
        servers.say(f"{database}: measuring")
        blocks = measuring.measure(cluster.servers, size)
        about = ("journeys", "rows", "seed_seconds")
        return {
            "version": cluster.servers[0].facts["database"]["version"],
            "requests_per_block": size.requests,
            "blocks": size.blocks,
            "servers": [{name: server.facts[name] for name in about} for server in cluster.servers],
            "pages": measuring.figures(blocks, cluster.servers),
        }


def profile(arguments: argparse.Namespace) -> int:
    with cluster_on(databases(arguments.db)[0]) as cluster:
        server = cluster.build(arguments.journeys)
        words = [
            arguments.page,
            f"--times={arguments.times}",
            f"--sort={arguments.sort}",
            f"--lines={arguments.lines}",
        ]
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-m", "bench.profiling", *words],
            env=server.environment,
            cwd=servers.CLONE,
            input=json.dumps(server.facts),
            text=True,
        ).returncode


if __name__ == "__main__":
    sys.exit(main())

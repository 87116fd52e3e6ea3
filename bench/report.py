"""The targets, the table, and the machine the figures were made on."""

from __future__ import annotations

import os
import platform
from importlib import metadata
from pathlib import Path
from typing import Any

RATIO = 5
REQUESTS_PER_SECOND = 150
GROWTH = 1.15
QUERIES = 12
HTML_BYTES = 60_000
TIMES_SQLITE = 1.2
FOOTPRINT = ("start_seconds", "memory_mib")
# An autosave is one small write: it is measured, but of the targets only its ratio, growth and queries mean anything.
FASTEST_FOR = "journey"


def machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "packages": {
            name: metadata.version(name) for name in ("django", "granian", "psycopg", "cryptography")
        },
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def targets(databases: dict[str, Any]) -> list[dict[str, Any]]:
    """Every target with what was found, for each page on each database."""
    found = []
    for database, measured in databases.items():
        for name, page in measured["pages"].items():
            rows = [
                ("ratio_to_floor", "at most", RATIO, page["ratio_to_floor"]),
                ("growth", "at most", GROWTH, page["growth"]),
                ("queries", "at most", QUERIES, page["queries"]),
            ]
            if page["method"] == "GET":
                rows.append(("bytes", "at most", HTML_BYTES, page["bytes"]))
            if name == FASTEST_FOR:
                rows.append(
                    ("requests_per_second", "at least", REQUESTS_PER_SECOND, page["requests_per_second"])
                )
            found += [
                {
                    "database": database,
                    "page": name,
                    "figure": figure,
                    "aim": f"{bound} {aim}",
                    "found": value,
                    "reached": value <= aim if bound == "at most" else value >= aim,
                }
                for figure, bound, aim, value in rows
            ]
    return found


def further_targets(databases: dict[str, Any]) -> list[dict[str, Any]]:
    """Of guides with many journeys, of a save as one types, and of many meetings open at once."""
    found = []
    for database, measured in databases.items():
        caseload, words = measured["caseload"], measured["words"]
        rows = [
            (f"{name} of many", "ratio_to_floor", page["ratio_to_floor"], caseload["at_most"])
            for name, page in caseload["pages"].items()
        ]
        save, meetings = words["save"], words["open_meetings"]
        rows.append(("save", "ratio_to_commit", save["ratio_to_commit"], save["at_most"]))
        rows.append(("open meetings", "p95_to_p50", meetings["slowest_to_middle"], meetings["at_most"]))
        rest = measured["footprint"]
        rows += [("footprint", name, rest[name], rest[f"{name}_at_most"]) for name in FOOTPRINT]
        found += [
            {
                "database": database,
                "page": page,
                "figure": figure,
                "aim": f"at most {aim}",
                "found": value,
                "reached": value <= aim,
            }
            for page, figure, value, aim in rows
        ]
    return found


def beside_sqlite(databases: dict[str, Any]) -> list[dict[str, Any]]:
    """How long each page takes on PostgreSQL, in times of what it takes on SQLite, in the larger house."""
    if len(databases) < 2:
        return []
    found = []
    for name, page in databases["sqlite"]["pages"].items():
        size = list(page["journeys"])[-1]
        one, other = (
            databases[database]["pages"][name]["journeys"][size]["concurrency"]["1"]["p50_ms"]
            for database in ("sqlite", "postgresql")
        )
        times = round(other / one, 2)
        found.append(
            {
                "database": "postgresql",
                "page": name,
                "figure": "times_sqlite",
                "aim": f"at most {TIMES_SQLITE}",
                "found": times,
                "reached": times <= TIMES_SQLITE,
            }
        )
    return found


PURE = ("calendars", "slots", "scoring")


def pure_targets(results: dict[str, Any]) -> list[dict[str, Any]]:
    """Of what is measured without a database: reading a large calendar, finding times, and scoring many readings."""
    rows = [(name, "ratio_to_floor", results[name]["at_most"]) for name in PURE]
    rows.append(("calendars", "more_mib", results["calendars"]["at_most_mib"]))
    return [
        {
            "database": "",
            "page": name,
            "figure": figure,
            "aim": f"at most {aim}",
            "found": results[name][figure],
            "reached": results[name][figure] <= aim,
        }
        for name, figure, aim in rows
    ]


def table(results: dict[str, Any]) -> str:
    lines = [f"{name}: {results[name]['ratio_to_floor']} times its floor" for name in PURE]
    for database, measured in results["databases"].items():
        lines += ["", f"{database} {measured['version']}"]
        lines.append(
            _row(
                "page",
                "journeys",
                "req/s 1",
                "req/s 4",
                "p50 ms",
                "p95 ms",
                "floor ms",
                "ratio",
                "queries",
                "bytes",
            )
        )
        for name, page in measured["pages"].items():
            lines += [_row(name if first else "", *_cells(size, at)) for first, size, at in _sizes(page)]
            lines.append(_row("", "growth", *[""] * 5, page["growth"], "", ""))
        lines += _further(measured)
    beside = beside_sqlite(results["databases"])
    for number, one in enumerate(beside):
        lines += [
            *([""] if not number else []),
            f"{one['page']}: PostgreSQL takes {one['found']} times SQLite's p50",
        ]
    missed = [one for one in results["targets"] if not one["reached"]]
    lines += ["", f"{len(results['targets']) - len(missed)} of {len(results['targets'])} targets reached."]
    lines += [f"  {m['database']} {m['page']}: {m['figure']} {m['found']}, {m['aim']}" for m in missed]
    return "\n".join(lines)


def _further(measured: dict[str, Any]) -> list[str]:
    words = measured["words"]
    save, meetings = words["save"], words["open_meetings"]
    lines = [
        f"{name} of {size} journeys: {at['p50_ms']} ms, {at['ratio_to_floor']} times its floor"
        for name, page in measured["caseload"]["pages"].items()
        for size, at in page["journeys"].items()
    ]
    lines.append(f"a save: {save['p50_ms']} ms, {save['ratio_to_commit']} times the bare commit")
    lines.append(
        f"{meetings['meetings']} meetings open: {meetings['requests_per_second']} requests a second, "
        f"p50 {meetings['p50_ms']} ms, p95 {meetings['p95_ms']} ms"
    )
    rest = measured["footprint"]
    lines.append(
        f"from the command to the first page {rest['start_seconds']} s; idle {rest['memory_mib']} MiB in "
        f"{rest['processes']} processes"
    )
    return lines


def _sizes(page: dict[str, Any]) -> list[tuple[bool, str, dict[str, Any]]]:
    return [(index == 0, size, at) for index, (size, at) in enumerate(page["journeys"].items())]


def _cells(size: str, at: dict[str, Any]) -> tuple[Any, ...]:
    one, four = at["concurrency"]["1"], at["concurrency"]["4"]
    return (
        size,
        one["requests_per_second"],
        four["requests_per_second"],
        one["p50_ms"],
        one["p95_ms"],
        one["floor"]["p50_ms"],
        one["ratio_to_floor"],
        at["queries"],
        at["bytes"],
    )


def _row(first: str, *cells: Any) -> str:
    return f"{first:<10}" + "".join(f"{cell!s:>10}" for cell in cells)

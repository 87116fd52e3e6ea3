"""`make test`: the whole suite on SQLite, then everything that touches a database once more on PostgreSQL.

A few files run once more with the clock in the night in which it is put back: `make test-long` runs them all at many
moments. How long each test took is kept in `.cache/`, the slowest first.

    make test ARGS="--db postgres"          one of the two only
    make test ARGS="-k agreement -x"        everything else goes to pytest

The PostgreSQL half never skips: when no test ran there, the run has failed. Browser walks run on SQLite, unless
`--browser-on-both` is given: they say the same on both, and take the longest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# a machine may keep Python from keeping what it compiled: then every process would compile the whole house anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.path.insert(0, str(ROOT / "tools"))

import chromium  # noqa: E402
import postgres  # noqa: E402

COUNTS = ("tests", "failures", "errors", "skipped")
CACHE = ROOT / ".cache"
ODD_MOMENT = "2026-10-25T00:59+01:00"
"""A Sunday that began an hour ago, while it is Saturday in Greenwich; in a minute the hour comes that there is twice."""

SAMPLE = (
    "tests/test_moment.py",
    "src/alongside/overview/tests/test_today.py",
    "src/alongside/overview/tests/test_notices.py",
    "src/alongside/goals/tests/test_order_and_ticks.py",
    "src/alongside/rooms/environment/tests/test_notice.py",
    "src/alongside/rooms/environment/tests/test_week.py",
    "src/alongside/rooms/ending/tests/test_keepsake_reminders.py",
)


def main() -> int:
    parser = argparse.ArgumentParser(usage="tools/test.py [--db sqlite|postgres|both] [pytest arguments]")
    parser.add_argument("--db", choices=["sqlite", "postgres", "both"], default="both")
    parser.add_argument("--browser-on-both", action="store_true")
    chosen, rest = parser.parse_known_args()
    os.environ["CHROMIUM"] = chromium.find()
    began = time.monotonic()
    runs = []
    if chosen.db in ("sqlite", "both"):
        runs.append(run_pytest("sqlite", None, rest))
    if chosen.db == "both" and not rest:
        runs.append(run_pytest("sqlite", None, SAMPLE, at=ODD_MOMENT))
    if chosen.db in ("postgres", "both"):
        once = "one_database" if chosen.browser_on_both else "one_database or browser"
        with postgres.server() as url:
            runs.append(run_pytest("postgres", url, ["-m", f"not ({once})", *rest]))
    return close(runs, time.monotonic() - began)


def run_pytest(
    name: str, url: str | None, arguments: Iterable[str], *, at: str = "", long: bool = False
) -> dict:
    """Run pytest in a process of its own and count from its report what it really did.

    `at` moves its clock; `long` makes it try far more of what is tried at random.
    """
    called = " ".join([name, *(["at " + at] if at else []), *(["for long"] if long else [])])
    say(f"\n--- {called} ---")
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment["ALONGSIDE_TEST_DB"] = name
    if at:
        environment["ALONGSIDE_TEST_CLOCK"] = at
    if long:
        environment["ALONGSIDE_TEST_LONG"] = "1"
    if url:
        environment["DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as folder:
        environment["ALONGSIDE_TEST_HOME"] = f"{folder}/home"
        report = Path(folder) / "report.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            f"--junitxml={report}",
        ]
        code = subprocess.call([*command, *arguments], cwd=ROOT, env=environment)
        keep_durations(report, called)
        return {"name": called, "code": code, **counts(report)}


def keep_durations(report: Path, called: str) -> None:
    """How long each test took, the slowest first: a line each, in `.cache/`."""
    if report.exists():
        cases = ElementTree.parse(report).getroot().iter("testcase")
        took = sorted(
            (-float(case.get("time", 0)), f"{case.get('classname')}::{case.get('name')}") for case in cases
        )
        CACHE.mkdir(exist_ok=True)
        file = CACHE / f"durations-{called.replace(' ', '-').replace(':', '')}.txt"
        file.write_text("".join(f"{-seconds:8.2f} s  {name}\n" for seconds, name in took))


def counts(report: Path) -> dict:
    if not report.exists():
        return dict.fromkeys(COUNTS, 0)
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    total = dict.fromkeys(COUNTS, 0)
    for suite in suites:
        for name in COUNTS:
            total[name] += int(suite.get(name, 0))
    return total


def close(runs: list[dict], seconds: float) -> int:
    """Say how each half ended, then one line for both. No test run is a failure, not a success."""
    good = True
    say("")
    for run in runs:
        ran = run["tests"] - run["skipped"]
        failed = run["failures"] + run["errors"]
        good = good and run["code"] == 0 and ran > 0
        remark = "" if ran else "  (no test ran: that is a failure)"
        say(f"{run['name']:<9} {ran - failed} passed, {failed} failed, {run['skipped']} skipped{remark}")
    failed = sum(run["failures"] + run["errors"] for run in runs)
    skipped = sum(run["skipped"] for run in runs)
    passed = sum(run["tests"] for run in runs) - failed - skipped
    if not good and not failed:
        failed = 1
    say(f"in {seconds:.0f} s")
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if good and not failed else 1


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

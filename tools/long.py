"""`make test-long`: what takes longer than a minute, for the night. Three parts, all of them unless some are named.

    make test-long ARGS="clocks"             the suite on SQLite, browser walks with it, at each of many moments
    make test-long ARGS="sizes"              what is tried at random or killed again and again, many times more, on both
    make test-long ARGS="clocks --at 2027-03-28T00:59 src/alongside/rooms"      one moment; paths and the rest go to pytest

The tests are those of `make test`, which runs a few of them at one moment, and each of the sizes once. Of no size, and
of no moment, is there a test of its own.
"""

import argparse
import os
import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import chromium  # noqa: E402
import postgres  # noqa: E402
from test import close, run_pytest  # noqa: E402

MOMENTS = {
    "2026-12-07T09:00+00:00": "a Monday morning",
    "2026-12-08T12:00+00:00": "a Tuesday",
    "2026-12-09T17:30+00:00": "a Wednesday",
    "2026-12-10T07:00+00:00": "a Thursday",
    "2026-12-11T21:00+00:00": "a Friday evening",
    "2026-12-05T23:59+00:00": "a Saturday's last minute",
    "2026-12-06T00:01+00:00": "a Sunday's first",
    "2026-07-01T00:30+01:00": "a summer's night: yesterday in Greenwich, and another month",
    "2026-10-25T00:59+01:00": "the night in which the clocks go back",
    "2027-03-28T00:59+00:00": "the night in which they go forward",
    "2026-12-31T23:59+00:00": "the year's last minute",
    "2028-02-29T12:00+00:00": "a day that most years don't have",
}
"""On the wall in London."""

USES_SIZES = re.compile(r"^from tests\.sizes import|^from hypothesis import", re.M)


def main() -> int:
    parser = argparse.ArgumentParser(usage="tools/long.py [clocks] [sizes] [--at MOMENT] [pytest arguments]")
    parser.add_argument("--at", action="append")
    chosen, rest = parser.parse_known_args()
    parts = [one for one in rest if one in ("clocks", "sizes")] or ["clocks", "sizes"]
    rest = [one for one in rest if one not in parts]
    os.environ["CHROMIUM"] = chromium.find()
    began, runs = time.monotonic(), []
    if "clocks" in parts:
        runs += [run_pytest("sqlite", None, rest, at=moment) for moment in chosen.at or MOMENTS]
    if "sizes" in parts:
        files = rest or tried_again_and_again()
        runs.append(run_pytest("sqlite", None, files, long=True))
        with postgres.server() as url:
            runs.append(
                run_pytest("postgres", url, ["-m", "not (one_database or browser)", *files], long=True)
            )
    return close(runs, time.monotonic() - began)


def tried_again_and_again() -> list[str]:
    """The files whose tests take their number of tries from `tests/sizes.py`, or have one given by hypothesis."""
    files = sorted([*(ROOT / "src").rglob("test_*.py"), *(ROOT / "tests").rglob("test_*.py")])
    return [str(file.relative_to(ROOT)) for file in files if USES_SIZES.search(file.read_text())]


if __name__ == "__main__":
    sys.exit(main())

"""Where the time of one page goes: cProfile around the page in this process, and its queries with their times.

Times are of the processor, not of the clock, so that other work on the machine changes them little. Runs in the
environment of a seeded server: `python -m bench profile journey` builds a small one for it.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import logging
import pstats
import sys
import time

# as it is served: with what the served house remembers, and without what nobody pays there
import alongside.config.wsgi  # noqa: F401
from bench import pages


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("page", choices=pages.NAMES)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--sort", default="cumulative")
    parser.add_argument("--lines", type=int, default=30)
    arguments = parser.parse_args()
    logging.disable()
    facts = json.load(sys.stdin)
    page, visitor = facts["pages"][arguments.page], pages.Visitor(facts["cookies"])
    for _ in range(5):
        asked = visitor.ask(page)
    began = time.process_time()
    for _ in range(arguments.times):
        visitor.ask(page)
    each = (time.process_time() - began) * 1000 / (2 * arguments.times)
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    for _ in range(arguments.times):
        visitor.ask(page)
    profile.disable()
    print(
        f"{arguments.page}: {each:.2f} ms of processor time a request without the profiler, {len(asked.content)} bytes"
    )
    print(f"{len(asked.queries)} queries, {sum(query.ms for query in asked.queries):.2f} ms in all:")
    for query in asked.queries:
        print(f"  {query.ms:6.2f} ms  {query.sql[:150]}")
    print(f"\nThe profile is of {2 * arguments.times} requests.")
    pstats.Stats(profile).strip_dirs().sort_stats(arguments.sort).print_stats(arguments.lines)


if __name__ == "__main__":
    main()

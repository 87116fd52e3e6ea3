"""`make audit`: asks OSV which locked packages have known weaknesses. Fails where some have, or it cannot be asked."""

import json
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

from packages import Package, packages

OSV = "https://api.osv.dev/v1/querybatch"
Ask = Callable[[dict[str, Any]], dict[str, Any]]


def ask_osv(question: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(OSV, json.dumps(question).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)  # type: ignore[no-any-return]


def weaknesses(of: list[Package], ask: Ask = ask_osv) -> list[tuple[Package, list[str]]]:
    """Each package with the ids of what is known about the version that is locked."""
    question = {
        "queries": [
            {"package": {"name": each.name, "ecosystem": each.ecosystem}, "version": each.version}
            for each in of
        ]
    }
    answers = ask(question)["results"]
    found = [[row["id"] for row in answer.get("vulns", [])] for answer in answers]
    return [(package, ids) for package, ids in zip(of, found, strict=True) if ids]


def main(ask: Ask = ask_osv) -> int:
    known = packages()
    try:
        found = weaknesses(known, ask)
    except (OSError, ValueError, KeyError) as trouble:
        sys.stderr.write(f"Nothing was audited: the advisories at {OSV} could not be read ({trouble}).\n")
        return 2
    for package, ids in found:
        sys.stdout.write(f"{package.name} {package.version}: {', '.join(ids)}\n")
    sys.stdout.write(f"{len(known)} packages audited, {len(found)} with known weaknesses.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

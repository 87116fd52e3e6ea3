"""What is installed with Alongside, as the locks have it: read by the audit and the list of parts of a release."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Package:
    ecosystem: str
    name: str
    version: str
    hashes: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        kind = {"PyPI": "pypi", "npm": "npm"}[self.ecosystem]
        return f"pkg:{kind}/{self.name.replace('@', '%40')}@{self.version}"


def python_packages(lock: Path = ROOT / "requirements" / "base.txt") -> list[Package]:
    """Every `name==version` of a lock with its hashes."""
    found: list[Package] = []
    for entry in re.split(r"\n(?=[A-Za-z0-9])", lock.read_text()):
        head = re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", entry)
        if head:
            hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            found.append(Package("PyPI", head[1].lower(), head[2], hashes))
    return found


def browser_packages(lock: Path = ROOT / "package-lock.json") -> list[Package]:
    """What reaches the pages: the packages of the lock that are not for development alone."""
    rows = json.loads(lock.read_text())["packages"]
    return [
        Package("npm", place.rpartition("node_modules/")[2], row["version"])
        for place, row in rows.items()
        if place and not row.get("dev") and "version" in row
    ]


def packages() -> list[Package]:
    return [*python_packages(), *browser_packages()]

"""`make test-newest`: the tests on the newest version of everything that is needed, and how those differ from the lock.

In a virtual environment of its own, .venv/newest. Nothing is changed: new versions come in by `make lock`.
"""

import json
import os
import subprocess
import sys
import tomllib
import venv

from packages import ROOT, python_packages

HOME = ROOT / ".venv" / "newest"
PYTHON = HOME / "bin" / "python"


def main() -> int:
    venv.create(HOME, with_pip=True, clear=True)
    tests = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]["dev"]
    _pip("-r", "requirements/base.in", *tests, "hatchling")
    _pip("--no-deps", "--no-build-isolation", "-e", ".")
    for line in differences():
        sys.stdout.write(line + "\n")
    sys.stdout.flush()
    environment = {**os.environ, "PATH": f"{HOME / 'bin'}:{os.environ['PATH']}"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [PYTHON, "-m", "pytest", "-q", "-n", "2", "-m", "not browser", "src/alongside", *sys.argv[1:]]
    return subprocess.call(command, cwd=ROOT, env=environment)


def differences() -> list[str]:
    """A line for each package that is newer than what is locked."""
    said = subprocess.check_output([PYTHON, "-m", "pip", "list", "--format=json"])
    newest = {each["name"].lower().replace("_", "-"): each["version"] for each in json.loads(said)}
    locked: dict[str, set[str]] = {}
    for each in python_packages():  # for some there is a version for each Python
        locked.setdefault(each.name, set()).add(each.version)
    return [
        f"{name}: {', '.join(sorted(locked[name]))} is locked, {version} is the newest"
        for name, version in sorted(newest.items())
        if version not in locked.get(name, {version})
    ]


def _pip(*what: str) -> None:
    subprocess.run([PYTHON, "-m", "pip", "install", "-q", *what], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())

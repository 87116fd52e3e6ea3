"""The Chromium that browser tests walk with: the machine's own. CHROMIUM names another."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    if given := os.environ.get("CHROMIUM"):
        if not os.path.exists(given):
            raise SystemExit(f"CHROMIUM names {given}, which is not there.")
        return given
    if not _on_machine() and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    found = _on_machine()
    if not found:
        raise SystemExit(
            "The browser tests need Chromium. On Debian and Ubuntu: apt-get install chromium\n"
            "Or name the one you have: CHROMIUM=/path/to/chromium make test"
        )
    return found


def _on_machine() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> None:
    sys.stdout.write("Installing Chromium ...\n")
    sys.stdout.flush()
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, check=False, stdin=subprocess.DEVNULL)

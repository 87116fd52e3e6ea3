"""`make check`: looks at form, style, types, imports, migrations and generated docs. Changes nothing."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# a machine may keep Python from keeping what it compiled: then every process would compile the whole house anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
BIN = ROOT / ".venv" / "bin"
LOOKS = {
    "form": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "style": [BIN / "ruff", "check", "--quiet", "."],
    "templates": [BIN / "python", "tools/templates.py", "--check"],
    "types": [BIN / "mypy"],
    "imports": [BIN / "lint-imports", "--no-cache"],
    "migrations": [BIN / "python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "docs": [BIN / "python", "manage.py", "generate_docs", "--check"],
}


def main() -> int:
    wrong = []
    for name, command in LOOKS.items():
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        sys.stdout.write(
            f"{name:<11} {'good' if done.returncode == 0 else 'WRONG'}  {time.monotonic() - began:.1f} s\n"
        )
        if done.returncode != 0:
            wrong.append(name)
            sys.stdout.write(done.stdout + done.stderr + "\n")
        sys.stdout.flush()
    sys.stdout.write(
        f"\nMend: {', '.join(wrong)}. `make fix` does what it can.\n" if wrong else "\nAll good.\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

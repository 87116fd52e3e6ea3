"""The Containerfile, without an engine: read as one would, and its steps run in a folder that stands for the image's root.

What the steps install is on this machine already, so that nothing is fetched: a requirement counts as met only by the
very version that is pinned. Node's package is left out where the machine has its own, and what changes the system (apt,
useradd) is tried without doing it.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shlex
import shutil
import site
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from alongside.config.serving import end_with_parent
from tests.served import PATIENCE, ROOT, free_port

pytestmark = pytest.mark.one_database
KNOWN = {
    *("FROM", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE"),
    *("STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"),
}
OF_THE_IMAGE = re.compile(r"(?<![\w./])/(source|build|wheel|opt/alongside|data)\b")


@dataclass(frozen=True)
class Step:
    word: str
    said: str


def steps() -> list[Step]:
    text = (ROOT / "Containerfile").read_text()
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    whole = re.sub(r"\s*\\\n\s*", " ", lines).splitlines()
    return [Step(*line.split(None, 1)) for line in whole if line.strip()]


def ignored() -> list[str]:
    return [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line]


# --- read ----------------------------------------------------------------------------------------------------


def test_it_is_two_stages_of_known_steps_and_ends_as_nobody_of_note():
    found = steps()
    assert {step.word for step in found} <= KNOWN
    stages = [step.said.split() for step in found if step.word == "FROM"]
    assert [len(stage) for stage in stages] == [3, 1] and stages[0][0] == stages[1][0]
    assert stages[0][0].startswith("python:3.11-")
    of_other_stages = [step.said for step in found if "--from=" in step.said]
    assert all(f"--from={stages[0][2]} " in said for said in of_other_stages) and of_other_stages
    assert [step.said for step in found if step.word == "USER"] == ["10001"]
    words = [step.word for step in found]
    assert words.index("USER") > max(n for n, word in enumerate(words) if word == "RUN")


def test_every_package_is_checked_against_its_hash_or_comes_from_this_clone():
    for step in steps():
        for command in step.said.split("&&") if step.word == "RUN" else ():
            if "pip install" in command:
                assert "--require-hashes -r /source/requirements/" in command or "--no-index" in command
                for file in re.findall(r"/source/(requirements/\S+)", command):
                    assert (ROOT / file).exists(), file
            if "pip wheel" in command:
                assert "--no-deps --no-build-isolation" in command


def test_no_key_no_data_and_nothing_built_comes_into_it():
    given = (ROOT / ".gitignore").read_text().split()
    bare = {pattern.removeprefix("**/").rstrip("/") for pattern in ignored()}
    results = {"bench/results/*.log"}  # the whole folder stays out
    assert {one.rstrip("/") for one in given if one not in results} <= bare
    assert {".git", "var", "bench/results"} <= bare


def test_what_the_how_to_says_is_what_the_file_does():
    page = (ROOT / "docs" / "how-to" / "run-it-in-a-container.md").read_text()
    said = {step.word: step.said for step in steps()}
    assert f"`{said['VOLUME']}`" in page and f"port {said['EXPOSE']}" in page and said["USER"] in page
    assert json.loads(said["ENTRYPOINT"]) == ["alongside"]
    commands = set(
        re.findall(r"(?:alongside|alongside:new) (createadmin|restore|upgrade|backup|keys print)", page)
    )
    assert commands == {"createadmin", "restore", "upgrade", "backup", "keys print"}


# --- run -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The root of an image in which every step was taken that can be taken without an engine."""
    root = tmp_path_factory.mktemp("image")
    _copy_source(root / "source")
    there = _what_is_there(root / "there")
    for step in steps():
        if step.word == "RUN":
            for command in step.said.split(" && "):
                _take(command, root, there)
    return root


def _copy_source(target: Path) -> None:
    patterns = [pattern.removeprefix("**/").rstrip("/") for pattern in ignored()]

    def left_out(folder: str, names: list[str]) -> set[str]:
        below = {name: str((Path(folder) / name).relative_to(ROOT)) for name in names}
        return {
            name
            for name, path in below.items()
            if any(fnmatch.fnmatch(name, one) or path == one for one in patterns)
        }

    shutil.copytree(ROOT, target, ignore=left_out, symlinks=True)
    assert not (target / ".git").exists() and not (target / "var").exists()
    # what `npm ci` would fetch
    (target / "node_modules").symlink_to(ROOT / "node_modules")


def _what_is_there(folder: Path) -> Path:
    """The packages of this machine but for Alongside itself, which has to come out of the wheel."""
    folder.mkdir()
    for path in Path(site.getsitepackages()[0]).iterdir():
        if "alongside" not in path.name and path.suffix != ".pth":
            (folder / path.name).symlink_to(path)
    return folder


def _take(command: str, root: Path, there: Path) -> None:
    words = shlex.split(command)
    if words[0] in ("apt-get", "useradd", "install"):
        _try_on_the_system(words, root)
        return
    if words[0] == "rm":
        assert words[1:] == ["-rf", "/var/lib/apt/lists/*"]
        return
    if "requirements/node.txt" in command and shutil.which("node"):
        return
    here = OF_THE_IMAGE.sub(lambda found: str(root / found[1]), command)
    here = re.sub(r"^python ", f"{shlex.quote(sys.executable)} ", here)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "HOME": str(root),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INDEX": "1",
    }
    done = subprocess.run(["sh", "-ec", here], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    if "-m venv" in command:
        made = Path(shlex.split(here)[-1])
        packages = next((made / "lib").glob("python3*")) / "site-packages"
        (packages / "there.pth").write_text(f"{there}\n")


def _try_on_the_system(words: list[str], root: Path) -> None:
    """What would change this machine is only tried: apt looks whether there is such a package, useradd works in a folder."""
    if words[:2] == ["apt-get", "install"]:
        if shutil.which("apt-get") and any(Path("/var/lib/apt/lists").glob("*Packages*")):
            tried = subprocess.run(
                ["apt-get", "--simulate", *words[1:]], capture_output=True, text=True, check=False
            )
            assert tried.returncode == 0, tried.stderr
    elif words[0] == "useradd" and os.geteuid() == 0 and shutil.which("useradd"):
        (root / "etc").mkdir(exist_ok=True)
        for name in ("passwd", "group", "shadow", "gshadow"):
            (root / "etc" / name).touch()
        subprocess.run([words[0], "--prefix", str(root), *words[1:]], check=True, capture_output=True)
        assert "alongside:x:10001:" in (root / "etc" / "passwd").read_text()
    elif words[0] == "install":
        target = OF_THE_IMAGE.sub(lambda found: str(root / found[1]), words[-1])
        as_whom = words[1:-1] if os.geteuid() == 0 else words[1:4]
        subprocess.run([words[0], *as_whom, target], check=True)


def test_what_it_builds_is_whole_and_serves_and_says_that_it_is_well(image):
    made = image / "opt" / "alongside"
    package = next((made / "lib").glob("python3*")) / "site-packages" / "alongside"
    assert (package / "ui" / "static" / "ui" / "dist" / "main.css").stat().st_size > 10_000
    assert list((package / "ui" / "paper_fonts").iterdir())
    assert not list(package.rglob("tests")) and not (package / "ui" / "scss").exists()
    assert (image / "data").stat().st_mode & 0o777 == 0o700

    said = {step.word: step.said for step in steps()}
    port = free_port()
    environment = {
        "PATH": f"{made / 'bin'}:{os.environ['PATH']}",
        "ALONGSIDE_HOME": str(image / "data"),
        "PORT": str(port),
    }
    asks = json.loads(said["HEALTHCHECK"].partition("CMD ")[2])
    command = [*json.loads(said["ENTRYPOINT"]), *json.loads(said["CMD"])]
    run = {"env": environment, "cwd": image, "text": True}
    before = subprocess.run(asks, **run, capture_output=True, check=False)
    assert before.returncode == 1 and "does not answer" in before.stdout
    log = image / "log"
    with log.open("w") as said_by_it:
        served = subprocess.Popen(
            command, **run, stdout=said_by_it, stderr=said_by_it, preexec_fn=end_with_parent
        )
    try:
        until = time.monotonic() + PATIENCE
        while (well := subprocess.run(asks, **run, capture_output=True, check=False)).returncode:
            assert served.poll() is None, log.read_text()
            assert time.monotonic() < until, well.stdout
            time.sleep(1)
        assert json.loads(well.stdout) == {"database": True, "worker": True, "space": True}
    finally:
        served.terminate()
        served.wait(60)

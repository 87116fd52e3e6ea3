"""The systemd units that `alongside setup --systemd` writes: whole, closed to others, and never written over."""

import os
import pwd
import shlex
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from alongside.config import units

pytestmark = pytest.mark.one_database


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_HOME", str(tmp_path / "a home with 100%"))
    (tmp_path / "a home with 100%").mkdir()
    units.write(tmp_path / "units")
    return tmp_path / "units"


def read(path: Path) -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(path.read_text())
    return parser


def test_both_units_start_this_installation_with_its_home_and_settings(folder):
    for name, verb in (("alongside.service", "serve"), ("alongside-worker.service", "worker")):
        service = read(folder / name)["Service"]
        assert shlex.split(service["ExecStart"]) == [sys.executable, "-m", "alongside.config.command", verb]
        assert service["EnvironmentFile"] == str(folder / "alongside.env")
        assert service["ReadWritePaths"].endswith('a home with 100%%"')
        assert service["ProtectSystem"] == "strict" and service["UMask"] == "0077"


def test_the_settings_are_their_owners_alone_and_name_the_home(folder, tmp_path):
    settings = folder / "alongside.env"
    assert settings.stat().st_mode & 0o777 == 0o600
    assert f'ALONGSIDE_HOME="{tmp_path}/a home with 100%"' in settings.read_text()


def test_what_was_changed_is_left_and_what_was_not_is_no_news(folder):
    (folder / "alongside.env").write_text("ALONGSIDE_PUBLIC_URL=https://mine.example\n")
    written, left = units.write(folder)
    assert (written, left) == ([], [folder / "alongside.env"])
    assert (folder / "alongside.env").read_text() == "ALONGSIDE_PUBLIC_URL=https://mine.example\n"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd on this machine")
def test_systemd_finds_no_fault_in_them(folder):
    done = subprocess.run(
        ["systemd-analyze", "verify", *[str(folder / name) for name in units.UNITS]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "alongside" not in done.stderr, done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_root_writes_units_for_whoever_owns_the_home_and_nothing_into_it(tmp_path):
    own, nobody = tmp_path / "home", pwd.getpwnam("nobody")
    own.mkdir()
    os.chown(own, nobody.pw_uid, nobody.pw_gid)
    environment = {
        "PATH": os.environ["PATH"],
        "ALONGSIDE_HOME": str(own),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
    }
    words = [sys.executable, "-m", "alongside.config.command", "setup", "--systemd", str(tmp_path / "units")]
    done = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "units" / "alongside.service")["Service"]["User"] == "nobody"
    assert list(own.iterdir()) == []


def test_the_command_says_where_they_are_and_how_to_start_them(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "ALONGSIDE_HOME": str(tmp_path / "home"),
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings.dev",
    }
    words = [sys.executable, "-m", "alongside.config.command", "setup", "--systemd", str(tmp_path / "units")]
    for _twice in range(2):
        done = subprocess.run(
            words, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "enable --now alongside" in done.stdout
    assert "Wrote" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "units").iterdir()) == [
        "alongside-worker.service",
        "alongside.env",
        "alongside.service",
    ]

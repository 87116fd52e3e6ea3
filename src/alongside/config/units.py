"""The systemd units of an installation: `alongside setup --systemd`.

One unit serves people with the worker beside; another is for a machine that only works. Both read their settings from a
file that only its owner can read. What is there already and says something else is never written over.
"""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

from alongside.config import home

SETTINGS = "alongside.env"
"""One setting a line, as systemd reads it (`man systemd.exec`, EnvironmentFile)."""

_SETTINGS = """\
# The settings of Alongside, one a line: NAME=value. All of them: docs/how-to/run-it.md
ALONGSIDE_HOME={home}
# the address people use; with https:// the settings for production hold
# ALONGSIDE_PUBLIC_URL=https://alongside.example.org
# ALONGSIDE_BEHIND_PROXY=1
# EMAIL_HOST=mail.example.org
# DEFAULT_FROM_EMAIL=alongside@example.org
# DATABASE_URL=postgres://alongside:password@localhost/alongside
"""

_UNIT = """\
[Unit]
Description={description}
After=network-online.target
Wants=network-online.target

[Service]
{user}EnvironmentFile={settings}
ExecStart={command}
Restart=on-failure
RestartSec=2
# a meeting that is open ends its request; then the server closes
TimeoutStopSec=30
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectSystem=strict
ProtectHome=read-only
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
LockPersonality=yes
ReadWritePaths={home}

[Install]
WantedBy={wanted_by}
"""

UNITS = {
    "alongside.service": ("Alongside: pages and background work", "serve"),
    "alongside-worker.service": ("Alongside: background work alone, for a further machine", "worker"),
}


def folder_of_units() -> Path:
    """Where systemd looks: the machine's folder for root, one's own otherwise."""
    if os.geteuid() == 0:
        return Path("/etc/systemd/system")
    return Path("~/.config/systemd/user").expanduser()


def write(folder: Path) -> tuple[list[Path], list[Path]]:
    """Write the units and the file of settings: (written, left as they were because they say something else)."""
    folder.mkdir(parents=True, exist_ok=True)
    written, left = [], []
    for path, text in _files(folder).items():
        if path.exists() and path.read_text() == text:
            continue
        if path.exists():
            left.append(path)
            continue
        mode = 0o600 if path.name == SETTINGS else 0o644
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
            os.fchmod(file.fileno(), mode)
            file.write(text)
        written.append(path)
    return written, left


def _files(folder: Path) -> dict[Path, str]:
    of_root, here, settings = os.geteuid() == 0, home.home(), folder / SETTINGS
    facts = {
        "user": f"User={pwd.getpwuid(here.stat().st_uid).pw_name}\n" if of_root else "",
        "settings": _in_unit(settings),
        "home": _in_unit(here),
        "wanted_by": "multi-user.target" if of_root else "default.target",
    }
    found = {settings: _SETTINGS.format(home=_quoted(here))}
    for name, (description, verb) in UNITS.items():
        command = f"{_in_unit(Path(sys.executable))} -m alongside.config.command {verb}"
        found[folder / name] = _UNIT.format(description=description, command=command, **facts)
    return found


def _quoted(path: Path) -> str:
    """A path in a file of settings: spaces do not cut it in two."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"' if " " in text else text


def _in_unit(path: Path) -> str:
    """A path in a unit, where a per cent sign begins a specifier."""
    return _quoted(path).replace("%", "%%")

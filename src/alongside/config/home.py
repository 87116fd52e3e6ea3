"""Where Alongside keeps what belongs to one installation: database, keys, the demo's mail, static files.

Nothing here imports Django: the settings read it, and so does `alongside setup` before it can load them.
"""

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alongside.backups.keys import new_backup_key

USUAL_ADDRESS = "http://localhost:8000"
PACKAGE = Path(__file__).resolve().parent.parent
CLONE = PACKAGE.parent.parent


def is_clone() -> bool:
    return (CLONE / "pyproject.toml").exists() and (CLONE / "manage.py").exists()


def home() -> Path:
    """`ALONGSIDE_HOME`, else `var/` of a clone, else the usual place for a person's own data."""
    if given := os.environ.get("ALONGSIDE_HOME"):
        return Path(given).expanduser().resolve()
    if is_clone():
        return CLONE / "var"
    return Path("~/.local/share/alongside").expanduser()


def is_anothers() -> bool:
    """Whether the home is there and belongs to somebody else."""
    return home().exists() and home().stat().st_uid != os.geteuid()


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can open, or close one that others could."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.stat().st_mode & 0o077 and folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)


def open_to_others() -> list[Path]:
    """What lies in the home with more rights than its owner's: a file's should be 0600, a folder's 0700.

    Static files are meant for everybody; they lie behind the home's own 0700.
    """
    found = [home()] if home().exists() else []
    found += [path for path in home().rglob("*") if (home() / "static") not in (path, *path.parents)]
    return [path for path in found if not path.is_symlink() and path.stat().st_mode & 0o077]


def close_to_others() -> None:
    """Mend the modes of what an older Alongside made. What belongs to somebody else is left: `check` names it."""
    for path in open_to_others():
        if path.stat().st_uid == os.geteuid():
            path.chmod(path.stat().st_mode & 0o700)


@contextmanager
def claimed(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether this process alone does this with this home, until the block ends or the process does, however it ends."""
    make_private(home() / "stamps")
    with open(home() / "stamps" / f"{name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def address_file() -> Path:
    return home() / "stamps" / "address"


def remember_address(address: str) -> None:
    """Where Alongside was served last: links that are made meanwhile begin with it."""
    address_file().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    address_file().write_text(address)


def address() -> str:
    """The address people reach Alongside at: as given, else by the port given, else where it was served last."""
    if given := os.environ.get("ALONGSIDE_PUBLIC_URL"):
        return given.rstrip("/")
    if port := os.environ.get("PORT"):
        return f"http://localhost:{port}"
    try:
        return address_file().read_text().strip() or USUAL_ADDRESS
    except OSError:
        return USUAL_ADDRESS


def version_file() -> Path:
    return home() / "stamps" / "version"


def remember_version(version: str) -> None:
    """Which version brought the tables up to date last."""
    make_private(version_file().parent)
    version_file().write_text(version)


def last_version() -> str:
    """Empty where an earlier one did not note it."""
    try:
        return version_file().read_text().strip()
    except OSError:
        return ""


def secret_key_file() -> Path:
    return home() / "keys" / "secret_key"


def keyring_file() -> Path:
    return home() / "keys" / "keyring.json"


def backup_key_file() -> Path:
    return home() / "keys" / "backup_key"


class KeysMissing(RuntimeError):
    """The keys are not there, and new ones would lock away what the old ones sealed."""


def read_secret_key() -> str | None:
    if given := os.environ.get("ALONGSIDE_SECRET_KEY"):
        return given
    file = secret_key_file()
    return file.read_text().strip() if file.exists() else None


def read_keyring() -> dict | None:
    if given := os.environ.get("ALONGSIDE_KEYRING"):
        return json.loads(given)
    file = keyring_file()
    return json.loads(file.read_text()) if file.exists() else None


def read_backup_key() -> str | None:
    if given := os.environ.get("ALONGSIDE_BACKUP_KEY"):
        return given
    file = backup_key_file()
    return file.read_text().strip() if file.exists() else None


def new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def make_missing_keys() -> list[Path]:
    """Make what is missing, never overwrite, and answer with the files that were made."""
    made = []
    if read_secret_key() is None and _write_once(secret_key_file(), secrets.token_urlsafe(64)):
        made.append(secret_key_file())
    if read_keyring() is None:
        if (home() / "alongside.sqlite3").exists() and "DATABASE_URL" not in os.environ:
            raise KeysMissing(
                f"There is a database in {home()}, but its key file {keyring_file()} is missing. "
                "Put it back from your backup: without it nobody can read the words in the database."
            )
        ring = {"current": "k1", "keys": {"k1": new_key()}}
        if _write_once(keyring_file(), json.dumps(ring, indent=2)):
            made.append(keyring_file())
    if read_backup_key() is None and _write_once(backup_key_file(), new_backup_key()):
        made.append(backup_key_file())
    return made


def remove_key(name: str) -> None:
    """Take an old key out of the keyring's file; whoever calls has seen that nothing is sealed with it."""
    ring = read_keyring()
    if ring is None or "ALONGSIDE_KEYRING" in os.environ:
        raise KeysMissing("The keyring comes from ALONGSIDE_KEYRING: take the old key out there.")
    del ring["keys"][name]
    _rewrite(ring)


def add_key() -> str:
    """Add a new current key to the keyring and keep the old ones, so that everything stays readable."""
    ring = read_keyring()
    if ring is None:
        raise KeysMissing("There is no keyring yet: run `alongside setup` first.")
    if "ALONGSIDE_KEYRING" in os.environ:
        raise KeysMissing("The keyring comes from ALONGSIDE_KEYRING: add the new key there.")
    numbers = [int(name[1:]) for name in ring["keys"] if name[1:].isdigit()]
    name = f"k{max(numbers, default=0) + 1}"
    ring["keys"][name] = new_key()
    ring["current"] = name
    _rewrite(ring)
    return name


def _rewrite(ring: dict) -> None:
    beside = keyring_file().with_suffix(".new")
    beside.unlink(missing_ok=True)
    _write_once(beside, json.dumps(ring, indent=2))
    beside.replace(keyring_file())


def _write_once(file: Path, content: str) -> bool:
    """Write a file that only its owner can read; another process that was first wins."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    return True

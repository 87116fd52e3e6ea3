"""What an installation needs around it, and one sentence for whoever looks after it where that is missing.

Nothing here imports Django before it is needed: most of what can be wrong is wrong before the settings can be read.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import sqlite3
from urllib.parse import parse_qs, unquote, urlsplit

from alongside.config import home
from alongside.rooms.environment.replies.reply_mailbox import ReplyMailbox

NOT_ENOUGH_SPACE = (errno.ENOSPC, errno.EDQUOT)
NOT_WRITABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR)
POSTGRES = ("postgres", "postgresql", "pgsql")
SHORTEST_TOKEN = 32
LONGEST_BOX_OF_REPLIES = 17
"""With the secret of one invitation behind it, the part before the @ may have 64 characters (RFC 5321 4.5.3.1.1)."""
_BOX = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{LONGEST_BOX_OF_REPLIES - 1}}}@[a-z0-9.-]+\.?[a-z0-9]+")


class Wrong(RuntimeError):
    """Something around Alongside is not as it must be; the message is the one sentence about it."""


def check() -> None:
    """Raise `Wrong` for what can be seen before anything is started: port, database address, the folder for the data."""
    number("PORT", 8000)
    number("EMAIL_PORT", 587)
    proxies()
    metrics_token()
    replies()
    check_direct_address(os.environ.get("ALONGSIDE_DATABASE_DIRECT"))
    check_database_address(os.environ.get("DATABASE_URL"))
    check_home()


def number(name: str, usual: int) -> int:
    """A port from the environment."""
    given = os.environ.get(name, "")
    if not given:
        return usual
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 65_535:
        raise Wrong(f"{name} must be a number from 1 to 65535, not “{given}”.")
    return int(given)


def proxies() -> int:
    """How many proxies in front are trusted to say from where they were asked."""
    given = os.environ.get("ALONGSIDE_BEHIND_PROXY", "") or "0"
    if len(given) > 1 or given not in "0123456789":
        raise Wrong(
            f"ALONGSIDE_BEHIND_PROXY must say how many proxies stand in front of Alongside, 0 to 9, not “{given}”."
        )
    return int(given)


def metrics_token() -> str:
    """What monitoring shows at /metrics. It is never repeated."""
    given = os.environ.get("ALONGSIDE_METRICS_TOKEN", "")
    if given and (
        len(given) < SHORTEST_TOKEN or not given.isascii() or not given.isprintable() or " " in given
    ):
        raise Wrong(
            f"ALONGSIDE_METRICS_TOKEN must have at least {SHORTEST_TOKEN} letters, numbers or signs, and no spaces. "
            "One way to make one: openssl rand -hex 32"
        )
    return given


def replies() -> ReplyMailbox | None:
    """The mailbox for replies, if the organisation named one. Neither its address nor its password is repeated."""
    mailbox = os.environ.get("ALONGSIDE_REPLIES_IMAP", "")
    address = os.environ.get("ALONGSIDE_REPLIES_ADDRESS", "").strip().lower()
    if not mailbox and not address:
        return None
    if not mailbox or not address:
        raise Wrong("Set both ALONGSIDE_REPLIES_IMAP and ALONGSIDE_REPLIES_ADDRESS, or neither.")
    if not _BOX.fullmatch(address):
        raise Wrong(
            "ALONGSIDE_REPLIES_ADDRESS must look like calendar@example.org: the part before the @ has at most "
            f"{LONGEST_BOX_OF_REPLIES} letters, numbers, dots or hyphens, and no +."
        )
    return _mailbox(mailbox, address)


def _mailbox(given: str, address: str) -> ReplyMailbox:
    sentence = (
        "ALONGSIDE_REPLIES_IMAP cannot be read. It must look like imaps://user:password@host:993/INBOX; "
        "special characters in user and password are written as %40 and so on."
    )
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Wrong(sentence) from error
    if parts.scheme not in ("imaps", "imap") or not (host and parts.username and parts.password):
        raise Wrong(sentence)
    user, password = unquote(parts.username), unquote(parts.password)
    if not (user + password).isascii() or not (user + password).isprintable():
        raise Wrong(
            "User and password in ALONGSIDE_REPLIES_IMAP can have letters without accents, numbers and signs."
        )
    encrypted = parts.scheme == "imaps"
    if not encrypted and _is_elsewhere(host):
        raise Wrong(
            "ALONGSIDE_REPLIES_IMAP must begin with imaps:// unless the mail server is on this machine."
        )
    return ReplyMailbox(
        address=address,
        host=host,
        port=port or (993 if encrypted else 143),
        user=user,
        password=password,
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=encrypted,
    )


def check_database_address(given: str | None) -> None:
    """Only its shape; whether the server answers is seen when it is asked. The address itself is never repeated."""
    if given is not None and not _is_address(given):
        raise Wrong(
            "DATABASE_URL cannot be read. It must look like postgres://user:password@host:5432/name; "
            "special characters in the password are written as %40 and so on. Without DATABASE_URL, SQLite is used."
        )


def check_direct_address(given: str | None) -> None:
    """The same of the way past a pooler, which only means something where DATABASE_URL leads to one."""
    if not given:
        return
    if not os.environ.get("DATABASE_URL"):
        raise Wrong(
            "ALONGSIDE_DATABASE_DIRECT leads past a pooler: set DATABASE_URL to the pooler's address."
        )
    if not _is_address(given):
        raise Wrong(
            "ALONGSIDE_DATABASE_DIRECT cannot be read. Like DATABASE_URL it must look like "
            "postgres://user:password@host:5432/name, and lead to the PostgreSQL server itself."
        )


def _is_address(given: str) -> bool:
    try:
        parts = urlsplit(given)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in POSTGRES and bool(parts.path.strip("/"))


def reached_in_clear() -> str | None:
    """A sentence where the database or the mail server is on another machine and what goes there could be read."""
    if os.environ.get("ALONGSIDE_TRUSTED_NETWORK") == "1":
        return None
    for name in ("DATABASE_URL", "ALONGSIDE_DATABASE_DIRECT"):
        if _goes_in_clear(os.environ.get(name, "")):
            return (
                f"{name} leads to another machine: add ?sslmode=verify-full to it, so that nobody between can read or "
                "pretend. Where the network between is yours alone, set ALONGSIDE_TRUSTED_NETWORK=1."
            )
    encrypted = os.environ.get("EMAIL_USE_TLS", "1") == "1" or os.environ.get("EMAIL_USE_SSL") == "1"
    if _is_elsewhere(os.environ.get("EMAIL_HOST")) and not encrypted:
        return (
            "EMAIL_HOST is another machine: leave EMAIL_USE_TLS on, so that nobody between can read what is sent. "
            "Where the network between is yours alone, set ALONGSIDE_TRUSTED_NETWORK=1."
        )
    return None


def _goes_in_clear(address: str) -> bool:
    database = urlsplit(address)
    asked = parse_qs(database.query)
    # libpq also takes hosts in the query, and several of them
    hosts = [database.hostname or "", *asked.get("host", []), *asked.get("hostaddr", [])]
    is_elsewhere = any(_is_elsewhere(host) for each in hosts for host in each.split(","))
    return is_elsewhere and asked.get("sslmode") != ["verify-full"]


def open_to_a_network(host: str) -> str | None:
    """A sentence where a proxy on another machine would reach the application, because nothing encrypts that way."""
    if os.environ.get("ALONGSIDE_TRUSTED_NETWORK") == "1" or not _is_elsewhere(host):
        return None
    if not os.environ.get("ALONGSIDE_PUBLIC_URL", "").startswith("https://"):
        return None
    return (
        f"--host {host} is open to other machines, and nothing encrypts the way to it. Put the proxy on this machine and "
        "leave --host out; or, where the network between is yours alone, set ALONGSIDE_TRUSTED_NETWORK=1."
    )


def _is_elsewhere(host: str | None) -> bool:
    """Whether this names another machine. A folder, or nothing, is a socket on this one."""
    if not host or host.startswith(("/", "%2f", "%2F")) or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True


def check_home() -> None:
    """The folder is there, is its owner's alone, and can be written to."""
    folder = home.home()
    try:
        home.make_private(folder)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"probe")
        probe.unlink()
    except OSError as error:
        raise Wrong(_about_files(error, str(folder))) from error


def sentence_for(error: BaseException) -> str | None:
    """One sentence for an error that comes from the surroundings; None for any other, which is a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management.base import CommandError
    from django.db.utils import InterfaceError, OperationalError
    from psycopg import OperationalError as OfTheServer  # where we speak to it without Django

    if isinstance(error, Wrong | home.KeysMissing | ImproperlyConfigured | CommandError):
        return str(error)
    if isinstance(error, OperationalError | InterfaceError | OfTheServer):
        return _about_database(error)
    if isinstance(error, OSError) and error.errno in (*NOT_ENOUGH_SPACE, *NOT_WRITABLE):
        return _about_files(error, str(error.filename or home.home()))
    return None


def is_full(error: BaseException | None) -> bool:
    """Whether this error, or one behind it, says that there is no room left to write."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in NOT_ENOUGH_SPACE:
            return True
        if isinstance(error, sqlite3.OperationalError) and "disk is full" in str(error):
            return True
        if getattr(error, "sqlstate", None) == "53100":
            return True
        error = error.__cause__ or error.__context__
    return False


def _about_files(error: OSError, place: str) -> str:
    if error.errno in NOT_ENOUGH_SPACE:
        return f"There is no space left to write to {place}. Make room there and start again; nothing saved is lost."
    return (
        f"Alongside cannot write to {place} ({error.strerror}). "
        "Give it a folder it can write to: ALONGSIDE_HOME=/some/folder alongside serve"
    )


def _about_database(error: Exception) -> str:
    if is_full(error):
        return f"There is no space left for the database. Make room in {home.home()} and start again; nothing saved is lost."
    if os.environ.get("DATABASE_URL"):
        return (
            "The database does not answer. Check that PostgreSQL is running, that the database exists, and that user, "
            "password and host in DATABASE_URL are right."
        )
    return (
        f"The database in {home.home()} cannot be opened: {error}. Check who owns its files, and that the disk can "
        "be written to."
    )

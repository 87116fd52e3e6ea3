"""`alongside serve`: granian and the background worker as two child processes that start and end together."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from alongside.config import home, shared_counts

PATIENCE = 1.6
"""In seconds: who presses Ctrl-C has their prompt back within two. What was acknowledged is written down already."""
WORKER = ("-m", "alongside.config.command", "worker", "--with-server")


def is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return True
    return False


def address_of(host: str, port: int) -> str:
    """Where people find it. Passkeys work at `localhost`, never at a bare number."""
    name = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0", "::") else host  # noqa: S104
    return os.environ.get("ALONGSIDE_PUBLIC_URL") or f"http://{name}:{port}"


def serve(*, host: str, port: int, workers: int, threads: int) -> int:
    """Run until Ctrl-C or SIGTERM. A worker that dies is started again; a dead server ends it all."""
    stopping = _Stopping()
    counted = shared_counts.make_folder()
    server = _start(*_granian(host, port, workers, threads))
    worker = None
    try:
        while not stopping.asked and server.poll() is None:
            if worker is None:
                # People first: the worker starts once the server answers, and then nothing competes with it.
                if _is_open(host, port):
                    worker = _start(*WORKER)
                    _welcome(address_of(host, port))
            elif worker.poll() is not None:
                sys.stderr.write("The background worker stopped; starting it again.\n")
                stopping.wait(1)
                worker = _start(*WORKER)
            time.sleep(0.1)
    finally:
        _end(*filter(None, [server, worker]))
        if counted:
            shutil.rmtree(counted, ignore_errors=True)
    return 0 if stopping.asked else 1


class _Stopping:
    """Whether somebody asked to stop: noted by the signal handler, looked at by the loop."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.asked and time.monotonic() < until:
            time.sleep(0.1)

    def _ask(self, number, frame) -> None:
        self.asked = True


def _granian(host: str, port: int, workers: int, threads: int) -> list[str]:
    return [
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={host}",
        f"--port={port}",
        f"--workers={workers}",
        f"--blocking-threads={threads}",
        "--no-ws",
        "--log-level=warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout=1",
        "alongside.config.wsgi:application",
    ]


def _start(*arguments: str) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, *arguments], preexec_fn=end_with_parent)  # noqa: S603


def end_with_parent() -> None:
    """On Linux the children end even when this process is killed and can tell them nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _end(*children: subprocess.Popen) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _is_open(host: str, port: int) -> bool:
    """Whether the server answers at all; that the worker is not yet there does not matter."""
    try:
        urllib.request.urlopen(f"http://{host}:{port}/healthz", timeout=2)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _welcome(address: str) -> None:
    lines = ["", f"  Alongside is open at {address}", "  Ctrl-C closes it.", ""]
    if not os.environ.get("EMAIL_HOST"):
        lines[2:2] = [f"  No mail server is set (EMAIL_HOST): emails are saved in {home.home() / 'mail'}"]
    if os.environ.get("ALONGSIDE_DEMO") == "1":
        lines = lines[:2] + lines[-2:]
        from alongside.demo.personas import PERSONAS

        lines[2:2] = [
            "",
            f"  This is the demo. Choose who you are at {address}/demo/",
            *[f"    {persona.slug:<14} {persona.name}" for persona in PERSONAS],
            f"  Emails land at {address}/demo/mail/",
            "",
        ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()

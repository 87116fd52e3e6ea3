"""One deadline for a whole exchange: looking up, connecting, headers and all.

Limits of time for each read don't end a machine that sends a letter now and then. So the line itself is cut when the
time is up, from beside: whatever waits for it then sees it end.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Mapping
from typing import Any


class Deadline:
    """Cuts every connection it was shown once `seconds` have gone by. Used as a context, and as httpx's `trace`."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._lines: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        return max(self._ends - time.monotonic(), 0.0)

    @property
    def is_over(self) -> bool:
        return self.left == 0.0

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_what: object) -> None:
        self._timer.cancel()
        with self._lock:
            for line in self._lines:
                line.close()
            self._lines = []

    def __call__(self, event: str, facts: Mapping[str, Any]) -> None:
        if event == "connection.connect_tcp.complete":
            self.watch(facts["return_value"].get_extra_info("socket"))

    def watch(self, line: socket.socket) -> None:
        """A new connection: a second hold on it, since the first is taken over by its encryption."""
        with self._lock:
            self._lines.append(socket.socket(fileno=os.dup(line.fileno())))

    def _cut(self) -> None:
        with self._lock:
            for line in self._lines:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

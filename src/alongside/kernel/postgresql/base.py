"""Django's own way to PostgreSQL, with more statements kept ready, and a cheaper look at whether a connection lives."""

from __future__ import annotations

import select
import time
from typing import Any

from django.db.backends.postgresql import base

KEPT_READY = 300
"""So many statements a connection keeps prepared: the pages ask more than psycopg's hundred between them."""

SURELY_ALIVE = 10.0
"""Seconds after it was used for which a connection that says nothing is taken to live."""


class DatabaseWrapper(base.DatabaseWrapper):
    _used_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = KEPT_READY
        return connection

    def is_usable(self) -> bool:
        """Asked once a request. A server that ended a connection has said so: there is something to be read.

        Django sends a question and waits for its answer, which costs a page as much as one of its queries does. After
        some quiet it is asked nevertheless: what lies between may have forgotten the connection without a word.
        """
        now = time.monotonic()
        recently, self._used_at = now - self._used_at < SURELY_ALIVE, now
        if self.connection is None or self.connection.closed:
            return False
        if recently and not _says_something(self.connection.fileno()):
            return True
        return bool(super().is_usable())


def _says_something(descriptor: int) -> bool:
    looking = select.poll()
    looking.register(descriptor, select.POLLIN)
    return bool(looking.poll(0))

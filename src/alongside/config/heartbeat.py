"""The worker's sign of life, kept in the cache that all processes share."""

import time
from datetime import timedelta

from django.core.cache import cache

from alongside.kernel import clock

EVERY = timedelta(seconds=5)
FRESH = timedelta(seconds=30)
_ANY = "any"


def beat(worker_id: str) -> None:
    """Say that this worker is alive. A sign is forgotten after a day, so that old workers do not pile up."""
    now = clock.now().timestamp()
    cache.set_many({_key(_ANY): now, _key(worker_id): now}, timeout=24 * 60 * 60)


def is_beating() -> bool:
    """Whether one works at this very moment: one that was just stopped left a sign that is still fresh."""
    before = cache.get(_key(_ANY))
    if before is None or not is_alive():
        return False
    until = time.monotonic() + EVERY.total_seconds() + 2
    while time.monotonic() < until:
        if cache.get(_key(_ANY)) != before:
            return True
        time.sleep(0.25)
    return False


def is_alive(worker_id: str = _ANY) -> bool:
    last = cache.get(_key(worker_id))
    return last is not None and clock.now().timestamp() - last < FRESH.total_seconds()


def _key(worker_id: str) -> str:
    return f"alongside.worker.{worker_id}"

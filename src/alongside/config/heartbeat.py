"""The worker's sign of life, kept in the cache that all processes share."""

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


def is_alive(worker_id: str = _ANY) -> bool:
    last = cache.get(_key(worker_id))
    return last is not None and clock.now().timestamp() - last < FRESH.total_seconds()


def _key(worker_id: str) -> str:
    return f"alongside.worker.{worker_id}"

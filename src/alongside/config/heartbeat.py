"""The worker's sign of life, kept in the cache that all processes share."""

from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone

KEY = "alongside.worker.alive"
EVERY = timedelta(seconds=5)
FRESH = timedelta(seconds=30)


def beat() -> None:
    cache.set(KEY, timezone.now().timestamp(), timeout=None)


def is_alive() -> bool:
    last = cache.get(KEY)
    return last is not None and timezone.now().timestamp() - last < FRESH.total_seconds()

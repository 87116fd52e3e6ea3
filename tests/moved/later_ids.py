"""Identifiers begin with the time, and are made outside of Python, where no clock is moved: here they are moved after."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID


def later(make: Callable[[], UUID], by: Callable[[], float]) -> Callable[[], UUID]:
    """`make`, for a time so many seconds later. What follows the milliseconds stays, and with that their order."""
    return lambda: UUID(int=make().int + (round(by() * 1000) << 80))

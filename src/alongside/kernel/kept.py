"""What a process remembers for all its threads: so many things, and the one not asked for longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Kept(Generic[K, V]):
    """A memory of `most` things. Threads add to it, and ask it, one at a time; nobody walks through it."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._things: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K) -> V | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: K, value: V) -> None:
        with self._lock:
            self._things[key] = value
            self._things.move_to_end(key)
            while len(self._things) > self.most:
                self._things.popitem(last=False)

    def __contains__(self, key: K) -> bool:
        return self.get(key) is not None

    def __len__(self) -> int:
        with self._lock:
            return len(self._things)

"""The URL map, walked: every address of ours with its view, so that a new door is tested by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# third-party address trees, guarded by their own makers; ours begin after them
NOT_OURS = ("allauth.", "django.", "functools.")


@dataclass(frozen=True)
class Address:
    name: str
    view: Callable[..., Any]
    parts: tuple[str, ...]

    @property
    def door(self) -> Any:
        return getattr(self.view, "door", None)

    @property
    def public_because(self) -> str:
        return str(getattr(self.view, "public_because", ""))


def addresses() -> list[Address]:
    """Every address of Alongside itself (not those of the sign-in library)."""
    return sorted(_walk(get_resolver(), "", ()), key=lambda address: address.name)


def _walk(resolver: URLResolver, namespace: str, parts: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = (*parts, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from _walk(pattern, inner, here)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith("alongside."):
            yield Address(
                ":".join(part for part in (namespace, pattern.name or "?") if part), pattern.callback, here
            )

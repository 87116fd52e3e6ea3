"""The shape of every action: keyword-only, ends with the actor, one transaction; what is costly is worked out before it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from .work_ahead import attempted

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class RegisteredAction:
    """What the architecture tests and the generated docs know of an action."""

    name: str
    module: str
    event: str
    summary: str
    unrecorded_because: str
    although_restricted: str = ""
    """Why it is allowed where nothing may happen but keeping (see `journeys.restriction`)."""

    @property
    def key(self) -> str:
        return f"{self.module}.{self.name}"


REGISTRY: dict[str, RegisteredAction] = {}
Guard = Callable[[RegisteredAction, Mapping[str, Any]], None]
GUARDS: list[Guard] = []
"""Asked before every action, within its transaction: one that raises stops it. Put here by who knows what they guard."""


def action(
    event: str = "", *, unrecorded_because: str = "", although_restricted: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as an action that records `event` in the ledger, and give it its transaction.

    An action that records nothing says why in `unrecorded_because`; one that also runs in a restricted journey says why
    in `although_restricted`.
    """
    if bool(event) == bool(unrecorded_because):
        raise TypeError("an action names the event it records, or says why it records none")

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        parameters = list(inspect.signature(function).parameters.values())
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters) or parameters[-1].name != "by":
            raise TypeError(f"{function.__qualname__}: an action is keyword-only and ends with `by`")

        @functools.wraps(function)
        def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                for guard in GUARDS:
                    guard(registered, kwargs)
                return function(*args, **kwargs)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            return attempted(functools.partial(in_one_transaction, *args, **kwargs))

        summary = (inspect.getdoc(function) or "").split("\n")[0]
        registered = RegisteredAction(
            function.__name__,
            function.__module__,
            event,
            summary,
            unrecorded_because,
            although_restricted,
        )
        REGISTRY[registered.key] = registered
        return run

    return wrap

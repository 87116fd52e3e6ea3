"""The shape of every action: keyword-only, ends with the actor, one transaction; what is costly is worked out before it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

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


REGISTRY: dict[str, RegisteredAction] = {}


def action(event: str = "", *, unrecorded_because: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as an action that records `event` in the ledger, and give it its transaction.

    An action that records nothing says why in `unrecorded_because`.
    """
    if bool(event) == bool(unrecorded_because):
        raise TypeError("an action names the event it records, or says why it records none")

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        parameters = list(inspect.signature(function).parameters.values())
        if any(p.kind is not p.KEYWORD_ONLY for p in parameters) or parameters[-1].name != "by":
            raise TypeError(f"{function.__qualname__}: an action is keyword-only and ends with `by`")

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            return attempted(lambda: in_one_transaction(*args, **kwargs))

        def in_one_transaction(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic():
                return function(*args, **kwargs)

        key = f"{function.__module__}.{function.__name__}"
        summary = (inspect.getdoc(function) or "").split("\n")[0]
        REGISTRY[key] = RegisteredAction(
            function.__name__, function.__module__, event, summary, unrecorded_because
        )
        return run

    return wrap

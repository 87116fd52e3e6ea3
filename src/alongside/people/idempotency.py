"""One sending of a form, one action: an answer that was lost on its way doesn't make the action happen twice.

A form that appends something carries `{% idempotency_key %}`. Whoever sends it again as it was, because the server was
started anew or the connection went before the answer came, gets the answer without the action. Sent again with other
words it is another action.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from alongside.kernel.models import IdempotencyKey
from alongside.kernel.work_ahead import attempted

from .doors import Request

T = TypeVar("T")
NOT_OF_IT = ("csrfmiddlewaretoken", "made_for")


def run_once(request: Request, work: Callable[[], T]) -> T | None:
    """Do it, unless this person has sent this very form already: then None. Action and mark are one transaction."""
    return attempted(lambda: _unless_done(request, work))


def _unless_done(request: Request, work: Callable[[], T]) -> T | None:
    with transaction.atomic():
        key = _key_of(request)
        if key and not IdempotencyKey.objects.get_or_create(id=key)[1]:
            return None
        return work()


def _key_of(request: Request) -> UUID | None:
    if not request.POST.get("idempotency_key") or request.actor is None:
        return None
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_OF_IT)
    whole = repr((request.actor.id.hex, request.path, sent))
    return UUID(bytes=hashlib.blake2b(whole.encode(), digest_size=16).digest())

"""One sending of a form, one deed: an answer that was lost on its way doesn't make the deed happen twice.

A form that appends something carries `{% once %}`. Whoever sends it again as it was, because the server was started anew
or the connection went before the answer came, gets the answer without the deed. Sent again with other words it is
another deed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from alongside.kernel.models import Mark

from .doors import Request

T = TypeVar("T")
NOT_OF_IT = ("csrfmiddlewaretoken",)


def once(request: Request, deed: Callable[[], T]) -> T | None:
    """Do it, unless this person has sent this very form already: then None. Deed and mark are one transaction."""
    with transaction.atomic():
        mark = _mark_of(request)
        if mark and not Mark.objects.get_or_create(id=mark)[1]:
            return None
        return deed()


def _mark_of(request: Request) -> UUID | None:
    if not request.POST.get("once") or request.actor is None:
        return None
    sent = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_OF_IT)
    whole = repr((request.actor.id.hex, request.path, sent))
    return UUID(bytes=hashlib.blake2b(whole.encode(), digest_size=16).digest())

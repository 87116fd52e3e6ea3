"""How often one person may do the same sort of thing: generous for whoever works here, and an end to what a script sends.

Every door at which something is sent names one of the limits of `settings.RATE_LIMITS`. What is over it is answered with
429 and when it may come again; nothing that was typed is lost: a page that saves by itself keeps it and sends it again, a
form comes back filled in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel.clock import now
from alongside.ui.filling import FRESH, typed

from .clients import client_of
from .models import Person

if TYPE_CHECKING:
    from .doors import Request

IN_MEMORY_UP_TO = 60
"""Seconds. Shorter spans are counted in each server process: a count in the database would cost more than what it guards."""
OURS_ANEW = FRESH - {"idempotency_key"}
"""What the form that comes back writes by itself; the key of the sending stays, so that it is done once."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field of the form that comes back: hidden as it was sent, and what was typed to be read."""

    name: str
    value: str
    is_read: bool


def wait_for(person: Person, limit: str) -> int:
    """Count this once more; 0, or in how many seconds the limit lets this person in again."""
    return _wait(person.id.hex, limit)


def wait_for_client(request: HttpRequest) -> int:
    """The same for who holds a link and has no account: counted by the address they send from."""
    return _wait(client_of(request), "links")


def _wait(who: str, limit: str) -> int:
    most, seconds = settings.RATE_LIMITS[limit]
    moment = now().timestamp()
    span = int(moment // seconds)
    cache = caches["counters" if seconds <= IN_MEMORY_UP_TO else "default"]
    key = f"limit:{limit}:{who}:{span}"
    cache.add(key, 0, seconds)
    try:
        count = cache.incr(key)
        if seconds > IN_MEMORY_UP_TO:
            cache.touch(key, seconds)  # counting in the database would let it run out after five minutes
    except ValueError:  # it ran out in between: a new span has begun
        return 0
    return 0 if count <= most else max(1, math.ceil((span + 1) * seconds - moment))


def too_often(request: Request, wait: int, *, as_json: bool) -> HttpResponse:
    """The answer to what came too often: when it may come again, and what was typed."""
    if as_json:
        sentence = _(
            "This was saved very often in a short time. Your words stay on this page and are sent again by themselves."
        )
        response: HttpResponse = JsonResponse({"sentence": sentence}, status=429)
    else:
        facts = {
            "sentence": _(
                "This was sent very often in a short time. %(wait)s Nothing you wrote is lost: it is below."
            )
            % {"wait": _said(wait)},
            "action": request.get_full_path(),
            "typed": [
                Typed(name, value, name != "letter" and bool(typed({name: [value]})))
                for name, values in request.POST.lists()
                if name not in OURS_ANEW
                for value in values
            ],
            "had_file": bool(request.FILES),
        }
        response = render(request, "ui/errors/429.html", facts, status=429)
    response["Retry-After"] = str(wait)
    return response


def _said(wait: int) -> str:
    minutes = math.ceil(wait / 60)
    return ngettext(
        "Please wait %(count)s minute, then press the button.",
        "Please wait %(count)s minutes, then press the button.",
        minutes,
    ) % {"count": minutes}

"""Closed by default: every address of Alongside is a door that demands a named rule, or says why it is open.

    @door(may_accept_agreement, load=agreement_for, methods=("POST",))
    def accept_agreement(request, seat, version): ...

`limit` names how often a person may send something here (`settings.RATE_LIMITS`): what only shows has none.
`biggest_file` is how many bytes of files may come to it: what is beyond is stopped while it arrives (`ui/uploads.py`).

`load(actor, **the address's parts)` answers with what the view and the rule are called with, as a tuple, or None: then
the person has no part in it and reads 404, whether it exists or not. `rule(*found)` answers with a Verdict.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Verdict, hidden, not_yours

from .limits import too_often, wait_for
from .models import Person

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as the middleware hands it on: who asks, at which table, in which login session, and whether htmx does."""

    actor: Person | None
    seat: Any
    login_session: Any
    htmx: Any


@dataclass(frozen=True)
class Door:
    """What a view demands. Read by the tests of the architecture and by the permission matrix."""

    rule: Callable[..., Verdict]
    load: Callable[..., tuple[Any, ...] | None] | None
    methods: tuple[str, ...]
    limit: str = ""
    biggest_file: int = 0


def door(
    rule: Callable[..., Verdict],
    *,
    load: Callable[..., tuple[Any, ...] | None] | None = None,
    methods: tuple[str, ...] = ("GET",),
    limit: str = "changes",
    biggest_file: int = 0,
) -> Callable[[View], View]:
    """Guard a view. Answers: to the sign-in page; wrong method 405; too often 429; no part 404; then the rule's."""
    allowed = (*methods, "HEAD") if "GET" in methods else methods

    def guard(view: View) -> View:
        @functools.wraps(view)
        def open_door(request: Request, **parts: Any) -> HttpResponse:
            if request.actor is None:
                return _ask_to_sign_in(request)
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if request.method == "POST" and (wait := wait_for(request.actor, limit)):
                return too_often(request, wait, as_json=wants_json(request))
            found = (request.actor,) if load is None else load(request.actor, **parts)
            if found is None:
                raise Refused(hidden())
            request.seat = next((thing for thing in found if hasattr(thing, "is_one_of_two")), None)
            demand(rule(*found))
            return view(request, *found)

        limited = limit if "POST" in methods else ""
        open_door.door = Door(rule, load, methods, limited, biggest_file)  # type: ignore[attr-defined]
        return open_door

    return guard


def public(because: str) -> Callable[[View], View]:
    """An open door, which says why."""

    def mark(view: View) -> View:
        view.public_because = because  # type: ignore[attr-defined]
        return view

    return mark


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        sentence = _(
            "You have been signed out. Sign in again in another window. Your words stay on this page."
        )
        return JsonResponse({"sentence": sentence}, status=401)
    if request.user.is_authenticated:
        # signed in, and no longer anybody in any organisation: sending them to the sign-in would go in circles
        raise Refused(not_yours(_("You do not belong to any organisation at the moment.")))
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")

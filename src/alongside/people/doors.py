"""Closed by default: every address of Alongside is a door that demands a named rule, or says why it is open.

    @door(may_accept_agreement, load=agreement_for, methods=("POST",), opens=LEADS_BACK)
    def accept_agreement(request, seat, version): ...

`limit` names how often a person may send something here (`settings.RATE_LIMITS`): what only shows has none.
`biggest_file` is how many bytes of files may come to it: what is beyond is stopped while it arrives (`ui/uploads.py`).

`load(actor, **the address's parts)` answers with what the view and the rule are called with, as a tuple, or None: then
the person has no part in it and reads 404, whether it exists or not. `rule(*found)` answers with a Verdict. `opens` is
what the door shows of people's words, or why nothing (see `openings`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils.translation import gettext as _

from alongside.kernel.encryption import columns_opened
from alongside.kernel.errors import Refused, demand
from alongside.kernel.verdict import Verdict, hidden, not_yours

from .account_events import is_copy, note_copy
from .limits import too_often, wait_for, wait_for_client
from .models import Person
from .openings import Nothing, OpenedThing, Opens, journey_of, note_openings

View = Callable[..., HttpResponse]
FIRST_OF_ALL: list[Callable[[Any], Verdict | None]] = []
"""Asked of the seat at every door before its rule: what keeps somebody out of all of a journey."""


class Request(HttpRequest):
    """A request as the middleware hands it on: who asks, at which table, in which login session, and whether htmx does."""

    actor: Person | None
    rehearses: Any
    seat: Any
    login_session: Any
    htmx: Any
    opened: list[OpenedThing] | None


@dataclass(frozen=True)
class Door:
    """What a view demands. Read by the tests of the architecture and by the permission matrix."""

    rule: Callable[..., Verdict]
    load: Callable[..., tuple[Any, ...] | None] | None
    methods: tuple[str, ...]
    opens: Opens
    limit: str = ""
    biggest_file: int = 0


def door(
    rule: Callable[..., Verdict],
    *,
    opens: Opens,
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
            request.opened = None
            with columns_opened() as columns:
                found = (request.actor,) if load is None else load(request.actor, **parts)
                if found is None:
                    raise Refused(hidden())
                request.seat = next((thing for thing in found if hasattr(thing, "is_one_of_two")), None)
                for ask in FIRST_OF_ALL:
                    if (verdict := ask(request.seat)) is not None:
                        demand(verdict)
                demand(rule(*found))
                response = view(request, *found)
            who = {"by": request.actor, "login_session": request.login_session}
            note_openings(request, opens, found, columns, response, **who)
            if is_copy(response):
                note_copy(request, journey_of(found), response)
            return response

        limited = limit if "POST" in methods else ""
        open_door.door = Door(rule, load, methods, opens, limited, biggest_file)  # type: ignore[attr-defined]
        return open_door

    return guard


def public(because: str, *, opens: Opens) -> Callable[[View], View]:
    """An open door, which says why. Nobody is signed in here: what it opens it records itself, and nothing means nothing.

    What is sent is counted by the address it comes from, so that a link's door is no place to guess at.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def watched(request: Request, *arguments: Any, **parts: Any) -> HttpResponse:
            if request.method == "POST" and (wait := wait_for_client(request)):
                return too_often(request, wait, as_json=wants_json(request))
            with columns_opened() as columns:
                response = view(request, *arguments, **parts)
            if isinstance(opens, Nothing):
                note_openings(request, opens, (), columns, response, by=None, login_session="")
            return response

        watched.public_because = because  # type: ignore[attr-defined]
        watched.opens = opens  # type: ignore[attr-defined]
        return watched

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
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    # what could be kept was kept before it came here (kept_form_middleware)
    messages.warning(request, _("You had been signed out. What you sent could not be saved."))
    return redirect_to_login("/")

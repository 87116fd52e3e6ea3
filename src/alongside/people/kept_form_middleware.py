"""No form is lost: one that comes without a login session of the person it was made for is kept, and brought back.

Nothing is done with it until that person presses again: what comes back is a page, filled in. Only forms that say, signed,
for whom they were made are kept, and only when they come from a page of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.ui.filling import fill
from alongside.ui.form_owner import Owner, owner_of_form

from . import kept_forms
from .doors import Request, wants_json
from .kept_forms import Kept, page_of, typed_in

__all__ = ["is_from_here", "is_theirs", "keep_for", "page_of", "typed_in"]

ENTRANCE = "/accounts/"
PLACE = '<div id="messages"'
"""What is said about a form stands before what the page says by itself."""


class KeptFormMiddleware:
    """Keeps what arrives too late, and fills in the page it belongs to when its owner opens it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and kept_forms.cookie_name() in request.COOKIES and not request.htmx:
            return _bring_back(request, response)
        return response

    def process_view(self, request: Request, view: Any, *_parts: Any) -> HttpResponse | None:
        """A form made for somebody who is not signed in here never reaches its door."""
        if request.method != "POST" or hasattr(view, "public_because") or wants_json(request):
            return None
        owner = owner_of_form(request)
        if owner is None or owner.person_id is None or is_theirs(request, owner):
            return None
        if request.actor is None and request.user.is_authenticated:
            return None  # they have no place in any organisation any more: the door says so
        if request.path == reverse("account_logout"):
            return None  # what it asks for is so already
        return keep_for(request, owner, stale=False)


def keep_for(request: Request, owner: Owner, *, stale: bool) -> HttpResponse | None:
    """Keep the form that was sent and lead to where it comes back. None when it can't be kept."""
    found = kept_forms.keep(request, owner, stale=stale)
    if found is None:
        return None
    kept, key = found
    response = _onward(request, owner, kept)
    kept_forms.remember(response, key)
    return response


def is_theirs(request: Request, owner: Owner | None) -> bool:
    """Whether the one who is signed in is the one the form was made for."""
    return request.actor is not None and owner is not None and request.actor.id == owner.person_id


def _onward(request: Request, owner: Owner, kept: Kept) -> HttpResponse:
    if owner.person_id is None or is_theirs(request, owner):
        return _lead(request, kept.page)
    if request.actor is None:
        return _lead(request, f"{resolve_url('account_login')}?{urlencode({'next': kept.page})}")
    return render(request, "ui/errors/409.html", {"sentence": _someone_else()}, status=409)


def _someone_else() -> str:
    return _(
        "Someone else has signed in on this browser since this page was opened. What was typed is saved for 30 minutes: "
        "it comes back when the person who typed it signs in here."
    )


def _lead(request: Request, address: str) -> HttpResponse:
    """A page that sent the form by itself is told where to go; a browser follows."""
    if not request.htmx:
        response: HttpResponse = HttpResponseRedirect(address)
        response.status_code = 303
        return response
    return HttpResponse(status=401, headers={"HX-Redirect": address})


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this. One that says nothing is believed."""
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none"):
        return False
    return origin in (None, "null") or urlsplit(origin).netloc == request.get_host()


# --- bringing back -------------------------------------------------------------------------------------------------


def _bring_back(request: Request, response: HttpResponse) -> HttpResponse:
    waiting = kept_forms.waiting_in(request)
    if not waiting:
        response.delete_cookie(kept_forms.cookie_name())
        return response
    if response.status_code == 405:
        # the form had come back with a mistake in it: its page is one that can't be asked for
        return redirect("people:kept_forms")
    if hasattr(response, "render") and not getattr(response, "is_rendered", True):
        response.render()
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return response
    if response.status_code in (301, 302, 303, 307, 308) or response.status_code >= 500:
        return response
    actor = request.actor
    if actor is None and request.path.startswith(ENTRANCE) and any(one.person_id for one in waiting):
        return _with(response, response.content.decode(), _said("ui/kept_form_waits.html", request))
    mine = kept_forms.opened(waiting, actor.id if actor else None)
    here = {row: kept for row, kept in mine.items() if kept.page == request.get_full_path()}
    if here:
        return _filled_in(request, response, here)
    if mine and actor and request.path != reverse("people:kept_forms"):
        pages = list(dict.fromkeys(kept.page for kept in mine.values()))
        return _with(
            response,
            response.content.decode(),
            _said("ui/kept_form_elsewhere.html", request, pages=pages, all=reverse("people:kept_forms")),
        )
    return response


def _filled_in(request: Request, response: HttpResponse, here: dict[UUID, Kept]) -> HttpResponse:
    page, said = response.content.decode(), []
    for kept in here.values():
        filled = fill(page, request.get_full_path(), kept.sent)
        page = filled.page
        said.append(
            _said("ui/kept_form.html", request, kept=kept, found=filled.found, unplaced=filled.unplaced)
        )
    kept_forms.let_go(here)
    return _with(response, page, "".join(said))


def _said(template: str, request: Request, **facts: Any) -> str:
    return str(render_to_string(template, facts, request))


def _with(response: HttpResponse, page: str, said: str) -> HttpResponse:
    before, place, after = page.partition(PLACE)
    response.content = (before + said + place + after) if place else page
    response["Cache-Control"] = "no-store, private"
    return response

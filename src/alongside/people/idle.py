"""A sign-in at which nobody does anything ends before its twelve hours are over."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from .devices import device_of
from .doors import Request, View

WRITTEN_DOWN_EVERY = 5 * 60
"""In seconds: a login session is written down anew this often, not with every page."""


def unattended(view: View) -> View:
    """Mark a door at which a page knocks by itself: that is no sign that anybody is there."""
    view.unattended = True  # type: ignore[attr-defined]
    return view


class IdleMiddleware:
    """Signs out whoever has done nothing for `SESSION_IDLE_SECONDS`; their door then asks them to sign in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, *_parts: Any) -> None:
        if request.actor is None:
            return
        moment, seen = int(time.time()), request.session.get("seen_at", 0)
        if seen and moment - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
            request.actor = None
        elif not getattr(view, "unattended", False) and moment - seen > WRITTEN_DOWN_EVERY:
            request.session["seen_at"] = moment
            if "device" not in request.session:
                request.session["device"] = device_of(request.headers.get("User-Agent", ""))

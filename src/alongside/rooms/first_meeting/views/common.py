"""How every page of this room is shown, and how one gets back to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.journeys.seat import Seat

from ..pages.common import address


def show(request: HttpRequest, seat: Seat, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"first_meeting/{name}.html", context, status=status)


def go(seat: Seat, name: str, **parts: Any) -> HttpResponse:
    return redirect(address(seat, name, **parts))

"""How every page of this room is shown, and how one gets back to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.journeys.seat import Seat

from ..pages.common import address


def show(request: HttpRequest, seat: Seat, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"first_meeting/{name}.html", context, status=status)


def back_to(seat: Seat, target_id: UUID | None, *, need_id: UUID | None = None) -> HttpResponse:
    """To the page of goals, where one was on it: at the goal, the need, or the steps that serve none."""
    place = f"g-{target_id}" if target_id else f"n-{need_id}" if need_id else "h-step"
    return redirect(f"{address(seat, 'goals')}#{place}")


def go(seat: Seat, name: str, **parts: Any) -> HttpResponse:
    return redirect(address(seat, name, **parts))

"""How every page of this room is shown, and how one gets back to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.journeys.seat import Seat
from alongside.kernel.models import Row
from alongside.ledger.record import record_opening

from ..pages.common import address


def show(
    request: HttpRequest, seat: Seat, name: str, *, opened: Row, status: int = 200, **context: Any
) -> HttpResponse:
    """Show a page whose words are shared, and note once in a login session that this person opened them."""
    note_opening(request, seat, opened)
    return render(request, f"first_meeting/{name}.html", context, status=status)


def note_opening(request: HttpRequest, seat: Seat, opened: Row) -> None:
    record_opening(
        subject_kind=opened._meta.label_lower,
        subject_id=opened.pk,
        journey_id=seat.journey.id,
        login_session=str(request.login_session),  # type: ignore[attr-defined]
        by=seat,
    )


def go(seat: Seat, name: str, **parts: Any) -> HttpResponse:
    return redirect(address(seat, name, **parts))

"""What the doors of this room have in common: trying an action, what the page knew, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from alongside.journeys.kinds.shapes import MeetingShape
from alongside.journeys.seat import Seat
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial

from ..claims import NeedsReason
from ..models import Meeting


@dataclass(frozen=True)
class Tried:
    """What came of a form: the thing done, or the status with which the page is shown again."""

    done: Any = None
    status: int = 200
    free: tuple = ()


def attempt(request: HttpRequest, form: django_forms.Form, action: Callable[[dict], Any]) -> Tried:
    """Do the action with what was typed; if it isn't valid or isn't the moment, what was typed stays on the page."""
    if request.method != "POST":
        return Tried()
    if not form.is_valid():
        return Tried(status=422)
    try:
        return Tried(done=action(form.cleaned_data))
    except Refused as refused:
        if refused.verdict.denial is not Denial.NOT_NOW:
            raise
        if isinstance(refused, NeedsReason) and hasattr(form, "ask_why"):
            form.ask_why()
        form.add_error(None, getattr(refused, "plain", refused.verdict.sentence))
        return Tried(status=409, free=tuple(getattr(refused, "free", ())))


def as_seen(request: HttpRequest, meeting: Meeting) -> Meeting:
    """The meeting with the sequence the page knew, so that an act on an outdated page is noticed by its action."""
    known = request.POST.get("known", "")
    if known.isascii() and known.isdigit():
        meeting = copy(meeting)
        meeting.sequence = int(known[:9])
    return meeting


def next_path(request: HttpRequest) -> str:
    """Where the person came from and goes back to: an address of Alongside, or ""."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if ours else ""


def shapes_of(seat: Seat) -> tuple[MeetingShape, ...]:
    """What a meeting of this journey can be."""
    return seat.kind.shapes_for(seat.kind.template(seat.journey.template))

"""The answer of every door behind a box where one writes: JSON for the page that saves as one types, else a redirect."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from alongside.people.doors import wants_json

from .seat import Seat
from .words import Box, Written, write


def answer(request: HttpRequest, *, box: Box, seat: Seat, back: str) -> HttpResponse:
    """Save what was posted and say how it stands now."""
    return say(request, write(box=box, **posted(request), by=seat), back)


def posted(request: HttpRequest) -> dict[str, Any]:
    """What a box sends: its `text`, the `version` and (where the page knows it) `base` it began with, and its `letter`."""
    version = request.POST.get("version", "")
    return {
        "text": request.POST.get("text", ""),
        "version": int(version) if version.isascii() and version.isdigit() else 0,
        "base": request.POST.get("base"),
        "letter": _mark(request.POST.get("letter", "")),
    }


def say(request: HttpRequest, written: Written, back: str) -> HttpResponse:
    if wants_json(request):
        facts = {"text": written.text, "version": written.version, "merged": written.merged}
        return JsonResponse({**facts, "sentence": str(written.sentence)})
    messages.success(request, written.sentence)
    return redirect(back)


def _mark(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

"""The answer of every door behind a box where one writes: JSON for the page that saves as one types, else a redirect."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from alongside.people.doors import wants_json

from .seat import Seat
from .words import Box, write


def answer(request: HttpRequest, *, box: Box, seat: Seat, back: str) -> HttpResponse:
    """Save the posted `text` against `version` (and `base`, where the page knows it) and say how it stands now."""
    version = request.POST.get("version", "")
    written = write(
        box=box,
        text=request.POST.get("text", ""),
        version=int(version) if version.isascii() and version.isdigit() else 0,
        base=request.POST.get("base"),
        by=seat,
    )
    if wants_json(request):
        facts = {"text": written.text, "version": written.version, "merged": written.merged}
        return JsonResponse({**facts, "sentence": written.sentence})
    messages.success(request, written.sentence)
    return redirect(back)

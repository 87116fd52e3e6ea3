"""A rehearsal is answered under an address of its own: there, and for one request, the made-up person asks.

`/rehearsals/<id>/guide/journeys/…` is the page `/journeys/…` as the made-up guide has it. What is open elsewhere in the same
browser stays as it is, and every address on the page leads on under the same prefix.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from alongside.journeys.material import kind_of
from alongside.journeys.models import Rehearsal
from alongside.journeys.rehearsals import rehearsal_for
from alongside.ledger.record import Rehearsed, recorded_as
from alongside.people.doors import Request

from .rules import may_keep_material

GUIDE, PARTICIPANT = "guide", "participant"
_ADDRESS = re.compile(
    rf"/rehearsals/(?P<id>[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/(?P<side>{GUIDE}|{PARTICIPANT})"
    r"(?P<rest>/(?![/\\]).*)?"
)
"""What follows is a path of this application, and never begins as an address of another one."""


def url_in(rehearsal: Rehearsal, side: str) -> str:
    """The page of its journey, as one of the two has it. Asked for outside of any rehearsal."""
    return f"/rehearsals/{rehearsal.id}/{side}" + reverse("overview:journey", args=[rehearsal.journey_id])


@dataclass(frozen=True)
class Strip:
    """What stands above every page of a rehearsal."""

    said: str
    acting: str
    switch: str
    switch_url: str
    leave: str
    leave_url: str
    publish: str
    publish_url: str
    """From the draft as it was tried onward; empty where a published version is tried."""


class RehearsalMiddleware:
    """Lets whoever began a rehearsal ask as either of its two. For anybody else there is nothing at such an address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.rehearses = None
        parts = (
            _ADDRESS.fullmatch(request.path_info) if request.path_info.startswith("/rehearsals/") else None
        )
        if parts is None:
            return self.get_response(request)
        rest = parts["rest"] or "/"
        if request.actor is None:
            # the door asks them to sign in, and what they sent is kept for them, as at every other page
            return (
                self._under(parts["side"], rest, request)
                if rest.startswith("/journeys/")
                else self.get_response(request)
            )
        found = rehearsal_for(request.actor, rehearsal_id=UUID(parts["id"]))
        if found is None or not may_keep_material(request.actor):
            return self.get_response(request)
        return self._in(found[1], parts["side"], rest, request)

    def _in(self, rehearsal: Rehearsal, side: str, rest: str, request: Request) -> HttpResponse:
        if not rest.startswith(f"/journeys/{rehearsal.journey_id}/"):
            return self._elsewhere(rest, request)
        who = request.actor
        assert who is not None
        request.rehearses = strip_of(rehearsal, side)
        request.actor = rehearsal.guide if side == GUIDE else rehearsal.participant
        with recorded_as(Rehearsed(rehearsal.id, who.id, who.user_id)):
            return self._under(side, rest, request)

    def _elsewhere(self, rest: str, request: Request) -> HttpResponse:
        """Any other page is one's own again; nothing is sent there from here."""
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        query = request.META.get("QUERY_STRING", "")
        return redirect(rest + (f"?{query}" if query else ""))

    def _under(self, side: str, rest: str, request: Request) -> HttpResponse:
        """Answer it as the page it is of, with addresses that lead on under the same prefix."""
        outside = get_script_prefix()
        set_script_prefix(request.path_info.removesuffix(rest) + "/")
        request.path_info = rest
        try:
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            return response
        finally:
            set_script_prefix(outside)


def strip_of(rehearsal: Rehearsal, side: str) -> Strip:
    words = kind_of(rehearsal.journey).words
    two = {
        GUIDE: _("%(name)s (%(role)s)") % {"name": rehearsal.guide.name, "role": words.guide},
        PARTICIPANT: _("%(name)s (%(role)s)")
        % {"name": rehearsal.participant.name, "role": words.participant},
    }
    other = PARTICIPANT if side == GUIDE else GUIDE
    return Strip(
        said=_(
            "This is a rehearsal. Nobody else sees it, and no email is sent. It will be deleted on %(day)s."
        )
        % {"day": formats.date_format(timezone.localtime(rehearsal.ends_at), "j F Y")},
        acting=_("You are acting as %(person)s.") % {"person": two[side]},
        switch=_("Act as %(person)s") % {"person": two[other]},
        switch_url=url_in(rehearsal, other),
        leave=_("Back to the template"),
        leave_url=reverse("material:material", args=[rehearsal.material_id]),
        publish=_("See the changes and publish"),
        publish_url="" if rehearsal.version else reverse("material:publish", args=[rehearsal.material_id]),
    )

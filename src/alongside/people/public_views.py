"""Pages and pictures of an organisation for everybody, signed in or not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.ui.colours import is_colour

from . import public_pages as pages
from .doors import public
from .models import Organisation
from .openings import Nothing
from .publisher import publisher_of
from .queries import logo_of, organisation_by

FOR_EVERYBODY = (
    "Whoever was invited reads it before they sign in, and whoever cannot sign in has to find help."
)
SAID_TO_ALL = Nothing("What an organisation says of itself to everybody.")


def _about(
    request: HttpRequest,
    organisation_id: UUID | None,
    page_of: Callable[[Organisation | None], Any],
    template: str = "people/about_text.html",
) -> HttpResponse:
    if organisation_id:
        found = organisation_by(organisation_id)
        if found is None:
            raise Http404
        request.publisher = found  # type: ignore[attr-defined]
    return render(request, template, {"page": page_of(publisher_of(request))})


@public(FOR_EVERYBODY, opens=SAID_TO_ALL)
@require_safe
def contact(request: HttpRequest, organisation_id: UUID | None = None) -> HttpResponse:
    return _about(request, organisation_id, pages.contact_page, "people/about_contact.html")


@public(FOR_EVERYBODY, opens=SAID_TO_ALL)
@require_safe
def privacy(request: HttpRequest, organisation_id: UUID | None = None) -> HttpResponse:
    return _about(request, organisation_id, pages.privacy_page)


@public(FOR_EVERYBODY, opens=SAID_TO_ALL)
@require_safe
def accessibility(request: HttpRequest, organisation_id: UUID | None = None) -> HttpResponse:
    return _about(request, organisation_id, pages.accessibility_page)


@public(FOR_EVERYBODY, opens=SAID_TO_ALL)
@require_safe
def imprint(request: HttpRequest, organisation_id: UUID | None = None) -> HttpResponse:
    return _about(request, organisation_id, pages.imprint_page)


@public("The logo stands on the sign-in page, and on the page of an invitation.", opens=SAID_TO_ALL)
@require_safe
def logo(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """A drawing opened by itself runs nothing and loads nothing."""
    found = logo_of(organisation_id)
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=found.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@public("A style sheet of one colour, which the address itself names.", opens=SAID_TO_ALL)
@require_safe
def colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The colour of an organisation as a style sheet: a page may hold no style of its own."""
    if not is_colour(f"#{colour}"):
        raise Http404
    drawn = f".masthead{{border-block-start:.3rem solid #{colour}}}.foot{{border-block-start:.2rem solid #{colour}}}"
    answer = HttpResponse(drawn, content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer

"""Which organisation a page belongs to, and how the frame around the page shows it.

It is that of what the page is about, such as an invitation or a link of afterwards, or else of who is signed in. On a page
of nobody in particular, such as the sign-in, it is the only organisation there is; where there are several it is none, as
the page must not say who else is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alongside.kernel.addresses import address
from alongside.ui.logos import Logo
from alongside.ui.paper import Letterhead
from alongside.ui.telephones import telephone_link

from .models import Organisation
from .queries import logo_of, only_organisation


@dataclass(frozen=True)
class Publisher:
    """What stands in the foot of every page, and at the head of the pages for those who come in."""

    name: str
    telephone: str
    telephone_url: str
    colour: str
    logo: str
    logo_width: int
    logo_height: int
    contact: str
    privacy: str
    accessibility: str
    imprint: str


LOGO_HEIGHT = 40
LOGO_WIDTH = 180


def publisher(request: HttpRequest) -> dict[str, Any]:
    """`publisher`: worked out when a page is rendered."""
    return {"publisher": SimpleLazyObject(lambda: publisher_page(publisher_of(request)))}


def publisher_of(request: HttpRequest) -> Organisation | None:
    """The organisation this page belongs to, as it is said above."""
    if not hasattr(request, "publisher"):
        seat, actor = getattr(request, "seat_by_link", None), getattr(request, "actor", None)
        who = seat.actor if seat else actor
        request.publisher = who.organisation if who else only_organisation()  # type: ignore[attr-defined]
    known: Organisation | None = request.publisher  # type: ignore[attr-defined]
    return known


def publisher_page(organisation: Organisation | None) -> Publisher:
    parts = (organisation.id,) if organisation else ()
    links = {
        name: address(f"people:{name}", *parts)
        for name in ("about_contact", "about_privacy", "about_accessibility")
    }
    width, height = _fitted(organisation)
    return Publisher(
        name=organisation.name if organisation else "",
        telephone=organisation.telephone if organisation else "",
        telephone_url=_link(organisation.telephone) if organisation else "",
        colour=address("people:colour", organisation.colour[1:])
        if organisation and organisation.colour
        else "",
        logo=logo_url(organisation) if organisation else "",
        logo_width=width,
        logo_height=height,
        contact=links["about_contact"],
        privacy=links["about_privacy"],
        accessibility=links["about_accessibility"],
        imprint=address("people:about_imprint", *parts) if organisation and organisation.has_imprint else "",
    )


def logo_url(organisation: Organisation) -> str:
    """Where its logo lies; another logo lies elsewhere, so that browsers may keep it for good."""
    if not organisation.logo_digest:
        return ""
    return f"{address('people:logo', organisation.id)}?{organisation.logo_digest}"


def letterhead_of(organisation: Organisation) -> Letterhead:
    """For a paper of this organisation."""
    row = logo_of(organisation.id) if organisation.logo_digest else None
    return Letterhead(
        name=organisation.name,
        telephone=organisation.telephone,
        colour=organisation.colour,
        logo=Logo(bytes(row.content), row.media_type, organisation.logo_width, organisation.logo_height)
        if row
        else None,
    )


def _fitted(organisation: Organisation | None) -> tuple[int, int]:
    """As large as it is shown, so that nothing moves while it loads."""
    if organisation is None or not organisation.logo_digest:
        return 0, 0
    width, height = organisation.logo_width, organisation.logo_height
    scale = min(LOGO_HEIGHT / height, LOGO_WIDTH / width)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _link(telephone: str) -> str:
    try:
        return telephone_link(telephone) if telephone else ""
    except ValueError:
        return ""

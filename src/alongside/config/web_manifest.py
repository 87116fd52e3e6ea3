"""`/manifest.webmanifest`: by which a phone puts Alongside on its home screen, under a name that says nothing of why."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alongside.people.doors import public
from alongside.people.openings import Nothing

PAPER = "#faf7f0"
SIZES = (192, 512)


@public(
    "A phone asks for it before anybody has signed in; it names the application and its icons.",
    opens=Nothing("It names the application and its icons."),
)
@require_safe
def web_manifest(request: HttpRequest) -> JsonResponse:
    icons = [
        {
            "src": static(f"ui/icons/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in SIZES
        for purpose in ("any", "maskable")
    ]
    facts = {
        "name": _("Alongside"),
        "short_name": _("Alongside"),
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "dir": "rtl" if get_language_bidi() else "ltr",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": icons,
    }
    # kept nowhere, as every answer: it is in the language of whoever asks
    return JsonResponse(facts, content_type="application/manifest+json")

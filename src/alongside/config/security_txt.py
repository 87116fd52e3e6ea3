"""`/.well-known/security.txt` (RFC 9116): whom to tell of a weakness, for whoever finds one."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alongside.kernel.clock import now
from alongside.people.doors import public
from alongside.people.openings import Nothing

HOLDS_FOR = dt.timedelta(days=180)


@public(
    "Whoever finds a weakness has no account; it names an address and nothing else.",
    opens=Nothing("It names an address to write to."),
)
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """There is none until somebody is named who reads what comes (ALONGSIDE_SECURITY_CONTACT)."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    until = (now() + HOLDS_FOR).astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    ]
    answer = HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer

"""What every answer carries, also a redirect, an error, and the answer to somebody who is not signed in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

NOWHERE = "no-store, private"
PERMISSIONS = ", ".join(
    [
        *(
            f"{name}=()"
            for name in (
                "accelerometer",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "usb",
            )
        ),
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]
)
"""No page needs eyes, ears or whereabouts; passkeys are made and shown on our own pages alone."""


class HeadersMiddleware:
    """Outermost, so that no answer is without: stored nowhere unless it is public, and silent about what serves it.

    A picture or a feed may lie in its reader's own browser, which asks anew each time: such an answer says `private,
    no-cache` itself and has an ETag. What is public says so itself: the static files do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # TRACE would have a request sent back as it came; no page needs it
        is_trace = request.method == "TRACE"
        response = HttpResponseNotAllowed(("GET", "POST")) if is_trace else self.get_response(request)
        if not _says_where_it_may_lie(response):
            response["Cache-Control"] = NOWHERE
        response["Permissions-Policy"] = PERMISSIONS
        # the server would write its own name where there is no such header
        response["Server"] = ""
        return response


def _says_where_it_may_lie(response: HttpResponse) -> bool:
    said = {part.strip() for part in response.get("Cache-Control", "").lower().split(",")}
    return bool({"no-store", "public"} & said) or ({"private", "no-cache"} <= said and "ETag" in response)

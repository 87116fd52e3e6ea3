"""One line in the log for each request: which action, how it ended, how long it took, who asked."""

import logging
import time

from alongside.config.logs import route_of

logger = logging.getLogger("alongside.access")


class AccessLogMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        logger.info(
            "request",
            extra={
                "method": request.method,
                "route": route_of(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
                "actor": _actor(request),
            },
        )
        return response


def _actor(request) -> str | None:
    """The id of who is signed in, if the request asked for it: logging alone never costs a query."""
    user = getattr(request, "_cached_user", None)
    return str(user.pk) if user is not None and user.pk else None

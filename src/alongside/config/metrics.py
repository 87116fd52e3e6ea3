"""`GET /metrics`: how it goes, as numbers in the text format of Prometheus, for whoever shows the token. See decision 71.

Closed unless ALONGSIDE_METRICS_TOKEN is set. No number speaks of a person, and no label holds a word, a name or an id:
an address is told by the name of its route.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from alongside.config.logs import route_of
from alongside.config.shared_counts import FOLDER
from alongside.people.doors import public
from alongside.people.openings import Nothing

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Histogram

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""Whatever else a client makes up is one method: each new label would be kept until the next start."""
SECONDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class RequestTimesMiddleware:
    """Counts each answer and how long it took, where somebody may ask for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.times = request_times()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        method = request.method if request.method in METHODS else "other"
        self.times.labels(route_of(request), method, response.status_code).observe(
            time.perf_counter() - began
        )
        return response


@public(
    "Monitoring asks with a token instead of an account; without it, nothing is here.",
    opens=Nothing("Numbers about the whole installation; it knows of no journey."),
)
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

    if request.method not in ("GET", "HEAD") or not _shows_the_token(request):
        raise Http404
    return HttpResponse(generate_latest(_registry()), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _shows_the_token(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    asked, ours = token.strip(), settings.METRICS_TOKEN
    return bool(ours) and scheme.lower() == "bearer" and constant_time_compare(asked, ours)


@cache
def request_times() -> Histogram:
    from prometheus_client import Histogram, disable_created_metrics

    disable_created_metrics()
    return Histogram(
        "alongside_request_seconds",
        "Answers and how long they took, since the server was started.",
        ("route", "method", "status"),
        buckets=SECONDS,
        registry=None,
    )


def _registry() -> CollectorRegistry:
    """What all server processes of this machine counted, and what the database says at this moment."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    from alongside.config.metric_facts import Facts

    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)
    else:
        registry.register(request_times())
    registry.register(Facts())
    return registry

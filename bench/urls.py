"""The product's addresses, and the floor's."""

from django.urls import path

from alongside.config import urls
from alongside.config.urls import handler403, handler404, handler500
from bench.floor import commit, floor, which

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("bench/floor/", floor),
    path("bench/commit/", commit),
    path("bench/which/", which),
    *urls.urlpatterns,
]

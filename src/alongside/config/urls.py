"""The map of the house. Addresses mirror the rooms; each room's own doors are in its `urls.py`."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from alongside.config.health import healthz

_JOURNEY = "journeys/<uuid:journey_id>/"

_ROOMS = [
    ("", "alongside.overview.urls"),
    ("", "alongside.people.urls"),
    ("journeys/", "alongside.journeys.urls"),
    (_JOURNEY + "environment/", "alongside.rooms.environment.urls"),
    ("places/", "alongside.rooms.environment.urls_places"),
    (_JOURNEY + "first-meeting/", "alongside.rooms.first_meeting.urls"),
    (_JOURNEY + "sessions/", "alongside.rooms.sessions.urls"),
    (_JOURNEY + "ending/", "alongside.rooms.ending.urls"),
    ("ui/", "alongside.ui.urls"),
    *([("demo/", "alongside.demo.urls")] if settings.DEMO else []),
]


def _there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    *[path(prefix, include(module)) for prefix, module in _ROOMS if _there(module)],
]

handler403 = "alongside.config.errors.forbidden"
handler404 = "alongside.config.errors.not_found"
handler500 = "alongside.config.errors.broken"

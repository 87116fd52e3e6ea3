"""The map of the house. Addresses mirror the rooms; each room's own doors are in its `urls.py`."""

from django.conf import settings
from django.urls import include, path

from alongside.config.health import healthz
from alongside.config.metrics import metrics
from alongside.config.security_txt import security_txt
from alongside.config.web_manifest import web_manifest

_JOURNEY = "journeys/<uuid:journey_id>/"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("manifest.webmanifest", web_manifest, name="web_manifest"),
    path("accounts/", include("allauth.urls")),
    path("journeys/bring-in/", include("alongside.caseload_files.urls")),
    path("", include("alongside.overview.urls")),
    path("safety/", include("alongside.overview.urls_safety")),
    path("", include("alongside.people.urls")),
    path("profile/everything/", include("alongside.archive.urls")),
    path("backups/", include("alongside.backups.urls")),
    path(_JOURNEY + "environment/", include("alongside.rooms.environment.urls")),
    path("places/", include("alongside.rooms.environment.urls_places")),
    path("times/", include("alongside.rooms.environment.urls_offers")),
    path("", include("alongside.rooms.environment.urls_week")),
    path("time/", include("alongside.rooms.environment.urls_time")),
    path("", include("alongside.rooms.environment.urls_emails")),
    path(_JOURNEY + "goals/", include("alongside.goals.measuring.urls")),
    path("measures/", include("alongside.goals.measuring.urls_service")),
    path("agreement-texts/", include("alongside.rooms.first_meeting.urls_texts")),
    path(_JOURNEY + "first-meeting/", include("alongside.rooms.first_meeting.urls")),
    path("programmes/", include("alongside.programmes.urls")),
    path("templates/", include("alongside.material.urls")),
    path("erasure/", include("alongside.retention.urls")),
    path("help/", include("alongside.help.urls")),
    path(_JOURNEY + "template/", include("alongside.material.urls_journey")),
    path(_JOURNEY + "programme/", include("alongside.programmes.urls_journey")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.meeting_page.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.focusing.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.copies.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.supervision_cases.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.reflection.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.feedback.urls")),
    path(_JOURNEY + "sessions/", include("alongside.rooms.sessions.on_track.urls")),
    path("reflections/", include("alongside.rooms.sessions.reflection.own_urls")),
    path(_JOURNEY + "ending/", include("alongside.rooms.ending.urls")),
    path(_JOURNEY + "ending/keepsake/reminders/", include("alongside.rooms.ending.keepsake_reminders.urls")),
    path(_JOURNEY + "ending/keepsake/", include("alongside.rooms.ending.keepsake.urls")),
    path(_JOURNEY + "ending/follow-up/", include("alongside.rooms.ending.follow_up.urls")),
    path(_JOURNEY + "ending/return-request/", include("alongside.rooms.ending.return_requests.own_urls")),
    path(_JOURNEY + "ending/hand-over/", include("alongside.rooms.ending.handover.urls")),
    path("hand-over/", include("alongside.rooms.ending.handover.asked_urls")),
    path("later/", include("alongside.rooms.ending.later.urls")),
    path("return-requests/", include("alongside.rooms.ending.return_requests.urls")),
    *([path("ui/", include("alongside.ui.urls"))] if settings.SHOW_EXAMPLES else []),
    *([path("demo/", include("alongside.demo.urls"))] if settings.DEMO else []),
]

handler403 = "alongside.config.errors.forbidden"
handler404 = "alongside.config.errors.not_found"
handler429 = "alongside.config.errors.too_often"
handler500 = "alongside.config.errors.broken"

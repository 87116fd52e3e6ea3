"""Addresses of the ending, below `/journeys/<id>/ending/`: those of its parts, one after the other."""

from django.urls import include, path

app_name = "ending"
urlpatterns = [
    path("", include("alongside.rooms.ending.ending_page.urls")),
    path("", include("alongside.rooms.ending.wishes.urls")),
    path("", include("alongside.rooms.ending.comparison.urls")),
    path("", include("alongside.rooms.ending.contributions.urls")),
    path("", include("alongside.rooms.ending.closing_topics.urls")),
    path("", include("alongside.rooms.ending.closing.urls")),
]

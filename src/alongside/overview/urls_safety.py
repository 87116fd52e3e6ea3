"""A safety notice that was passed on, and the way it goes tried, under /safety/."""

from django.urls import path

from .views import safety

app_name = "safety"

urlpatterns = [
    path("<uuid:notice_id>/", safety.notice, name="notice"),
    path("tests/", safety.tests, name="tests"),
    path("tests/<uuid:test_id>/", safety.test, name="test"),
]

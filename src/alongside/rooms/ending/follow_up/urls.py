"""Addresses of what comes after the end, below `/journeys/<id>/ending/follow-up/`."""

from django.urls import path

from . import views

app_name = "follow_up"
urlpatterns = [
    path("", views.plan, name="plan"),
    path("days/", views.days, name="days"),
    path("stop/", views.stop, name="stop"),
    path("link/", views.make_link, name="make_link"),
    path("links-off/", views.switch_off, name="switch_off"),
    path("help/", views.worse, name="worse"),
    path("seen/", views.seen, name="seen"),
    path("<uuid:day_id>/", views.answer, name="answer"),
]

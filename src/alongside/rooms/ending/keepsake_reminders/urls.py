"""Addresses of being reminded, below `/journeys/<id>/ending/keepsake/reminders/`."""

from django.urls import path

from . import views

app_name = "keepsake_reminders"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("stop/", views.stop, name="stop"),
    path("again/", views.again, name="again"),
]

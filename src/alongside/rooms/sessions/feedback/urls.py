"""The door of how it was, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "felt"

urlpatterns = [path("how-it-was/", views.felt, name="felt")]

"""The programme of a journey, under /journeys/<id>/programme/."""

from django.urls import path

from .views import placement

app_name = "journey_programme"

urlpatterns = [path("", placement.placement, name="placement")]

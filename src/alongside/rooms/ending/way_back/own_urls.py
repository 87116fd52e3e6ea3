"""The participant's own way back, below `/journeys/<id>/ending/way-back/`."""

from django.urls import path

from . import views

app_name = "way_back_own"
urlpatterns = [path("", views.own, name="own")]

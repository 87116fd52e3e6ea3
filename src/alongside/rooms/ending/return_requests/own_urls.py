"""The participant's own way back, below `/journeys/<id>/ending/return-request/`."""

from django.urls import path

from . import views

app_name = "own_return_request"
urlpatterns = [path("", views.own, name="own")]

"""The address of the room, `/journeys/<id>/ending/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.room, name="room"),
    path("begin/", views.begin, name="begin"),
]

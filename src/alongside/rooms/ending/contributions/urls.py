"""Addresses of what the two contribute, below `/journeys/<id>/ending/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("looking-back/", views.looking_back, name="looking_back"),
    path("looking-back/ready/", views.ready, name="ready"),
    path("words/<str:box>/", views.words, name="words"),
    path("taking-with-me/", views.taking_with_me, name="taking_with_me"),
    path("taking-with-me/<uuid:suggested_id>/", views.take_along, name="take_along"),
    path("support/", views.support, name="support"),
    path("support/none/", views.no_support, name="no_support"),
    path("entries/add/", views.add_entry, name="add_entry"),
    path("entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("entries/<uuid:entry_id>/remove/", views.remove_entry, name="remove_entry"),
    path("entries/<uuid:entry_id>/back/", views.bring_back, name="bring_back"),
]

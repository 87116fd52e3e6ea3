"""Addresses of the closing, below `/journeys/<id>/ending/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("early/now/", views.end_early, name="end_early"),
    path("closing/", views.closing, name="closing"),
    path("closing/kept/", views.kept, name="kept"),
    path("closing/acknowledge/", views.acknowledge, name="acknowledge"),
    path("closing/again/", views.take_up_again, name="take_up_again"),
    path("closing/close/", views.close, name="close"),
]

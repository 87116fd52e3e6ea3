"""Addresses of other ways on, below `/journeys/<id>/ending/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("rest/", views.rest, name="rest"),
    path("resume/", views.resume, name="resume"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("go-on/", views.go_on, name="go_on"),
    path("go-on/yes/", views.go_on_yes, name="go_on_yes"),
    path("go-on/no/", views.go_on_no, name="go_on_no"),
    path("early/", views.early, name="early"),
    path("early/back/", views.early_back, name="early_back"),
]

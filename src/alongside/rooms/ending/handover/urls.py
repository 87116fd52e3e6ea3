"""Addresses of a hand-over, below `/journeys/<id>/ending/hand-over/`."""

from django.urls import path

from . import views

app_name = "handover"
urlpatterns = [
    path("", views.handover, name="handover"),
    path("propose/", views.propose, name="propose"),
    path("summary/", views.summary, name="summary"),
    path("draft/", views.draft, name="draft"),
    path("yes/", views.agree, name="agree"),
    path("no/", views.let_go, name="let_go"),
    path("came-along/", views.came_along, name="came_along"),
]

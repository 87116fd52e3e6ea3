"""Addresses of then and now, below `/journeys/<id>/ending/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("then-and-now/", views.then_and_now, name="then_and_now"),
    path("then-and-now/today/", views.today, name="today"),
    path("then-and-now/left-out/", views.leave_out, name="leave_out"),
    path("then-and-now/<uuid:target_id>/reached/", views.reached, name="reached"),
]

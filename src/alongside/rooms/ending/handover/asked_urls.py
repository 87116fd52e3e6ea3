"""Addresses of a hand-over for those outside of the journey, below `/hand-over/`: who is asked, and an administrator."""

from django.urls import path

from . import views

app_name = "asked"
urlpatterns = [
    path("<uuid:handover_id>/", views.asked, name="asked"),
    path("<uuid:handover_id>/take-on/", views.take_on, name="take_on"),
    path("<uuid:handover_id>/decline/", views.decline, name="decline"),
    path("of/<uuid:person_id>/", views.left, name="left"),
    path("of/<uuid:person_id>/<uuid:left_id>/", views.ask_another, name="ask_another"),
]

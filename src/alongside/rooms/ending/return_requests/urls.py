"""Addresses of wishes to come back, below `/return-requests/`."""

from django.urls import path

from . import views

app_name = "return_requests"
urlpatterns = [
    path("", views.wishes, name="wishes"),
    path("<uuid:wish_id>/", views.wish, name="wish"),
    path("<uuid:wish_id>/begin/", views.take_up, name="take_up"),
    path("<uuid:wish_id>/pass-on/", views.pass_on, name="pass_on"),
    path("<uuid:wish_id>/offer/", views.hand_to, name="hand_to"),
]

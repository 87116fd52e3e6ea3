"""Addresses in letters and keepsakes, below `/later/`. They say nothing of what they lead to."""

from django.urls import path

from . import link_views

app_name = "later"
urlpatterns = [
    path("<str:token>/", link_views.open_link, name="open"),
    path("<str:token>/keepsake/", link_views.keepsake, name="keepsake"),
    path("<str:token>/help/", link_views.help_now, name="help"),
    path("<str:token>/back/", link_views.come_back, name="come_back"),
    path("<str:token>/stop/", link_views.stop, name="stop"),
]

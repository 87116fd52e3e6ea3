"""Addresses in letters and keepsakes, below `/later/`. They say nothing of what they lead to."""

from django.urls import path

from . import views

app_name = "later"
urlpatterns = [
    path("<str:token>/", views.open_link, name="open"),
    path("<str:token>/keepsake/", views.keepsake, name="keepsake"),
    path("<str:token>/help/", views.help_now, name="help"),
    path("<str:token>/harder/", views.worse, name="worse"),
    path("<str:token>/back/", views.come_back, name="come_back"),
    path("<str:token>/stop/", views.stop, name="stop"),
    path("<str:token>/reminders/stop/", views.stop_reminders, name="stop_reminders"),
]

"""Everything about me, under /profile/everything/."""

from django.urls import path

from . import views

app_name = "archive"

urlpatterns = [
    path("", views.everything, name="everything"),
    path("make/", views.make, name="make_archive"),
    path("<uuid:archive_id>/", views.take, name="take_archive"),
    path("<uuid:archive_id>/remove/", views.remove, name="remove_archive"),
]

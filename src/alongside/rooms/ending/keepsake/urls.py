"""Addresses of the keepsake, as a page and as a file, below `/journeys/<id>/ending/keepsake/`."""

from django.urls import path

from . import views

app_name = "keepsake"
urlpatterns = [
    path("", views.keepsake, name="page"),
    path("keepsake.pdf", views.pdf, name="pdf"),
    path("keepsake-small.pdf", views.small_pdf, name="small_pdf"),
    path("keepsake.html", views.file, name="file"),
]

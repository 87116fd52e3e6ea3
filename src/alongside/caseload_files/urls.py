from django.urls import path

from . import views

app_name = "caseload_files"

urlpatterns = [
    path("", views.start, name="start"),
    path("example.csv", views.example, name="example"),
    path("<uuid:file_id>/", views.file, name="file"),
    path("<uuid:file_id>/bring-in/", views.bring_in, name="bring_in"),
    path("<uuid:file_id>/undo/", views.undo, name="undo"),
]

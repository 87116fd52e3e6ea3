from django.urls import path

from . import views

app_name = "backups"

urlpatterns = [
    path("", views.backups, name="backups"),
    path("now/", views.ask, name="ask"),
]

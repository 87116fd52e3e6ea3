from django.urls import path

from alongside.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.examples, name="examples"),
    path("echo/", views.echo, name="echo"),
]

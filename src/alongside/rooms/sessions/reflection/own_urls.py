"""One's own reflections, under /reflections/."""

from django.urls import path

from . import views

app_name = "reflections"

urlpatterns = [path("", views.mine, name="mine")]

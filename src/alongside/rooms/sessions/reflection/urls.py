"""The door of one reflection, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "reflecting"

urlpatterns = [path("<int:number>/reflect/", views.reflect, name="reflect")]

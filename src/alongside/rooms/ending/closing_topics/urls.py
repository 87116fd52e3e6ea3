"""The address at which it is said that there is nothing to write about a topic."""

from django.urls import path

from . import views

urlpatterns = [
    path("closing/nothing/<str:matter>/", views.nothing, name="nothing"),
]

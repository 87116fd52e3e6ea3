"""The doors to meetings read again, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "reading"
_M = "<int:number>/"

urlpatterns = [
    path("story/", views.story, name="story"),
    path("story/paper/", views.story_paper, name="story_paper"),
    path(_M + "copy/", views.copy, name="copy"),
    path(_M + "text/", views.text, name="text"),
    path(_M + "paper/", views.paper, name="paper"),
    path(_M + "print/", views.page, name="page"),
]

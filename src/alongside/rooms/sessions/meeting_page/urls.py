from django.urls import path

from ..live.views import now_
from ..on_track.views import add_finding
from . import views

app_name = "sessions"

_M = "<int:number>/"

urlpatterns = [
    path("", views.room, name="room"),
    path("words/<str:box>/", views.write_for_next_time, name="write_for_next_time"),
    path("agenda/finding/", add_finding, name="add_finding"),
    path(_M, views.meeting, name="meeting"),
    path(_M + "now/", now_, name="now"),
    path(_M + "prepare/", views.prepare, name="prepare"),
    path(_M + "start/", views.start, name="start"),
    path(_M + "words/<str:box>/", views.write, name="write"),
    path(_M + "review/", views.review, name="review"),
    path(_M + "steps/", views.plan_step, name="plan_step"),
    path(_M + "steps/<uuid:step_id>/let-go/", views.let_step_go, name="let_step_go"),
    path(_M + "issues/", views.raise_issue, name="raise_issue"),
    path(_M + "issues/<uuid:entry_id>/", views.settle_issue, name="settle_issue"),
    path(_M + "next/", views.book_next, name="book_next"),
    path(_M + "close/", views.close, name="close"),
    path(_M + "acknowledge/", views.confirm, name="confirm"),
    path(_M + "questions/", views.questions, name="questions"),
    path(_M + "correct/", views.correct, name="correct"),
]

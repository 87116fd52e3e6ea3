"""The doors of focusing, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "focusing"
_ONE = "focusing/<uuid:focusing_id>/"
_LEVEL = _ONE + "<slug:level>/"

urlpatterns = [
    path("focusing/", views.index, name="list"),
    path("focusing/begin/", views.begin, name="begin"),
    path("understood/", views.understood, name="understood"),
    path("<int:number>/issues/<uuid:entry_id>/focus/", views.begin_with_issue, name="begin_with_issue"),
    path(_ONE, views.show, name="show"),
    path(_ONE + "path/", views.path, name="path"),
    path(_ONE + "topics/", views.topics, name="topics"),
    path(_ONE + "perspectives/", views.perspectives, name="perspectives"),
    path(_ONE + "target/", views.target, name="target"),
    path(_ONE + "act-planned/", views.act, name="act"),
    path(_ONE + "keep/", views.keep, name="keep"),
    path(_ONE + "correct/", views.correct, name="correct"),
    path(_LEVEL, views.level, name="level"),
    path(_LEVEL + "words/<slug:box>/", views.write, name="write"),
    path(_LEVEL + "now/", views.now_, name="now"),
    path(_LEVEL + "share/", views.share, name="share"),
    path(_LEVEL + "leave/", views.leave, name="leave"),
]

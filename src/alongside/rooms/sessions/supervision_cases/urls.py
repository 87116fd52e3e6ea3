"""The doors of cases, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "taken"
_OWN, _HERE = "taken/<uuid:taken_id>/", "cases/<uuid:case_id>/"

urlpatterns = [
    path("taken/", views.mine, name="mine"),
    path("taken/write/", views.write, name="write"),
    path("taken/look/", views.look, name="look"),
    path("taken/put/", views.put, name="put"),
    path(_OWN + "tick/", views.tick, name="tick"),
    path(_OWN + "note/", views.note, name="note"),
    path(_OWN + "withdraw/", views.withdraw, name="withdraw"),
    path("cases/", views.cases, name="cases"),
    path(_HERE, views.case, name="case"),
    path(_HERE + "settle/", views.settle, name="settle"),
    path(_HERE + "withdraw/", views.withdraw_here, name="withdraw_here"),
    path("<int:number>/" + _HERE + "take-up/", views.take_up, name="take_up"),
]

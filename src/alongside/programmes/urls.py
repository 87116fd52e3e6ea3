"""Programmes and their figures, under /programmes/."""

from django.urls import path

from .views import figures, manage

app_name = "programmes"

_ONE = "<uuid:programme_id>/"
urlpatterns = [
    path("", manage.programmes, name="programmes"),
    path("add/", manage.add, name="add"),
    path("mine/", figures.own, name="own"),
    path("together/<slug:figure>/", figures.together, name="together"),
    path(_ONE, figures.programme, name="programme"),
    path(_ONE + "change/", manage.change, name="change"),
    path(_ONE + "close/", manage.close, name="close"),
    path(_ONE + "people/add/", manage.add_member, name="add_member"),
    path(_ONE + "people/<uuid:member_id>/remove/", manage.remove_member, name="remove_member"),
    path(_ONE + "figures.csv", figures.csv, name="csv"),
    path(_ONE + "figures/<slug:figure>/", figures.figure, name="figure"),
    path(_ONE + "figures/<slug:figure>.csv", figures.figure_csv, name="figure_csv"),
]

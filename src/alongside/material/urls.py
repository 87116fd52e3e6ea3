"""An organisation's templates, under /templates/."""

from django.urls import path

from . import views, views_rehearsal

app_name = "material"

_ONE = "<uuid:material_id>/"
_ITEM = _ONE + "<slug:chapter>/<str:key>/"
urlpatterns = [
    path("", views.materials, name="materials"),
    path("bring-in/", views.bring_in, name="bring_in"),
    path("shipped/<slug:kind>/<slug:template>/", views.shipped, name="shipped"),
    path("shipped/<slug:kind>/<slug:template>/copy/", views.copy, name="copy"),
    path("rehearsals/<uuid:rehearsal_id>/delete/", views_rehearsal.end, name="end_rehearsal"),
    path(_ONE, views.material, name="material"),
    path(_ONE + "try/", views_rehearsal.rehearse, name="rehearse"),
    path(_ONE + "versions/<int:number>/try/", views_rehearsal.rehearse_version, name="rehearse_version"),
    path(_ONE + "template.json", views.file, name="file"),
    path(_ONE + "whole/", views.whole, name="whole"),
    path(_ONE + "publish/", views.publish, name="publish"),
    path(_ONE + "discard/", views.discard, name="discard"),
    path(_ONE + "put-away/", views.put_away, name="put_away"),
    path(_ONE + "offer-again/", views.offer_again, name="offer_again"),
    path(_ONE + "versions/<int:number>/", views.version, name="version"),
    path(_ONE + "versions/<int:number>/publish/", views.publish_again, name="publish_again"),
    path(_ONE + "<slug:chapter>/add/", views.add, name="add"),
    path(_ITEM, views.item, name="item"),
    path(_ITEM + "remove/", views.remove, name="remove"),
    path(_ITEM + "move/", views.move, name="move"),
]

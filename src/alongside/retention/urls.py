from django.urls import path

from . import keeping_views, restricting_views, views

app_name = "retention"

urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("keeping/", keeping_views.keeping, name="keeping"),
    path("keeping/<slug:slug>/", keeping_views.set_keeping, name="set_keeping"),
    path("keeping/ended/<uuid:journey_id>/", keeping_views.end_keeping, name="end_keeping"),
    path("holds/people/<uuid:person_id>/", keeping_views.hold, name="hold"),
    path("holds/<uuid:hold_id>/lift/", keeping_views.lift_hold, name="lift_hold"),
    path("restrictions/<uuid:person_id>/", restricting_views.restrict, name="restrict"),
    path("restrictions/<uuid:person_id>/lift/", restricting_views.lift_restriction, name="lift_restriction"),
    path("people/<uuid:person_id>/", views.ask, name="ask"),
    path("<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("<uuid:erasure_id>/carry-out/", views.carry_out, name="carry_out"),
    path("<uuid:erasure_id>/withdraw/", views.withdraw, name="withdraw"),
]

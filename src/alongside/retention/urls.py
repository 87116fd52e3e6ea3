from django.urls import path

from . import access_views, keeping_views, restricting_views, views

app_name = "retention"

urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("keeping/", keeping_views.keeping, name="keeping"),
    path("keeping/<slug:slug>/", keeping_views.set_keeping, name="set_keeping"),
    path("keeping/ended/<uuid:journey_id>/", keeping_views.end_keeping, name="end_keeping"),
    path("holds/people/<uuid:person_id>/", keeping_views.hold, name="hold"),
    path("holds/<uuid:hold_id>/lift/", keeping_views.lift_hold, name="lift_hold"),
    path("access/", access_views.access_requests, name="access_requests"),
    path("access/people/<uuid:person_id>/", access_views.record_access, name="record_access"),
    path("access/<uuid:request_id>/", access_views.access_request, name="access_request"),
    path("access/<uuid:request_id>/extend/", access_views.extend_access, name="extend_access"),
    path("access/<uuid:request_id>/check/", access_views.check_access, name="check_access"),
    path("access/<uuid:request_id>/close/", access_views.close_access, name="close_access"),
    path("restrictions/<uuid:person_id>/", restricting_views.restrict, name="restrict"),
    path("restrictions/<uuid:person_id>/lift/", restricting_views.lift_restriction, name="lift_restriction"),
    path("people/<uuid:person_id>/", views.ask, name="ask"),
    path("<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("<uuid:erasure_id>/carry-out/", views.carry_out, name="carry_out"),
    path("<uuid:erasure_id>/withdraw/", views.withdraw, name="withdraw"),
]

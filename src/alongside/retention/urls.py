from django.urls import path

from . import access_views, copy_views, keeping_views, restricting_views, views

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
    path("access/<uuid:request_id>/collect/", copy_views.collect, name="collect"),
    path("access/<uuid:request_id>/release/", copy_views.release, name="release"),
    path("access/<uuid:request_id>/copy/", copy_views.copy, name="copy"),
    path("access/<uuid:request_id>/parts/<int:number>/", copy_views.access_part, name="access_part"),
    path("access/<uuid:request_id>/parts/<int:number>/take-out/", copy_views.take_out, name="take_out"),
    path("access/<uuid:request_id>/parts/<int:number>/put-back/", copy_views.put_back, name="put_back"),
    path(
        "access/<uuid:request_id>/parts/<int:number>/looked-through/",
        copy_views.look_through,
        name="look_through",
    ),
    path("restrictions/<uuid:person_id>/", restricting_views.restrict, name="restrict"),
    path("restrictions/<uuid:person_id>/lift/", restricting_views.lift_restriction, name="lift_restriction"),
    path("people/<uuid:person_id>/", views.ask, name="ask"),
    path("<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("<uuid:erasure_id>/carry-out/", views.carry_out, name="carry_out"),
    path("<uuid:erasure_id>/withdraw/", views.withdraw, name="withdraw"),
]

"""Addresses of the ending, below `/journeys/<id>/ending/`."""

from django.urls import path

from . import views
from .closing_topics import views as matters
from .suggested import views as suggested

app_name = "ending"
urlpatterns = [
    path("", views.room, name="room"),
    path("begin/", views.begin, name="begin"),
    path("rest/", views.rest, name="rest"),
    path("resume/", views.resume, name="resume"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("go-on/", views.go_on, name="go_on"),
    path("go-on/yes/", views.go_on_yes, name="go_on_yes"),
    path("go-on/no/", views.go_on_no, name="go_on_no"),
    path("early/", views.early, name="early"),
    path("early/back/", views.early_back, name="early_back"),
    path("early/now/", views.end_early, name="end_early"),
    path("then-and-now/", views.then_and_now, name="then_and_now"),
    path("then-and-now/today/", views.today, name="today"),
    path("then-and-now/left-out/", views.leave_out, name="leave_out"),
    path("then-and-now/<uuid:target_id>/reached/", views.reached, name="reached"),
    path("looking-back/", views.looking_back, name="looking_back"),
    path("looking-back/ready/", views.ready, name="ready"),
    path("words/<str:box>/", views.words, name="words"),
    path("taking-with-me/", views.taking_with_me, name="taking_with_me"),
    path("taking-with-me/<uuid:suggested_id>/", suggested.take_along, name="take_along"),
    path("support/", views.support, name="support"),
    path("support/none/", views.no_support, name="no_support"),
    path("entries/add/", views.add_entry, name="add_entry"),
    path("entries/<uuid:entry_id>/", views.entry, name="entry"),
    path("entries/<uuid:entry_id>/remove/", views.remove_entry, name="remove_entry"),
    path("entries/<uuid:entry_id>/back/", views.bring_back, name="bring_back"),
    path("closing/", views.closing, name="closing"),
    path("closing/nothing/<str:matter>/", matters.nothing, name="nothing"),
    path("closing/kept/", matters.kept, name="kept"),
    path("closing/acknowledge/", views.acknowledge, name="acknowledge"),
    path("closing/again/", views.take_up_again, name="take_up_again"),
    path("closing/close/", views.close, name="close"),
    path("keepsake/", views.keepsake, name="keepsake"),
]

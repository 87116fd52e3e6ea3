from django.urls import path

from . import views
from .views import asking, emails, missed, offers, protected_time_kept, replies, series

app_name = "environment"

urlpatterns = [
    path("", views.room, name="room"),
    path("book/", views.book, name="book"),
    path("ask/", asking.ask, name="ask"),
    path("series/", series.series, name="series"),
    path("offer/", offers.offer, name="offer"),
    path("offer/<uuid:offer_id>/withdraw/", offers.withdraw, name="withdraw"),
    path("address/", emails.correct_address, name="correct_address"),
    path("emails/<uuid:possible_id>/put-away/", replies.put_away, name="put_away_email"),
    path("kept/", protected_time_kept.journey, name="kept"),
    path("kept/chart.svg", protected_time_kept.journey_chart, name="kept_chart"),
    path("kept/chart-dark.svg", protected_time_kept.journey_chart_dark, name="kept_chart_dark"),
    path("<uuid:meeting_id>/move/", views.move, name="move"),
    path("<uuid:meeting_id>/cancel/", views.cancel, name="cancel"),
    path("<uuid:meeting_id>/earlier/", asking.wish, name="wish_for_earlier"),
    path("<uuid:meeting_id>/earlier/off/", asking.let_be, name="let_earlier_be"),
    path("<uuid:meeting_id>/missed/", views.note_missed, name="missed"),
    path("<uuid:meeting_id>/cannot-come/", missed.cannot_come, name="cannot_come"),
    path("<uuid:meeting_id>/called/", missed.called, name="called"),
    path("<uuid:meeting_id>/held/", views.held, name="held"),
    path("<uuid:meeting_id>/check/", views.check, name="check"),
    path("<uuid:meeting_id>/after/", views.after, name="after"),
]

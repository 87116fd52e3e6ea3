from django.urls import path

from .views import place_hours, places, protected_time_kept

app_name = "environment_places"

urlpatterns = [
    path("", places.places, name="places"),
    path("new/", places.add, name="add"),
    path("<uuid:place_id>/", places.change, name="place"),
    path("<uuid:place_id>/retire/", places.retire, name="retire"),
    path("<uuid:place_id>/restore/", places.restore, name="restore"),
    path("<uuid:place_id>/hours/", place_hours.hours, name="hours"),
    path("<uuid:place_id>/day/", place_hours.day, name="day"),
    path("<uuid:place_id>/day/<uuid:entry_id>/forget/", place_hours.forget_day, name="forget_day"),
    path("<uuid:place_id>/close/", place_hours.close, name="close"),
    path("<uuid:place_id>/close/<uuid:entry_id>/open/", place_hours.open_again, name="open_again"),
    path("<uuid:place_id>/kept/", protected_time_kept.place, name="kept"),
    path("<uuid:place_id>/kept/chart.svg", protected_time_kept.place_chart, name="kept_chart"),
    path("<uuid:place_id>/kept/chart-dark.svg", protected_time_kept.place_chart_dark, name="kept_chart_dark"),
]

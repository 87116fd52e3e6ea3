from django.urls import path

from .views import busy, hours, protected_time_kept

app_name = "environment_time"

urlpatterns = [
    path("", hours.time, name="time"),
    path("usual/", hours.usual, name="usual"),
    path("day/", hours.day, name="day"),
    path("day/<uuid:entry_id>/forget/", hours.forget_day, name="forget_day"),
    path("away/", hours.away, name="away"),
    path("away/<uuid:entry_id>/take-back/", hours.take_back, name="take_back"),
    path("kept/", protected_time_kept.mine, name="kept"),
    path("kept/chart.svg", protected_time_kept.mine_chart, name="kept_chart"),
    path("kept/chart-dark.svg", protected_time_kept.mine_chart_dark, name="kept_chart_dark"),
    path("calendars/", busy.add_calendar, name="add_calendar"),
    path("calendars/<uuid:entry_id>/read/", busy.read_calendar, name="read_calendar"),
    path("calendars/<uuid:entry_id>/remove/", busy.remove_calendar, name="remove_calendar"),
]

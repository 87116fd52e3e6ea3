"""The doors of measuring, under /journeys/<journey_id>/goals/."""

from django.urls import path

from . import views, views_schedule

app_name = "goals"
_FORM = "forms/<str:instrument>/"

urlpatterns = [
    path("lines/", views.lines, name="lines"),
    path("targets/<uuid:target_id>/chart.svg", views.target_chart, name="target_chart"),
    path("targets/<uuid:target_id>/chart-dark.svg", views.target_chart_dark, name="target_chart_dark"),
    path(_FORM, views.form, name="form"),
    path(_FORM + "answers/", views.single_answers, name="answers"),
    path(_FORM + "chart.svg", views.form_chart, name="form_chart"),
    path(_FORM + "chart-dark.svg", views.form_chart_dark, name="form_chart_dark"),
    path("schedule/", views_schedule.schedule, name="schedule"),
    path("safety/", views.safety, name="safety"),
    path("safety/answer/", views.answer_safety, name="answer_safety"),
    path("on-track/", views.on_track, name="on_track"),
    path("on-track/answer/", views.answer_finding, name="answer_finding"),
]

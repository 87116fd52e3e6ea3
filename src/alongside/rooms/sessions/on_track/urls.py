"""The doors of what is not on track, under /journeys/<journey_id>/sessions/."""

from django.urls import path

from . import views

app_name = "track"

urlpatterns = [
    path("<int:number>/on-track/", views.review, name="review"),
    path("<int:number>/on-track/decide/", views.decide, name="decide"),
    path("<int:number>/on-track/bring-up/", views.bring_up, name="bring_up"),
]

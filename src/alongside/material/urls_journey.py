"""Which version of a template leads a journey, under /journeys/<id>/template/."""

from django.urls import path

from . import views_journey as views

app_name = "journey_material"

urlpatterns = [
    path("", views.led_by, name="led_by"),
    path("take-up/", views.take_up, name="take_up"),
]

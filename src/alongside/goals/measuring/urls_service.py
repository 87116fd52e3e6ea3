"""What a service brings itself, under /measures/."""

from django.urls import path

from . import service_views

app_name = "service_measures"

urlpatterns = [
    path("", service_views.instruments, name="instruments"),
    path("add/", service_views.add, name="add"),
    path("thresholds/", service_views.bounds, name="bounds"),
    path("<uuid:instrument_id>/", service_views.renew, name="renew"),
]

from django.urls import path

from . import views_places

app_name = "environment_places"

urlpatterns = [
    path("", views_places.places, name="places"),
    path("new/", views_places.add, name="add"),
    path("<uuid:place_id>/", views_places.change, name="place"),
    path("<uuid:place_id>/retire/", views_places.retire, name="retire"),
    path("<uuid:place_id>/restore/", views_places.restore, name="restore"),
]

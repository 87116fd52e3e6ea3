from django.urls import path

from .views import places

app_name = "environment_places"

urlpatterns = [
    path("", places.places, name="places"),
    path("new/", places.add, name="add"),
    path("<uuid:place_id>/", places.change, name="place"),
    path("<uuid:place_id>/retire/", places.retire, name="retire"),
    path("<uuid:place_id>/restore/", places.restore, name="restore"),
]

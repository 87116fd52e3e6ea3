from django.urls import path

from .views import offers

app_name = "environment_offers"

urlpatterns = [path("<str:token>/", offers.pick, name="pick")]

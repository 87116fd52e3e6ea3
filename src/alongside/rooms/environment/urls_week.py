from django.urls import path

from .views import week

app_name = "environment_week"

urlpatterns = [
    path("week/", week.week, name="week"),
    path("agenda/", week.agenda, name="agenda"),
]

"""Help and the handbook, under /help/."""

from django.urls import path

from . import views

app_name = "help"

urlpatterns = [
    path("", views.contents, name="contents"),
    path("<slug:page>/", views.page, name="page"),
]

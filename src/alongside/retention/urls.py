from django.urls import path

from . import views

app_name = "retention"

urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("people/<uuid:person_id>/", views.ask, name="ask"),
    path("<uuid:erasure_id>/", views.erasure, name="erasure"),
    path("<uuid:erasure_id>/carry-out/", views.carry_out, name="carry_out"),
    path("<uuid:erasure_id>/withdraw/", views.withdraw, name="withdraw"),
]

"""The texts an organisation's agreements begin with, under /agreement-texts/."""

from django.urls import path

from .views import texts

app_name = "agreement_texts"

urlpatterns = [path("", texts.texts, name="texts")]

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "alongside.ui"
    label = "ui"

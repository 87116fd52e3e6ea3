from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "alongside.archive"
    label = "archive"

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "alongside.retention"
    label = "retention"

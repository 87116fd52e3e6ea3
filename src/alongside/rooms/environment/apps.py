from django.apps import AppConfig


class EnvironmentConfig(AppConfig):
    name = "alongside.rooms.environment"
    label = "room_environment"

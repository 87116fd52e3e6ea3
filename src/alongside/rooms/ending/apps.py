from django.apps import AppConfig


class EndingConfig(AppConfig):
    name = "alongside.rooms.ending"
    label = "room_ending"

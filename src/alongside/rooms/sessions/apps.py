from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "alongside.rooms.sessions"
    label = "room_sessions"

from django.apps import AppConfig


class FirstMeetingConfig(AppConfig):
    name = "alongside.rooms.first_meeting"
    label = "room_first_meeting"

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "alongside.help"
    label = "help"

from django.apps import AppConfig


class MaterialConfig(AppConfig):
    name = "alongside.material"
    label = "material"

from django.apps import AppConfig
from django.forms import Field
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "alongside.ui"
    label = "ui"

    def ready(self) -> None:
        """An empty field is met with a request, not with a rule."""
        Field.default_error_messages["required"] = _("Please fill this in.")

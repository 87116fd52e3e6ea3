from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"

    def ready(self) -> None:
        """Say which columns of a library lie sealed; the kernel seals them anew with a new key."""
        from alongside.kernel.sealed_elsewhere import SEALED_COLUMNS

        from .factor_secrets import FACTOR_SECRETS

        if FACTOR_SECRETS not in SEALED_COLUMNS:
            SEALED_COLUMNS.append(FACTOR_SECRETS)

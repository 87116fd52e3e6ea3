from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"

    def ready(self) -> None:
        """Say which columns of a library lie sealed, for the kernel to seal them anew; listen to what it says of accounts."""
        from alongside.kernel.sealed_elsewhere import SEALED_COLUMNS

        from . import account_events
        from .factor_secrets import FACTOR_SECRETS

        if FACTOR_SECRETS not in SEALED_COLUMNS:
            SEALED_COLUMNS.append(FACTOR_SECRETS)
        account_events.listen()

from django.apps import AppConfig


class GoalsConfig(AppConfig):
    name = "alongside.goals"
    label = "goals"

    def ready(self) -> None:
        """A service's own instruments are kept here, and asked for by their keys like every other measure."""
        from alongside.measures.catalogue import look_elsewhere

        from .measuring.queries import own_measure

        look_elsewhere(own_measure)

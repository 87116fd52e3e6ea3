from django.apps import AppConfig


class EnvironmentConfig(AppConfig):
    name = "alongside.rooms.environment"
    label = "room_environment"

    def ready(self) -> None:
        """Goals know no meetings: this room tells them which days to note beside a line."""
        from alongside.goals.measuring.fact_sources import missed_days_by

        from .queries import missed_days

        missed_days_by(missed_days)

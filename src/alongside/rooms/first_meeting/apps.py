from django.apps import AppConfig


class FirstMeetingConfig(AppConfig):
    name = "alongside.rooms.first_meeting"
    label = "room_first_meeting"

    def ready(self) -> None:
        """The agreement says whom to reach in a crisis; whoever needs it now is shown just that."""
        from alongside.goals.measuring.fact_sources import safety_plan_by

        from .queries import safety_plan

        safety_plan_by(safety_plan)

from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "alongside.journeys"
    label = "journeys"

    def ready(self) -> None:
        from alongside.kernel.actions import GUARDS
        from alongside.people.doors import FIRST_OF_ALL

        from .restriction import refuse_where_restricted, verdict_on

        if refuse_where_restricted not in GUARDS:
            GUARDS.append(refuse_where_restricted)
            FIRST_OF_ALL.append(verdict_on)

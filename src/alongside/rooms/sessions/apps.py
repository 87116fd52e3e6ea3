from django.apps import AppConfig


class SessionsConfig(AppConfig):
    name = "alongside.rooms.sessions"
    label = "room_sessions"

    def ready(self) -> None:
        """Goals know no meetings: this room tells them what the on-track rules and the lines ask for."""
        from alongside.goals.measuring.fact_sources import acts_by, from_rooms_by, from_rooms_of_all_by

        from .on_track.finding_buttons import acts_beside
        from .on_track.meeting_facts import from_rooms, from_rooms_of_all

        from_rooms_by(from_rooms)
        from_rooms_of_all_by(from_rooms_of_all)
        acts_by(acts_beside)

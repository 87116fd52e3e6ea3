"""The path with its four rooms, above every page of a journey."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.journeys.states import Stage
from alongside.ui.path import Path, PathRoom, RoomState

from ..journey_summary import JourneySummary
from .common import room, title_of

ORDER = tuple(Stage)


def path_of(seat: Seat, summary: JourneySummary) -> Path:
    """Where the two are. The rooms of a stage still ahead open when there is something in them."""
    here = ORDER.index(summary.stage)
    doors = {
        Stage.ENVIRONMENT: room(seat, "environment:room"),
        Stage.FIRST_MEETING: room(seat, "first_meeting:room"),
        Stage.SESSIONS: room(seat, "sessions:room") if here >= 2 or summary.held else None,
        # in sight from the start
        Stage.ENDING: room(seat, "ending:room"),
    }
    rooms = tuple(
        PathRoom(
            stage.value,
            room_name(seat, stage),
            doors[stage],
            _state(place, here, seat),
            _note(stage, summary),
        )
        for place, stage in enumerate(ORDER)
    )
    return Path(title_of(seat), str(seat.kind.name), rooms, room(seat, "overview:journey"))


def room_name(seat: Seat, stage: Stage) -> str:
    """A room as the people of this kind read it."""
    words = seat.kind.words
    if stage == Stage.FIRST_MEETING:
        return capfirst(str(words.first_meeting))
    if stage == Stage.SESSIONS:
        return capfirst(str(words.meetings))
    return str(stage.label)


def _state(place: int, here: int, seat: Seat) -> RoomState:
    if place < here or (seat.is_over and place == here):
        return "done"
    return "here" if place == here else "ahead"


def _note(stage: Stage, summary: JourneySummary) -> str:
    if stage != Stage.SESSIONS or not summary.held_in_all:
        return ""
    if summary.planned_meetings:
        facts = {"held": summary.held_in_all, "planned": summary.planned_meetings}
        return _("%(held)s of %(planned)s") % facts
    return str(summary.held_in_all)

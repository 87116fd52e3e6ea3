"""What the tests of focusing stand on: levels by name, and words written in them."""

from __future__ import annotations

from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.focusing.queries import FocusingHere, focusing_in, level_of
from alongside.rooms.sessions.focusing.states import FocusingState


def level(seat: Seat, key: str):
    found = level_of(seat, key)
    assert found
    return found


def here(seat: Seat, focusing) -> FocusingHere:
    found = focusing_in(seat, focusing.id)
    assert found
    return found


def say(focusing, key: str, name: str, text: str, by: Seat) -> None:
    actions.write_in_level(
        focusing_id=focusing.id, level=level(by, key), name=name, text=text, version=0, by=by
    )


SECRETS = {
    "wide": ("how_are_you", "tired-and-private"),
    "describe": ("account", "what-took-place"),
    "explore": ("patterns", "why-it-went-so"),
    "narrow": ("insight", "what-it-tells"),
}


def written_through(by: Seat, *, together: bool = False):
    """A focusing with something in each of the first four levels."""
    focusing = actions.begin_focusing(together=together, by=by)
    for key, (name, text) in SECRETS.items():
        say(focusing, key, name, text, by)
    return focusing


def plan(focusing, by: Seat, text: str = "Ask before the round", **more: object):
    act = actions.ActionButton(text=text, owner=by.participant.person, **more)  # type: ignore[arg-type]
    return actions.plan_act(focusing_id=focusing.id, act=act, by=by)


def state_of(seat: Seat, focusing_id: UUID) -> FocusingState | None:
    found = focusing_in(seat, focusing_id)
    return found.state if found else None

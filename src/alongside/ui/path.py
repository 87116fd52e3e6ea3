"""The path: four rooms as stations on one line, which every page of a journey carries."""

from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext_lazy as _

RoomState = Literal["done", "here", "ahead"]

STATE_WORDS = {"done": _("done"), "here": _("you are here"), "ahead": _("still to come")}


@dataclass(frozen=True)
class PathRoom:
    """One station. `url` is None while the room is not open; `note` is a few words, such as "6 of 10"."""

    name: str
    label: str
    url: str | None = None
    state: RoomState = "ahead"
    note: str = ""

    @property
    def state_word(self) -> str:
        return str(STATE_WORDS[self.state])


@dataclass(frozen=True)
class Path:
    """What `journey_path` holds in a template's context. `url` leads to the journey's own page."""

    title: str
    kind_label: str
    rooms: tuple[PathRoom, ...] = field(default_factory=tuple)
    url: str | None = None

"""What the rooms above know and measuring asks for. Goals are told; they know no room themselves.

A room says when it is ready who tells (`AppConfig.ready`), as goals do with the instruments of services.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from alongside.journeys.seat import Seat
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from ..safety.plan import SafetyPlan
from ..tracking_facts import Finding, MeetingFacts

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class FromRooms:
    """How a journey goes, in plain facts: meetings whose time is over, what is booked, the answers after meetings."""

    meetings: tuple[MeetingFacts, ...] = ()
    something_booked: bool = True
    feedback: Mapping[str, object] = field(default_factory=dict)
    feedback_before: Mapping[str, object] = field(default_factory=dict)
    feedback_on: dt.date | None = None


_acts: list[Callable[[Seat, Finding], tuple[ActionButton, ...]]] = []
_sources: dict[str, Callable[[Seat], object]] = {}
_sources_of_all: list[Callable[[Person], Mapping[UUID, FromRooms]]] = []


def from_rooms_by(source: Callable[[Seat], FromRooms]) -> None:
    _sources["rooms"] = source


def from_rooms_of_all_by(source: Callable[[Person], Mapping[UUID, FromRooms]]) -> None:
    _sources_of_all.append(source)


def missed_days_by(source: Callable[[Seat], tuple[dt.date, ...]]) -> None:
    _sources["missed"] = source


def safety_plan_by(source: Callable[[Seat], SafetyPlan]) -> None:
    _sources["safety"] = source


def acts_by(source: Callable[[Seat, Finding], tuple[ActionButton, ...]]) -> None:
    _acts[:] = [source]


def acts_beside(seat: Seat, finding: Finding) -> tuple[ActionButton, ...]:
    """What a guide can do about a finding in later rooms: put it on an agenda."""
    return tuple(act for source in _acts for act in source(seat, finding))


def from_rooms(seat: Seat) -> FromRooms:
    """What has been going on in a journey; nothing where no room tells."""
    return _asked("rooms", seat, FromRooms())


def from_rooms_of_all(guide: Person) -> Mapping[UUID, FromRooms]:
    """The same of every journey this person guides, in as many queries as for one."""
    return _sources_of_all[-1](guide) if _sources_of_all else {}


def missed_days(seat: Seat) -> tuple[dt.date, ...]:
    """On which days a meeting was missed: that is noted beside a line."""
    return _asked("missed", seat, ())


def safety_plan(seat: Seat) -> SafetyPlan:
    """What the two agreed for a hard moment: signs, what helps, whom to call. Empty where they did not."""
    return _asked("safety", seat, ())


def _asked(what: str, seat: Seat, nothing: Answer) -> Answer:
    source = _sources.get(what)
    return source(seat) if source else nothing  # type: ignore[return-value]

"""Putting needs, what is aimed for, and steps in order: by buttons, and by dragging where that is easier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.goals.models import Need
from alongside.goals.queries import StepFacts
from alongside.goals.states import NeedState
from alongside.journeys.seat import Seat

from ..queries import WordedTarget
from .common import address


@dataclass(frozen=True)
class Place:
    """One line, where it stands among its own, and what stands below it."""

    key: str
    text: str
    url: str
    place: int
    is_first: bool
    is_last: bool
    below: tuple[Place, ...] = ()

    @property
    def up(self) -> int:
        return self.place - 1

    @property
    def down(self) -> int:
        return self.place + 1


@dataclass(frozen=True)
class OrderPage:
    eyebrow: str
    title: str
    lead: str
    needs: tuple[Place, ...]
    loose: tuple[Place, ...]
    back: str


def order_page(
    seat: Seat, needs: Sequence[Need], targets: Sequence[WordedTarget], steps: Sequence[StepFacts]
) -> OrderPage:
    def steps_of(target_id: UUID | None) -> tuple[Place, ...]:
        rows = [(one.id, one.text, ()) for one in steps if one.target_id == target_id]
        return _places(seat, "step", rows)

    def targets_of(need: Need) -> tuple[Place, ...]:
        own = [one for one in targets if one.target.need_id == need.id]
        rows = [(one.target.id, one.wording.difference, steps_of(one.target.id)) for one in own]
        return _places(seat, "target", rows)

    kept = [need for need in needs if need.state != NeedState.LET_GO]  # type: ignore[attr-defined]
    words = seat.kind.words
    return OrderPage(
        eyebrow=capfirst(str(words.first_meeting)),
        title=_("Change the order"),
        lead=_("What matters most comes first, wherever these are shown."),
        needs=_places(seat, "need", [(need.id, need.statement, targets_of(need)) for need in kept]),
        loose=steps_of(None),
        back=address(seat, "goals"),
    )


def _places(seat: Seat, noun: str, rows: Sequence[tuple[UUID, str, Any]]) -> tuple[Place, ...]:
    last = len(rows) - 1
    return tuple(
        Place(
            key=f"{noun}-{thing_id}",
            text=text,
            url=address(seat, f"move_{noun}", **{f"{noun}_id": thing_id}),
            place=index,
            is_first=index == 0,
            is_last=index == last,
            below=below,
        )
        for index, (thing_id, text, below) in enumerate(rows)
    )

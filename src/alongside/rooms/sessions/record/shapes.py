"""The shape a meeting has: chosen when it is booked or opened, and kept in its record as it read then."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from alongside.journeys.kinds.last_meetings import LAST
from alongside.journeys.kinds.shapes import MeetingShape, Part
from alongside.journeys.pace import is_the_last
from alongside.journeys.seat import Seat

from .models import MeetingRecord


def shapes_of(seat: Seat) -> tuple[MeetingShape, ...]:
    """What a meeting of this journey can be, the usual first."""
    return seat.kind.shapes_for(seat.kind.template(seat.journey.template))


def shape_named(seat: Seat, slug: str | None) -> MeetingShape:
    return seat.kind.shape(seat.kind.template(seat.journey.template), slug)


def expected_shape(seat: Seat, number: int, booked: str | None) -> MeetingShape:
    """What a meeting is offered to be opened as: what it was booked as; where nothing was said, the last one as the last."""
    last = is_the_last(planned_meetings=seat.journey.planned_meetings, number=number)
    return shape_named(seat, booked or (LAST if last else None))


def as_kept(shape: MeetingShape) -> dict[str, Any]:
    """For the record: the sentences as they are written in the code, so that they can still be translated."""
    with translation.override(None):
        return {
            "slug": shape.slug,
            "name": str(shape.name),
            "minutes": shape.minutes,
            "parts": [[part.key, str(part.title), str(part.prompt), part.minutes] for part in shape.parts],
        }


def shape_of(seat: Seat, record: MeetingRecord) -> MeetingShape:
    """The shape of a record as it was opened. One opened before shapes were kept has the usual one."""
    kept = record.kept_shape
    if not kept:
        return shape_named(seat, None)
    ending = {part.key: part.ending for part in shape_named(seat, kept["slug"]).parts}
    return MeetingShape(
        slug=kept["slug"],
        name=translation.gettext(kept["name"]),
        summary="",
        minutes=kept["minutes"],
        parts=tuple(
            Part(
                key=key,
                title=translation.gettext(title),
                prompt=translation.gettext(prompt),
                minutes=minutes,
                ending=ending.get(key, ()),
            )
            for key, title, prompt, minutes in kept["parts"]
        ),
    )

"""The shape a meeting has: chosen when it is booked or opened, and kept in its record as it read then."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from alongside.journeys.kinds.shapes import MeetingShape, Part
from alongside.journeys.seat import Seat

from .models import MeetingRecord


def shapes_of(seat: Seat) -> tuple[MeetingShape, ...]:
    """What a meeting of this journey can be, the usual first."""
    return seat.kind.shapes_for(seat.kind.template(seat.journey.template))


def shape_named(seat: Seat, slug: str | None) -> MeetingShape:
    return seat.kind.shape(seat.kind.template(seat.journey.template), slug)


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
    return MeetingShape(
        slug=kept["slug"],
        name=translation.gettext(kept["name"]),
        summary="",
        minutes=kept["minutes"],
        parts=tuple(
            Part(
                key=key, title=translation.gettext(title), prompt=translation.gettext(prompt), minutes=minutes
            )
            for key, title, prompt, minutes in kept["parts"]
        ),
    )

"""Carrying the starting picture into a journey that goes on from another."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from alongside.goals.models import Need
from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.kernel.actions import action
from alongside.kernel.errors import demand
from alongside.ledger.record import record

from . import rules
from .models import Picture, PictureEntry, WithoutPicture
from .states import Moment


@action("picture.carried")
def carry_picture(
    *, source: Journey, needs: Mapping[UUID, Need], with_words: bool, by: Seat
) -> Picture | None:
    """Copy the starting picture of the journey this one follows, with its day; `needs` are the new ones by the old id.

    The numbers go along in any case: without them the end has nothing to be compared with. The words beside them go if
    the participant lets them; so does the reason where the picture was left out.
    """
    demand(rules.may_carry_picture(by, source))
    left_out = WithoutPicture.objects.filter(journey=source).order_by("-created_at", "-id").first()
    if left_out and with_words:
        WithoutPicture.objects.create(
            journey=by.journey, reason=left_out.reason, by=left_out.by, created_at=left_out.created_at
        )
    first = Picture.objects.filter(journey=source, moment=Moment.START).first()
    if first is None:
        return None
    carried = Picture.objects.create(
        journey=by.journey, moment=Moment.START, taken_at=first.taken_at, taken_by=first.taken_by
    )
    for entry in PictureEntry.objects.filter(picture=first).order_by("id"):
        words = str(entry.words) if with_words else ""
        PictureEntry.objects.create(
            picture=carried, need=needs[entry.need_id], rating=entry.rating, words=words
        )
    record("picture.carried", subject=carried, by=by, journey_id=by.journey.id, with_words=with_words)
    return carried

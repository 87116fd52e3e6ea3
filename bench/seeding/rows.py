"""Rows that every part of a journey has: words in a box, and what the ledger says of an act."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.words import Box
from alongside.ledger.models import Entry

from .shape import Scene


def write_box(scene: Scene, box: Box, text: str, *, by: UUID, at: dt.datetime) -> None:
    """Words in a box, in their first version."""
    words_id = scene.load.add(
        Words,
        journey_id=scene.journey_id,
        place=box.place,
        subject_id=box.subject_id,
        box=box.name,
        author_id=by if box.own else None,
        visibility=box.visibility,
        text=text,
        version=1,
        edited_at=at,
        edited_by_id=by,
        created_at=at,
    )
    scene.load.add(WordsVersion, words_id=words_id, version=1, text=text, by_id=by, created_at=at)


def write_entry(scene: Scene, event: str, kind: str, subject_id: UUID, *, by: UUID, at: dt.datetime) -> None:
    scene.load.add(
        Entry,
        person_id=by,
        organisation_id=scene.organisation_id,
        journey_id=scene.journey_id,
        event=event,
        subject_kind=kind,
        subject_id=subject_id,
        created_at=at,
    )

"""What was written in boxes, with its earlier versions."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from alongside.journeys import visibility
from alongside.journeys.models import Words, WordsVersion
from alongside.journeys.seat import Seat

from . import Facts
from .labels import Numbers, group_of, number_of, question_of


def words_of(seat: Seat, names: Mapping[UUID, str], numbers: Numbers, *, only: Q) -> list[Facts]:
    """All words of a journey this person may read, oldest first, as far as `only` lets them in. Two queries."""
    rows = Words.objects.filter(visibility.readable(seat)).filter(only).distinct()
    written = [row for row in rows.order_by("created_at", "id") if str(row.text).strip()]
    versions = _versions(seat, {row.id for row in written})
    return [_one(seat, row, names, numbers, versions.get(row.id, [])) for row in written]


def _one(
    seat: Seat, row: Words, names: Mapping[UUID, str], numbers: Numbers, versions: list[WordsVersion]
) -> Facts:
    return {
        "id": row.id,
        "group": group_of(row.place),
        "place": row.place,
        "box": row.box,
        "question": question_of(seat, row),
        "number": number_of(row, numbers),
        "subject": row.subject_id,
        "author": names.get(row.author_id, "") if row.author_id else "",
        "read_by": row.visibility,
        "text": str(row.text),
        "written_at": row.created_at,
        "changed_at": row.edited_at,
        "changed_by": names.get(row.edited_by_id, "") if row.edited_by_id else "",
        "versions": [
            {
                "number": one.version,
                "text": str(one.text),
                "at": one.created_at,
                "by": names.get(one.by_id, ""),
            }
            for one in versions
        ],
    }


def _versions(seat: Seat, wanted: set[UUID]) -> dict[UUID, list[WordsVersion]]:
    rows = WordsVersion.objects.filter(visibility.readable_versions_in(seat)).order_by("words_id", "version")
    found: dict[UUID, list[WordsVersion]] = {}
    for row in rows:
        if row.words_id in wanted:
            found.setdefault(row.words_id, []).append(row)
    return found

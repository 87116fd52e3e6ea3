"""Boxes in which two people write: every version somebody saved holds what stood there before, too.

So what somebody erased wrote in a box of both goes with every version from their first one on; what the other had
written before stands in the box again.
"""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.db.models import Min, Q

from alongside.journeys.models import Visibility, Words, WordsVersion
from alongside.kernel.encryption import seal

from . import rows
from .emptying import empty_field, said_instead

VERSIONS = "journeys.WordsVersion.text"
BOXES = "journeys.Words.text"


def empty(people: set[UUID], kept: set[UUID], about: set[UUID], counts: Counter[str]) -> None:
    """In journeys about them all they wrote; in those of others what nobody but them can read."""
    private = Q(journey__in=kept, author__in=people, visibility=Visibility.MINE)
    own = Words.objects.filter(Q(journey__in=about, author__in=people) | private)
    ids = list(own.values_list("id", flat=True))
    counts[BOXES] += empty_field(Words, "text", ids)
    for some in rows.in_parts(ids):
        versions = WordsVersion.objects.filter(words__in=some).values_list("id", flat=True)
        counts[VERSIONS] += empty_field(WordsVersion, "text", list(versions))
    # what was private when it was written and shared later has private versions still
    earlier = WordsVersion.objects.filter(words__journey__in=kept, by__in=people, visibility=Visibility.MINE)
    counts[VERSIONS] += empty_field(WordsVersion, "text", list(earlier.values_list("id", flat=True)))
    for box, first in _boxes_of_both(people, about):
        _back_to_before(box, first, counts)


def _boxes_of_both(people: set[UUID], about: set[UUID]) -> list[tuple[Words, int]]:
    rows_ = WordsVersion.objects.filter(words__journey__in=about, words__author=None, by__in=people)
    firsts = dict(rows_.values_list("words").annotate(first=Min("version")))
    return [(box, firsts[box.id]) for box in Words.objects.filter(id__in=list(firsts))]


def _back_to_before(box: Words, first: int, counts: Counter[str]) -> None:
    versions = WordsVersion.objects.filter(words=box)
    before = versions.filter(version__lt=first, beside=False).order_by("-version").first()
    later = versions.filter(version__gte=first).values_list("id", flat=True)
    counts[VERSIONS] += empty_field(WordsVersion, "text", list(later))
    text = str(before.text) if before else said_instead()
    counts[BOXES] += Words.objects.filter(id=box.id).update(
        text=seal(Words, "text", box.id, text) if text else b""
    )

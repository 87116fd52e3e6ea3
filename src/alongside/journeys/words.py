"""Writing words. Every box where one writes, in every room, goes through `write`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.kernel.prepared import Prepared
from alongside.kernel.verdict import ALLOWED, Verdict, hidden, not_now
from alongside.kernel.work_ahead import worked_out
from alongside.ledger.record import record

from . import visibility
from .merging import merge, of_one_side
from .models import Visibility, Words, WordsVersion
from .seat import Seat

LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is written. `own` boxes belong to one author; the others are shared."""

    place: str
    subject_id: UUID
    name: str
    visibility: Visibility
    own: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What the one who saved gets back: the text as it stands now, and whether somebody else's words are in it too."""

    text: str
    version: int
    merged: bool
    sentence: str


def may_write(seat: Seat, box: Box) -> Verdict:
    """Guide and participant write in shared boxes; everybody with a part writes in boxes of their own."""
    if seat.is_over:
        return not_now(gettext_lazy("This has ended. Its words can be read, not changed."))
    if not box.own and not seat.is_one_of_two:
        return hidden()
    return ALLOWED


@action(unrecorded_because="each version of the words is itself kept, with who saved it and when")
def write(
    *,
    box: Box,
    text: str,
    version: int,
    base: str | None = None,
    letter: UUID | None = None,
    by: Seat,
) -> Written:
    """Save what was typed in a box, together with what others saved there meanwhile.

    `version` is the version the writer last saw, `base` the text of it where they know it better (they may have typed
    on while an earlier save was under way). Nothing is refused for being late: when the two texts differ they are
    merged, and where they clash both stay. A `letter` that comes again, because its answer was lost, is taken once.
    Where both together are longer than a box can hold, what stands stays, and this is kept beside it as an addition.
    """
    demand(may_write(by, box))
    text = _plain(text)
    words = _held(box, by)
    if not visibility.may_read(by, words):
        demand(hidden())
    stands = str(words.text)
    if len(text) > max(LONGEST, len(stands)):
        raise NotThisMoment(_("This is longer than one box can hold. Please keep a part of it elsewhere."))
    if letter and version < words.version and _has_come(words, version, letter):
        return _written(stands, text, words, by)
    known = _plain(base) if base is not None else None
    if known is None or len(known) > max(LONGEST, len(stands)):
        known = _text_at(words, version)
    result = _together(known, stands, text)
    if result is None:
        return _keep_beside(words, text, letter, by)
    answer = _written(result, text, words, by)
    if result == stands:
        return answer
    words.edited_at, words.edited_by = now(), by.actor
    words.text = result
    _keep_version(words, result, letter, by)
    words.save(update_fields=["text", "version", "edited_at", "edited_by"])
    return replace(answer, version=words.version)


def _together(base: str, stands: str, text: str) -> str | None:
    """Both texts in one, worked out while nobody waits for it; None where that is longer than a box can hold."""
    plain = of_one_side(base, stands, text)
    if plain is not None:
        return plain
    result = worked_out((base, stands, text), lambda: merge(base, stands, text), without=lambda: None)
    return result if result is not None and len(result) <= max(LONGEST, len(stands)) else None


def _keep_beside(words: Words, text: str, letter: UUID | None, by: Seat) -> Written:
    """What stands stays, and is the latest version again: whoever saves next begins from it."""
    _keep_version(words, text, letter, by, beside=True)
    words.kept_beside = words.version
    _keep_version(words, str(words.text), None, by)
    words.save(update_fields=["version", "kept_beside"])
    sentence = _(
        "Both texts together are longer than one box can hold. What you wrote is saved as your addition, beside this."
    )
    return Written(str(words.text), words.version, True, sentence)


def _keep_version(words: Words, text: str, letter: UUID | None, by: Seat, *, beside: bool = False) -> None:
    words.version += 1
    WordsVersion.objects.create(
        words=words,
        version=words.version,
        text=text,
        letter=letter,
        beside=beside,
        visibility=words.visibility,
        by=by.actor,
        created_at=now(),
    )


def _plain(text: str) -> str:
    """Lines end in one way, and without the one character a database can't keep."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _held(box: Box, by: Seat) -> Words:
    """The words of a box, made when they are the first; whoever else writes there waits until this is done."""
    author = by.actor if box.own else None
    for _attempt in range(2):
        found = (
            _OWN.instances(box.subject_id, author.id, box.place, box.name)
            if author
            else _SHARED.instances(box.subject_id, box.place, box.name)
        )
        words = next(iter(found), None)
        if words:
            return words  # type: ignore[no-any-return]
        Words.objects.get_or_create(
            place=box.place,
            subject_id=box.subject_id,
            box=box.name,
            author=author,
            defaults={"journey": by.journey, "visibility": box.visibility},
        )
    raise AssertionError("words that were just made are there")


def _own(subject_id: UUID, author_id: UUID, place: str, box: str) -> QuerySet[Words]:
    rows = Words.objects.select_for_update()
    return rows.filter(subject_id=subject_id, author_id=author_id, place=place, box=box)


def _shared(subject_id: UUID, place: str, box: str) -> QuerySet[Words]:
    rows = Words.objects.select_for_update()
    return rows.filter(subject_id=subject_id, author=None, place=place, box=box)


_OWN, _SHARED = Prepared(_own, takes=2, texts=2), Prepared(_shared, takes=1, texts=2)


def _written(result: str, text: str, words: Words, by: Seat) -> Written:
    if result == text:
        return Written(result, words.version, False, _("Saved"))
    if words.edited_by_id == by.actor.id:
        sentence = _("You wrote here in another window too. Both texts are saved.")
    else:
        name = by.name_of(words.edited_by_id) or by.other.name
        sentence = _("%(name)s wrote here too. Both texts are saved.") % {"name": name}
    return Written(result, words.version, True, sentence)


def _has_come(words: Words, version: int, letter: UUID) -> bool:
    return WordsVersion.objects.filter(words=words, version__gt=version, letter=letter).exists()


def _text_at(words: Words, version: int) -> str:
    """The text of a version; "" for one that is unknown, so that a merge keeps everything."""
    if version == words.version:
        return str(words.text)
    kept = WordsVersion.objects.filter(words=words, version=version).first()
    return str(kept.text) if kept else ""


@action("words.shared")
def share(*, place: str, subject_id: UUID, by: Seat) -> int:
    """Open one's own words of a place to the other of the two. It can't be taken back. Returns how many."""
    own = Words.objects.filter(
        journey=by.journey, place=place, subject_id=subject_id, author=by.actor, visibility=Visibility.MINE
    )
    # what is shared is the words as they stand; how they came to be stays their author's
    as_they_stand = WordsVersion.objects.filter(words__in=own, version=F("words__version"))
    WordsVersion.objects.filter(id__in=list(as_they_stand.values_list("id", flat=True))).update(
        visibility=Visibility.OURS
    )
    shared = own.update(visibility=Visibility.OURS)
    record("words.shared", subject=by.journey, by=by, place=place, count=shared)
    return shared


def read(seat: Seat, place: str, subject_id: UUID) -> dict[tuple[str, UUID | None], Words]:
    """The words of one place that this person may read, by box and author."""
    rows = Words.objects.filter(visibility.readable(seat), place=place, subject_id=subject_id).distinct()
    return {(words.box, words.author_id): words for words in rows}

"""Looking for words in one's own journeys.

Words are encrypted at rest, so the database can't look for them: whatever this person may read is opened and read
through, each time anew, and no index of it is kept anywhere. A dozen queries, whatever is found; opening a text costs about
a hundredth of a millisecond (docs/explanation/search.md says what that comes to).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.goals.models import Need, Step, StepStateRecord, TargetWording
from alongside.journeys import visibility
from alongside.journeys.models import Words
from alongside.journeys.queries import seats_of
from alongside.journeys.seat import Seat
from alongside.kernel.encryption import unseal
from alongside.kernel.folding import find, foldings, words_of
from alongside.people.models import Person
from alongside.rooms.ending.contributions.models import EndingEntry
from alongside.rooms.ending.follow_up.models import FollowUpAnswer
from alongside.rooms.sessions.focusing.queries import beside_steps
from alongside.rooms.sessions.record.in_error import issue_in_error
from alongside.rooms.sessions.record.models import Issue, IssueStateRecord, MeetingRecord

MOST = 100
BEFORE, AFTER = 60, 140


@dataclass(frozen=True, slots=True)
class Text:
    """A text this person may read: `sort` says what it is, `place`, `key` and `number` where it stands."""

    journey_id: UUID
    sort: str
    text: str
    place: str = ""
    key: UUID | None = None
    number: int | None = None

    @property
    def is_private(self) -> bool:
        """What somebody wrote, rather than a name: showing it is an opening."""
        return self.sort not in ("title", "name")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Where it was found, with the words around it."""

    text: Text
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in each journey, newest journey first. `more`: there is more than is shown."""

    by_seat: tuple[tuple[Seat, tuple[SearchHit, ...]], ...]
    more: bool

    @property
    def count(self) -> int:
        return sum(len(hits) for _seat, hits in self.by_seat)


def search_words(actor: Person, asked: str) -> Found:
    """Texts in which every word that was asked for occurs, however it is spelled (see `kernel.folding`)."""
    wanted = words_of(asked)
    seats = [seat for seat in seats_of(actor) if not seat.is_restricted]
    hits: dict[UUID, list[SearchHit]] = {}
    count = 0
    for text in _texts(seats) if wanted else ():
        hit = _search_hit(text, wanted)
        if hit is not None:
            count += 1
            if count <= MOST:
                hits.setdefault(text.journey_id, []).append(hit)
    by_seat = tuple((seat, tuple(hits[seat.journey.id])) for seat in seats if seat.journey.id in hits)
    return Found(by_seat, count > MOST)


def _search_hit(text: Text, wanted: list[tuple[str, ...]]) -> SearchHit | None:
    within = foldings(text.text)
    found = [find(word, within) for word in wanted]
    start, end = min((place for place in found if place), default=(0, 0))
    if None in found:
        return None
    begin, stop = max(0, start - BEFORE), min(len(text.text), end + AFTER)
    before, after = text.text[begin:start], text.text[end:stop]
    return SearchHit(
        text,
        ("… " if begin else "") + before,
        text.text[start:end],
        after + (" …" if stop < len(text.text) else ""),
    )


def _texts(seats: list[Seat]) -> Iterator[Text]:
    for seat in seats:
        yield Text(seat.journey.id, "title", str(seat.journey.title))
        for member in seat.members if seat.is_one_of_two else (seat.guide, seat.participant):
            if member.person.id != seat.actor.id:
                yield Text(seat.journey.id, "name", member.name)
    ours = [seat.journey.id for seat in seats if seat.is_one_of_two]
    yield from _needs(ours)
    yield from _targets(ours)
    yield from _steps(ours)
    yield from _beside_steps(ours)
    yield from _issues(ours)
    yield from _entries(ours)
    yield from _answers({seat.journey.id: seat for seat in seats if seat.is_one_of_two})
    yield from _words(seats)


def _needs(journeys: list[UUID]) -> Iterator[Text]:
    rows = Need.objects.filter(journey__in=journeys).order_by("position", "id")
    for key, journey, sealed in rows.values_list("id", "journey_id", "statement"):
        yield Text(journey, "need", _open(Need, "statement", key, sealed))


def _targets(journeys: list[UUID]) -> Iterator[Text]:
    newest = TargetWording.objects.filter(target=OuterRef("target")).order_by("-number").values("id")[:1]
    rows = TargetWording.objects.filter(target__journey__in=journeys, id=Subquery(newest))
    for key, target, journey, sealed in rows.order_by("target__position", "id").values_list(
        "id", "target_id", "target__journey_id", "difference"
    ):
        yield Text(journey, "target", _open(TargetWording, "difference", key, sealed), key=target)


def _steps(journeys: list[UUID]) -> Iterator[Text]:
    rows = Step.objects.filter(journey__in=journeys).order_by("-created_at", "-id")
    for key, journey, sealed in rows.values_list("id", "journey_id", "text"):
        yield Text(journey, "step", _open(Step, "text", key, sealed))


def _beside_steps(journeys: list[UUID]) -> Iterator[Text]:
    """What was said of how a step went, and what a focusing put beside the step it came to."""
    summary = StepStateRecord.objects.filter(step__entered_in_error_at=None)
    said = summary.filter(step__journey__in=journeys).order_by("-created_at", "-id")
    for key, journey, sealed in said.values_list("id", "step__journey_id", "word"):
        yield Text(journey, "step", _open(StepStateRecord, "word", key, sealed))
    for journey, text in beside_steps(journeys):
        yield Text(journey, "step", text)


def _issues(journeys: list[UUID]) -> Iterator[Text]:
    """Issues, and the word on where one was taken; both stand at the meeting in which it was raised."""
    rows = Issue.objects.filter(journey__in=journeys).exclude(issue_in_error()).order_by("-created_at", "-id")
    for key, journey, number, sealed in rows.values_list("id", "journey_id", "record__number", "text"):
        yield Text(journey, "issue", _open(Issue, "text", key, sealed), number=number)
    words = IssueStateRecord.objects.filter(issue__journey__in=journeys).exclude(issue_in_error("issue"))
    words = words.order_by("-created_at", "-id")
    columns = ("id", "issue__journey_id", "issue__record__number", "word")
    for key, journey, number, sealed in words.values_list(*columns):
        yield Text(journey, "issue", _open(IssueStateRecord, "word", key, sealed), number=number)


def _entries(journeys: list[UUID]) -> Iterator[Text]:
    """What is taken along and who goes on supporting, as it stands; what was removed or reworded is out."""
    rows = EndingEntry.objects.filter(ending__journey__in=journeys, removed_at=None, replaced_by=None)
    columns = ("id", "ending__journey_id", "sort", "what", "then")
    for key, journey, sort, what, then in rows.order_by("-created_at", "-id").values_list(*columns):
        for column, sealed in (("what", what), ("then", then)):
            yield Text(journey, "entry", _open(EndingEntry, column, key, sealed), place=sort)


def _answers(seats: dict[UUID, Seat]) -> Iterator[Text]:
    """What was answered after the end, to those who read it: as the participant said when they typed it."""
    rows = FollowUpAnswer.objects.filter(follow_up__journey__in=list(seats)).order_by("-created_at", "-id")
    columns = ("id", "follow_up__journey_id", "readers", "words", "doing")
    for key, journey, readers, *texts in rows.values_list(*columns):
        seat = seats[journey]
        if visibility.may_read_said(seat, author_id=seat.participant.person.id, visibility=readers):
            for column, sealed in zip(("words", "doing"), texts, strict=True):
                yield Text(journey, "answer", _open(FollowUpAnswer, column, key, sealed))


def _words(seats: list[Seat]) -> Iterator[Text]:
    """Notes, preparations, agreements, endings: what `visibility` lets this person read, newest first."""
    number = MeetingRecord.objects.filter(id=OuterRef("subject_id")).values("number")[:1]
    rows: QuerySet[Any] = Words.objects.filter(visibility.readable_across(seats), version__gt=0)
    rows = rows.annotate(number=Subquery(number)).order_by("-edited_at", "-id").distinct()
    for key, journey, place, subject, box, found, sealed in rows.values_list(
        "id", "journey_id", "place", "subject_id", "box", "number", "text"
    ):
        text = _open(Words, "text", key, sealed)
        yield Text(journey, "words", text, place=place, key=subject, number=found or _numbered(box))


def _numbered(box: str) -> int | None:
    """What was written before a meeting carries its number in the name of its box."""
    _name, _line, number = box.rpartition("_")
    return int(number) if number.isascii() and number.isdigit() else None


def _open(model: type, column: str, key: UUID, sealed: Any) -> str:
    return unseal(model, column, key, bytes(sealed)) if sealed else ""

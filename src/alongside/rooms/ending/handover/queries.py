"""Questions about a hand-over. Reading starts at the seat, or at the guide who is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alongside.journeys import visibility
from alongside.journeys import words as writing
from alongside.journeys.models import Journey, Visibility, Words, WordsVersion
from alongside.journeys.queries import guided_by, latest_state, members_of, seat_for
from alongside.journeys.seat import Member, Seat
from alongside.journeys.states import OPEN, Part
from alongside.journeys.words import Box
from alongside.kernel.prepared import Prepared
from alongside.people.models import Person
from alongside.people.queries import guides_of
from alongside.rooms.environment.queries import MeetingFacts, booked_for_today, meetings_of
from alongside.rooms.first_meeting import boxes as first_meeting
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.first_meeting.states import Side
from alongside.rooms.sessions.record import boxes as sessions
from alongside.rooms.sessions.record.queries import records_of

from .models import Handover, HandoverYes

PLACE, SUMMARY = "hand_over", "summary"
CARRIED = "carried"
PICTURE, PREPARATION, AGREEMENT, FIRST_NOTES, MEETING = (
    "picture",
    "preparation",
    "agreement",
    "notes",
    "meeting-",
)


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """A hand-over with its people, its summary, and whose yes the summary has as it stands now."""

    handover: Handover
    guide: Member
    participant: Member
    summary: Words | None
    yes: frozenset[Side]

    @property
    def journey_id(self) -> UUID:
        return self.handover.journey_id

    @property
    def text(self) -> str:
        return str(self.summary.text).strip() if self.summary else ""

    @property
    def version(self) -> int:
        return self.summary.version if self.summary else 0

    @property
    def needed(self) -> frozenset[Side]:
        """Whose yes it takes: both; of a guide who is gone none, nor of somebody without an account then."""
        if not self.handover.without_guide:
            return frozenset(Side)
        return frozenset({Side.PARTICIPANT} if self.participant.person.user_id else ())

    @property
    def is_agreed(self) -> bool:
        return self.needed <= self.yes

    @property
    def stands(self) -> bool:
        return self.handover.settled_at is None


def summary_box(handover: Handover) -> Box:
    return Box(PLACE, handover.id, SUMMARY, Visibility.OURS)


def handover_of(seat: Seat) -> HandoverFacts | None:
    """The hand-over that stands, else the latest that was settled; None where none was ever proposed."""
    latest = next(_LATEST.instances(seat.journey.id), None)
    return _facts([latest])[0] if latest else None


def _latest(journey_id: UUID) -> QuerySet:
    rows = Handover.objects.filter(journey=journey_id).select_related("to", "by", "journey", "led_to")
    return rows.order_by(F("settled_at").desc(nulls_first=True))[:1]


_LATEST = Prepared(_latest)


def _facts(handovers: list[Handover]) -> list[HandoverFacts]:
    """Three queries, however many there are."""
    members = members_of([each.journey_id for each in handovers])
    ids = [each.id for each in handovers]
    rows = Words.objects.filter(place=PLACE, subject_id__in=ids, box=SUMMARY, entered_in_error_at=None)
    summaries = {each.subject_id: each for each in rows.select_related("author", "edited_by")}
    said: dict[UUID, set[tuple[str, int]]] = {each: set() for each in ids}
    for handover, side, version in HandoverYes.objects.filter(handover__in=ids).values_list(
        "handover", "side", "version"
    ):
        said[handover].add((side, version))
    return [_one(each, members[each.journey_id], summaries.get(each.id), said[each.id]) for each in handovers]


def _one(
    handover: Handover, there: list[Member], summary: Words | None, said: set[tuple[str, int]]
) -> HandoverFacts:
    version = summary.version if summary else 0
    return HandoverFacts(
        handover=handover,
        guide=next(member for member in there if member.part == Part.GUIDE),
        participant=next(member for member in there if member.part == Part.PARTICIPANT),
        summary=summary,
        yes=frozenset(Side(side) for side, of in said if of == version),
    )


def knows_summary(facts: HandoverFacts, version: int, person: Person) -> bool:
    """Whether somebody who read that version knows it as it stands: what came since they wrote themselves."""
    if facts.summary is None or version > facts.version:
        return version == facts.version
    later = WordsVersion.objects.filter(words=facts.summary, version__gt=version)
    return not later.exclude(by=person).exists()


def guides_to_ask(actor: Person, members: Iterable[Member]) -> list[Person]:
    """Guides of the house who can sign in and have no other part here. One who covers may go on as the guide."""
    taken = {member.person.id for member in members if member.part != Part.COVERING}
    return [guide for guide in guides_of(actor) if guide.user_id and guide.id not in taken]


# --- the words that may go along -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offered:
    """Some shared words the participant may let go along: what they are, and the rows."""

    key: str
    label: str
    rows: tuple[Words, ...]


def offered(seat: Seat) -> list[Offered]:
    """What may go along, in the order in which it came about.

    Only what both may read, written together or by the participant: nobody's private words, nor the guide's own.
    """
    participant = seat.participant.person.id
    readable = visibility.readable_by_one_of_two(seat.journey.id, participant)
    rows = Words.objects.filter(readable, visibility__in=[Visibility.OURS, Visibility.NAMED])
    both = [
        words
        for words in rows.select_related("author", "edited_by").order_by("created_at", "id")
        if words.author_id in (None, participant) and str(words.text).strip()
    ]
    agreement, here = agreement_in_force(seat), seat.journey.id
    first = _("The notes of the %(first)s") % {"first": seat.kind.words.first_meeting}
    found = [
        Offered(PICTURE, _("The words beside the starting picture"), ()),
        _some(both, PREPARATION, _("The preparation"), {first_meeting.PREPARATION}, here),
        _some(both, FIRST_NOTES, first, {first_meeting.NOTES}, here),
        _some(
            both,
            AGREEMENT,
            _("What you agreed"),
            {first_meeting.AGREEMENT},
            agreement.id if agreement else None,
        ),
    ]
    for record in records_of(seat):
        label = capfirst(str(seat.kind.words.meeting_number) % {"number": record.number})
        places = {sessions.RECORD, sessions.LATE}
        found.append(_some(both, f"{MEETING}{record.number}", label, places, record.id))
    earlier = [words for words in both if words.place == CARRIED]
    if earlier:
        found.append(Offered(CARRIED, _("What had been passed on from before"), tuple(earlier)))
    return [each for each in found if each.rows or each.key == PICTURE]


def _some(both: list[Words], key: str, label: str, places: set[str], subject: UUID | None) -> Offered:
    rows = (words for words in both if words.place in places and words.subject_id == subject)
    return Offered(key, label, tuple(rows))


@dataclass(frozen=True, slots=True)
class Brought:
    """Some words that came along: of which part of the earlier journey, in which box, who wrote them."""

    key: str
    box: str
    words: Words


def brought_along(seat: Seat) -> list[Brought]:
    """The words that came along from an earlier journey with another guide, as they were there. One query."""
    rows = writing.read(seat, CARRIED, seat.journey.id).values()
    found = []
    for words in sorted(rows, key=lambda each: (each.created_at, each.id)):
        key, _colon, box = words.box.partition(":")
        found.append(Brought(key, box, words))
    return found


def handover_to(seat: Seat) -> Handover | None:
    """The hand-over with which this journey came from an earlier one."""
    return Handover.objects.filter(led_to=seat.journey).select_related("by", "to", "journey").first()


def next_number(seat: Seat) -> int:
    """The number of the meeting the new guide begins with."""
    numbers = [one.number for one in meetings_of(seat) if one.state == "held" and one.number]
    return max([*numbers, seat.journey.first_number - 1]) + 1


# --- the doors' finds ------------------------------------------------------------------------------------


def handover_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, HandoverFacts | None] | None:
    found = seat_for(actor, journey_id=journey_id)
    return (found[0], handover_of(found[0])) if found else None


def _of_an_open_journey(actor: Person) -> Q:
    """A journey that ended while a hand-over stood asks nobody to go on with it."""
    journeys = Journey.objects.filter(organisation=actor.organisation_id)
    going = journeys.annotate(current_state=latest_state()).filter(current_state__in=OPEN)
    return Q(journey__in=going.values("id"))


def asked_of(actor: Person) -> list[HandoverFacts]:
    """What waits for the answer of a guide, the oldest first. Four queries, however many there are."""
    rows = Handover.objects.filter(_of_an_open_journey(actor), to=actor, settled_at=None)
    found = list(rows.select_related("to", "by", "journey", "led_to").order_by("created_at"))
    return [each for each in _facts(found) if each.is_agreed] if found else []


def came_from_for(actor: Person, *, journey_id: UUID) -> tuple[Seat, Handover] | None:
    """For the page of what came along: there is none in a journey that came from nowhere."""
    found = seat_for(actor, journey_id=journey_id)
    handover = handover_to(found[0]) if found else None
    return (found[0], handover) if found and handover else None


def asked_for(actor: Person, *, handover_id: UUID) -> tuple[Person, HandoverFacts] | None:
    """For the guide who is asked, once the two have agreed: before that there is nothing here for them."""
    mine = Handover.objects.filter(id=handover_id, to=actor, journey__organisation=actor.organisation_id)
    # what they have taken on they are still led to; what ended in another way asks nobody any more
    rows = mine.filter(_of_an_open_journey(actor) | Q(led_to__isnull=False))
    handover = rows.select_related("to", "by", "journey", "led_to").first()
    if handover is None:
        return None
    facts = _facts([handover])[0]
    return (actor, facts) if facts.is_agreed else None


@dataclass(frozen=True, slots=True)
class Left:
    """One journey of a guide who is away or gone: who is in it, and what has been done about it."""

    journey: Journey
    members: tuple[Member, ...]
    handover: Handover | None

    @property
    def participant(self) -> Member:
        return next(member for member in self.members if member.part == Part.PARTICIPANT)

    @property
    def covering(self) -> Member | None:
        return next((member for member in self.members if member.part == Part.COVERING), None)


def left_by(actor: Person, guide: Person) -> list[Left]:
    """What an administrator sees of a guide's journeys: the participant's name and the state, and nothing else."""
    journeys = guided_by(actor, guide)
    ids = [journey.id for journey in journeys]
    members = members_of(ids)
    standing = {
        each.journey_id: each
        for each in Handover.objects.filter(journey__in=ids, settled_at=None).select_related("to")
    }
    return [Left(each, tuple(members[each.id]), standing.get(each.id)) for each in journeys]


def left_for(actor: Person, *, person_id: UUID, left_id: UUID) -> tuple[Person, Person, Left] | None:
    """One of them; None for whoever doesn't look after the guides of that organisation."""
    guide = Person.objects.filter(id=person_id, organisation=actor.organisation_id).first()
    left = (
        next((each for each in left_by(actor, guide) if each.journey.id == left_id), None) if guide else None
    )
    return (actor, guide, left) if guide and left else None


def seat_of_participant(facts: HandoverFacts) -> Seat:
    """The table as the participant sits at it, for the figures the asked guide is shown. Never handed to a page."""
    found = seat_for(facts.participant.person, journey_id=facts.handover.journey_id)
    assert found, "the participant of a journey has a part in it"
    return found[0]


def meets_today(facts: HandoverFacts) -> MeetingFacts | None:
    """What is booked for today with the guide they know, where that guide is still there to hold it."""
    if facts.handover.without_guide or not facts.guide.person.is_active:
        return None
    return booked_for_today(seat_of_participant(facts))


def held_in_all(seat: Seat) -> int:
    return next_number(seat) - 1

"""Questions about places and meetings. Reading starts at the person who asks, or at their seat."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.journeys.queries import seat_for
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.kernel.encryption import unseal
from alongside.people.models import Person

from ..models import CalledOff, Claim, EnvironmentCheck, Meeting, MeetingStateRecord, Place, PossibleAnswer
from ..states import MeetingState


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting in any state, with its place as the two may know it. `number` is None once it is off."""

    id: UUID
    number: int | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    zone: str
    place_id: UUID
    place_name: str
    place_kind: str
    state: MeetingState
    late: bool
    sequence: int
    place_details: str
    journey_id: UUID
    place_is_private: bool
    place_is_quiet: bool
    place_is_step_free: bool
    override_reason: str
    agreed: dt.datetime
    """The agreed time on the wall of its zone, without a zone."""
    has_emails: bool
    """Whether emails that may be an answer wait for its guide."""

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def has_started(self) -> bool:
        return self.starts_at <= now()

    @property
    def is_today(self) -> bool:
        zone = ZoneInfo(self.zone)
        return self.starts_at.astimezone(zone).date() == now().astimezone(zone).date()

    @property
    def is_over(self) -> bool:
        return self.ends_at <= now()


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What was ticked before a meeting and said about its time after it."""

    meeting_id: UUID
    private: bool
    quiet: bool
    phones_away: bool
    enough_time: bool
    both_ready: bool
    checked_at: dt.datetime | None
    checked_by_id: UUID | None
    started_on_time: bool | None
    interruptions: int | None
    had_enough_time: bool | None
    noted_at: dt.datetime | None
    noted_by_id: UUID | None

    @property
    def is_noted(self) -> bool:
        return self.noted_at is not None

    @property
    def was_protected(self) -> bool:
        """The whole of it: began on time, nobody came in, and it was long enough."""
        return self.is_noted and bool(
            self.started_on_time and self.had_enough_time and self.interruptions == 0
        )


# --- places -----------------------------------------------------------------------------------------------


def places_kept_by(actor: Person) -> QuerySet[Place]:
    """The organisation's places and the actor's own, retired ones too."""
    own = Q(owner=None) | Q(owner=actor)
    return Place.objects.filter(own, organisation_id=actor.organisation_id)


def places_for(actor: Person) -> list[Place]:
    """The places in use that a guide can meet in: their own first, then the organisation's, by name."""
    return _by_name(places_kept_by(actor).filter(retired_at=None))


def retired_places_for(actor: Person) -> list[Place]:
    return _by_name(places_kept_by(actor).exclude(retired_at=None))


def place_for(actor: Person, *, place_id: UUID) -> tuple[Person, Place] | None:
    """The door's find for one place."""
    place = places_kept_by(actor).filter(id=place_id).first()
    return (actor, place) if place else None


def bookable_places(seat: Seat, *, keep: UUID | None = None) -> list[Place]:
    """The places this person may book for this journey; `keep` is one its meeting has already.

    The participant chooses among those that were opened to participants, so that no list of theirs ever shows
    where a guide meets somebody else.
    """
    guides = {seat.guide.person.id, seat.actor.id} if seat.is_guide else {seat.guide.person.id}
    wanted = Q(owner=None) | Q(owner__in=guides)
    if not seat.is_guide:
        wanted &= Q(participants_may_book=True)
    wanted &= Q(retired_at=None)
    if keep:
        wanted |= Q(id=keep)
    return _by_name(Place.objects.filter(wanted, organisation_id=seat.journey.organisation_id))


def guide_for(seat: Seat) -> Person:
    """Who guides what this person books: they themselves (also when covering), else the journey's guide."""
    return seat.actor if seat.is_guide else seat.guide.person


def booked_ahead(place: Place) -> int:
    """How many meetings are still to come in a place."""
    return Claim.objects.filter(subject=place.id, ends_at__gt=now()).count()


def _by_name(places: QuerySet[Place]) -> list[Place]:
    return sorted(places, key=lambda place: (place.owner_id is None, str(place.name).casefold()))


# --- meetings ---------------------------------------------------------------------------------------------


def _latest(column: str) -> Subquery:
    records = MeetingStateRecord.objects.filter(meeting=OuterRef("pk")).order_by("-created_at", "-id")
    return Subquery(records.values(column)[:1])


def _with_state(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    return meetings.annotate(state=_latest("state"), late=_latest("late"))


_COLUMNS = (
    "id",
    "number",
    "starts_at",
    "ends_at",
    "minutes",
    "zone",
    "place_id",
    "place__name",
    "place__kind",
    "state",
    "late",
    "sequence",
    "place__details",
    "journey_id",
    "place__is_private",
    "place__is_quiet",
    "place__is_step_free",
    "override_reason",
    "wall_date",
    "wall_time",
    "has_emails",
)


def _rows(meetings: QuerySet[Meeting]) -> QuerySet:
    """What `_facts` reads: the columns of each."""
    emails = PossibleAnswer.objects.filter(meeting=OuterRef("pk"), put_away_at=None)
    return _with_state(meetings).annotate(has_emails=Exists(emails)).values_list(*_COLUMNS)


def _facts(row: tuple) -> MeetingFacts:
    place = row[6]
    name = unseal(Place, "name", place, row[7]) if row[7] else ""
    details = unseal(Place, "details", place, row[12]) if row[12] else ""
    state = MeetingState(row[9])
    reason = unseal(Meeting, "override_reason", row[0], row[17]) if row[17] else ""
    agreed = dt.datetime.combine(row[18], row[19])
    return MeetingFacts(
        *row[:7], name, row[8], state, bool(row[10]), row[11], details, *row[13:17], reason, agreed, row[20]
    )


def meetings_by_journey(seats: Iterable[Seat]) -> dict[UUID, list[MeetingFacts]]:
    """The meetings of several journeys, oldest first, in all states. One query, however many there are."""
    rows = _rows(Meeting.objects.filter(journey__in=[seat.journey.id for seat in seats]))
    found: dict[UUID, list[MeetingFacts]] = defaultdict(list)
    for row in rows.order_by("starts_at", "id"):
        facts = _facts(row)
        found[facts.journey_id].append(facts)
    return found


def meetings_of(seat: Seat) -> list[MeetingFacts]:
    """All meetings of a journey, oldest first, in all states."""
    return meetings_by_journey([seat])[seat.journey.id]


def next_among(meetings: Iterable[MeetingFacts]) -> MeetingFacts | None:
    """The earliest planned one that is not over yet, or is today's."""
    return next((one for one in meetings if one.is_planned and (not one.is_over or one.is_today)), None)


def meetings_ahead(seat: Seat) -> list[MeetingFacts]:
    """The planned ones that have not begun, soonest first: what is called off when the journey ends."""
    return [one for one in meetings_of(seat) if one.is_planned and not one.has_started]


def booked_for_today(seat: Seat) -> MeetingFacts | None:
    """A planned one of this day, by its own clocks, that is not over yet."""
    return next(
        (one for one in meetings_of(seat) if one.is_planned and one.is_today and not one.is_over), None
    )


def called_off(seat: Seat) -> list[tuple[MeetingFacts, CalledOff]]:
    """Those that were cancelled as the journey ended, and why, soonest first."""
    because = {meeting: reason.because for meeting, reason in reasons_of(seat).items() if reason.because}
    if not because:
        return []
    return [(one, because[one.id]) for one in meetings_of(seat) if one.id in because]


def missed_days(seat: Seat) -> tuple[dt.date, ...]:
    """On which days, where they were to meet, a meeting was missed; oldest first."""
    rows = _with_state(Meeting.objects.filter(journey=seat.journey)).filter(state=MeetingState.MISSED)
    found = rows.order_by("starts_at").values_list("starts_at", "zone")
    return tuple(starts_at.astimezone(ZoneInfo(zone)).date() for starts_at, zone in found)


def next_meeting(seat: Seat) -> MeetingFacts | None:
    return next_among(meetings_of(seat))


def meeting_by_number(seat: Seat, number: int) -> MeetingFacts | None:
    """The meeting that bears this number now."""
    row = _rows(Meeting.objects.filter(journey=seat.journey, number=number)).first()
    return _facts(row) if row else None


def meetings_with_state(seat: Seat) -> QuerySet[Meeting]:
    """The meetings of a journey as rows that carry their `state`, with place and guide, for the actions."""
    rows = _with_state(Meeting.objects.filter(journey=seat.journey))
    return rows.select_related("place", "guide")


def meetings_to_come(seat: Seat) -> list[Meeting]:
    """Those that are not over, in any state, soonest first."""
    return list(meetings_with_state(seat).filter(ends_at__gt=now()).order_by("starts_at", "id"))


def meeting_in(seat: Seat, *, meeting_id: UUID) -> Meeting | None:
    """One meeting of this journey as a row with its `state`, for the actions."""
    return meetings_with_state(seat).filter(id=meeting_id).first()


def meeting_for(actor: Person, *, journey_id: UUID, meeting_id: UUID) -> tuple[Seat, Meeting] | None:
    """The door's find for one meeting."""
    found = seat_for(actor, journey_id=journey_id)
    meeting = meeting_in(found[0], meeting_id=meeting_id) if found else None
    return (found[0], meeting) if found and meeting else None


@dataclass(frozen=True, slots=True)
class Reason:
    """Who cancelled a meeting or noted it as missed, when, and with which words, if any."""

    text: str
    by_id: UUID
    at: dt.datetime
    because: CalledOff | None = None
    """What became of the journey, where that called it off."""


def reasons_of(seat: Seat) -> dict[UUID, Reason]:
    """Why meetings didn't take place, by meeting."""
    off = (MeetingState.CANCELLED, MeetingState.MISSED)
    records = MeetingStateRecord.objects.filter(meeting__journey=seat.journey, state__in=off)
    rows = records.values_list("meeting_id", "id", "word", "by_id", "created_at", "because")
    return {
        meeting: Reason(
            unseal(MeetingStateRecord, "word", record, word) if word else "",
            by,
            at,
            CalledOff(because) if because else None,
        )
        for meeting, record, word, by, at, because in rows
    }


def next_number(seat: Seat) -> int:
    """The number of a meeting booked behind all others: the first one free after those that were held.

    A number whose meeting was cancelled or missed is given again: held meetings count on without gaps.
    """
    numbers = _numbered(seat)
    number = _first_after_held(seat, numbers)
    while number in {one for one, _state, _starts_at in numbers.values()}:
        number += 1
    return number


def numbers_ahead(seat: Seat) -> tuple[dict[UUID, int], dict[UUID, int]]:
    """The numbers meetings bear, and those the planned ones still to come should bear, by their times."""
    numbers = _numbered(seat)
    ahead = [one for one, (_n, state, at) in numbers.items() if state == MeetingState.PLANNED and at > now()]
    kept = {number for one, (number, _state, _at) in numbers.items() if one not in ahead}
    number, should = _first_after_held(seat, numbers), {}
    for one in ahead:
        while number in kept:
            number += 1
        should[one] = number
        number += 1
    return {one: facts[0] for one, facts in numbers.items()}, should


def _numbered(seat: Seat) -> dict[UUID, tuple[int, str, dt.datetime]]:
    """Number, state and time of the meetings that bear a number, by time."""
    rows = _with_state(Meeting.objects.filter(journey=seat.journey).exclude(number=None))
    rows = rows.order_by("starts_at", "id").values_list("id", "number", "state", "starts_at")
    return {row[0]: row[1:] for row in rows}


def _first_after_held(seat: Seat, numbers: dict[UUID, tuple[int, str, dt.datetime]]) -> int:
    held = [number + 1 for number, state, _at in numbers.values() if state == MeetingState.HELD]
    return max([seat.journey.first_number, *held])


# --- who is taken -----------------------------------------------------------------------------------------


def clashes(
    subjects: Iterable[UUID], *, starts_at: dt.datetime, ends_at: dt.datetime, besides: UUID | None = None
) -> list[Claim]:
    """The claims that stand in the way of a meeting of these people in that place at that time."""
    held = Claim.objects.filter(subject__in=list(subjects), starts_at__lt=ends_at, ends_at__gt=starts_at)
    return list(held.exclude(meeting_id=besides).select_related("meeting"))


# --- the environment check --------------------------------------------------------------------------------

_CHECK_COLUMNS = (
    "meeting_id",
    "private",
    "quiet",
    "phones_away",
    "enough_time",
    "both_ready",
    "checked_at",
    "checked_by_id",
    "started_on_time",
    "interruptions",
    "had_enough_time",
    "noted_at",
    "noted_by_id",
)


def checks_of(seat: Seat) -> dict[UUID, CheckFacts]:
    """The environment checks of a journey, by meeting."""
    rows = EnvironmentCheck.objects.filter(journey=seat.journey).values_list(*_CHECK_COLUMNS)
    return {row[0]: CheckFacts(*row) for row in rows}

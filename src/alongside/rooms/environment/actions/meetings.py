"""What can be done with meetings: book, move, cancel, note what became of them, see to their surroundings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.journeys.models import Journey
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.kernel.errors import NotThisMoment, demand
from alongside.ledger.record import record
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from .. import rules
from ..claims import (
    claims_of,
    kept_apart,
    pass_one_at_a_time,
    refuse_what_does_not_suit,
    refuse_what_is_taken,
)
from ..invitations import tell
from ..models import (
    CalledOff,
    Claim,
    EmailEvent,
    EnvironmentCheck,
    Meeting,
    MeetingStateRecord,
    MeetingTime,
    Place,
)
from ..queries import guide_for, meeting_in, next_number, numbers_ahead
from ..queries.calendars import has_had_emails
from ..queries.hours import zone_named
from ..states import MeetingState
from ..tasks.earlier import offer_what_became_free
from .missed import follow_up_missed


@dataclass(frozen=True, slots=True)
class Ticks:
    """What the two see to before they begin."""

    private: bool = False
    quiet: bool = False
    phones_away: bool = False
    enough_time: bool = False
    both_ready: bool = False


@action("meeting.booked")
def book_meeting(
    *,
    place: Place,
    starts_at: dt.datetime,
    minutes: int,
    already_held: bool = False,
    override: str = "",
    was_offered: bool = False,
    shape: str = "",
    by: Seat,
) -> Meeting:
    """Book a meeting of the two of a journey; or enter one that has taken place already.

    Guide, participant and place are claimed for its time. When one of them is taken, `TimeTaken` says so
    with other times. Outside the actor's own protected time `override` says why, else `NeedsReason`. The
    participant (and the guide, when the participant booked) is told by e-mail. `was_offered`: the guide offered
    this time in this place, whoever else may book it. `shape` is what kind of meeting it shall be, "" the usual one.
    """
    demand(rules.may_book(by))
    meeting = Meeting(journey=by.journey, guide=guide_for(by), booked_by=by.actor, shape=shape or None)
    _take_turns(by)
    people = pass_one_at_a_time(meeting, place, by)
    demand(rules.may_use_place(by, meeting.place, keeps_it=was_offered))
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    demand(rules.is_bookable_time(starts_at, ends_at, already_held=already_held))
    _set_time(meeting, starts_at, ends_at)
    refuse_what_is_taken(meeting, people, by)
    if not already_held:
        meeting.override_reason = refuse_what_does_not_suit(meeting, people, by, override)
    meeting.number = next_number(by)
    with kept_apart(meeting, people, by):
        meeting.save(force_insert=True)
        Claim.objects.bulk_create(claims_of(meeting, people))
    _append_time(meeting, by)
    state = MeetingState.HELD if already_held else MeetingState.PLANNED
    MeetingStateRecord.objects.create(meeting=meeting, state=state, by=by.actor)
    meeting.number = _number(by)[meeting.id]
    record("meeting.booked", subject=meeting, by=by, number=meeting.number, state=str(state))
    if not already_held:
        _tell(meeting, EmailEvent.BOOKED, by)
    return meeting


@action("meeting.moved")
def move_meeting(
    *, meeting: Meeting, place: Place, starts_at: dt.datetime, minutes: int, override: str = "", by: Seat
) -> Meeting:
    """Give a planned meeting another time, length or place. Its uid stays, its sequence rises."""
    known, meeting = meeting, locked(meeting, by)
    demand(rules.may_move(by, meeting))
    refuse_what_has_changed(known, meeting)
    keeps_it, left = place.id == meeting.place_id, (meeting.starts_at, meeting.ends_at)
    people = pass_one_at_a_time(meeting, place, by)
    demand(rules.may_use_place(by, meeting.place, keeps_it=keeps_it))
    ends_at = starts_at + dt.timedelta(minutes=minutes)
    demand(rules.is_bookable_time(starts_at, ends_at, already_held=False))
    if keeps_it and (starts_at, ends_at) == left:
        raise NotThisMoment(_("This is the time and place it already has."))
    _set_time(meeting, starts_at, ends_at)
    meeting.sequence += 1
    refuse_what_is_taken(meeting, people, by)
    meeting.override_reason = refuse_what_does_not_suit(meeting, people, by, override)
    with kept_apart(meeting, people, by):
        Claim.objects.filter(meeting=meeting).delete()
        Claim.objects.bulk_create(claims_of(meeting, people))
        meeting.save()
    _append_time(meeting, by)
    meeting.number = _number(by)[meeting.id]
    record("meeting.moved", subject=meeting, by=by, sequence=meeting.sequence)
    _tell(meeting, EmailEvent.MOVED, by)
    _offer_again(meeting, *left)
    return meeting


@action("meeting.cancelled")
def cancel_meeting(
    *, meeting: Meeting, reason: str = "", because: CalledOff | None = None, by: Seat
) -> MeetingStateRecord:
    """Cancel a planned meeting; its time is free again and its number is given to the next one booked.

    The reason is sealed and not in the e-mail. How much notice there was follows from when it was cancelled.
    `because` is what became of the journey, where that calls it off: then both are told, whoever acted, and whatever
    notice was agreed.
    """
    known, meeting = meeting, locked(meeting, by)
    demand(rules.may_call_off(by, meeting) if because else rules.may_cancel(by, meeting))
    refuse_what_has_changed(known, meeting)
    _let_go(meeting, raise_sequence=True)
    entered = MeetingStateRecord.objects.create(
        meeting=meeting,
        state=MeetingState.CANCELLED,
        word=reason.strip(),
        because=because or "",
        by=by.actor,
    )
    _number(by)
    record("meeting.cancelled", subject=meeting, by=by, sequence=meeting.sequence)
    _offer_again(meeting, meeting.starts_at, meeting.ends_at)
    if meeting.ends_at > now():
        _tell(meeting, EmailEvent.CANCELLED, by, both=because is not None)
    return entered


@action("meeting.held")
def note_held(*, meeting: Meeting, late: bool = False, by: Seat) -> MeetingStateRecord:
    """Note that a meeting took place. That it began late is a note on it, not a state of its own."""
    known, meeting = meeting, locked(meeting, by)
    demand(rules.may_note_held(by, meeting))
    refuse_what_has_changed(known, meeting)
    record("meeting.held", subject=meeting, by=by, number=meeting.number, late=late)
    return MeetingStateRecord.objects.create(meeting=meeting, state=MeetingState.HELD, late=late, by=by.actor)


@action("meeting.missed")
def note_missed(
    *, meeting: Meeting, word: str = "", not_this_time: bool = False, by: Seat
) -> MeetingStateRecord:
    """Note that one of the two did not come. Its number is given to the next one booked.

    When the guide notes it, what the two have agreed on missed meetings is done, unless they say `not_this_time`.
    """
    known, meeting = meeting, locked(meeting, by)
    demand(rules.may_note_missed(by, meeting))
    refuse_what_has_changed(known, meeting)
    _let_go(meeting)
    entered = MeetingStateRecord.objects.create(
        meeting=meeting, state=MeetingState.MISSED, word=word.strip(), by=by.actor
    )
    _number(by)
    follows = None if not_this_time else follow_up_missed(meeting, by)
    record("meeting.missed", subject=meeting, by=by, follows=str(follows or ""))
    return entered


@action("environment.checked")
def check_environment(*, meeting: Meeting, ticks: Ticks, by: Seat) -> EnvironmentCheck:
    """Tick what has been seen to before a meeting. Ticking again replaces the ticks."""
    demand(rules.may_check(by, meeting))
    found = {name: getattr(ticks, name) for name in Ticks.__slots__}
    check, _made = EnvironmentCheck.objects.update_or_create(
        meeting=meeting,
        defaults={"journey": by.journey, "checked_at": now(), "checked_by": by.actor, **found},
    )
    record("environment.checked", subject=check, by=by, **found)
    return check


@action("environment.time_noted")
def note_time(
    *, meeting: Meeting, started_on_time: bool, interruptions: int, had_enough_time: bool, by: Seat
) -> EnvironmentCheck:
    """Say how a meeting's time was protected: on time, how often interrupted (2: twice or more), enough.

    Saying it again replaces what was said.
    """
    demand(rules.may_note_time(by, meeting))
    found: dict[str, Any] = {
        "started_on_time": started_on_time,
        "interruptions": min(max(interruptions, 0), 2),
        "had_enough_time": had_enough_time,
    }
    check, _made = EnvironmentCheck.objects.update_or_create(
        meeting=meeting, defaults={"journey": by.journey, "noted_at": now(), "noted_by": by.actor, **found}
    )
    record("environment.time_noted", subject=check, by=by, **found)
    return check


# --- places -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What is said of a place, as it comes from a form."""

    kind: str
    name: str
    details: str = ""
    is_private: bool = False
    is_quiet: bool = False
    is_step_free: bool = False
    participants_may_book: bool = False


@action("place.made")
def make_place(*, words: PlaceWords, of_the_organisation: bool = False, by: Person) -> Place:
    """Make a place of one's own, or one of the organisation that all its guides can use."""
    demand(rules.may_make_place(by, of_the_organisation=of_the_organisation))
    owner, zone = None if of_the_organisation else by, zone_of(by).key
    place = Place(organisation_id=by.organisation_id, owner=owner, time_zone=zone)
    _say(place, words)
    place.save(force_insert=True)
    record("place.made", subject=place, by=by, kind=place.kind, of_the_organisation=of_the_organisation)
    return place


@action("place.changed")
def change_place(*, place: Place, words: PlaceWords, by: Person) -> Place:
    """Say something else of a place. Meetings booked in it show it as it is said now."""
    demand(rules.may_change_place(by, place))
    _say(place, words)
    place.save()
    record("place.changed", subject=place, by=by, kind=place.kind)
    return place


@action("place.retired")
def retire_place(*, place: Place, by: Person) -> Place:
    """Take a place out of use. Meetings booked in it already stay; nobody books it again."""
    demand(rules.may_retire_place(by, place))
    place.retired_at, place.retired_by = now(), by
    place.save(update_fields=["retired_at", "retired_by"])
    record("place.retired", subject=place, by=by)
    return place


@action("place.restored")
def restore_place(*, place: Place, by: Person) -> Place:
    """Take a retired place into use again."""
    demand(rules.may_restore_place(by, place))
    place.retired_at, place.retired_by = None, None
    place.save(update_fields=["retired_at", "retired_by"])
    record("place.restored", subject=place, by=by)
    return place


# --- what every change has in common ----------------------------------------------------------------------


def _set_time(meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """A new meeting is agreed by the clocks of its guide; one that is moved stays with those it was agreed by."""
    zone = zone_named(meeting.zone) if meeting.zone else zone_of(meeting.guide)
    wall = starts_at.astimezone(zone)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.minutes = int((ends_at - starts_at).total_seconds() // 60)
    meeting.zone, meeting.wall_date, meeting.wall_time = zone.key, wall.date(), wall.time()


def _append_time(meeting: Meeting, by: Seat) -> None:
    MeetingTime.objects.create(
        meeting=meeting,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        by=by.actor,
    )


def _let_go(meeting: Meeting, *, raise_sequence: bool = False) -> None:
    """Free the time of a meeting that won't be, and its number."""
    Claim.objects.filter(meeting=meeting).delete()
    meeting.number = None
    meeting.sequence += raise_sequence
    meeting.save(update_fields=["number", "sequence"])


def _offer_again(meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    """Let the worker tell others who wish for an earlier time that this one is free now."""
    if starts_at > now():
        facts = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
        offer_what_became_free.enqueue(meeting_id=str(meeting.id), **facts)


def _tell(meeting: Meeting, event: EmailEvent, by: Seat, *, both: bool = False) -> None:
    """Write down who is to be told, and let the worker post it after commit.

    The participant always (once they are invited at all), the guide when it was the participant's act, or when
    their calendar has this meeting from an earlier letter and would go wrong without this one.
    """
    recipients = [] if by.state == JourneyState.DRAFT else [by.participant.person]
    if both or not by.is_guide or has_had_emails(meeting, meeting.guide):
        recipients.append(meeting.guide)
    tell(meeting, event, recipients)


def _say(place: Place, words: PlaceWords) -> None:
    for name in PlaceWords.__slots__:
        value = getattr(words, name)
        setattr(place, name, value.strip() if isinstance(value, str) else value)


def _take_turns(by: Seat) -> None:
    """Acts on the meetings of one journey go through one after the other: its row is their turnstile."""
    list(Journey.objects.select_for_update(no_key=True).filter(id=by.journey.id).values_list("id"))


def locked(meeting: Meeting, by: Seat) -> Meeting:
    """The meeting as it stands now; whoever else acts on it waits until this act is done."""
    _take_turns(by)
    return meeting_in(by, meeting_id=meeting.id) or meeting


def _number(by: Seat) -> dict[UUID, int]:
    """Number the meetings that lie ahead in the order of their times; those begun or held keep theirs."""
    known, numbers = numbers_ahead(by)
    changed = [meeting_id for meeting_id, number in numbers.items() if known.get(meeting_id) != number]
    Meeting.objects.filter(id__in=changed).update(number=None)
    for meeting_id in changed:
        Meeting.objects.filter(id=meeting_id).update(number=numbers[meeting_id])
    return {**known, **numbers}


def refuse_what_has_changed(known: Meeting, meeting: Meeting) -> None:
    if known.sequence != meeting.sequence:
        raise NotThisMoment(_("This has just been moved. Please check the new time and place."))

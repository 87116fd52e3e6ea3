"""Questions about letters, answers, wishes and feeds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from alongside.journeys.models import Journey, JourneyMember
from alongside.journeys.queries import latest_state, seats_of
from alongside.journeys.restriction import looked_over
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState, Part
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.people.queries import digest

from ..models import (
    Claim,
    ClaimRole,
    EmailEvent,
    EmailTrouble,
    EmailWishes,
    Feed,
    Meeting,
    MeetingEmail,
    MeetingTime,
    Reply,
    Title,
)
from ..reminder_schedule import FURTHEST, Quiet, lead_due
from ..states import MeetingState
from .meetings import _latest, meetings_by_journey, meetings_with_state

A_DAY_BEFORE = (1_440,)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How somebody wants to be written to."""

    title: Title = Title.PLAIN
    own_title: str = ""
    shows_place: bool = False
    reminders: tuple[int, ...] = ()
    quiet: Quiet | None = None
    since: Mapping[int, dt.datetime] = field(default_factory=dict)


def wishes_of(people: Iterable[Person]) -> dict[UUID, Wishes]:
    """What each wishes. Who has said nothing: a plain title, no place, and, unless a guide, a reminder a day before."""
    wanted = {person.id: person for person in people}
    found = {
        person.id: Wishes(reminders=() if person.is_guide else A_DAY_BEFORE) for person in wanted.values()
    }
    for row in EmailWishes.objects.filter(person__in=wanted):
        found[row.person_id] = Wishes(
            title=Title(row.title),
            own_title=str(row.own_title),
            shows_place=row.shows_place,
            reminders=tuple(int(one) for one in row.reminders.split(",") if one),
            quiet=_quiet(row),
            since={int(lead): dt.datetime.fromisoformat(at) for lead, at in row.wished_since.items()},
        )
    return found


def _quiet(row: EmailWishes) -> Quiet | None:
    """Midnight is a time, too."""
    if row.quiet_from is None or row.quiet_until is None:
        return None
    return row.quiet_from, row.quiet_until


def title_for(wishes: Wishes, other: str) -> str:
    """What a meeting with `other` is called where others may look: never their name, never the kind of care."""
    if wishes.title == Title.INITIALS:
        return initials(other) or str(Title.PLAIN.label)
    if wishes.title == Title.OWN:
        return wishes.own_title.strip() or str(Title.PLAIN.label)
    return str(wishes.title.label)


def initials(name: str) -> str:
    return "".join(f"{word[0].upper()}." for word in name.split() if word[0].isalnum())


# --- letters ----------------------------------------------------------------------------------------------


def meeting_email_by(token: str) -> MeetingEmail | None:
    """The letter a link belongs to."""
    rows = MeetingEmail.objects.filter(token_digest=digest(token))
    return rows.select_related("meeting__place", "meeting__guide", "recipient__organisation").first()


def meeting_email_by_id(meeting_email_id: UUID) -> MeetingEmail | None:
    return MeetingEmail.objects.select_related("meeting").filter(id=meeting_email_id).first()


def emails_to_post(carrier_id: str) -> list[MeetingEmail]:
    """A mail and those it carries along, by the time of their meetings; it alone as a rule."""
    rows = MeetingEmail.objects.select_related("meeting__place", "meeting__guide", "recipient__user")
    rows = rows.filter(Q(id=carrier_id) | Q(carrier=carrier_id)).order_by("meeting__starts_at", "id")
    return list(
        rows.annotate(meeting_state=_of_its_meeting("state"), meeting_because=_of_its_meeting("because"))
    )


def _of_its_meeting(column: str) -> Subquery:
    of_it = Meeting.objects.filter(id=OuterRef("meeting_id")).annotate(latest=_latest(column))
    return Subquery(of_it.values("latest")[:1])


def meeting_of_meeting_email(meeting_email: MeetingEmail, seat: Seat) -> Meeting | None:
    return meetings_with_state(seat).filter(id=meeting_email.meeting_id).first()


def participant_of(meeting: Meeting) -> Person | None:
    rows = JourneyMember.objects.filter(journey=meeting.journey_id, part=Part.PARTICIPANT, left_at=None)
    member = rows.select_related("person__user").first()
    return member.person if member else None


def other_of(meeting: Meeting, person: Person) -> Person | None:
    """Whom this person meets."""
    return participant_of(meeting) if person.id == meeting.guide_id else meeting.guide


def has_had_emails(meeting: Meeting, person: Person) -> bool:
    return (
        MeetingEmail.objects.filter(meeting=meeting, recipient=person)
        .exclude(event=EmailEvent.ANSWERED)
        .exists()
    )


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter that did not arrive: of which event, to whom, since when and why."""

    id: UUID
    event: EmailEvent
    recipient: Person
    failed_at: dt.datetime
    trouble: EmailTrouble
    starts_at: dt.datetime


def undelivered(seat: Seat) -> list[Undelivered]:
    """Letters that did not arrive, about meetings to come, to an address that was not corrected since."""
    rows = MeetingEmail.objects.filter(meeting__journey=seat.journey, failed_at__isnull=False)
    rows = rows.filter(meeting__ends_at__gt=now(), email=F("recipient__email"))
    return [
        Undelivered(
            row.id,
            EmailEvent(row.event),
            row.recipient,
            row.failed_at,
            EmailTrouble(row.trouble),
            row.meeting.starts_at,
        )
        for row in rows.select_related("recipient", "meeting").order_by("-failed_at")
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody answered to the meeting as it stands now."""

    answer: str
    word: str
    person_id: UUID
    at: dt.datetime


def answers_of(seat: Seat) -> dict[UUID, Answered]:
    """The latest answer to each meeting to come, as long as it was not moved since."""
    rows = _that_stand(Reply.objects.filter(meeting__journey=seat.journey, meeting__ends_at__gt=now()))
    return {
        row.meeting_id: Answered(row.answer, str(row.word), row.person_id, row.created_at)
        for row in rows.order_by("created_at", "id")
    }


def answer_by(meeting: Meeting, person: Person) -> Reply | None:
    rows = _that_stand(Reply.objects.filter(meeting=meeting, person=person))
    return rows.order_by("-created_at", "-id").first()


def _that_stand(replies: QuerySet[Reply]) -> QuerySet[Reply]:
    """Those since which the meeting was neither elsewhere nor cancelled; a corrected address raises its sequence, too."""
    times = MeetingTime.objects.filter(meeting=OuterRef("meeting"))
    elsewhere = times.filter(sequence__gte=OuterRef("sequence")).exclude(
        starts_at=OuterRef("meeting__starts_at"),
        ends_at=OuterRef("meeting__ends_at"),
        place=OuterRef("meeting__place"),
    )
    return replies.filter(~Exists(elsewhere), Exists(times.filter(sequence=OuterRef("meeting__sequence"))))


def answers_counted(meeting: Meeting) -> int:
    return Reply.objects.filter(meeting=meeting).count()


# --- reminders --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Due:
    meeting_id: UUID
    sequence: int
    person_id: UUID
    lead: int


def reminders_due() -> list[Due]:
    """Reminders that are due and not yet written. Six queries, however many meetings lie ahead."""
    found = _wanted(now())
    if not found:
        return []
    meeting_ids = {one.meeting_id for one in found}
    written = set(
        MeetingEmail.objects.filter(meeting__in=meeting_ids, event=EmailEvent.REMINDER).values_list(
            "meeting_id", "sequence", "recipient_id", "mark"
        )
    )
    going_on = in_journeys_that_go_on(meeting_ids)
    return [
        one
        for one in found
        if (one.meeting_id, one.sequence, one.person_id, one.lead) not in written
        and one.meeting_id in going_on
    ]


def _wanted(moment: dt.datetime) -> list[Due]:
    claims = Claim.objects.filter(
        starts_at__gt=moment,
        starts_at__lte=moment + FURTHEST,
        role__in=(ClaimRole.GUIDE, ClaimRole.PARTICIPANT),
    )
    rows = list(claims.values_list("meeting_id", "meeting__sequence", "subject", "starts_at"))
    people = {one.id: one for one in Person.objects.filter(id__in={row[2] for row in rows}, is_active=True)}
    wishes, told = wishes_of(people.values()), _told_at({row[0] for row in rows})
    found = []
    for meeting_id, sequence, person_id, starts_at in rows:
        person = people.get(person_id)
        if person is None or not (person.email or person.user_id) or not wishes[person_id].reminders:
            continue
        said, known = wishes[person_id], told.get((meeting_id, sequence))
        since = {
            lead: max(filter(None, (known, said.since.get(lead))), default=None) for lead in said.reminders
        }
        hit = lead_due(moment, starts_at, said.reminders, zone_of(person), said.quiet, since)
        if hit:
            found.append(Due(meeting_id, sequence, person_id, hit[0]))
    return found


def _told_at(meeting_ids: set[UUID]) -> dict[tuple[UUID, int], dt.datetime]:
    """When each of these meetings was given the time it had at a sequence."""
    times = MeetingTime.objects.filter(meeting__in=meeting_ids)
    rows = times.values_list("meeting_id", "sequence", "created_at")
    return {(meeting_id, sequence): at for meeting_id, sequence, at in rows}


def in_journeys_that_go_on(meeting_ids: set[UUID]) -> set[UUID]:
    rows = Meeting.objects.filter(looked_over(), id__in=meeting_ids).annotate(
        journey_state=Subquery(_journey_state().values("current_state")[:1])
    )
    going = (JourneyState.PREPARING, JourneyState.ACTIVE, JourneyState.PAUSED, JourneyState.ENDING)
    return {row[0] for row in rows.values_list("id", "journey_state") if row[1] in going}


def _journey_state() -> QuerySet[Journey]:
    return Journey.objects.filter(id=OuterRef("journey_id")).annotate(current_state=latest_state())


# --- feeds ------------------------------------------------------------------------------------------------

PAST_DAYS = 30


def feed_of(actor: Person) -> Feed | None:
    """The address that holds now."""
    return Feed.objects.filter(person=actor, revoked_at=None).first()


def feed_by(token: str) -> Feed | None:
    rows = Feed.objects.filter(token_digest=digest(token), revoked_at=None, person__is_active=True)
    return rows.select_related("person__organisation").first()


@dataclass(frozen=True, slots=True)
class FeedMeeting:
    id: UUID
    uid: UUID
    sequence: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    other: str
    place: str
    place_details: str
    place_kind: str
    changed_at: dt.datetime


def meetings_in_feed(feed: Feed) -> list[FeedMeeting]:
    """Meetings that are on, from thirty days ago, of journeys that go on; a guide's own guidance only if asked for."""
    seats = [seat for seat in seats_of(feed.person) if seat.is_one_of_two and not seat.is_over]
    if feed.person.is_guide and not feed.with_own:
        seats = [seat for seat in seats if seat.is_guide]
    by_journey = {seat.journey.id: seat for seat in seats}
    since = now() - dt.timedelta(days=PAST_DAYS)
    shown = {
        one.id: (one, by_journey[journey_id])
        for journey_id, meetings in meetings_by_journey(seats).items()
        for one in meetings
        if one.state in (MeetingState.PLANNED, MeetingState.HELD) and one.ends_at > since
    }
    uids = dict(Meeting.objects.filter(id__in=shown).values_list("id", "uid"))
    times = MeetingTime.objects.filter(meeting__in=shown).order_by("sequence")
    changed = dict(times.values_list("meeting_id", "created_at"))
    return [
        FeedMeeting(
            one.id,
            uids[one.id],
            one.sequence,
            one.starts_at,
            one.ends_at,
            one.zone if _exists(one.zone) else "UTC",
            seat.other.name,
            one.place_name,
            one.place_details,
            one.place_kind,
            changed[one.id],
        )
        for one, seat in sorted(shown.values(), key=lambda pair: (pair[0].starts_at, pair[0].id))
    ]


def _exists(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError):
        return False
    return True

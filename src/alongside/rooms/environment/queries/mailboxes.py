"""What a mailbox knows of a meeting: the calendar objects that were posted to it, or may have been."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.kernel.clock import now
from alongside.people.models import Person

from ..models import Claim, ClaimRole, EmailEvent, Meeting, MeetingEmail, MeetingTime
from .calendars import in_journeys_that_go_on
from .meetings import _with_state

INVITES = (EmailEvent.BOOKED, EmailEvent.MOVED, EmailEvent.CLOCKS)
WITH_AN_OBJECT = (*INVITES, EmailEvent.CANCELLED, EmailEvent.WITHDRAWN)
REACHED = Q(failed_at=None) & (Q(posted_at__isnull=False) | Q(taken_at__isnull=False))
"""Posted, or in the hands of a worker, who may have posted it and died. What came back has not arrived."""

EMPTIES = Q(event=EmailEvent.WITHDRAWN) | Q(
    event=EmailEvent.CANCELLED, posted_at__isnull=False, failed_at=None
)
"""After these a mailbox holds the meeting no longer: taken back from it, or told that it is cancelled."""


def address_of(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")


def _told(meeting_email: MeetingEmail) -> QuerySet[MeetingEmail]:
    """All other mails with a calendar object about this meeting to this person, the latest first."""
    rows = MeetingEmail.objects.filter(
        meeting=meeting_email.meeting_id, recipient=meeting_email.recipient_id, event__in=WITH_AN_OBJECT
    )
    return rows.exclude(id=meeting_email.id).order_by("-sequence", "-id")


def known_before(meeting_email: MeetingEmail) -> MeetingEmail | None:
    """The invitation that the mailbox of this mail holds: None when it has none, or it was taken back."""
    rows = _told(meeting_email).filter(REACHED, email=address_of(meeting_email.recipient))
    latest = rows.first()
    return latest if latest and latest.event in INVITES else None


def is_first_news(meeting_email: MeetingEmail) -> bool:
    """Whether the reader never heard of this meeting before.

    Whoever guides may know it without any mail: they booked it.
    """
    if known_before(meeting_email):
        return False
    if meeting_email.recipient_id == meeting_email.meeting.guide_id:
        return _told(meeting_email).filter(event__in=INVITES, id__lt=meeting_email.id).exists()
    return True


def time_known(meeting_email: MeetingEmail) -> MeetingTime | None:
    """The time and place the reader knows of a meeting that was changed since."""
    known = known_before(meeting_email)
    times = MeetingTime.objects.filter(meeting=meeting_email.meeting_id).select_related("place")
    if known:
        return times.filter(sequence=known.sequence).first()
    if is_first_news(meeting_email):
        return None
    earlier = times.filter(sequence__lt=meeting_email.sequence).order_by("-sequence")
    return next((time for time in earlier if not is_as_now(time, meeting_email.meeting)), None)


def is_known_already(meeting_email: MeetingEmail) -> bool:
    """Whether the mailbox holds this time and place: invited again for nothing, or moved away and back meanwhile."""
    known = known_before(meeting_email)
    if known is None:
        return False
    times = MeetingTime.objects.filter(meeting=meeting_email.meeting_id, sequence__gte=known.sequence)
    then, *since = times.order_by("sequence")
    if not is_as_now(then, meeting_email.meeting):
        return False
    was_elsewhere = any(not is_as_now(time, meeting_email.meeting) for time in since)
    return was_elsewhere or meeting_email.event == EmailEvent.BOOKED


def is_as_now(time: MeetingTime, meeting: Meeting) -> bool:
    then = (time.starts_at, time.ends_at, time.place_id)
    return then == (meeting.starts_at, meeting.ends_at, meeting.place_id)


def is_of_the_time_it_has(meeting_email: MeetingEmail, meeting: Meeting) -> bool:
    """Whether its meeting, as it stands in `meeting`, is still when and where it was as this mail was written."""
    rows = MeetingTime.objects.filter(meeting=meeting, sequence=meeting_email.sequence)
    time = rows.first()
    return time is not None and is_as_now(time, meeting)


def is_followed_by_another(meeting_email: MeetingEmail) -> bool:
    """Whether a later mail tells the same person where it stands: then this one needn't."""
    later = _told(meeting_email).filter(id__gt=meeting_email.id, dropped_at=None, failed_at=None)
    return later.filter(event__in=(*INVITES, EmailEvent.CANCELLED)).exists()


def was_tried(meeting_email: MeetingEmail) -> bool:
    """Whether an invitation to this person left us at all, even if it came back: then a cancellation follows it."""
    return _told(meeting_email).filter(REACHED | Q(failed_at__isnull=False), event__in=INVITES).exists()


# --- mailboxes that hold what they should not, or lack what they should hold ----------------------------------


@dataclass(frozen=True, slots=True)
class Mailboxes:
    """Where one person's invitation to one meeting lies: `wrong` ones hold it still, the present one may lack it."""

    wrong: tuple[str, ...]
    is_missing: bool


def mailboxes_of(meeting: Meeting, person: Person) -> Mailboxes:
    """Told in the order in which it was written; what still waits to be posted goes to the present address."""
    present = address_of(person)
    rows = MeetingEmail.objects.filter(meeting=meeting, recipient=person, event__in=WITH_AN_OBJECT)
    holds, missing = {}, bool(present)
    for row in rows.filter(dropped_at=None).order_by("sequence", "id"):
        invites = row.event in INVITES
        has_left = row.failed_at is None and (row.posted_at or row.taken_at)
        if row.event == EmailEvent.WITHDRAWN or has_left:
            holds[row.email] = invites
        if row.email == present or (invites and not has_left and row.failed_at is None):
            missing = not invites
    wrong = tuple(email for email, held in holds.items() if held and email != present)
    return Mailboxes(wrong, missing and bool(present))


def astray() -> set[tuple[UUID, UUID]]:
    """Meetings to come and persons whose invitation lies in a mailbox they no longer have, or in none. Four queries."""
    moment = now()
    emptied = MeetingEmail.objects.filter(
        EMPTIES,
        meeting=OuterRef("meeting"),
        recipient=OuterRef("recipient"),
        email=OuterRef("email"),
        dropped_at=None,
    )
    elsewhere = MeetingEmail.objects.filter(
        ~Exists(emptied.filter(id__gt=OuterRef("id"))),
        event__in=INVITES,
        posted_at__isnull=False,
        failed_at=None,
        meeting__ends_at__gt=moment,
        recipient__is_active=True,
    )
    elsewhere = elsewhere.exclude(recipient__email="").exclude(email=F("recipient__email"))
    pairs = set(elsewhere.values_list("meeting_id", "recipient_id"))
    written = MeetingEmail.objects.filter(meeting=OuterRef("meeting"), event__in=INVITES, dropped_at=None)
    claims = Claim.objects.filter(
        ~Exists(written.filter(recipient=OuterRef("subject"))),
        role=ClaimRole.PARTICIPANT,
        starts_at__gt=moment,
    )
    untold = set(claims.values_list("meeting_id", "subject"))
    if untold:
        going_on = in_journeys_that_go_on({meeting_id for meeting_id, _person_id in untold})
        reachable = Person.objects.filter(id__in={one for _meeting, one in untold}, is_active=True)
        reachable_ids = set(reachable.exclude(email="").values_list("id", flat=True))
        pairs |= {(meeting, one) for meeting, one in untold if meeting in going_on and one in reachable_ids}
    return pairs


def meeting_and_person(meeting_id: UUID, person_id: UUID) -> tuple[Meeting, Person]:
    """The two that `astray` names, the meeting with its state."""
    meetings = _with_state(Meeting.objects.filter(id=meeting_id)).select_related(
        "place", "guide", "booked_by"
    )
    return meetings.get(), Person.objects.select_related("user").get(id=person_id)

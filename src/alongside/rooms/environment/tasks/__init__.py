"""What the worker does for meetings, after commit."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from ..models import Letter, LetterEvent, Meeting, MeetingTime, PlaceKind

GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A letter taken but not posted for so long was dropped by a worker that died: another may take it."""


@task()
def post_letter(letter_id: str) -> None:
    """Post one letter about a meeting, once; not when the meeting changed again: that has its own letter."""
    letter = Letter.objects.select_related("meeting__place", "meeting__guide", "recipient__user").get(
        id=letter_id
    )
    if letter.sequence != letter.meeting.sequence or not _take(letter):
        return
    recipient = letter.recipient
    try:
        with translation.override(recipient.language), timezone.override(zone_of(recipient)):
            EmailMessage(
                SUBJECTS[LetterEvent(letter.event)](),
                render_to_string(f"environment/mail/{letter.event}.txt", _facts(letter)),
                to=[recipient.email or recipient.user.email],  # type: ignore[union-attr]
            ).send()
    except Exception:
        Letter.objects.filter(id=letter.id).update(taken_at=None)
        raise
    Letter.objects.filter(id=letter.id).update(posted_at=now())


SUBJECTS = {
    LetterEvent.BOOKED: lambda: _("Appointment"),
    LetterEvent.MOVED: lambda: _("Appointment moved"),
    LetterEvent.CANCELLED: lambda: _("Appointment cancelled"),
}


def _take(letter: Letter) -> bool:
    """Of several workers with the same letter one gets it: the conditional update decides."""
    untaken = Q(taken_at=None) | Q(taken_at__lt=now() - GIVEN_UP_AFTER)
    return bool(Letter.objects.filter(untaken, id=letter.id, posted_at=None).update(taken_at=now()))


def _facts(letter: Letter) -> dict[str, object]:
    """Who, when and where; never what kind of journey it is, nor a word anybody wrote about it."""
    meeting, recipient = letter.meeting, letter.recipient
    was = (
        MeetingTime.objects.filter(meeting=meeting, sequence=letter.sequence - 1)
        .select_related("place")
        .first()
    )
    zone = zone_of(recipient)
    has_page = recipient.user_id is not None
    return {
        "name": recipient.name,
        "other": _other(meeting, recipient),
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": zone.key,
        "zone_short": meeting.starts_at.astimezone(zone).tzname(),
        "place": meeting.place.name,
        "details": "" if has_page and meeting.place.kind in _ON_THE_PAGE else meeting.place.details,
        "was": was,
        "was_elsewhere": was is not None and was.place_id != meeting.place_id,
        "link": settings.PUBLIC_URL + reverse("environment:room", args=[meeting.journey_id])
        if has_page
        else "",
    }


_ON_THE_PAGE = (PlaceKind.PHONE, PlaceKind.VIDEO, PlaceKind.HOME)
"""Numbers, links and private addresses stay on the page, for those who can open it."""


def _other(meeting: Meeting, recipient: Person) -> str:
    if recipient.id != meeting.guide_id:
        return str(meeting.guide.name)
    members = JourneyMember.objects.filter(journey=meeting.journey_id, part=Part.PARTICIPANT, left_at=None)
    member = members.select_related("person").first()
    return str(member.person.name) if member else ""

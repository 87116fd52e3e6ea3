"""A letter about a meeting, made ready: words, and the calendar object that Outlook, Google and Apple understand."""

from __future__ import annotations

import base64
from email import encoders
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from alongside.kernel.clock import now
from alongside.people.emails import email_kind
from alongside.people.middleware import zone_of
from alongside.people.models import Person

from . import ics
from .models import EmailEvent, Meeting, MeetingEmail, PlaceKind
from .queries.calendars import Wishes, answer_by, other_of, time_before, title_for, wishes_of

KINDS = {event: email_kind(f"meeting {event}") for event in EmailEvent}

METHODS: dict[EmailEvent, ics.Method] = {
    EmailEvent.BOOKED: "REQUEST",
    EmailEvent.MOVED: "REQUEST",
    EmailEvent.CANCELLED: "CANCEL",
}
"""A reminder brings no calendar object: it changes nothing."""

ON_THE_PAGE = (PlaceKind.PHONE, PlaceKind.VIDEO, PlaceKind.HOME)
"""Numbers, links and private addresses stay on the page, for those who can open it."""


class MeetingMessage(EmailMultiAlternatives):
    """A letter with a calendar object, once for the programs that read it and once as a file to open."""

    calendar: bytes = b""
    method: str = ""

    def message(self, *arguments: Any, **more: Any) -> Any:
        message = super().message(*arguments, **more)
        if self.calendar:
            parts = [part for part in message.walk() if part.get_content_type() == "multipart/alternative"]
            parts[0].attach(self._part("text", "calendar", method=self.method, charset="UTF-8"))
        return message

    def attach_file_of_it(self) -> None:
        part = self._part("application", "ics", name="invite.ics")
        part.add_header("Content-Disposition", "attachment", filename="invite.ics")
        self.attach(part)

    def _part(self, main: str, sub: str, **parameters: str) -> MIMEBase:
        """In base64, so that no mail server touches its line ends."""
        part = MIMEBase(main, sub, **parameters)
        part.set_payload(self.calendar)
        encoders.encode_base64(part)
        return part


def meeting_email_token(meeting_email: MeetingEmail) -> str:
    """The key in a letter's link. Made from its id and our secret, so that a second try carries the same link."""
    mac = salted_hmac("environment.meeting_email", meeting_email.id.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def service_address() -> str:
    """The address we write from: the sender, and the organiser in every calendar object."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def address_of(person: Person) -> str:
    return person.email or (person.user.email if person.user else "")


def message_id(meeting_email: MeetingEmail) -> str:
    """The same at every try: a mailbox that gets it twice knows it for one."""
    return f"<{meeting_email.id.hex}.{meeting_email.sequence}@{service_address().rpartition('@')[2] or 'localhost'}>"


def compose(meeting_email: MeetingEmail) -> MeetingMessage:
    """The letter as it is sent, in the reader's language, zone and chosen words."""
    reader, meeting = meeting_email.recipient, meeting_email.meeting
    wishes, other = wishes_of([reader])[reader.id], other_of(meeting, reader)
    event = EmailEvent(meeting_email.event)
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        title = title_for(wishes, str(other.name) if other else "")
        facts = _facts(meeting_email, str(other.name) if other else "")
        text = render_to_string(f"environment/mail/{event}.txt", facts)
        message = KINDS[event].compose(
            to=address_of(reader),
            subject=_subject(event, title),
            text=text,
            made_as=MeetingMessage,
            from_email=_envelope(meeting_email),
            headers=_headers(meeting_email, event),
        )
        assert isinstance(message, MeetingMessage)
        if event in METHODS:
            message.method = METHODS[event]
            message.calendar = _object(meeting_email, title, wishes)
            message.attach_file_of_it()
    return message


def _headers(meeting_email: MeetingEmail, event: EmailEvent) -> dict[str, str]:
    found = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(meeting_email),
        "Auto-Submitted": "auto-generated",
    }
    if event == EmailEvent.REMINDER:
        stop = link_to("stop", meeting_email)
        found |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return found


def _envelope(meeting_email: MeetingEmail) -> str:
    """Where a mail server sends it back to: an address that names the letter, if bounces are collected."""
    box, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{box}+{meeting_email.id.hex}@{domain}" if box else service_address()


def link_to(name: str, meeting_email: MeetingEmail) -> str:
    path = reverse(f"environment_emails:{name}", args=[meeting_email_token(meeting_email)])
    return f"{settings.PUBLIC_URL}{path}"


def _subject(event: EmailEvent, title: str) -> str:
    """The words of the calendar, as a subject is read by others, too."""
    subjects = {
        EmailEvent.BOOKED: title,
        EmailEvent.MOVED: _("%(title)s moved") % {"title": title},
        EmailEvent.CANCELLED: _("%(title)s cancelled") % {"title": title},
        EmailEvent.REMINDER: _("%(title)s: a reminder") % {"title": title},
        EmailEvent.ANSWERED: _("%(title)s: an answer") % {"title": title},
    }
    return subjects[event]


def _object(meeting_email: MeetingEmail, title: str, wishes: Wishes) -> bytes:
    meeting, reader = meeting_email.meeting, meeting_email.recipient
    entry = ics.Entry(
        uid=ics.uid_of(meeting.uid),
        sequence=meeting_email.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        title=title,
        place=location_of(
            meeting.place.kind,
            str(meeting.place.name),
            str(meeting.place.details),
            has_page=bool(reader.user_id),
        )
        if wishes.shows_place
        else "",
    )
    method = METHODS[EmailEvent(meeting_email.event)]
    return ics.invitation(
        entry, method, organiser=service_address(), attendee=address_of(reader), stamp=now()
    )


def location_of(kind: str, name: str, details: str, *, has_page: bool) -> str:
    """Where it is, for those who agreed to it. A number or a link stays on the page of who has one."""
    if kind in ON_THE_PAGE and has_page:
        return _("See your page")
    return ", ".join(part for part in (name, " ".join(details.split())) if part)


def _facts(meeting_email: MeetingEmail, other: str) -> dict[str, object]:
    """Who, when and where; never what kind of journey it is, nor a word anybody wrote about it."""
    meeting, reader = meeting_email.meeting, meeting_email.recipient
    was, zone = (
        time_before(meeting_email) if meeting_email.event == EmailEvent.MOVED else None,
        zone_of(reader),
    )
    has_page = reader.user_id is not None
    answering = reader.id != meeting.guide_id
    return {
        "name": reader.name,
        "other": other,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": zone.key,
        "zone_short": meeting.starts_at.astimezone(zone).tzname(),
        "agreed_zone": meeting.zone if meeting.zone != zone.key else "",
        "agreed_at": meeting.wall_time,
        "agreed_on": meeting.wall_date,
        "place": meeting.place.name,
        "details": "" if has_page and meeting.place.kind in ON_THE_PAGE else meeting.place.details,
        "was": was,
        "was_elsewhere": was is not None and was.place_id != meeting.place_id,
        "link": settings.PUBLIC_URL + reverse("environment:room", args=[meeting.journey_id])
        if has_page
        else "",
        "answer_link": link_to("meeting_email", meeting_email) if answering else "",
        "stop_link": link_to("stop", meeting_email) if meeting_email.event == EmailEvent.REMINDER else "",
        "answer": _answer(meeting, meeting_email, other)
        if meeting_email.event == EmailEvent.ANSWERED
        else "",
    }


def _answer(meeting: Meeting, meeting_email: MeetingEmail, other: str) -> str:
    person = other_of(meeting, meeting_email.recipient)
    reply = answer_by(meeting, person) if person else None
    said = {
        "accepted": _("%(name)s will be there."),
        "declined": _("%(name)s can't come."),
        "asks_to_move": _("%(name)s needs another time."),
    }
    return said[reply.answer] % {"name": other} if reply else ""

"""What every e-mail about meetings is made of: its keys and headers, and the calendar object in it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from email import encoders
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from alongside.kernel.clock import now

from . import ics
from .models import EmailEvent, MeetingEmail, PlaceKind
from .queries.calendars import Wishes
from .queries.mailboxes import address_of
from .reply_addresses import reply_address

METHODS: dict[EmailEvent, ics.Method] = {
    EmailEvent.BOOKED: "REQUEST",
    EmailEvent.MOVED: "REQUEST",
    EmailEvent.CLOCKS: "REQUEST",
    EmailEvent.CANCELLED: "CANCEL",
    EmailEvent.WITHDRAWN: "CANCEL",
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
            parts[0].attach(_part(self.calendar, "text", "calendar", method=self.method, charset="UTF-8"))
        return message

    def carry(self, calendar: bytes, method: str) -> None:
        """One object: for the program that reads the mail, and as a file to open."""
        self.calendar, self.method = calendar, method
        part = _part(calendar, "application", "ics", name="invite.ics")
        part.add_header("Content-Disposition", "attachment", filename="invite.ics")
        self.attach(part)

    def carry_several(self, calendars: Sequence[bytes], method: str) -> None:
        """Each object in an attachment of its own: a request speaks of one event (RFC 5546, 3.2.2)."""
        for number, calendar in enumerate(calendars, 1):
            name = f"invite-{number}.ics"
            part = _part(calendar, "text", "calendar", method=method, charset="UTF-8", name=name)
            part.add_header("Content-Disposition", "attachment", filename=name)
            self.attach(part)


def _part(content: bytes, main: str, sub: str, **parameters: str) -> MIMEBase:
    """In base64, so that no mail server touches its line ends."""
    part = MIMEBase(main, sub, **parameters)
    part.set_payload(content)
    encoders.encode_base64(part)
    return part


def meeting_email_token(meeting_email: MeetingEmail) -> str:
    """The key in a letter's link. Made from its id and our secret, so that a second try carries the same link."""
    mac = salted_hmac("environment.meeting_email", meeting_email.id.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")


def service_address() -> str:
    """The address we write from: the sender, and the organiser in every calendar object."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def message_id(meeting_email: MeetingEmail) -> str:
    """The same at every try: a mailbox that gets it twice knows it for one."""
    return f"<{meeting_email.id.hex}.{meeting_email.sequence}@{service_address().rpartition('@')[2] or 'localhost'}>"


def reply_address_of(meeting_email: MeetingEmail) -> str:
    """Where its reader answers by mail: an address of this invitation alone; "" for who guides, and without a mailbox.

    The same in everything that is sent to them about this meeting, so that a calendar program knows the organiser.
    """
    meeting, reader = meeting_email.meeting, meeting_email.recipient
    if reader.id == meeting.guide_id:
        return ""
    return reply_address(meeting.uid, reader.id, meeting_email.email or address_of(reader))


def headers_of(meeting_email: MeetingEmail, event: EmailEvent) -> dict[str, str]:
    found = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": message_id(meeting_email),
        "Auto-Submitted": "auto-generated",
    }
    if event == EmailEvent.REMINDER:
        stop = link_to("stop", meeting_email)
        found |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if address := reply_address_of(meeting_email):
        found["Reply-To"] = address
    return found


def envelope_of(meeting_email: MeetingEmail) -> str:
    """Where a mail server sends it back to: an address that names the letter, if bounces are collected."""
    box, _at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{box}+{meeting_email.id.hex}@{domain}" if box else service_address()


def link_to(name: str, meeting_email: MeetingEmail) -> str:
    path = reverse(f"environment_emails:{name}", args=[meeting_email_token(meeting_email)])
    return f"{settings.PUBLIC_URL}{path}"


def object_of(meeting_email: MeetingEmail, title: str, wishes: Wishes) -> bytes:
    meeting, reader = meeting_email.meeting, meeting_email.recipient
    entry = ics.Entry(
        uid=ics.uid_of(meeting.uid),
        sequence=max(meeting_email.sequence, meeting.sequence),
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
    answered_by_mail = reply_address_of(meeting_email)
    return ics.invitation(
        entry,
        method,
        organiser=answered_by_mail or service_address(),
        attendee=meeting_email.email or address_of(reader),
        stamp=now(),
        for_all=meeting_email.event != EmailEvent.WITHDRAWN,
        asks_for_reply=bool(answered_by_mail),
    )


def location_of(kind: str, name: str, details: str, *, has_page: bool) -> str:
    """Where it is, for those who agreed to it. A number or a link stays on the page of who has one."""
    if kind in ON_THE_PAGE and has_page:
        return _("See your page")
    return ", ".join(part for part in (name, " ".join(details.split())) if part)

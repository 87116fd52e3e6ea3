"""A letter about a meeting, or about several at once, made ready in the reader's language, zone and chosen words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.people.emails import EmailKind, email_kind
from alongside.people.middleware import zone_of

from .emails import METHODS, ON_THE_PAGE, MeetingMessage, envelope_of, headers_of, link_to, object_of
from .models import EmailEvent, Meeting, MeetingEmail, MeetingTime
from .queries.calendars import Wishes, answer_by, other_of, title_for, wishes_of
from .queries.mailboxes import INVITES, address_of, is_as_now, is_first_news, time_known, was_tried

KINDS = {event: email_kind(f"meeting {event}") for event in EmailEvent}
KINDS_OF_SEVERAL = {
    event: email_kind(f"several meetings {event}")
    for event in (EmailEvent.BOOKED, EmailEvent.MOVED, EmailEvent.CANCELLED, EmailEvent.WITHDRAWN)
}

NAME_NOBODY = {KINDS[EmailEvent.WITHDRAWN].name, KINDS_OF_SEVERAL[EmailEvent.WITHDRAWN].name}


def compose(emails: Sequence[MeetingEmail]) -> MeetingMessage:
    """The letter as it is sent: one, or all that one carries, by the time of their meetings."""
    first = emails[0]
    reader = first.recipient
    wishes, other = wishes_of([reader])[reader.id], other_of(first.meeting, reader)
    name = str(other.name) if other else ""
    with translation.override(reader.language), timezone.override(zone_of(reader)):
        title = title_for(wishes, name)
        if len(emails) == 1:
            return _about_one(first, title, name, wishes)
        return _about_several(emails, title, name, wishes)


def _about_one(meeting_email: MeetingEmail, title: str, other: str, wishes: Wishes) -> MeetingMessage:
    event, was = _news(meeting_email)
    text = render_to_string(f"environment/mail/{event}.txt", _facts(meeting_email, other, was))
    message = _message(KINDS[event], meeting_email, _subject(event, title), text)
    if _brings_an_object(meeting_email):
        message.carry(object_of(meeting_email, title, wishes), METHODS[EmailEvent(meeting_email.event)])
    return message


def _about_several(emails: Sequence[MeetingEmail], title: str, other: str, wishes: Wishes) -> MeetingMessage:
    """One letter that lists them all; each has an object of its own, and the private calendar has all of them."""
    first = emails[0]
    news = [_news(one) for one in emails]
    event = EmailEvent.MOVED if any(one == EmailEvent.MOVED for one, _was in news) else news[0][0]
    dates = [_date(one, was) for one, (_event, was) in zip(emails, news, strict=True)]
    facts = {**_facts(first, other, None), "dates": dates, "calendar_link": _calendar_link(first)}
    text = render_to_string(f"environment/mail/several_{event}.txt", facts)
    message = _message(KINDS_OF_SEVERAL[event], first, _subject_of_several(event, title, len(emails)), text)
    objects = [object_of(one, title, wishes) for one in emails if _brings_an_object(one)]
    message.carry_several(objects, METHODS[EmailEvent(first.event)])
    return message


def _brings_an_object(meeting_email: MeetingEmail) -> bool:
    """Who is told that all is called off without ever having had it by email has nothing to take out of a calendar."""
    if meeting_email.event == EmailEvent.CANCELLED and _because(meeting_email):
        return was_tried(meeting_email)
    return meeting_email.event in METHODS


def _because(meeting_email: MeetingEmail) -> str:
    """What became of the journey, where that called the meeting off."""
    return str(getattr(meeting_email, "meeting_because", "") or "")


def _message(kind: EmailKind, meeting_email: MeetingEmail, subject: str, text: str) -> MeetingMessage:
    message = kind.compose(
        to=meeting_email.email or address_of(meeting_email.recipient),
        subject=subject,
        text=text,
        # one that is withdrawn goes to an address that was somebody else's
        organisation=meeting_email.recipient.organisation,
        is_signed=kind.name not in NAME_NOBODY,
        made_as=MeetingMessage,
        from_email=envelope_of(meeting_email),
        headers=headers_of(meeting_email, EmailEvent(meeting_email.event)),
    )
    assert isinstance(message, MeetingMessage)
    return message


def _news(meeting_email: MeetingEmail) -> tuple[EmailEvent, MeetingTime | None]:
    """What it is to its reader, and the time they know: moved before they ever heard of it, it is simply booked."""
    event = EmailEvent(meeting_email.event)
    if event not in (EmailEvent.MOVED, EmailEvent.CLOCKS, EmailEvent.CANCELLED):
        return event, None
    if event in INVITES and is_first_news(meeting_email):
        return EmailEvent.BOOKED, None
    was = time_known(meeting_email)
    return event, None if was is None or is_as_now(was, meeting_email.meeting) else was


def _subject(event: EmailEvent, title: str) -> str:
    """The words of the calendar, as a subject is read by others, too."""
    subjects = {
        EmailEvent.BOOKED: title,
        EmailEvent.MOVED: _("%(title)s moved") % {"title": title},
        EmailEvent.CLOCKS: _("%(title)s moved") % {"title": title},
        EmailEvent.CLOCKS_ASKED: _("%(title)s: which hour?") % {"title": title},
        EmailEvent.CANCELLED: _("%(title)s cancelled") % {"title": title},
        EmailEvent.WITHDRAWN: _("An appointment that was not for you"),
        EmailEvent.REMINDER: _("%(title)s: a reminder") % {"title": title},
        EmailEvent.ANSWERED: _("%(title)s: an answer") % {"title": title},
        EmailEvent.EARLIER: _("%(title)s: an earlier time is free") % {"title": title},
        EmailEvent.MISSED: _("%(title)s: we missed you") % {"title": title},
    }
    return subjects[event]


def _subject_of_several(event: EmailEvent, title: str, count: int) -> str:
    sentences = {
        EmailEvent.BOOKED: ngettext("%(title)s: %(count)d date", "%(title)s: %(count)d dates", count),
        EmailEvent.MOVED: ngettext(
            "%(title)s: %(count)d date moved", "%(title)s: %(count)d dates moved", count
        ),
        EmailEvent.CANCELLED: ngettext(
            "%(title)s: %(count)d date cancelled", "%(title)s: %(count)d dates cancelled", count
        ),
        EmailEvent.WITHDRAWN: _("Appointments that were not for you"),
    }
    return sentences[event] % {"title": title, "count": count}


@dataclass(frozen=True, slots=True)
class Date:
    """One meeting of a letter about several."""

    meeting: Meeting
    zone_short: str
    agreed_zone: str
    place: str
    details: str
    was: MeetingTime | None
    answer_link: str


def _date(meeting_email: MeetingEmail, was: MeetingTime | None) -> Date:
    facts = _facts(meeting_email, "", was)
    answers = meeting_email.event in (EmailEvent.BOOKED, EmailEvent.MOVED)
    return Date(
        meeting=meeting_email.meeting,
        zone_short=str(facts["zone_short"]),
        agreed_zone=str(facts["agreed_zone"]),
        place=str(facts["place"]),
        details=str(facts["details"]),
        was=was,
        answer_link=str(facts["answer_link"]) if answers else "",
    )


def _calendar_link(meeting_email: MeetingEmail) -> str:
    """Where whoever has a page makes the private calendar that brings all of them by itself."""
    if meeting_email.recipient.user_id is None:
        return ""
    return settings.PUBLIC_URL + reverse("environment_emails:emails")


def _facts(meeting_email: MeetingEmail, other: str, was: MeetingTime | None) -> dict[str, object]:
    """Who, when and where; never what kind of journey it is, nor a word anybody wrote about it."""
    meeting, reader = meeting_email.meeting, meeting_email.recipient
    zone, has_page = zone_of(reader), reader.user_id is not None
    answering = reader.id != meeting.guide_id
    return {
        "name": reader.name,
        "other": other,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "zone": zone.key,
        "zone_short": meeting.starts_at.astimezone(zone).tzname(),
        "clocks": meeting.zone,
        "agreed_zone": meeting.zone if meeting.zone != zone.key else "",
        "agreed_at": meeting.wall_time,
        "agreed_on": meeting.wall_date,
        "place": meeting.place.name,
        "details": "" if has_page and meeting.place.kind in ON_THE_PAGE else meeting.place.details,
        "was": was,
        "because": _because(meeting_email),
        "was_elsewhere": was is not None and was.place_id != meeting.place_id,
        "link": settings.PUBLIC_URL + reverse("environment:room", args=[meeting.journey_id])
        if has_page
        else "",
        "before_link": _before_link(meeting) if has_page and answering else "",
        "answer_link": link_to("meeting_email", meeting_email) if answering else "",
        "stop_link": link_to("stop", meeting_email) if meeting_email.event == EmailEvent.REMINDER else "",
        "service": meeting_email.event == EmailEvent.MISSED and reader.organisation,
        "earlier_at": earlier_at(meeting_email) if meeting_email.event == EmailEvent.EARLIER else None,
        "move_link": _move_link(meeting_email) if meeting_email.event == EmailEvent.EARLIER else "",
        "answer": _answer(meeting, meeting_email, other)
        if meeting_email.event == EmailEvent.ANSWERED
        else "",
    }


def earlier_at(meeting_email: MeetingEmail) -> dt.datetime:
    """The time that became free: its mark, in minutes."""
    return dt.datetime.fromtimestamp(meeting_email.mark * 60, dt.UTC)


def _move_link(meeting_email: MeetingEmail) -> str:
    """The page on which the meeting is moved, with the earlier time filled in by the clocks of its form."""
    meeting = meeting_email.meeting
    wall = earlier_at(meeting_email).astimezone(zone_of(meeting.guide))
    asked = urlencode({"date": f"{wall:%Y-%m-%d}", "time": f"{wall:%H:%M}"})
    path = reverse("environment:move", args=[meeting.journey_id, meeting.id])
    return f"{settings.PUBLIC_URL}{path}?{asked}"


def _before_link(meeting: Meeting) -> str:
    """Before the very first one: the page that says what to expect and what to bring."""
    if meeting.number != 1:
        return ""
    return settings.PUBLIC_URL + reverse("first_meeting:before", args=[meeting.journey_id])


def _answer(meeting: Meeting, meeting_email: MeetingEmail, other: str) -> str:
    person = other_of(meeting, meeting_email.recipient)
    reply = answer_by(meeting, person) if person else None
    said = {
        "accepted": _("%(name)s will be there."),
        "declined": _("%(name)s cannot come."),
        "asks_to_move": _("%(name)s needs another time."),
        "unsure": _("%(name)s is not sure yet."),
    }
    return said[reply.answer] % {"name": other} if reply else ""

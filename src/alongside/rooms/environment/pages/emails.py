"""The pages behind the links of letters, how one is written to, and the calendar to subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from alongside.journeys.seat import Seat
from alongside.kernel.verdict import Verdict
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from .. import ics
from ..emails import location_of
from ..models import Answer, Feed, Meeting, Reply, Title
from ..queries.calendars import FeedMeeting, Undelivered, Wishes, title_for
from .said import moment, when


@dataclass(frozen=True)
class MeetingEmailPage:
    """The meeting a letter is about, and what was answered."""

    title: str
    lead: str
    place: str
    answered: str
    sentence: str


def meeting_email_page(
    seat: Seat, meeting: Meeting, reply: Reply | None, verdict: Verdict
) -> MeetingEmailPage:
    said = ""
    if reply:
        facts = {"answer": Answer(reply.answer).label, "when": moment(reply.created_at)}
        said = _("You answered “%(answer)s”, %(when)s. You can change it.") % facts
    return MeetingEmailPage(
        title=when(meeting.starts_at, meeting.ends_at),
        lead=_("With %(name)s.") % {"name": seat.other.name},
        place=str(meeting.place.name),
        answered=said,
        sentence="" if verdict else str(verdict.sentence),
    )


@dataclass(frozen=True)
class EmailsPage:
    feed_since: str
    link: str
    make: str
    revoke: ActionButton | None
    may_mix: bool


def emails_page(actor: Person, feed: Feed | None, token: str = "") -> EmailsPage:
    path = reverse("environment_emails:feed", args=[token]) if token else ""
    return EmailsPage(
        feed_since=moment(feed.created_at) if feed else "",
        link=settings.PUBLIC_URL + path if path else "",
        make=reverse("environment_emails:make_feed"),
        revoke=ActionButton(
            _("Switch this address off"),
            reverse("environment_emails:revoke_feed"),
            confirm=_("Calendars that use it will show nothing more."),
        )
        if feed
        else None,
        may_mix=actor.is_guide,
    )


def initial_of(wishes: Wishes) -> dict[str, object]:
    return {
        "title": wishes.title,
        "own_title": wishes.own_title,
        "shows_place": wishes.shows_place,
        "reminders": [str(one) for one in wishes.reminders],
        "quiet_from": wishes.quiet[0] if wishes.quiet else None,
        "quiet_until": wishes.quiet[1] if wishes.quiet else None,
    }


def feed_file(person: Person, wishes: Wishes, meetings: Iterable[FeedMeeting]) -> bytes:
    """The calendar of one person. Its name says nothing either."""
    entries = []
    for one in meetings:
        place = location_of(one.place_kind, one.place, one.place_details, has_page=True)
        entry = ics.Entry(
            uid=ics.uid_of(one.uid),
            sequence=one.sequence,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            zone=one.zone,
            title=title_for(wishes, one.other),
            place=place if wishes.shows_place else "",
        )
        entries.append((entry, one.changed_at))
    return ics.feed(
        entries, name=str(Title.PLAIN.label) if wishes.title != Title.BUSY else str(Title.BUSY.label)
    )


@dataclass(frozen=True)
class FailedLine:
    """A letter that did not arrive: what, since when, what to do."""

    title: str
    trouble: str
    correct: ActionButton | None
    advice: str


def failed_lines(seat: Seat, failed: Iterable[Undelivered]) -> tuple[FailedLine, ...]:
    return tuple(_failed(seat, one) for one in failed) if seat.is_guide else ()


def _failed(seat: Seat, one: Undelivered) -> FailedLine:
    facts = {"name": one.recipient.name, "when": moment(one.failed_at), "day": moment(one.starts_at)}
    own = one.recipient.id == seat.actor.id
    return FailedLine(
        title=_("An email to %(name)s about %(day)s did not arrive (since %(when)s).") % facts,
        trouble=str(one.trouble.label),
        correct=_correct(seat, one.recipient, own=own),
        advice=_advice(one.recipient, own=own),
    )


def _advice(recipient: Person, *, own: bool) -> str:
    if own:
        return _("It was to you.")
    if recipient.user_id:
        return _("Please tell them in another way, and ask them to check the address in their profile.")
    return _("Please tell them in another way, and correct the address. Then the email is sent again.")


def _correct(seat: Seat, recipient: Person, *, own: bool) -> ActionButton | None:
    """Who has an account corrects their own address; who has none is helped by the guide."""
    if own:
        return ActionButton(_("Correct the address"), reverse("account_email"), link=True)
    if recipient.user_id:
        return None
    address = reverse("environment:correct_address", args=[seat.journey.id])
    return ActionButton(_("Correct the address"), address, link=True)

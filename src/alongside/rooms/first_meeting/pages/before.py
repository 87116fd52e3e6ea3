"""Before the first meeting, on one page: when, where, with whom, what it is for, what to bring, whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.rooms.environment.models import PlaceKind
from alongside.rooms.environment.queries import MeetingFacts
from alongside.ui.action_buttons import ActionButton
from alongside.ui.telephones import looks_like_a_number, telephone_link

from .. import boxes
from ..queries import RoomFacts
from .common import address, day

MAP = "https://www.openstreetmap.org/search?"
AT_A_DISTANCE = (PlaceKind.PHONE, PlaceKind.VIDEO)
QUESTIONS_SHOWN = 3


@dataclass(frozen=True)
class Where:
    """A place one goes to, or the number or link at which one meets."""

    name: str
    kind: str
    details: str
    phone: str
    """What the number in `details` calls; empty where it is none."""
    access: str
    map_url: str


@dataclass(frozen=True)
class ToCall:
    name: str
    number: str
    link: str
    hours: tuple[str, ...]


@dataclass(frozen=True)
class BeforePage:
    eyebrow: str
    title: str
    lead: str
    when: str
    until: str
    zone: str
    where: Where | None
    length: str
    with_whom: str
    with_what: str
    not_booked: str
    was: str
    prepare: str
    prepare_note: str
    questions: tuple[str, ...]
    act: ActionButton
    expect: tuple[str, ...]
    bring: tuple[str, ...]
    call: ToCall | None
    change_url: str
    change: str
    back: str


def before_page(seat: Seat, facts: RoomFacts, meeting: MeetingFacts | None) -> BeforePage:
    said = seat.kind.before_first
    first = {"first": seat.kind.words.first_meeting}
    is_ahead = meeting is not None and meeting.is_planned and not meeting.is_over
    return BeforePage(
        eyebrow=str(seat.kind.name),
        title=_("Before your %(first)s") % first,
        lead=str(said.purpose) if seat.is_participant else _what_they_read(seat),
        when=_when(meeting) if meeting else "",
        until=_until(meeting) if meeting else "",
        zone=_zone(meeting),
        where=_where(meeting) if meeting else None,
        length=_length(meeting.minutes if meeting else seat.journey.meeting_minutes),
        with_whom=seat.guide.name if seat.is_participant else seat.participant.name,
        with_what=seat.called(Part.GUIDE if seat.is_participant else Part.PARTICIPANT),
        not_booked="" if meeting else str(seat.kind.words.no_meeting_booked),
        was=_("This has already taken place.") if meeting and not is_ahead else "",
        prepare=_("You have prepared") if facts.sent_at(seat) else _("Think about beforehand"),
        prepare_note=_prepare_note(seat, facts),
        questions=() if facts.sent_at(seat) else _questions(seat),
        act=_act(seat, facts),
        expect=tuple(map(str, said.expect)),
        bring=tuple(map(str, said.bring)),
        call=_to_call(seat),
        change_url=reverse("environment:room", kwargs={"journey_id": seat.journey.id}),
        change=_("Change or cancel it") if is_ahead else _("Time and place"),
        back=reverse("overview:journey", kwargs={"journey_id": seat.journey.id}),
    )


def _what_they_read(seat: Seat) -> str:
    return _("%(name)s reads this before you meet. %(purpose)s") % {
        "name": seat.participant.name,
        "purpose": seat.kind.before_first.purpose,
    }


def _when(meeting: MeetingFacts) -> str:
    return capfirst(date_format(timezone.localtime(meeting.starts_at), "l j F Y"))


def _until(meeting: MeetingFacts) -> str:
    begins, ends = (
        date_format(timezone.localtime(each), "H:i") for each in (meeting.starts_at, meeting.ends_at)
    )
    return _("%(begins)s to %(ends)s") % {"begins": begins, "ends": ends}


def _zone(meeting: MeetingFacts | None) -> str:
    """Whose clocks these are, said only where the two live by different ones."""
    own = timezone.get_current_timezone_name()
    return own if meeting and meeting.zone != own else ""


def _length(minutes: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _where(meeting: MeetingFacts) -> Where:
    kind, details = PlaceKind(meeting.place_kind), meeting.place_details.strip()
    is_number = kind == PlaceKind.PHONE and looks_like_a_number(details)
    return Where(
        name=meeting.place_name,
        kind=capfirst(str(kind.label)) if kind != PlaceKind.ROOM else "",
        details=details,
        phone=_phone_link(details) if is_number else "",
        access="" if kind in AT_A_DISTANCE else _access(meeting),
        map_url=MAP + urlencode({"query": " ".join(details.split())})
        if kind == PlaceKind.ADDRESS and details
        else "",
    )


def _access(meeting: MeetingFacts) -> str:
    if meeting.place_is_step_free:
        return _("You can get there without steps.")
    return _("If you cannot use steps, please tell us before you come.")


def _phone_link(number: str) -> str:
    try:
        return telephone_link(number)
    except ValueError:
        return ""


def _questions(seat: Seat) -> tuple[str, ...]:
    """The first questions the reader is asked themselves, without those that are for some."""
    asked = boxes.questions_for(seat, guide=not seat.is_participant)
    return tuple(str(question.text) for question in asked if not question.only_if)[:QUESTIONS_SHOWN]


def _prepare_note(seat: Seat, facts: RoomFacts) -> str:
    sent = facts.sent_at(seat)
    if sent:
        facts_said = {"name": seat.other.name, "day": day(sent)}
        return _("You sent your answers to %(name)s on %(day)s. You can still add to them.") % facts_said
    return _("It helps to write a few words before you come. You can skip any question.")


def _act(seat: Seat, facts: RoomFacts) -> ActionButton:
    has_sent = bool(facts.sent_at(seat))
    label = _("Read your answers") if has_sent else _("Prepare")
    return ActionButton(label, address(seat, "preparation"), primary=not has_sent, link=True)


def _to_call(seat: Seat) -> ToCall | None:
    """The organisation, for the participant; the guide finds the participant's number here."""
    service, person = seat.journey.organisation, seat.participant.person
    name, number, hours = (
        (str(service.name), str(service.telephone), str(service.opening_hours))
        if seat.is_participant
        else (seat.participant.name, str(person.telephone), "")
    )
    link = _phone_link(number) if number else ""
    return ToCall(name, number, link, tuple(hours.splitlines())) if link else None

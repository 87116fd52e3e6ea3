"""What the pages of this room show: words and times ready to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds.shapes import Words
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.ui.acts import Act
from alongside.ui.lists import Reader

from . import rules
from .models import Meeting, Place, PlaceKind
from .queries import (
    CheckFacts,
    MeetingFacts,
    Reason,
    checks_of,
    guide_for,
    meetings_of,
    next_among,
    protected_time,
    reasons_of,
)
from .states import MeetingState

STATE_SHAPES = {
    MeetingState.PLANNED: "ahead",
    MeetingState.HELD: "done",
    MeetingState.MISSED: "not_yet",
    MeetingState.CANCELLED: "quiet",
}


@dataclass(frozen=True)
class Said:
    """Why a meeting was cancelled or missed, in the words of whoever noted it."""

    text: str
    by: str


@dataclass(frozen=True)
class MeetingLine:
    """One meeting, ready to read. `title` is its number in the kind's own words; `acts` are what can be done."""

    id: UUID
    title: str
    day: str
    hours: str
    zone_note: str
    place: str
    place_kind: str
    place_details: str
    state: str
    state_word: str
    kept: str
    kept_shape: str
    said: Said | None
    can_say: bool
    after_url: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class Check:
    """The five ticks for the next meeting; `said` is who ticked them and when."""

    url: str
    ticks: dict[str, bool]
    said: str
    open_now: bool


@dataclass(frozen=True)
class RoomPage:
    words: Words
    eyebrow: str
    title: str
    lead: str
    next: MeetingLine | None
    overdue: tuple[MeetingLine, ...]
    ahead: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    check: Check | None
    protected: str
    book: Act
    book_url: str
    has_places: bool
    no_places: str
    add_place: Act | None
    readers: tuple[Reader, ...]

    @property
    def shows_words(self) -> bool:
        return any(line.said for line in self.past)


@dataclass(frozen=True)
class Free:
    """Another time that is free, as a link that fills it into the form."""

    label: str
    url: str


@dataclass(frozen=True)
class DeedPage:
    """A page with one form: book, move, cancel, missed."""

    words: Words
    title: str
    lead: str
    button: str
    back: str
    next_path: str
    known: str
    free: tuple[Free, ...] = ()
    add_place: Act | None = None
    no_places: str = ""


def room_page(seat: Seat, places: list[Place]) -> RoomPage:
    meetings, checks, reasons = meetings_of(seat), checks_of(seat), reasons_of(seat)
    coming = next_among(meetings)
    lines = {one.id: meeting_line(seat, one, checks.get(one.id), reasons.get(one.id)) for one in meetings}
    rest = [one for one in meetings if one is not coming]
    counted = protected_time(checks.values())
    return RoomPage(
        words=seat.kind.words,
        eyebrow=_("Environment"),
        title=_title(seat, coming),
        lead=_lead(seat, coming),
        next=lines[coming.id] if coming else None,
        overdue=tuple(lines[one.id] for one in rest if one.is_planned and one.is_over),
        ahead=tuple(lines[one.id] for one in rest if one.is_planned and not one.is_over),
        past=tuple(lines[one.id] for one in reversed(rest) if not one.is_planned),
        check=_check(seat, coming, checks.get(coming.id)) if coming else None,
        protected=_protected(counted.kept, counted.noted),
        book=Act(
            str(seat.kind.words.book_meeting),
            _url("book", seat),
            rules.may_book(seat),
            primary=not coming,
            icon="calendar-event",
            link=True,
        ),
        book_url=_url("book", seat),
        has_places=bool(places) and rules.may_book(seat).allowed,
        no_places=no_places(seat, places),
        add_place=add_place_act(seat) if not places else None,
        readers=_readers(seat),
    )


def meeting_line(
    seat: Seat, one: MeetingFacts, check: CheckFacts | None, reason: Reason | None
) -> MeetingLine:
    words = seat.kind.words
    title = (
        str(words.meeting_number) % {"number": one.number} if one.number else str(words.meeting).capitalize()
    )
    held = one.state == MeetingState.HELD
    return MeetingLine(
        id=one.id,
        title=title,
        day=day(one.starts_at),
        hours=hours(one.starts_at, one.ends_at),
        zone_note=_zone_note(one),
        place=one.place_name,
        place_kind=str(PlaceKind(one.place_kind).label),
        place_details=one.place_details,
        state=STATE_SHAPES[one.state],
        state_word=_("held, begun late") if held and one.late else str(MeetingState(one.state).label),
        kept=_kept(check),
        kept_shape="done" if check and check.was_protected else "partly",
        said=Said(reason.text, seat.name_of(reason.by_id)) if reason else None,
        can_say=held and not (check and check.is_noted) and not seat.is_over,
        after_url=_url("after", seat, one.id),
        acts=_acts(seat, one),
    )


def _acts(seat: Seat, one: MeetingFacts) -> tuple[Act, ...]:
    if not one.is_planned or seat.is_over:
        return ()
    known = (("known", one.sequence),)
    move = Act(_("Move it"), _url("move", seat, one.id), link=True)
    cancel = Act(_("Cancel it"), _url("cancel", seat, one.id), link=True)
    if not one.has_started:
        return (move, cancel)
    held = Act(
        _("It took place"), _url("held", seat, one.id), primary=one.is_over, fields=known, icon="check2"
    )
    late = Act(_("It began late"), _url("held", seat, one.id), fields=(*known, ("late", 1)))
    missed = Act(_("It was missed"), _url("missed", seat, one.id), link=True)
    return (held, late, missed) if one.is_over else (held, late, missed, move)


def _title(seat: Seat, coming: MeetingFacts | None) -> str:
    if coming is None:
        return str(seat.kind.words.no_meeting_booked)
    return _("%(day)s, %(hours)s") % {
        "day": day(coming.starts_at, with_year=False),
        "hours": hours(coming.starts_at, coming.ends_at),
    }


def _lead(seat: Seat, coming: MeetingFacts | None) -> str:
    if coming is None:
        return _("A place without interruptions, a time that is kept, and enough of it: it begins here.")
    return _("With %(name)s. %(place)s.") % {"name": seat.other.name, "place": coming.place_name.rstrip(".")}


def _zone_note(one: MeetingFacts) -> str:
    """Said only to those whose clocks differ from the one it was agreed by."""
    theirs = one.starts_at.astimezone(ZoneInfo(one.zone))
    if theirs.utcoffset() == timezone.localtime(one.starts_at).utcoffset():
        return ""
    return _("%(time)s in %(zone)s") % {"time": formats.time_format(theirs.time(), "H:i"), "zone": one.zone}


def _kept(check: CheckFacts | None) -> str:
    """What was protected, in a few words; "" while nobody has said."""
    if check is None or not check.is_noted:
        return ""
    on_time = _("on time") if check.started_on_time else _("begun late")
    interrupted = [_("undisturbed"), _("interrupted once"), _("interrupted more than once")][
        check.interruptions or 0
    ]
    enough = _("enough time") if check.had_enough_time else _("too little time")
    return f"{on_time}, {interrupted}, {enough}"


def _protected(kept: int, noted: int) -> str:
    if not noted:
        return ""
    sentence = ngettext(
        "The time was fully protected in %(kept)s of %(noted)s meeting.",
        "The time was fully protected in %(kept)s of %(noted)s meetings.",
        noted,
    )
    return sentence % {"kept": kept, "noted": noted}


def _check(seat: Seat, coming: MeetingFacts, check: CheckFacts | None) -> Check | None:
    if not rules.may_book(seat):
        return None
    said = ""
    if check and check.checked_at:
        facts = {"name": seat.name_of(check.checked_by_id), "when": moment(check.checked_at)}
        said = _("Ticked by %(name)s, %(when)s.") % facts
    names = ("private", "quiet", "phones_away", "enough_time", "both_ready")
    ticks = {name: bool(check and getattr(check, name)) for name in names}
    soon = coming.starts_at - now() < dt.timedelta(hours=2)
    return Check(_url("check", seat, coming.id), ticks, said, open_now=soon)


def _readers(seat: Seat) -> tuple[Reader, ...]:
    sees = _("times, places, ticks and reasons")
    return tuple(
        Reader(member.name, str(member.part.label), sees) for member in (seat.guide, seat.participant)
    )


# --- pages with one form -----------------------------------------------------------------------------------


def no_places(seat: Seat, places: list[Place]) -> str:
    if places:
        return ""
    if seat.is_guide:
        return _("First say where you can meet: a room, an address, a number to call. It takes a minute.")
    facts = {"name": seat.guide.name}
    return _("%(name)s hasn't opened a place for booking yet. Please ask %(name)s to book.") % facts


def add_place_act(seat: Seat) -> Act | None:
    if not seat.actor.is_guide:
        return None
    url = reverse("environment_places:add") + "?next=" + _url("book", seat)
    return Act(_("Add a place"), url, primary=True, link=True, icon="geo-alt")


def booking_page(seat: Seat, places: list[Place], next_path: str, free: tuple[Free, ...] = ()) -> DeedPage:
    words = seat.kind.words
    return DeedPage(
        words=words,
        title=str(words.book_meeting),
        lead=_("With %(name)s.") % {"name": seat.other.name},
        button=str(words.book_meeting),
        back=next_path or _url("room", seat),
        next_path=next_path,
        known="",
        free=free,
        add_place=add_place_act(seat),
        no_places=no_places(seat, places),
    )


def move_page(seat: Seat, meeting: Meeting, next_path: str, free: tuple[Free, ...] = ()) -> DeedPage:
    return DeedPage(
        words=seat.kind.words,
        title=_("Another time or place"),
        lead=_("Now it is %(when)s, %(place)s.")
        % {"when": when(meeting.starts_at, meeting.ends_at), "place": meeting.place.name},
        button=_("Move it"),
        back=next_path or _url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
        free=free,
    )


def cancel_page(seat: Seat, meeting: Meeting, next_path: str) -> DeedPage:
    told = _("%(name)s is told by e-mail.") % {"name": seat.other.name}
    has_address = seat.other.person.email or seat.other.person.user_id
    return DeedPage(
        words=seat.kind.words,
        title=_("Cancel %(when)s?") % {"when": when(meeting.starts_at, meeting.ends_at)},
        lead=_("The time becomes free again.") + (f" {told}" if has_address else ""),
        button=_("Cancel it"),
        back=next_path or _url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


def missed_page(seat: Seat, meeting: Meeting, next_path: str) -> DeedPage:
    return DeedPage(
        words=seat.kind.words,
        title=_("%(when)s was missed") % {"when": when(meeting.starts_at, meeting.ends_at)},
        lead=_("It happens. Note it here, and find a new time."),
        button=_("Note it as missed"),
        back=next_path or _url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


def after_page(seat: Seat, meeting: Meeting, next_path: str) -> DeedPage:
    return DeedPage(
        words=seat.kind.words,
        title=_("How was the time kept?"),
        lead=when(meeting.starts_at, meeting.ends_at),
        button=_("Say so"),
        back=next_path or _url("room", seat),
        next_path=next_path,
        known=str(meeting.sequence),
    )


def free_choices(
    seat: Seat, free: Iterable[dt.datetime], url: str, asked: dict[str, str]
) -> tuple[Free, ...]:
    """Other times as links to the same form, filled in with what was asked for otherwise."""
    zone = zone_of(guide_for(seat))
    choices = []
    for one in free:
        wall = one.astimezone(zone)
        filled = {**asked, "date": wall.strftime("%Y-%m-%d"), "time": wall.strftime("%H:%M")}
        choices.append(Free(moment(one), f"{url}?{urlencode(filled)}"))
    return tuple(choices)


# --- places ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PlaceLine:
    name: str
    kind: str
    details: str
    qualities: str
    whose: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class PlacesPage:
    places: tuple[PlaceLine, ...]
    retired: tuple[PlaceLine, ...]
    add: Act


def places_page(actor: Person, places: list[Place], retired: list[Place]) -> PlacesPage:
    return PlacesPage(
        tuple(place_line(actor, place) for place in places),
        tuple(place_line(actor, place) for place in retired),
        Act(_("Add a place"), reverse("environment_places:add"), primary=True, link=True, icon="plus-lg"),
    )


def place_line(actor: Person, place: Place) -> PlaceLine:
    acts: tuple[Act, ...] = ()
    if rules.may_change_place(actor, place) and place.retired_at:
        acts = (Act(_("Use it again"), reverse("environment_places:restore", args=[place.id])),)
    elif rules.may_change_place(actor, place):
        acts = (
            Act(_("Change it"), reverse("environment_places:place", args=[place.id]), link=True),
            Act(
                _("Retire it"),
                reverse("environment_places:retire", args=[place.id]),
                confirm=_("Nobody can book it any more. What is booked there already stays."),
            ),
        )
    return PlaceLine(
        name=str(place.name),
        kind=str(PlaceKind(place.kind).label),
        details=str(place.details),
        qualities=qualities(place),
        whose="" if place.owner_id else _("of the organisation"),
        acts=acts,
    )


def qualities(place: Place) -> str:
    said = [
        (place.is_private, _("private")),
        (place.is_quiet, _("quiet")),
        (place.is_step_free, _("step-free")),
        (place.participants_may_book, _("open for booking by those who come")),
    ]
    return ", ".join(word for true, word in said if true)


# --- times as people read them -----------------------------------------------------------------------------


def day(at: dt.datetime, *, with_year: bool = True) -> str:
    local = timezone.localtime(at)
    if not with_year and local.year == timezone.localtime(now()).year:
        return formats.date_format(local, _("l j F"))
    return formats.date_format(local, _("l j F Y"))


def hours(begins: dt.datetime, ends: dt.datetime) -> str:
    span = [formats.time_format(timezone.localtime(one).time(), "H:i") for one in (begins, ends)]
    return _("%(begins)s to %(ends)s") % dict(zip(("begins", "ends"), span, strict=True))


def when(begins: dt.datetime, ends: dt.datetime) -> str:
    return _("%(day)s, %(hours)s") % {"day": day(begins, with_year=False), "hours": hours(begins, ends)}


def moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), _("D j M, H:i"))


def _url(name: str, seat: Seat, meeting_id: UUID | None = None) -> str:
    parts = [seat.journey.id, meeting_id] if meeting_id else [seat.journey.id]
    return reverse(f"environment:{name}", args=parts)

"""The room itself: the next meeting and its surroundings, and what has been.

Long, because each line of a meeting is said here for both people, in every state it can have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alongside.journeys import visibility
from alongside.journeys.kinds.shapes import Words
from alongside.journeys.models import Visibility
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton
from alongside.ui.lists import Reader

from .. import rules
from ..models import Answer, CalledOff, Place, PlaceKind
from ..protected_time_kept import Noted, slips, tally
from ..queries import (
    CheckFacts,
    MeetingFacts,
    Reason,
    checks_of,
    meetings_of,
    next_among,
    reasons_of,
)
from ..queries.asking import earlier_wishes, open_request
from ..queries.calendars import Answered, answers_of, undelivered
from ..queries.clocks import agreed_moment
from ..queries.hours import zone_named
from ..queries.replies import PossibleFacts, possible_answers_of
from ..states import MeetingState
from .action import add_place_act, no_places
from .emails import FailedLine, failed_lines
from .replies import PossibleLine, possible_lines
from .said import away, day, hours, length_of, moment, qualities, url

STATE_SHAPES = {
    MeetingState.PLANNED: "ahead",
    MeetingState.HELD: "done",
    MeetingState.MISSED: "not_yet",
    MeetingState.CANCELLED: "quiet",
}


CALLED_OFF = {
    CalledOff.ENDED: gettext_lazy("Cancelled because the %(journey)s ended."),
    CalledOff.WITHDRAWN: gettext_lazy("Cancelled because the %(journey)s did not start."),
    CalledOff.HANDED_OVER: gettext_lazy("Cancelled because someone else took over the %(journey)s."),
}


@dataclass(frozen=True)
class Said:
    """Why a meeting was cancelled or missed, in the words of whoever noted it."""

    text: str
    by: str


@dataclass(frozen=True)
class AnswerSaid:
    """Whether somebody said that they come, with their words."""

    said: str
    word: str
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
    place_qualities: str
    length: str
    away: str
    state: str
    state_word: str
    kept: str
    kept_shape: str
    said: Said | None
    notice: str
    answer: AnswerSaid | None
    possible: tuple[PossibleLine, ...]
    outside: str
    can_say: bool
    after_url: str
    acts: tuple[ActionButton, ...]


@dataclass(frozen=True)
class Asked:
    """That the participant asked for a time; `offer` is the guide's answer to it."""

    said: str
    word: str
    by: str
    offer: ActionButton | None


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
    failed: tuple[FailedLine, ...]
    check: Check | None
    protected: str
    kept_url: str
    slipped: bool
    book: ActionButton
    book_url: str
    has_places: bool
    no_places: str
    add_place: ActionButton | None
    asked: Asked | None
    readers: tuple[Reader, ...]


def room_page(seat: Seat, places: list[Place]) -> RoomPage:
    meetings, checks, reasons = meetings_of(seat), checks_of(seat), reasons_of(seat)
    coming = next_among(meetings)
    answers = answers_of(seat) if coming else {}
    wished = frozenset(earlier_wishes(seat)) if coming and seat.is_participant else frozenset()
    possible = possible_answers_of(seat) if any(one.has_emails for one in meetings) else {}
    lines = {
        one.id: meeting_line(
            seat,
            one,
            checks.get(one.id),
            reasons.get(one.id),
            answers.get(one.id),
            wished,
            possible.get(one.id, ()),
        )
        for one in meetings
    }
    rest = [one for one in meetings if one is not coming]
    said = _said_of_time(meetings, checks)
    counted = tally(said)
    return RoomPage(
        words=seat.kind.words,
        eyebrow=str(seat.kind.words.next_meeting) if coming else _("Getting ready"),
        title=_title(seat, coming),
        lead=_lead(seat, coming),
        next=lines[coming.id] if coming else None,
        overdue=tuple(lines[one.id] for one in rest if one.is_planned and one.is_over),
        ahead=tuple(lines[one.id] for one in rest if one.is_planned and not one.is_over),
        past=tuple(lines[one.id] for one in reversed(rest) if not one.is_planned),
        failed=failed_lines(seat, undelivered(seat)) if seat.is_guide else (),
        check=_check(seat, coming, checks.get(coming.id)) if coming else None,
        protected=_protected(counted.kept, counted.noted),
        kept_url=url("kept", seat),
        slipped=bool(slips(said)),
        book=ActionButton(
            str(seat.kind.words.book_meeting),
            url("book", seat),
            rules.may_book(seat),
            primary=not coming,
            icon="calendar-event",
            link=True,
        ),
        book_url=url("book", seat),
        has_places=bool(places) and rules.may_book(seat).allowed,
        no_places=no_places(seat, places),
        add_place=add_place_act(seat) if not places else None,
        asked=_asked(seat),
        readers=_readers(seat),
    )


def _asked(seat: Seat) -> Asked | None:
    found = open_request(seat)
    if found is None:
        return None
    name = {"name": seat.participant.name, "when": moment(found.created_at)}
    said = (
        _("%(name)s asked for a time, %(when)s.") if seat.is_guide else _("You asked for a time, %(when)s.")
    )
    offer = ActionButton(_("Offer times"), url("offer", seat), link=True)
    return Asked(said % name, str(found.word), seat.participant.name, offer if seat.is_guide else None)


def meeting_line(
    seat: Seat,
    one: MeetingFacts,
    check: CheckFacts | None,
    reason: Reason | None,
    answered: Answered | None = None,
    wished: frozenset[UUID] = frozenset(),
    possible: Sequence[PossibleFacts] = (),
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
        place_qualities=qualities(one.place_is_private, one.place_is_quiet, one.place_is_step_free),
        length=ngettext("%(count)s minute", "%(count)s minutes", one.minutes) % {"count": one.minutes},
        away=away(one.starts_at, one.ends_at),
        state=_state(one)[0],
        state_word=_state(one)[1],
        kept=_kept(check),
        kept_shape="done" if check and check.was_protected else "partly",
        said=Said(reason.text, seat.name_of(reason.by_id)) if reason and reason.text else None,
        notice=_notice(seat, one, reason) if reason else _differs(one),
        answer=_answer(seat, answered),
        possible=possible_lines(seat, possible),
        outside=one.override_reason,
        can_say=held and not (check and check.is_noted) and not seat.is_over,
        after_url=url("after", seat, one.id),
        acts=(*_acts(seat, one), *_earlier(seat, one, one.id in wished)),
    )


def _notice(seat: Seat, one: MeetingFacts, reason: Reason) -> str:
    """Who cancelled and how much notice it was, or what called it off; "" for what was missed."""
    if one.state != MeetingState.CANCELLED:
        return ""
    if reason.because:
        return CALLED_OFF[reason.because] % {"journey": seat.kind.words.journey}
    name, ahead = seat.name_of(reason.by_id), one.starts_at - reason.at
    if ahead.total_seconds() <= 0:
        return _("Cancelled by %(name)s after the start time.") % {"name": name}
    facts = {"name": name, "notice": length_of(ahead)}
    return _("Cancelled by %(name)s, with %(notice)s of notice.") % facts


def _differs(one: MeetingFacts) -> str:
    """Where a change of the rules for the clocks has parted the agreed hour and the booked one."""
    if not one.is_planned or one.has_started:
        return ""
    if agreed_moment(one.starts_at, one.agreed.date(), one.agreed.time(), one.zone) == one.starts_at:
        return ""
    booked = one.starts_at.astimezone(zone_named(one.zone)).replace(tzinfo=None)
    facts = {
        "zone": one.zone,
        "agreed": formats.time_format(one.agreed.time(), "H:i"),
        "booked": formats.time_format(booked.time(), "H:i"),
    }
    return (
        _(
            "The rules for the clocks of %(zone)s have changed: you agreed on %(agreed)s there, and %(booked)s is booked. "
            "Please move it if that is not right."
        )
        % facts
    )


def _answer(seat: Seat, answered: Answered | None) -> AnswerSaid | None:
    if answered is None:
        return None
    name = seat.name_of(answered.person_id)
    sentences = {
        Answer.ACCEPTED: _("%(name)s will be there."),
        Answer.DECLINED: _("%(name)s cannot come. It stays booked until one of you moves or cancels it."),
        Answer.ASKS_TO_MOVE: _("%(name)s needs another time. It stays booked until one of you moves it."),
        Answer.UNSURE: _("%(name)s is not sure yet."),
    }
    return AnswerSaid(sentences[Answer(answered.answer)] % {"name": name}, answered.word, name)


def _state(one: MeetingFacts) -> tuple[str, str]:
    """The shape of its state and the word for it."""
    if one.is_planned and one.is_over:
        return "attention", _("not recorded yet")
    if one.late:
        return STATE_SHAPES[one.state], _("held, started late")
    return STATE_SHAPES[one.state], str(one.state.label)


def _acts(seat: Seat, one: MeetingFacts) -> tuple[ActionButton, ...]:
    if not one.is_planned or seat.is_over:
        return ()
    known = (("known", one.sequence),)
    move = ActionButton(_("Move"), url("move", seat, one.id), link=True)
    late = rules.is_too_late(seat, one.starts_at)
    cancel = ActionButton(_("I cannot come") if late else _("Cancel"), url("cancel", seat, one.id), link=True)
    if not one.has_started:
        return (cancel,) if late else (move, cancel)
    held = ActionButton(
        _("It happened"), url("held", seat, one.id), primary=one.is_over, fields=known, icon="check2"
    )
    began_late = ActionButton(_("It started late"), url("held", seat, one.id), fields=(*known, ("late", 1)))
    missed = ActionButton(_("It was missed"), url("missed", seat, one.id), link=True)
    said = (held, began_late, missed)
    return said if one.is_over or late else (*said, cancel)


def _earlier(seat: Seat, one: MeetingFacts, is_wished: bool) -> tuple[ActionButton, ...]:
    """For the participant: to be told of earlier times, or no longer."""
    if (
        not one.is_planned
        or one.has_started
        or not seat.is_participant
        or seat.participant.person.user_id is None
    ):
        return ()
    if not rules.may_book(seat):
        return ()
    if is_wished:
        return (ActionButton(_("No emails about earlier times"), url("let_earlier_be", seat, one.id)),)
    return (ActionButton(_("Email me if an earlier time is free"), url("wish_for_earlier", seat, one.id)),)


def _title(seat: Seat, coming: MeetingFacts | None) -> str:
    if coming is None:
        return str(seat.kind.words.no_meeting_booked)
    return _("%(day)s, %(hours)s") % {
        "day": day(coming.starts_at, with_year=False),
        "hours": hours(coming.starts_at, coming.ends_at),
    }


def _lead(seat: Seat, coming: MeetingFacts | None) -> str:
    if coming is None:
        return _("It starts here: a place without interruptions, at a set time, and enough of it.")
    facts = {"name": seat.other.name, "away": away(coming.starts_at, coming.ends_at)}
    return _("With %(name)s, %(away)s.") % facts if facts["away"] else _("With %(name)s.") % facts


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
    on_time = _("on time") if check.started_on_time else _("started late")
    interrupted = [_("no interruptions"), _("interrupted once"), _("interrupted more than once")][
        check.interruptions or 0
    ]
    enough = _("enough time") if check.had_enough_time else _("too little time")
    return f"{on_time}, {interrupted}, {enough}"


def _protected(kept: int, noted: int) -> str:
    """Protected time kept, in one sentence that needs no noun of any kind of journey."""
    if not noted:
        return ""
    return _("The time was fully protected in %(kept)s of %(noted)s.") % {"kept": kept, "noted": noted}


def _said_of_time(meetings: list[MeetingFacts], checks: dict[UUID, CheckFacts]) -> list[Noted]:
    """How the time of each was kept, where somebody said so and it wasn't missed or cancelled after all."""
    return [
        Noted(
            timezone.localtime(one.starts_at).date(),
            one.place_id,
            bool(check.started_on_time),
            check.interruptions or 0,
            bool(check.had_enough_time),
        )
        for one in meetings
        if one.number and (check := checks.get(one.id)) and check.is_noted
    ]


def _check(seat: Seat, coming: MeetingFacts, check: CheckFacts | None) -> Check | None:
    if not rules.may_book(seat):
        return None
    said = ""
    if check and check.checked_at:
        facts = {"name": seat.name_of(check.checked_by_id), "when": moment(check.checked_at)}
        said = _("Ticked by %(name)s, %(when)s.") % facts
    names = ("private", "quiet", "phones_away", "enough_time", "both_ready")
    ticks = {name: bool(check and getattr(check, name)) for name in names}
    return Check(url("check", seat, coming.id), ticks, said, open_now=coming.is_today)


def _readers(seat: Seat) -> tuple[Reader, ...]:
    sees = _("times, places, ticks and reasons")
    found = visibility.readers(seat, Visibility.OURS)
    return tuple(Reader(each.name, seat.called(each.part), sees) for each in found)

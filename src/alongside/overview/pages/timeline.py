"""What happened so far, told in order; no private words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.safety.pages import moment_in_words as moment
from alongside.goals.states import TargetState
from alongside.journeys.seat import Seat
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.environment.states import MeetingState
from alongside.rooms.first_meeting.states import AgreementState
from alongside.ui.lists import Moment

from ..timeline import TimelineEntry
from .common import day, meeting_name, meeting_url, room

SORTS = {
    "meetings": ("meeting",),
    "agreement": ("agreement", "picture", "ending", "state"),
    "goals": ("reworded", "target", "step", "readings"),
    "safety": ("safety", "looked_after"),
    "people": ("named", "left"),
}


@dataclass(frozen=True)
class Filter:
    label: str
    url: str
    here: bool


@dataclass(frozen=True)
class TimelinePage:
    filters: tuple[Filter, ...]
    moments: tuple[Moment, ...]
    empty: str
    back: str


def timeline_page(seat: Seat, entries: list[TimelineEntry], show: str) -> TimelinePage:
    wanted = SORTS.get(show)
    told = [_moment(seat, one) for one in entries if wanted is None or one.what in wanted]
    url = room(seat, "overview:timeline")
    labels = (
        ("", _("Everything")),
        ("meetings", capfirst(str(seat.kind.words.meetings))),
        ("agreement", _("Agreement and stages")),
        ("goals", capfirst(str(seat.kind.words.targets))),
        ("safety", _("Safety")),
        ("people", _("People")),
    )
    here = show if wanted else ""
    return TimelinePage(
        filters=tuple(
            Filter(label, f"{url}?show={key}" if key else url, key == here) for key, label in labels
        ),
        moments=tuple(told),
        empty=_("Nothing of this kind has happened yet."),
        back=room(seat, "overview:journey"),
    )


def _moment(seat: Seat, one: TimelineEntry) -> Moment:
    return _IN_WORDS[one.what](seat, one)


def _state(seat: Seat, one: TimelineEntry) -> Moment:
    titles = {
        JourneyState.DRAFT: _("Set up"),
        JourneyState.PREPARING: _("You started to get ready"),
        JourneyState.ACTIVE: _("Under way"),
        JourneyState.PAUSED: _("Paused"),
        JourneyState.ENDING: _("The ending began"),
        JourneyState.COMPLETED: _("Completed"),
        JourneyState.ENDED_EARLY: _("Ended early"),
        JourneyState.TRANSFERRED: _("Continues with someone new"),
        JourneyState.WITHDRAWN: _("Cancelled before it started"),
    }
    by = seat.name_of(one.who)
    return Moment(day(one.at), titles[JourneyState(one.word)], words=one.words, by=by)


def _agreement(seat: Seat, one: TimelineEntry) -> Moment:
    facts = {"name": seat.name_of(one.who), "number": one.number}
    titles = {
        AgreementState.PROPOSED: _("Agreement proposed"),
        AgreementState.ACCEPTED_BY_ONE: _("%(name)s accepted the agreement") % facts,
        AgreementState.IN_FORCE: _("The agreement came into force"),
        AgreementState.SUPERSEDED: _("The agreement was opened again"),
        AgreementState.ENDED: _("The agreement ended"),
    }
    url = room(seat, "first_meeting:agreement_version", one.number or 1)
    return Moment(day(one.at), titles[AgreementState(one.word)], _("Version %(number)s") % facts, url)


def _ending(seat: Seat, one: TimelineEntry) -> Moment:
    titles = {
        EndingState.BEGUN: _("You began to look back"),
        EndingState.ACKNOWLEDGED_BY_ONE: _("%(name)s confirmed the ending"),
        EndingState.CLOSED: _("The ending was closed"),
        EndingState.SET_ASIDE: _("You decided to carry on"),
    }
    title = titles[EndingState(one.word)]
    if "%" in title:
        title = title % {"name": seat.name_of(one.who)}
    return Moment(day(one.at), title, url=room(seat, "ending:room"))


def _named(seat: Seat, one: TimelineEntry) -> Moment:
    name = seat.name_of(one.who) or _("Someone")
    return Moment(
        day(one.at), _("%(name)s was named as %(part)s") % {"name": name, "part": seat.called(one.word)}
    )


def _left(seat: Seat, one: TimelineEntry) -> Moment:
    return Moment(day(one.at), _("A named person no longer takes part"), seat.called(one.word))


def _meeting(seat: Seat, one: TimelineEntry) -> Moment:
    state = MeetingState(one.word)
    if one.number is None:
        return Moment(day(one.at), capfirst(str(seat.kind.words.meeting)), str(state.label), state="missed")
    first = one.number == 1
    name = capfirst(str(seat.kind.words.first_meeting)) if first else meeting_name(seat, one.number)
    ahead = state == MeetingState.PLANNED and one.at > now()
    return Moment(
        day(one.at), name, str(state.label), meeting_url(seat, one.number), "ahead" if ahead else "past"
    )


def _picture(seat: Seat, one: TimelineEntry) -> Moment:
    title = (
        _("The starting picture was recorded") if one.word == "start" else _("Today’s picture was recorded")
    )
    return Moment(day(one.at), title, url=room(seat, "first_meeting:picture"))


def _reworded(seat: Seat, one: TimelineEntry) -> Moment:
    return Moment(day(one.at), _("Agreed again"), one.words)


def _target(seat: Seat, one: TimelineEntry) -> Moment:
    return Moment(day(one.at), capfirst(str(TargetState(one.word).label)), one.words)


def _step(seat: Seat, one: TimelineEntry) -> Moment:
    return Moment(day(one.at), _("%(name)s finished a step") % {"name": seat.name_of(one.who)}, one.words)


def _readings(seat: Seat, one: TimelineEntry) -> Moment:
    count = one.number or 0
    return Moment(
        day(one.at), ngettext("%(count)s reading taken", "%(count)s readings taken", count) % {"count": count}
    )


def _safety(seat: Seat, one: TimelineEntry) -> Moment:
    title = _("%(name)s gave an answer about safety") % {"name": seat.name_of(one.who)}
    return Moment(moment(one.at), title, url=room(seat, "goals:on_track") if seat.is_guide else "")


def _looked_after(seat: Seat, one: TimelineEntry) -> Moment:
    name = seat.name_of(one.who) or _("Someone else in the organisation")
    return Moment(moment(one.at), _("What was done about an answer about safety"), words=one.words, by=name)


_IN_WORDS: dict[str, Callable[[Seat, TimelineEntry], Moment]] = {
    "state": _state,
    "agreement": _agreement,
    "ending": _ending,
    "named": _named,
    "left": _left,
    "meeting": _meeting,
    "picture": _picture,
    "reworded": _reworded,
    "target": _target,
    "step": _step,
    "readings": _readings,
    "safety": _safety,
    "looked_after": _looked_after,
}

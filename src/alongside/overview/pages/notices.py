"""What stands out in a journey, in words, each with the page on which something can be done about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.goals.measuring.many import Raised
from alongside.goals.tracking_facts import Level
from alongside.journeys.seat import Seat
from alongside.kernel.clock import now, today

from ..journey_summary import JourneySummary
from ..next_step import NextStep, Reader, find_next_step, reader_of
from ..notices import SAID_BY_THE_NEXT_STEP, Ends, Notice, notices, overdue_since
from .common import day, meeting_url, room


@dataclass(frozen=True)
class NoticeLine:
    """One thing that stands out. `shape` is drawn beside the words: attention, or quiet."""

    key: str
    text: str
    url: str
    shape: str


@dataclass(frozen=True, slots=True)
class Look:
    """A journey as the reader finds it now: what is next, and what stands out."""

    next_step: NextStep
    notices: tuple[Notice, ...]

    @property
    def beside(self) -> tuple[Notice, ...]:
        """What stands out, but for what the next act says already."""
        said_already = SAID_BY_THE_NEXT_STEP.get(self.next_step.next, frozenset())
        return tuple(notice for notice in self.notices if notice not in said_already)


def look(seat: Seat, summary: JourneySummary, raised: Raised | None) -> Look:
    reader, moment = reader_of(seat), now()
    ends = Ends(seat.other.person.id)
    found = notices(summary, reader, ends, raised if seat.is_guide else None, moment, _today(seat))
    return Look(find_next_step(summary, reader, moment), found)


def _today(seat: Seat) -> dt.date:
    return today(seat.actor.time_zone)


def in_words(seat: Seat, summary: JourneySummary, notice: Notice, raised: Raised | None) -> NoticeLine:
    return NoticeLine(notice.value, *_SAY[notice](seat, summary, reader_of(seat), raised))


Said = tuple[str, str, str]


def _safety(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    return _("Safety: answers that need your attention now"), room(seat, "goals:on_track"), "attention"


def _alert(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    level = raised.level if raised else Level.TOO_EARLY
    texts = {Level.RED: _("Review suggested: soon"), Level.NO_DATA: _("No data")}
    return texts.get(level, _("Review suggested")), room(seat, "goals:on_track"), "attention"


def _email(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    text = ngettext(
        "An email that may be an answer", "%(count)s emails that may be answers", summary.emails_to_read
    )
    return text % {"count": summary.emails_to_read}, room(seat, "environment:room"), "attention"


def _unsigned(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    text = _("%(name)s has not agreed yet") % {"name": seat.other.name}
    if summary.open_record and summary.record_sides:
        return text, meeting_url(seat, summary.open_record), "quiet"
    if summary.ending_sides:
        return text, room(seat, "ending:room"), "quiet"
    return text, room(seat, "first_meeting:agreement"), "quiet"


def _unprepared(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    number = summary.next.number if summary.next else 1
    if reader.side == "participant":
        return _("You can still prepare"), meeting_url(seat, number), "quiet"
    return _("%(name)s has not prepared yet") % {"name": seat.other.name}, meeting_url(seat, number), "quiet"


def _overdue(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    since = overdue_since(summary, reader, _today(seat))
    text = _("A step was due on %(day)s") % {"day": day(since)} if since else ""
    return text, room(seat, "overview:journey") + "#steps", "quiet"


def _nothing_booked(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    return capfirst(str(seat.kind.words.no_meeting_booked)), room(seat, "environment:room"), "quiet"


def _ending_near(seat: Seat, summary: JourneySummary, reader: Reader, raised: Raised | None) -> Said:
    url = room(seat, "ending:room")
    if summary.planned_meetings is None or summary.ending_state is not None:
        return _("The end is near"), url, "quiet"
    left = max(0, summary.planned_meetings - summary.held_in_all)
    text = ngettext("%(left)s meeting left of those planned", "%(left)s meetings left of those planned", left)
    return text % {"left": left}, url, "quiet"


_SAY: dict[Notice, Callable[[Seat, JourneySummary, Reader, Raised | None], Said]] = {
    Notice.SAFETY: _safety,
    Notice.ALERT: _alert,
    Notice.EMAIL: _email,
    Notice.UNSIGNED: _unsigned,
    Notice.UNPREPARED: _unprepared,
    Notice.OVERDUE: _overdue,
    Notice.NOTHING_BOOKED: _nothing_booked,
    Notice.ENDING_NEAR: _ending_near,
}

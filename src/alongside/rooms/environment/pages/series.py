"""A series before it is booked: every date, those that don't fit and why, and what could be instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.journeys.kinds.shapes import Words
from alongside.journeys.seat import Seat
from alongside.ui.action_buttons import ActionButton

from ..models import Place
from ..queries.series import Occasion
from ..queries.slots import Obstacle, Why
from .action import add_place_act, no_places
from .said import moment, there, url

Option = tuple[str, str]


@dataclass(frozen=True)
class DateLine:
    """One date: when it would be, and why it can't."""

    label: str
    there: str
    fits: bool
    why: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class SeriesPage:
    words: Words
    title: str
    lead: str
    back: str
    lines: tuple[DateLine, ...]
    summary: str
    no_places: str
    add_place: ActionButton | None

    @property
    def options(self) -> list[tuple[str, Sequence[Option]]]:
        return [(line.label, line.options) for line in self.lines]


def series_page(seat: Seat, places: list[Place], found: Sequence[Occasion], zone: ZoneInfo) -> SeriesPage:
    lines = tuple(_line(seat, one, zone) for one in found)
    fitting = sum(line.fits for line in lines)
    facts = {"fitting": fitting, "count": len(lines)}
    summary = ngettext(
        "%(fitting)s of %(count)s date fits.", "%(fitting)s of %(count)s dates fit.", len(lines)
    )
    return SeriesPage(
        words=seat.kind.words,
        title=_("Several in a row"),
        lead=_("With %(name)s. You see every date before anything is booked.") % {"name": seat.other.name},
        back=url("book", seat),
        lines=lines,
        summary=summary % facts if lines else "",
        no_places=no_places(seat, places),
        add_place=add_place_act(seat),
    )


def _line(seat: Seat, one: Occasion, zone: ZoneInfo) -> DateLine:
    skip = ("", _("skip this one"))
    others = tuple(_option(start) for start in one.others)
    if one.starts_at is None:
        label = formats.date_format(one.wall, _("D j M, H:i"))
        return DateLine(
            label, zone.key, False, _("The clocks go forward, so that time does not exist."), (skip, *others)
        )
    options = (_option(one.starts_at), skip) if one.fits else (skip, *others)
    return DateLine(
        moment(one.starts_at), there(one.starts_at, zone), one.fits, _why(seat.actor.id, one), options
    )


def _option(start: dt.datetime) -> Option:
    return start.isoformat(), moment(start)


def _why(reader: UUID, one: Occasion) -> str:
    """What stands in the way; never whom somebody else meets, or where."""
    if one.is_past:
        return _("That is in the past.")
    mine_first = sorted(one.obstacles, key=lambda obstacle: obstacle.whose != reader)
    return _sentence(reader, mine_first[0]) if mine_first else ""


def _sentence(reader: UUID, obstacle: Obstacle) -> str:
    mine = obstacle.whose == reader
    return {
        Why.MEETING: _("You have a meeting then.")
        if mine
        else _("You, the other person and the place are not all free then."),
        Why.CLOSED: _("The place is closed then."),
        Why.HOURS: _("That is outside your protected time.") if mine else _("You cannot all meet then."),
        Why.BUSY: _("You have something else then.")
        if mine
        else _("You, the other person and the place are not all free then."),
        Why.MOST: _("You already have your maximum that day.") if mine else _("You cannot all meet then."),
        Why.NOTICE: _("That is too soon."),
        Why.AHEAD: _("That is too far ahead."),
    }[obstacle.why]


def booked_sentence(booked: int, asked: int) -> str:
    said = ngettext("%(count)s is booked.", "%(count)s are booked.", booked) % {"count": booked}
    skipped = asked - booked
    if not skipped:
        return said
    return f"{said} " + ngettext("%(count)s date was skipped.", "%(count)s dates were skipped.", skipped) % {
        "count": skipped
    }

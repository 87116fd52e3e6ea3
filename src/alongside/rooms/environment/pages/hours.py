"""The page on which one protects one's time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.kernel import clock
from alongside.people.middleware import zone_of
from alongside.people.models import Person
from alongside.ui.action_buttons import ActionButton

from ..models import BusyCalendar, OtherHours, Protection, TimeAway, UnreadEntry
from ..opening_hours import Around, written
from ..queries import protected
from ..rules.hours import may_add_calendar
from ..time_ranges import Minutes
from .said import day, hour_of, moment


@dataclass(frozen=True)
class Line:
    title: str
    meta: str
    acts: tuple[ActionButton, ...]
    is_wrong: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TimePage:
    lead: str
    usual: ActionButton | None
    days: tuple[Line, ...]
    away: tuple[Line, ...]
    calendars: tuple[Line, ...]
    add_day: ActionButton
    add_away: ActionButton
    add_calendar: ActionButton
    week: str
    kept: str


def time_page(actor: Person) -> TimePage:
    """Everything somebody has said about their own time. Six queries."""
    today = clock.today()
    said = protected.protection_of(actor)
    calendars = protected.calendars_of(actor)
    unread = protected.unread_in(calendars)
    return TimePage(
        lead=_lead(actor, said),
        usual=None if said and said.keeps_windows else _usual(),
        days=day_lines(protected.days_ahead(actor, today), _like_any),
        away=tuple(away_line(one, _there_after_all(one.id)) for one in protected.away_ahead(actor, today)),
        calendars=tuple(_calendar(one, unread.get(one.id, [])) for one in calendars),
        add_day=ActionButton(_("Change one day"), reverse("environment_time:day"), link=True),
        add_away=ActionButton(_("Add days away"), reverse("environment_time:away"), link=True),
        add_calendar=ActionButton(
            _("Add a calendar"),
            reverse("environment_time:add_calendar"),
            may_add_calendar(actor, len(calendars)),
            link=True,
        ),
        week=reverse("environment_week:week"),
        kept=reverse("environment_time:kept") if actor.is_guide else "",
    )


def _lead(actor: Person, said: Protection | None) -> str:
    zone = {"zone": zone_of(actor).key}
    if said and said.keeps_windows:
        return _("You can only be booked in these hours. Times are shown in %(zone)s time.") % zone
    if actor.is_guide:
        return (
            _(
                "You have not set your hours yet, so you can be booked from Monday to Friday, 8:00 "
                "to 20:00. Times are shown in %(zone)s time."
            )
            % zone
        )
    return (
        _(
            "You have not set your hours yet, so any time may be offered to you. Times are shown "
            "in %(zone)s time."
        )
        % zone
    )


def _usual() -> ActionButton:
    return ActionButton(_("Monday to Friday, 9 to 17"), reverse("environment_time:usual"))


def initial_of(said: Protection | None, week: Mapping[int, list[Minutes]]) -> dict[str, Any]:
    """What stands in the form before anything is typed."""
    usual = Around()
    around = {name: getattr(said or usual, name) for name in Around.__slots__}
    return {**around, **{f"day_{weekday}": written(stretches) for weekday, stretches in week.items()}}


def _like_any(entry_id: UUID) -> ActionButton:
    return ActionButton(
        _("As usual"),
        reverse("environment_time:forget_day", args=[entry_id]),
        confirm=_("Your weekly hours apply on that day again."),
    )


def _there_after_all(entry_id: UUID) -> ActionButton:
    return ActionButton(
        _("I am available after all"),
        reverse("environment_time:take_back", args=[entry_id]),
        confirm=_("You can be booked on these days again."),
    )


def day_lines(rows: Iterable[OtherHours], undo: Callable[[UUID], ActionButton]) -> tuple[Line, ...]:
    """Days that are different, a line each, with what makes them like any other again."""
    by_day: dict[dt.date, list[OtherHours]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    return tuple(_day(day, found, undo(found[0].id)) for day, found in by_day.items())


def _day(day: dt.date, rows: list[OtherHours], undo: ActionButton) -> Line:
    hours = [(row.begins, row.ends) for row in rows if row.begins is not None and row.ends is not None]
    return Line(formats.date_format(day, _("l j F Y")), written(hours) or _("not at all"), (undo,))


def away_line(one: TimeAway, back: ActionButton) -> Line:
    return Line(days_between(one.first_day, one.last_day), str(one.word), (back,))


def days_between(first: dt.date, last: dt.date) -> str:
    names = [formats.date_format(day, _("l j F Y")) for day in (first, last)]
    if first == last:
        return names[0]
    return _("%(first)s to %(last)s") % {"first": names[0], "last": names[1]}


def _calendar(one: BusyCalendar, unread: list[UnreadEntry]) -> Line:
    acts = []
    if not one.is_file:
        acts.append(
            ActionButton(_("Read it again now"), reverse("environment_time:read_calendar", args=[one.id]))
        )
    acts.append(
        ActionButton(
            _("Remove"),
            reverse("environment_time:remove_calendar", args=[one.id]),
            confirm=_("Busy times in it will be offered again."),
        )
    )
    return Line(
        str(one.name), _standing(one), tuple(acts), bool(one.trouble), _unread(unread, one.unread_count)
    )


NOTED = 12
"""Entries that are told one by one."""


def _unread(entries: list[UnreadEntry], count: int) -> tuple[str, ...]:
    """Which entries could not be read, what is wrong with each, and what became of their times."""
    if not entries:
        return ()
    said = [
        _("%(entry)s: %(why)s. %(placed)s")
        % {"entry": _entry(one), "why": one.get_why_display(), "placed": one.get_placed_display()}  # type: ignore[attr-defined]
        for one in entries[:NOTED]
    ]
    more = count - len(said)
    if more > 0:
        said.append(
            ngettext("And %(count)s more like this.", "And %(count)s more like these.", more)
            % {"count": more}
        )
    return tuple(said)


def _entry(one: UnreadEntry) -> str:
    title = str(one.title) or _("An entry without a title")
    return (
        title
        if one.at is None
        else _("%(title)s, %(day)s, %(hour)s")
        % {
            "title": title,
            "day": day(one.at),
            "hour": hour_of(one.at),
        }
    )


def _standing(one: BusyCalendar) -> str:
    """When it was read, or what is wrong since when and what holds meanwhile."""
    if one.trouble and one.troubled_since:
        facts = {"trouble": one.get_trouble_display(), "since": moment(one.troubled_since)}  # type: ignore[attr-defined]
        wrong = _("Since %(since)s: %(trouble)s.") % facts
        if one.read_at is None:
            return wrong + " " + _("Nothing has been read from it yet.")
        return wrong + " " + _("The version read on %(read)s is still used.") % {"read": moment(one.read_at)}
    if one.read_at is None:
        return _("We are reading it for the first time.")
    if one.is_file:
        return _("A file, read on %(read)s. It does not update by itself.") % {"read": moment(one.read_at)}
    return _("Last read on %(read)s.") % {"read": moment(one.read_at)}


def still_booked(count: int) -> str:
    """What is said when days are protected on which something is booked already."""
    return ngettext(
        "%(count)s meeting is already booked in that time and stays. Move or cancel it where it was booked.",
        "%(count)s meetings are already booked in that time and stay. Move or cancel them "
        "where they were booked.",
        count,
    ) % {"count": count}

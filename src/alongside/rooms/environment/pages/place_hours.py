"""The page on which one says when a place is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.ui.action_buttons import ActionButton

from ..models import Place
from ..opening_hours import written
from ..queries.place_hours import Week, closures_ahead, days_of_place_ahead, week_of_place
from .hours import Line, away_line, day_lines


@dataclass(frozen=True)
class PlaceHoursPage:
    title: str
    lead: str
    closures: tuple[Line, ...]
    days: tuple[Line, ...]
    add_closure: ActionButton
    add_day: ActionButton
    back: str


def place_url(name: str, place: Place, *parts: Any) -> str:
    return reverse(f"environment_places:{name}", args=[place.id, *parts])


def place_hours_page(place: Place, week: Week, today: dt.date) -> PlaceHoursPage:
    return PlaceHoursPage(
        title=_("When %(place)s is open") % {"place": place.name},
        lead=_("Outside these hours no one is offered it, and no one can book it.")
        if week
        else _("No hours are set, so it can be booked at any time."),
        closures=tuple(away_line(one, _open_again(place, one.id)) for one in closures_ahead(place, today)),
        days=day_lines(days_of_place_ahead(place, today), lambda entry_id: _like_any(place, entry_id)),
        add_closure=ActionButton(_("Close it for some days"), place_url("close", place), link=True),
        add_day=ActionButton(_("Change one day"), place_url("day", place), link=True),
        back=reverse("environment_places:places"),
    )


def _open_again(place: Place, entry_id: Any) -> ActionButton:
    return ActionButton(
        _("Open it after all"),
        place_url("open_again", place, entry_id),
        confirm=_("It can be booked on these days again."),
    )


def _like_any(place: Place, entry_id: Any) -> ActionButton:
    return ActionButton(
        _("As usual"),
        place_url("forget_day", place, entry_id),
        confirm=_("Its weekly hours apply on that day again."),
    )


def initial_of_place(place: Place) -> dict[str, Any]:
    week = {f"day_{weekday}": written(hours) for weekday, hours in week_of_place(place).items()}
    return {"time_zone": place.time_zone, **week}


def open_line(week: Week) -> str:
    """The hours of a week in one line; days with the same hours that follow one another are taken together."""
    groups: list[tuple[list[int], str]] = []
    for weekday in range(7):
        hours = written(week.get(weekday, ()))
        if hours and groups and groups[-1][1] == hours and groups[-1][0][-1] == weekday - 1:
            groups[-1][0].append(weekday)
        elif hours:
            groups.append(([weekday], hours))
    return "; ".join(f"{_days(days)} {hours}" for days, hours in groups)


def _days(days: list[int]) -> str:
    first, last = (str(WEEKDAYS_ABBR[day]) for day in (days[0], days[-1]))
    if len(days) == 1:
        return first
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def closed_line(closure: tuple[dt.date, dt.date] | None) -> str:
    if closure is None:
        return ""
    first, last = (formats.date_format(day, _("j F")) for day in closure)
    if first == last:
        return _("closed on %(day)s") % {"day": first}
    return _("closed from %(first)s to %(last)s") % {"first": first, "last": last}


def still_booked_there(count: int) -> str:
    """What is said when a place is closed in which something is booked already."""
    return ngettext(
        "%(count)s meeting is already booked there and stays. Someone in it has to move it.",
        "%(count)s meetings are already booked there and stay. Someone in each has to move it.",
        count,
    ) % {"count": count}

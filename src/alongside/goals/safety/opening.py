"""When a notice nobody has answered goes further: by the hours a service is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from alongside.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Opening:
    """On which weekdays (0 is Monday), from when until when, by which clock."""

    weekdays: frozenset[int]
    opens: dt.time
    closes: dt.time
    zone: ZoneInfo

    def closing_after(self, moment: dt.datetime) -> dt.datetime | None:
        """When it closes, if it is open at that moment; else None."""
        here = moment.astimezone(self.zone)
        if here.weekday() not in self.weekdays or not self.opens <= here.time() < self.closes:
            return None
        return dt.datetime.combine(here.date(), self.closes, self.zone).astimezone(dt.UTC)

    def opens_after(self, moment: dt.datetime) -> dt.datetime | None:
        """When it opens next; None for a service that never does."""
        today = moment.astimezone(self.zone).date()
        days = (today + dt.timedelta(days=ahead) for ahead in range(8))
        openings = (
            dt.datetime.combine(day, self.opens, self.zone).astimezone(dt.UTC)
            for day in days
            if day.weekday() in self.weekdays
        )
        return next((opens for opens in openings if opens > moment), None)


def opening_of(organisation: Organisation, time_zone: str) -> Opening:
    days = frozenset(int(day) for day in organisation.open_weekdays)
    return Opening(days, organisation.opens_at, organisation.closes_at, ZoneInfo(time_zone))


def passes_on_at(opening: Opening, minutes: int, moment: dt.datetime) -> dt.datetime:
    """After so many minutes, at closing time at the latest; while it is closed at once."""
    closing = opening.closing_after(moment)
    return moment if closing is None else min(moment + dt.timedelta(minutes=minutes), closing)

"""The times at which a meeting may begin: whole steps of the clock on the wall, whatever the clocks do that night."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

DAY = 86_400
NEVER = 1 << 62


class Grid:
    """The steps of one zone's wall clock between two moments.

    A quarter past on the wall is a quarter past on the wall in Kathmandu (UTC+5:45), and on both sides of a night on
    which Lord Howe's clocks move by half an hour. Times that don't come that night aren't in the grid; those that come
    twice are in it twice.
    """

    def __init__(self, zone: ZoneInfo, step: int, since: int, until: int) -> None:
        """`step` is in minutes and divides a day: 5, 10, 15, 20, 30, 60 and so on."""
        if step < 1 or DAY % (step * 60):
            raise ValueError("a step is a whole number of minutes that divides a day")
        self.zone, self._step, self._until = zone, step * 60, until + 2 * DAY
        self._look_ahead(since)

    def at_or_after(self, moment: int) -> int:
        """The first step not before this moment. Asked with moments that never go back."""
        while True:
            if moment >= self._changes_at:
                self._look_ahead(moment)
            step = -(-(moment + self._offset) // self._step) * self._step - self._offset
            if step < self._changes_at:
                return step
            moment = self._changes_at

    def date_of(self, moment: int) -> dt.date:
        return dt.datetime.fromtimestamp(moment, self.zone).date()

    def next_day(self, moment: int) -> int:
        """The first moment of the day after, on this wall."""
        return day_begins(self.date_of(moment) + dt.timedelta(days=1), self.zone)

    def _look_ahead(self, moment: int) -> None:
        """Find the offset that holds at this moment, and when it changes next."""
        self._offset = self._offset_at(moment)
        known = moment
        while known < self._until:
            probe = known + DAY
            if self._offset_at(probe) != self._offset:
                self._changes_at = self._change_between(known, probe)
                return
            known = probe
        self._changes_at = NEVER

    def _change_between(self, before: int, after: int) -> int:
        while after - before > 1:
            middle = (before + after) // 2
            if self._offset_at(middle) == self._offset:
                before = middle
            else:
                after = middle
        return after

    def _offset_at(self, moment: int) -> int:
        offset = dt.datetime.fromtimestamp(moment, self.zone).utcoffset() or dt.timedelta()
        return int(offset.total_seconds())


def day_begins(day: dt.date, zone: ZoneInfo) -> int:
    """The first moment of a day on the wall, also where clocks skip midnight or show it twice."""
    moment = int(dt.datetime.combine(day, dt.time(), tzinfo=zone).timestamp())
    while dt.datetime.fromtimestamp(moment - 1, zone).date() == day:
        moment -= 60  # midnight was skipped from before midnight: its name leads past the day's first minutes
    return moment

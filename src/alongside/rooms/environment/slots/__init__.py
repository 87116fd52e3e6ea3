"""Finding times: pure functions over sorted intervals, with no database and no Django in sight.

Moments are whole seconds since 1970 in UTC, lengths are minutes. A span is `(start, end)`, its end not included.
"""

from .grid import Grid
from .slot_search import Calendar, Found, TimeRange, find, merged

__all__ = ["Calendar", "Found", "Grid", "TimeRange", "find", "merged"]

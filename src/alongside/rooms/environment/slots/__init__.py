"""Finding times: pure functions over sorted intervals, with no database and no Django in sight.

Moments are whole seconds since 1970 in UTC, lengths are minutes. A span is `(start, end)`, its end not included.
"""

from .finding import Calendar, Found, Span, find, merged
from .grid import Grid

__all__ = ["Calendar", "Found", "Grid", "Span", "find", "merged"]

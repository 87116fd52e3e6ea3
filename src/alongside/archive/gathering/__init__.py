"""Everything about one person, as plain facts: what the pages, tables and the file for programs are all made of.

Nothing is decided here about who reads what: words come through `journeys/visibility.py`, and everything else through the
questions the pages themselves ask.
"""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
"""Names, numbers, moments and texts, ready for JSON."""

"""What most doors to a journey open: words of the journey itself."""

from __future__ import annotations

from alongside.people.openings import Words

JOURNEY = Words("journeys.journey")

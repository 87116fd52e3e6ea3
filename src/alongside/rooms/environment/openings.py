"""What the doors of this room open."""

from __future__ import annotations

from alongside.people.openings import Journeys, Nothing, Words

MEETINGS = Words("meeting_reasons")
"""Why meetings were moved or called off, and why a rule about them was passed over."""
OWN_EMAILS = Nothing("How one is written to oneself.")
OWN_WEEK = Nothing("One's own week: times, places and names.")
OWN_TIME = Nothing("One's own hours and calendars, which belong to no journey.")
PLACES = Nothing("Places are the organisation's, and hold no words of a journey.")
COUNTS = Nothing("How many meetings were on time and undisturbed: numbers of booked times.")
OWN_ANSWER = Journeys("environment.reply")
"""Who holds the link of an invitation reads the answer given there, their own, and no word of anybody else."""
BY_LINK = Nothing("Who holds a link reads when and where, and nobody's words.")

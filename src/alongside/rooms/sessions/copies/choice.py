"""What of a meeting goes into a copy of it."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alongside.journeys.seat import Member, Seat

PRESENT, MATTERS, REVIEW, DIRECTION, READINGS = "present", "matters", "review", "direction", "readings"
SAFETY = "safety"
ISSUES, FOCUSING, PLAN, SUMMARY, ADDITIONS = "issues", "focusing", "plan", "summary", "additions"
PRIVATE = "private"

SHARED = {
    PRESENT: _("When, how long, and who was there"),
    MATTERS: _("What mattered beforehand"),
    REVIEW: _("What has been done"),
    DIRECTION: _("Where you are heading"),
    READINGS: _("What was measured"),
    SAFETY: _("Answers about safety, and what was done"),
    ISSUES: _("Issues and further needs"),
    FOCUSING: _("What was shared of a focusing"),
    PLAN: _("The plan"),
    SUMMARY: _("The summary"),
    ADDITIONS: _("What was added afterwards"),
}
OWN = {PRIVATE: _("My own private notes")}
"""Never without being ticked, and never anybody else's."""


@dataclass(frozen=True, slots=True)
class Choice:
    parts: frozenset[str] = frozenset(SHARED)
    names: bool = True

    def has(self, *parts: str) -> bool:
        return bool(self.parts & set(parts))


EVERYTHING_SHARED = Choice()


def nameless(seat: Seat) -> Seat:
    """The same seat, at which everybody is called by their part."""
    return replace(seat, members=tuple(_called_by_part(seat, member) for member in seat.members))


def _called_by_part(seat: Seat, member: Member) -> Member:
    person = copy(member.person)
    person.name = capfirst(seat.called(member.part))
    return replace(member, person=person)

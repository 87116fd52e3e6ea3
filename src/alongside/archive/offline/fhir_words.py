"""How our states are called in FHIR R4, and the small pieces its resources are made of."""

from __future__ import annotations

import datetime as dt
from typing import Any

Resource = dict[str, Any]
LOINC = "http://loinc.org"
TERMS = "http://terminology.hl7.org/CodeSystem"

EPISODE = {
    "draft": "planned",
    "preparing": "planned",
    "active": "active",
    "paused": "onhold",
    "ending": "active",
    "completed": "finished",
    "ended_early": "finished",
    "transferred": "finished",
    "withdrawn": "cancelled",
}
CARE_PLAN = {
    "draft": "draft",
    "preparing": "draft",
    "active": "active",
    "paused": "on-hold",
    "ending": "active",
    "completed": "completed",
    "ended_early": "completed",
    "transferred": "completed",
    "withdrawn": "revoked",
}
CONDITION = {
    "proposed": ("active", "provisional"),
    "agreed": ("active", "confirmed"),
    "met": ("resolved", "confirmed"),
    "let_go": ("inactive", "provisional"),
}
"""Clinical status and how certain it is: a need both agreed on, or one that was only proposed."""
GOAL = {
    "proposed": "proposed",
    "agreed": "active",
    "on_hold": "on-hold",
    "reached": "completed",
    "let_go": "cancelled",
}
GOAL_ACHIEVED = {
    "agreed": "in-progress",
    "on_hold": "in-progress",
    "reached": "achieved",
    "let_go": "not-achieved",
}
TASK = {
    "open": "accepted",
    "done": "completed",
    "partly": "in-progress",
    "not_yet": "accepted",
    "dropped": "cancelled",
}
APPOINTMENT = {"planned": "booked", "held": "fulfilled", "missed": "noshow", "cancelled": "cancelled"}


def to(kind: str, key: Any) -> Resource:
    """A reference to something in these files."""
    return {"reference": f"{kind}/{key}"}


def coded(system: str, code: str) -> Resource:
    return {"coding": [{"system": system, "code": code}]}


def instant(moment: dt.datetime) -> str:
    """In UTC and to the second, as every reader takes it."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""How a journey ended, and what came after."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from alongside.journeys.seat import Seat
from alongside.rooms.ending.contributions.queries import entries_of
from alongside.rooms.ending.follow_up.queries import Answered, answers_of, days_of, readers_of, state_of
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.ending.keepsake_reminders.queries import plan_of as reminders_of
from alongside.rooms.ending.record.queries import any_ending_of, sayings_of
from alongside.rooms.ending.return_requests.models import WayBack
from alongside.rooms.ending.wishes.models import Wish

from . import Facts

Names = Mapping[UUID, str]


def afterwards_of(seat: Seat, names: Names) -> Facts:
    return {
        "ending": _ending(seat, names),
        "wishes_for_the_end": _wishes(seat, names),
        "handovers": _handovers(seat, names),
        "follow_up": _follow_up(seat, names),
        "keepsake_reminders": _reminders(seat),
        "requests_to_come_back": _requests(seat, names),
    }


def _ending(seat: Seat, names: Names) -> Facts | None:
    ending = any_ending_of(seat)
    if ending is None:
        return None
    return {
        "id": ending.id,
        "begun_at": ending.created_at,
        "begun_by": names.get(ending.begun_by_id, ""),
        "state": ending.state,  # type: ignore[attr-defined]
        "said": [
            {
                "what": row.said,
                "side": row.side,
                "about": row.about,
                "on": row.on,
                "words": str(row.word),
                "how": row.how,
                "by": names.get(row.by_id, ""),
                "at": row.created_at,
            }
            for row in sayings_of(ending).rows
        ],
        "entries": [
            {
                "id": row.id,
                "sort": row.sort,
                "what": str(row.what),
                "then": str(row.then),
                "category": row.category,
                "first_contact": row.first_contact,
                "link": str(row.link),
                "by": names.get(row.by_id, ""),
                "at": row.created_at,
            }
            for row in entries_of(ending)
            if row.removed_at is None
        ],
    }


def _wishes(seat: Seat, names: Names) -> list[Facts]:
    rows = Wish.objects.filter(journey=seat.journey).order_by("created_at", "id")
    return [
        {
            "at": row.created_at,
            "wanted": row.wanted,
            "words": str(row.word),
            "on": row.on,
            "planned_meetings": row.planned_meetings,
            "outcome": row.outcome,
            "by": names.get(row.by_id, ""),
        }
        for row in rows
    ]


def _handovers(seat: Seat, names: Names) -> list[Facts]:
    rows = Handover.objects.filter(journey=seat.journey).select_related("to").order_by("created_at", "id")
    return [
        {
            "at": row.created_at,
            "to": str(row.to.name),
            "reason": str(row.reason),
            "words": str(row.word),
            "outcome": row.outcome,
            "settled_at": row.settled_at,
            "by": names.get(row.by_id, ""),
        }
        for row in rows
    ]


def _follow_up(seat: Seat, names: Names) -> Facts:
    """The days on which somebody is asked, and the answers this person may read."""
    return {
        "read_by": readers_of(seat),
        "days": [{"on": day.on, "state": state_of(day)} for day in days_of(seat)],
        "answers": [_answer(one, names) for one in answers_of(seat)],
    }


def _answer(one: Answered, names: Names) -> Facts:
    return {
        "at": one.row.created_at,
        "about": one.day.on,
        "helping": one.row.helping,
        "words": str(one.row.words),
        "doing": str(one.row.doing),
        "read_by": one.row.readers,
        "way": one.row.way,
        "by": names.get(one.row.by_id, ""),
        "needs": [
            {"need": need, "rating": rating, "words": words} for need, (rating, words) in one.needs.items()
        ],
        "goals": [{"goal": goal, "value": value} for goal, value in one.targets.items()],
        "questionnaires": [{"instrument": key, "total": total} for key, total in one.forms.items()],
    }


def _reminders(seat: Seat) -> Facts | None:
    plan = reminders_of(seat)
    return {"days": plan.dates, "weekly": plan.weekly} if plan else None


def _requests(seat: Seat, names: Names) -> list[Facts]:
    """What this person asked for themself, or was asked."""
    mine = Q(by=seat.actor) | Q(offered_to=seat.actor)
    rows = WayBack.objects.filter(mine, journey=seat.journey).order_by("created_at", "id")
    return [
        {
            "at": row.created_at,
            "words": str(row.words),
            "outcome": row.outcome,
            "settled_at": row.settled_at,
            "by": names.get(row.by_id, ""),
        }
        for row in rows
    ]

"""The tables of an archive, for a spreadsheet: one row for each thing, over all journeys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.ui.spreadsheets import table

from ..gathering import Facts
from .wording import state_of

Rows = Iterator[tuple[Any, ...]]


def tables_of(journeys: list[Facts]) -> dict[str, str]:
    """Each file by its name. A table without a row has its head, so that nobody looks for it in vain."""
    whole = [one for one in journeys if one["in_full"]]
    made = {
        "meetings": _meetings(whole),
        "goals": _goals(whole),
        "readings": _readings(whole),
        "steps": _steps(whole),
        "questionnaires": _questionnaires(whole),
    }
    return {
        f"tables/{name}.csv": table([[_plain(value) for value in row] for row in rows])
        for name, rows in made.items()
    }


def _plain(value: Any) -> Any:
    """Days and moments as a spreadsheet reads them, by the person's own clocks; nothing for nothing."""
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else value


def _meetings(journeys: list[Facts]) -> Rows:
    yield (
        _("Journey"), _("Number"), _("Begins"), _("Ends"), _("Minutes"), _("Place"), _("State"), _("Why not"),
    )  # fmt: skip
    for journey in journeys:
        for one in journey["meetings"]:
            when = (one["starts_at"], one["ends_at"], one["minutes"], one["place"])
            state = state_of("meeting", one["state"])
            yield journey["number"], one["number"], *when, state, one["why_not"]


def _goals(journeys: list[Facts]) -> Rows:
    yield (
        _("Journey"), _("Need"), _("Goal"), _("Measured by"), _("At the start"), _("Hoped for"), _("Due"), _("State"),
    )  # fmt: skip
    for journey in journeys:
        needs = {need["id"]: need["statement"] for need in journey["needs"]}
        for goal in journey["goals"]:
            now = goal["wordings"][-1]
            numbers = (now["measure_name"], now["baseline"], now["aim"], now["due"])
            yield (
                journey["number"],
                needs[goal["need"]],
                now["text"],
                *numbers,
                state_of("goal", goal["state"]),
            )


def _readings(journeys: list[Facts]) -> Rows:
    yield _("Journey"), _("Goal"), _("Measured by"), _("Day"), _("Value"), _("Source"), _("Meeting")
    for journey in journeys:
        for goal in journey["goals"]:
            worded = {one["id"]: one for one in goal["wordings"]}
            for reading in goal["readings"]:
                of = worded[reading["wording"]]
                where = (state_of("source", reading["source"]), reading["meeting"])
                yield (
                    journey["number"],
                    of["text"],
                    of["measure_name"],
                    reading["on"],
                    reading["value"],
                    *where,
                )


def _steps(journeys: list[Facts]) -> Rows:
    yield _("Journey"), _("Step"), _("Who"), _("Due"), _("Agreed in meeting"), _("State")
    for journey in journeys:
        for step in journey["steps"]:
            facts = (step["text"], step["owner"], step["due"], step["planned_in"])
            yield journey["number"], *facts, state_of("step", step["state"])


def _questionnaires(journeys: list[Facts]) -> Rows:
    yield _("Journey"), _("Questionnaire"), _("By"), _("Submitted"), _("Total"), _("Question"), _("Answer")
    for journey in journeys:
        for form in journey["questionnaires"]:
            head = (journey["number"], form["name"], form["by"], form["handed_in_at"], form["total"])
            for one in form["asked"] or [{"question": "", "answer": ""}]:
                yield *head, one["question"], one["answer"]

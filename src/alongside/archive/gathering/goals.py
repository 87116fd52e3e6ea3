"""Needs, goals, steps and what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from alongside.goals.measuring.models import FilledForm
from alongside.goals.measuring.queries import answers_of, numbers_of
from alongside.goals.measuring.scoring import answers_in_words, questions_of
from alongside.goals.models import (
    NeedStateRecord,
    StepStateRecord,
    StepTick,
    TargetStateRecord,
    TargetWording,
)
from alongside.goals.queries import Goals, goals_of, needs_of
from alongside.goals.safety.queries import answered_notices, asked_of, open_notices
from alongside.journeys.seat import Seat
from alongside.measures.catalogue import measure
from alongside.rooms.first_meeting.queries import pictures_of, reason_without_picture
from alongside.rooms.sessions.focusing.models import FocusingAct

from . import Facts

Names = Mapping[UUID, str]


def goals_in(seat: Seat, names: Names) -> Facts:
    """The whole chain, with how it came about; what was entered in error is left out, as everywhere."""
    goals = goals_of(seat)
    return {
        "needs": _needs(seat, goals, names),
        "pictures": _pictures(seat, names),
        "goals": _targets(seat, goals, names),
        "steps": _steps(seat, goals, names),
        "questionnaires": _forms(seat, names),
        "safety": _safety(seat, names),
        "decisions": _decisions(seat, names),
    }


def states_of(rows: Any, noun: str, names: Names) -> dict[UUID, list[Facts]]:
    """The states something has been in, by its id, oldest first."""
    found: dict[UUID, list[Facts]] = {}
    for row in rows.order_by("created_at", "id"):
        said = {"state": row.state, "at": row.created_at, "by": names.get(row.by_id, "")}
        found.setdefault(getattr(row, noun), []).append({**said, "words": str(row.word)})
    return found


def _needs(seat: Seat, goals: Goals, names: Names) -> list[Facts]:
    states = states_of(NeedStateRecord.objects.filter(need__in=needs_of(seat).values("id")), "need_id", names)
    return [
        {
            "id": need.id,
            "statement": need.statement,
            "state": need.state,
            "proposed_by": names.get(need.proposed_by_id, ""),
            "states": states.get(need.id, []),
        }
        for need in goals.needs
    ]


def _pictures(seat: Seat, names: Names) -> list[Facts]:
    """How things were with each need, each time the two looked."""
    found: list[Facts] = [
        {
            "moment": picture.moment,
            "at": picture.taken_at,
            "by": names.get(picture.taken_by_id, ""),
            "without": "",
            "entries": [
                {"need": need, "rating": entry.rating, "words": entry.words}
                for need, entry in picture.entries.items()
            ],
        }
        for picture in pictures_of(seat)
    ]
    without = reason_without_picture(seat)
    if without:
        said = {"moment": "start", "at": without.created_at, "by": names.get(without.by_id, "")}
        found.append({**said, "without": str(without.reason), "entries": []})
    return found


def _targets(seat: Seat, goals: Goals, names: Names) -> list[Facts]:
    states = states_of(TargetStateRecord.objects.filter(target__journey=seat.journey), "target_id", names)
    wordings: dict[UUID, list[Facts]] = {}
    for row in TargetWording.objects.filter(target__journey=seat.journey).order_by("number"):
        wordings.setdefault(row.target_id, []).append(_wording(row, names))
    return [
        {
            "id": target.id,
            "need": target.need_id,
            "state": target.state,
            "proposed_by": names.get(target.proposed_by_id, ""),
            "wordings": wordings.get(target.id, []),
            "readings": [
                {
                    "value": reading.value,
                    "on": reading.taken_on,
                    "source": reading.source,
                    "meeting": reading.meeting_number,
                    "wording": reading.wording_id,
                }
                for reading in target.readings
            ],
            "states": states.get(target.id, []),
        }
        for target in goals.targets
    ]


def _wording(row: TargetWording, names: Names) -> Facts:
    return {
        "id": row.id,
        "number": row.number,
        "text": str(row.difference),
        "why": str(row.why),
        "how_we_will_know": str(row.how_we_will_know),
        "measure": row.measure,
        "measure_name": measure_name(row.measure),
        "measure_version": row.measure_version,
        "levels": list(row.levels),
        "baseline": row.baseline,
        "aim": row.aim,
        "importance": row.importance,
        "difficulty": row.difficulty,
        "due": row.due,
        "at": row.created_at,
        "by": names.get(row.by_id, ""),
    }


def measure_name(key: str) -> str:
    """What a measure is called; its key where nothing is known of it any more."""
    try:
        return str(measure(key).name)
    except KeyError:
        return key


def _steps(seat: Seat, goals: Goals, names: Names) -> list[Facts]:
    kept = {"step__journey": seat.journey, "step__entered_in_error_at": None}
    states = states_of(StepStateRecord.objects.filter(**kept), "step_id", names)
    acts = {row.step_id: row for row in FocusingAct.objects.filter(**kept)}
    ticks: dict[UUID, list[Facts]] = {}
    for tick in StepTick.objects.filter(**kept).order_by("day"):
        ticks.setdefault(tick.step_id, []).append({"on": tick.day, "words": str(tick.word)})
    steps = [*goals.loose_steps, *(step for target in goals.targets for step in target.steps)]
    return [
        {
            "id": step.id,
            "goal": step.target_id,
            "text": step.text,
            "owner": names.get(step.owner_id, ""),
            "due": step.due,
            "planned_in": step.planned_in,
            "times_a_week": step.times_a_week,
            "state": step.state,
            "states": states.get(step.id, []),
            "done_on": ticks.get(step.id, []),
            "beside": _beside(acts.get(step.id)),
        }
        for step in steps
    ]


def _beside(act: FocusingAct | None) -> Facts:
    """Whose help, what may get in the way, how one sees that it worked."""
    pairs = ("support", "obstacle", "success_sign")
    return {name: str(getattr(act, name)) if act else "" for name in pairs}


def _forms(seat: Seat, names: Names) -> list[Facts]:
    """What was handed in, and what this person alone has begun. One query."""
    rows = FilledForm.objects.filter(journey=seat.journey).order_by("created_at", "id")
    return [
        {
            "id": row.id,
            "instrument": row.instrument,
            "name": measure_name(row.instrument),
            "version": row.measure_version,
            "by": names.get(row.by_id, ""),
            "begun_at": row.created_at,
            "handed_in_at": row.submitted_at,
            "answers": dict(numbers_of(str(row.answers))),
            "asked": _in_words(row),
            "total": row.total,
        }
        for row in rows
        if row.submitted_at or row.by_id == seat.actor.id
    ]


def _in_words(row: FilledForm) -> list[Facts]:
    """The questions that were answered, and the answers, in the words of the form."""
    said = answers_in_words(row.instrument, numbers_of(str(row.answers)))
    return [
        {"key": name, "question": question, "answer": said[name]}
        for name, question in questions_of(row.instrument)
        if said.get(name)
    ]


def _safety(seat: Seat, names: Names) -> list[Facts]:
    """Answers about safety, and what was done; one nobody has answered yet is its guide's to answer first."""
    notices = [*answered_notices(seat), *(open_notices(seat) if seat.is_guide else [])]
    return [
        {
            "at": one.created_at,
            "instrument": one.instrument,
            "by": names.get(one.by_id, ""),
            "asked": [{"question": question, "answer": answer} for question, answer in asked_of(one)],
            "what_was_done": str(one.what_was_done),
            "seen_at": one.seen_at,
            "seen_by": names.get(one.seen_by_id, "") if one.seen_by_id else "",
        }
        for one in sorted(notices, key=lambda one: one.created_at)
    ]


def _decisions(seat: Seat, names: Names) -> list[Facts]:
    """What was decided where a rule said that something should be looked at: shown to guides alone."""
    if not seat.is_guide:
        return []
    return [
        {
            "at": row.created_at,
            "rule": row.rule,
            "decision": row.decision,
            "words": str(row.word),
            "review_on": row.review_on,
            "by": names.get(row.by_id, ""),
        }
        for row in answers_of(seat)
    ]

"""A treatment as FHIR R4: one file for each type of resource, one resource on each line.

Made of the same facts as everything else in an archive, and of what both may read alone: nobody's private words are in it.
Supervision and mentoring are no clinical records, and have none. Every reference leads to something in these files.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.timezone import localtime

from alongside.journeys.seat import Seat
from alongside.measures.questionnaires import LOINC_NOTICE
from alongside.rooms.sessions.copies.pages.chapters import chapter_of
from alongside.rooms.sessions.copies.pages.text import as_text
from alongside.rooms.sessions.copies.queries import Told, is_closed

from ..gathering import Facts
from .fhir_measures import measured, number, responses
from .fhir_words import (
    APPOINTMENT,
    CARE_PLAN,
    CONDITION,
    EPISODE,
    GOAL,
    GOAL_ACHIEVED,
    LOINC,
    TASK,
    TERMS,
    Resource,
    coded,
    instant,
    to,
)

PRACTITIONERS = ("guide", "covering", "co_guide", "assessor", "interpreter")


def fhir_files(seat: Seat, journey: Facts, told: Told, account: Facts) -> dict[str, bytes]:
    """The files of one treatment, by their names in its folder; none for another kind."""
    if journey["kind"] != "treatment":
        return {}
    found: dict[str, list[Resource]] = {}
    for resource in _resources(seat, journey, told, account):
        found.setdefault(resource["resourceType"], []).append(resource)
    files = {f"fhir/{name}.ndjson": "".join(map(_line, rows)).encode() for name, rows in found.items()}
    return files | {"fhir/LOINC.txt": f"{LOINC_NOTICE}\n".encode()}


def _line(resource: Resource) -> str:
    known = {name: value for name, value in resource.items() if value not in (None, "", [], {})}
    return json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False) + "\n"


def _resources(seat: Seat, journey: Facts, told: Told, account: Facts) -> Iterator[Resource]:
    patient = to("Patient", seat.participant.person.id)
    yield from _people(journey, account, patient)
    yield from _care(seat, journey, patient)
    for need in journey["needs"]:
        yield _condition(need, patient)
    for goal in journey["goals"]:
        yield _goal(goal, patient)
        yield from measured(goal, patient)
    for step in journey["steps"]:
        yield _task(step, journey, patient)
    for meeting in journey["meetings"]:
        yield from _meeting(seat, journey, meeting, patient)
    for form in journey["questionnaires"]:
        yield from responses(form, seat, patient)
    yield from _documents(seat, told, patient)


def _people(journey: Facts, account: Facts, patient: Resource) -> Iterator[Resource]:
    here = account["organisation"]
    organisation = to("Organization", here["id"])
    yield {"resourceType": "Organization", "id": str(here["id"]), "active": True, "name": here["name"]}
    seen = set()
    for one in journey["people"]:
        kind = _kind_of(one["part"])
        if (kind, one["id"]) in seen:
            continue
        seen.add((kind, one["id"]))
        resource = {
            "resourceType": kind,
            "id": str(one["id"]),
            "active": True,
            "name": [{"text": one["name"]}],
        }
        if kind == "Patient":
            resource["managingOrganization"] = organisation
            if one["id"] == account["id"] and account["email"]:
                resource["telecom"] = [{"system": "email", "value": account["email"]}]
        if kind == "RelatedPerson":
            resource |= {"patient": patient, "relationship": [{"text": one["part"]}]}
        yield resource
    yield {
        "resourceType": "CareTeam",
        "id": str(journey["id"]),
        "status": "active",
        "subject": patient,
        "participant": [
            {"role": [{"text": one["part"]}], "member": to(_kind_of(one["part"]), one["id"])}
            for one in journey["people"]
            if _kind_of(one["part"]) != "Patient"
        ],
    }


def _kind_of(part: str) -> str:
    if part in PRACTITIONERS:
        return "Practitioner"
    return "Patient" if part == "participant" else "RelatedPerson"


def _care(seat: Seat, journey: Facts, patient: Resource) -> Iterator[Resource]:
    """The whole of it: the episode, what was agreed, and the plan that holds needs, goals and steps together."""
    key, team = str(journey["id"]), to("CareTeam", journey["id"])
    history = list(_history(journey["states"]))
    yield {
        "resourceType": "EpisodeOfCare",
        "id": key,
        "status": EPISODE[journey["state"]],
        "statusHistory": history,
        "patient": patient,
        "careManager": to("Practitioner", seat.guide.person.id),
        "managingOrganization": to("Organization", seat.journey.organisation_id),
        "period": {"start": instant(journey["begun_at"])},
        "team": [team],
    }
    for version in journey["agreements"]:
        if version["accepted"] and version["state"] in ("in_force", "superseded", "ended"):
            yield _consent(version, patient)
    yield {
        "resourceType": "CarePlan",
        "id": key,
        "status": CARE_PLAN[journey["state"]],
        "intent": "plan",
        "subject": patient,
        "period": {"start": instant(journey["begun_at"])},
        "careTeam": [team],
        "addresses": [to("Condition", need["id"]) for need in journey["needs"]],
        "supportingInfo": [to("EpisodeOfCare", key)],
        "goal": [to("Goal", goal["id"]) for goal in journey["goals"]],
        "activity": [{"reference": to("Task", step["id"])} for step in journey["steps"]],
    }


def _history(states: list[Facts]) -> Iterator[Resource]:
    for state, after in zip(states, [*states[1:], None], strict=True):
        period = {"start": instant(state["at"])} | ({"end": instant(after["at"])} if after else {})
        yield {"status": EPISODE[state["state"]], "period": period}


def _consent(version: Facts, patient: Resource) -> Resource:
    return {
        "resourceType": "Consent",
        "id": str(version["id"]),
        "status": "active" if version["state"] == "in_force" else "inactive",
        "scope": coded(f"{TERMS}/consentscope", "treatment"),
        "category": [coded(LOINC, "59284-0")],
        "patient": patient,
        "dateTime": instant(version["accepted"][-1]["at"]),
        "policyRule": {"text": f"Treatment agreement, version {version['number']}"},
    }


def _condition(need: Facts, patient: Resource) -> Resource:
    clinical, certain = CONDITION[need["state"]]
    return {
        "resourceType": "Condition",
        "id": str(need["id"]),
        "clinicalStatus": coded(f"{TERMS}/condition-clinical", clinical),
        "verificationStatus": coded(f"{TERMS}/condition-ver-status", certain),
        "category": [coded(f"{TERMS}/condition-category", "problem-list-item")],
        "code": {"text": need["statement"]},
        "subject": patient,
        "recordedDate": instant(need["states"][0]["at"]) if need["states"] else None,
    }


def _goal(goal: Facts, patient: Resource) -> Resource:
    now, first = goal["wordings"][-1], goal["wordings"][0]
    achieved = GOAL_ACHIEVED.get(goal["state"])
    return {
        "resourceType": "Goal",
        "id": str(goal["id"]),
        "lifecycleStatus": GOAL[goal["state"]],
        "achievementStatus": coded(f"{TERMS}/goal-achievement", achieved) if achieved else None,
        "description": {"text": now["text"]},
        "subject": patient,
        "startDate": localtime(first["at"]).date(),
        "statusDate": localtime(goal["states"][-1]["at"]).date() if goal["states"] else None,
        "expressedBy": patient,
        "addresses": [to("Condition", goal["need"])],
        "target": [_target(now)],
    }


def _target(wording: Facts) -> Resource:
    scale = wording["measure"] == "gas"
    measure: Resource = coded(LOINC, "107332-9") if scale else {"text": wording["measure_name"]}
    found: Resource = {"measure": measure}
    if scale:
        levels = enumerate(wording["levels"], start=-2)
        found["detailString"] = "\n".join(f"{level:+d}: {text}" for level, text in levels)
    elif wording["aim"] is not None:
        found["detailQuantity"] = {"value": number(wording["aim"])}
    return found | ({"dueDate": wording["due"]} if wording["due"] else {})


def _task(step: Facts, journey: Facts, patient: Resource) -> Resource:
    moments = [state["at"] for state in step["states"]]
    named = [one for one in journey["people"] if one["name"] == step["owner"]]
    owners = {(_kind_of(one["part"]), one["id"]) for one in named}
    goal = {
        "url": "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal",
        "valueReference": to("Goal", step["goal"]),
    }
    return {
        "resourceType": "Task",
        "id": str(step["id"]),
        "extension": [goal] if step["goal"] else [],
        "basedOn": [to("CarePlan", journey["id"])],
        "status": TASK[step["state"]],
        "intent": "plan",
        "description": step["text"],
        "for": patient,
        "authoredOn": instant(min(moments)) if moments else None,
        "lastModified": instant(max(moments)) if moments else None,
        # of two people of one name nobody knows here which of them it is
        "owner": to(*owners.pop()) if len(owners) == 1 else None,
    }


def _meeting(seat: Seat, journey: Facts, meeting: Facts, patient: Resource) -> Iterator[Resource]:
    guide, key = to("Practitioner", seat.guide.person.id), str(meeting["id"])
    period = {"start": instant(meeting["starts_at"]), "end": instant(meeting["ends_at"])}
    yield {
        "resourceType": "Appointment",
        "id": key,
        "status": APPOINTMENT[meeting["state"]],
        **period,
        "minutesDuration": meeting["minutes"],
        "participant": [{"actor": who, "status": "accepted"} for who in (patient, guide)],
    }
    if meeting["state"] == "held":
        yield {
            "resourceType": "Encounter",
            "id": key,
            "status": "finished",
            "class": {"system": f"{TERMS}/v3-ActCode", "code": "AMB"},
            "subject": patient,
            "episodeOfCare": [to("EpisodeOfCare", journey["id"])],
            "appointment": [to("Appointment", key)],
            "participant": [{"individual": guide}],
            "period": period,
        }


def _documents(seat: Seat, told: Told, patient: Resource) -> Iterator[Resource]:
    """What was written down of each meeting that is closed, as one text: of what is shared."""
    between = f"{seat.guide.name} · {seat.participant.name}"
    for record in told.records:
        if not is_closed(record):
            continue
        chapter = chapter_of(seat, told, record)
        text: Any = base64.b64encode(as_text(chapter, between).encode()).decode()
        content = {"contentType": "text/plain; charset=utf-8", "data": text, "title": chapter.title}
        yield {
            "resourceType": "DocumentReference",
            "id": str(record.id),
            "status": "current",
            "docStatus": "final",
            "type": {"text": "Record of an appointment"},
            "subject": patient,
            "date": instant(record.state_since),  # type: ignore[attr-defined]
            "author": [to("Practitioner", seat.guide.person.id)],
            "content": [{"attachment": content}],
        }

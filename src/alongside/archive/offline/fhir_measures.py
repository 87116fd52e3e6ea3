"""What was measured in a treatment, as FHIR: readings of goals, questionnaires with their answers, and their totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from alongside.journeys.seat import Seat
from alongside.measures.questionnaires import INSTRUMENTS, Item

from ..gathering import Facts
from .fhir_words import LOINC, TERMS, Resource, coded, instant, to

SURVEY = coded(f"{TERMS}/observation-category", "survey")
ATTAINED = {2: "LA34479-8", 1: "LA34480-6", 0: "LA34481-4", -1: "LA34483-0", -2: "LA34484-8"}
"""The answers of goal attainment scaling, from much more than expected to much less."""


def number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def measured(goal: Facts, patient: Resource) -> Iterator[Resource]:
    """One observation for each reading, in the order in which they were made."""
    worded = {wording["id"]: wording for wording in goal["wordings"]}
    for place, reading in enumerate(goal["readings"], start=1):
        wording = worded[reading["wording"]]
        scale = wording["measure"] == "gas"
        code: Resource = coded(LOINC, "107334-5") if scale else {"text": wording["measure_name"]}
        value: Resource = (
            {"valueCodeableConcept": coded(LOINC, ATTAINED[int(reading["value"])])}
            if scale
            else {"valueQuantity": {"value": number(reading["value"])}}
        )
        yield {
            "resourceType": "Observation",
            "id": f"{goal['id']}-{place}",
            "status": "final",
            "category": [SURVEY],
            "code": code,
            "subject": patient,
            "focus": [to("Goal", goal["id"])],
            "effectiveDateTime": reading["on"],
            **value,
        }


def responses(form: Facts, seat: Seat, patient: Resource) -> Iterator[Resource]:
    """A questionnaire that was handed in; its total only where every question that counts was answered."""
    if form["handed_in_at"] is None:
        return
    whole = form["total"] is not None
    by_patient = form["by"] == seat.participant.name
    yield {
        "resourceType": "QuestionnaireResponse",
        "id": str(form["id"]),
        "questionnaire": f"urn:alongside:questionnaire:{form['instrument']}|{form['version']}",
        "status": "completed" if whole else "in-progress",
        "subject": patient,
        "authored": instant(form["handed_in_at"]),
        "source": patient if by_patient else None,
        "item": list(_items(form)),
    }
    if whole:
        yield _total(form, patient)


def _total(form: Facts, patient: Resource) -> Resource:
    known = INSTRUMENTS.get(form["instrument"])
    return {
        "resourceType": "Observation",
        "id": str(form["id"]),
        "status": "final",
        "category": [SURVEY],
        "code": coded(LOINC, known.total_loinc) if known else {"text": form["name"]},
        "subject": patient,
        "effectiveDateTime": instant(form["handed_in_at"]),
        "valueQuantity": {"value": number(form["total"])},
        "derivedFrom": [to("QuestionnaireResponse", form["id"])],
    }


def _items(form: Facts) -> Iterator[Resource]:
    """Each question that was answered: by its LOINC codes where it has some, in the words of its form where it has none."""
    known = INSTRUMENTS.get(form["instrument"])
    by_number = {str(item.number): item for item in known.items} if known else {}
    for one in form["asked"]:
        item = by_number.get(one["key"])
        code = _code(item, form["answers"].get(one["key"])) if item else ""
        answer: Resource = {"valueString": one["answer"]}
        if code:
            answer = {"valueCoding": {"system": LOINC, "code": code, "display": one["answer"]}}
        link = item.loinc if item else one["key"]
        yield {"linkId": link, "text": one["question"], "answer": [answer]}


def _code(item: Item, given: Any) -> str:
    return next((each.loinc for each in item.answers if str(each.score) == str(given)), "")

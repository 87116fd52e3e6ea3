"""A treatment as FHIR R4: each line is a resource, every reference leads somewhere, and no private word is in it."""

from __future__ import annotations

import base64
import io
import json
import zipfile

import pytest
from fhir.resources.R4B import get_fhir_model_class

from alongside.archive.offline.fhir_words import (
    APPOINTMENT,
    CARE_PLAN,
    CONDITION,
    EPISODE,
    GOAL,
    GOAL_ACHIEVED,
    TASK,
)
from alongside.archive.offline.files import everything_about
from alongside.goals.measuring.models import FilledForm
from alongside.goals.states import NeedState, StepState, TargetState
from alongside.journeys.states import JourneyState
from alongside.kernel import clock
from alongside.rooms.environment.states import MeetingState
from tests.furnish import GUIDES, NAMED, OURS, PARTICIPANTS, furnish_journey

pytestmark = pytest.mark.django_db

PHQ_9 = {str(number): "1" for number in range(1, 10)} | {"10": "2"}
LISTS = {
    # the codes of R4 (4.0.1) for what no reader of these files checks by itself
    "CarePlan.status": {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    "Task.status": {
        *("draft", "requested", "received", "accepted", "rejected", "ready", "cancelled", "in-progress"),
        *("on-hold", "failed", "completed", "entered-in-error"),
    },
    "Goal.lifecycleStatus": {
        *("proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled"),
        *("entered-in-error", "rejected"),
    },
    "Goal.achievementStatus": {
        *("in-progress", "improving", "worsening", "no-change", "achieved", "sustaining"),
        *("not-achieved", "no-progress", "not-attainable"),
    },
    "EpisodeOfCare.status": {
        *("planned", "waitlist", "active", "onhold", "finished", "cancelled", "entered-in-error"),
    },
    "Appointment.status": {"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow"},
    "Condition.clinicalStatus": {"active", "recurrence", "relapse", "inactive", "remission", "resolved"},
}


def resources_of(person) -> list[dict]:
    with zipfile.ZipFile(io.BytesIO(everything_about(person).content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist() if "/fhir/" in name}
    found = []
    for name, text in files.items():
        if not name.endswith(".ndjson"):
            assert "copyright Regenstrief Institute" in text
            continue
        rows = [json.loads(line) for line in text.splitlines()]
        assert {row["resourceType"] for row in rows} == {name.rpartition("/")[2].removesuffix(".ndjson")}
        found += rows
    return found


def references_in(value) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for each in value.values() for found in references_in(each)]
    return [found for each in value for found in references_in(each)] if isinstance(value, list) else []


@pytest.fixture
def treatment(cast):
    journey = furnish_journey(cast, "treatment")
    for answers, total in ((PHQ_9, 9), ({"1": "3", "2": ""}, None)):
        FilledForm.objects.create(
            journey=journey,
            instrument="phq-9",
            measure_version="1",
            answers=json.dumps(answers),
            total=total,
            by=cast.participant,
            submitted_at=clock.now(),
        )
    return journey


@pytest.mark.parametrize("role", ["participant", "guide"])
def test_each_line_is_a_resource_and_every_reference_leads_somewhere(cast, treatment, role):
    found = resources_of(getattr(cast, role))
    for row in found:
        get_fhir_model_class(row["resourceType"]).model_validate(row)
        assert not [name for name, value in row.items() if value in (None, "", [], {})]
    keys = [f"{row['resourceType']}/{row['id']}" for row in found]
    assert len(keys) == len(set(keys)), "no two of one type and id"
    assert {each for row in found for each in references_in(row)} <= set(keys)
    assert {key.partition("/")[0] for key in keys} == {
        *("Organization", "Practitioner", "Patient", "RelatedPerson", "CareTeam", "EpisodeOfCare", "Consent"),
        *("CarePlan", "Condition", "Goal", "Observation", "Task", "Appointment", "Encounter"),
        *("QuestionnaireResponse", "DocumentReference"),
    }


def test_no_private_word_is_in_it_and_what_is_shared_is(cast, treatment):
    for who in (cast.guide, cast.participant):
        found = resources_of(who)
        texts = [
            base64.b64decode(each["attachment"]["data"]).decode()
            for row in found
            if row["resourceType"] == "DocumentReference"
            for each in row["content"]
        ]
        said = json.dumps(found) + "".join(texts)
        assert OURS in said
        assert not [each for each in (GUIDES, PARTICIPANTS, NAMED) if each in said]


def test_a_total_is_there_only_where_every_question_was_answered(cast, treatment):
    found = resources_of(cast.participant)
    forms = [row for row in found if row["resourceType"] == "QuestionnaireResponse"]
    assert sorted(row["status"] for row in forms) == ["completed", "in-progress"]
    whole = next(row for row in forms if row["status"] == "completed")
    totals = [row for row in found if "derivedFrom" in row]
    assert [row["derivedFrom"][0]["reference"] for row in totals] == [f"QuestionnaireResponse/{whole['id']}"]
    assert totals[0]["valueQuantity"]["value"] == 9
    assert totals[0]["code"]["coding"][0]["code"] == "44261-6"
    answers = {item["linkId"]: item["answer"][0] for item in whole["item"]}
    assert answers["44250-9"]["valueCoding"]["code"] == "LA6569-3"
    part = next(row for row in forms if row["status"] == "in-progress")
    assert [item["linkId"] for item in part["item"]] == ["44250-9"]
    assert answers["69722-7"] == {"valueString": "Very difficult"}


@pytest.mark.parametrize("kind", ["supervision", "mentoring"])
def test_other_kinds_are_no_clinical_records(cast, kind):
    furnish_journey(cast, kind)
    assert resources_of(cast.participant) == []


@pytest.mark.parametrize(
    ("states", "table", "name"),
    [
        (JourneyState, EPISODE, "EpisodeOfCare.status"),
        (JourneyState, CARE_PLAN, "CarePlan.status"),
        (TargetState, GOAL, "Goal.lifecycleStatus"),
        (StepState, TASK, "Task.status"),
        (MeetingState, APPOINTMENT, "Appointment.status"),
    ],
)
def test_every_state_has_a_code_that_exists(states, table, name):
    assert set(table) == set(states.values)
    assert set(table.values()) <= LISTS[name]


def test_codes_within_concepts_exist_too():
    assert set(GOAL_ACHIEVED) <= set(TargetState.values)
    assert set(GOAL_ACHIEVED.values()) <= LISTS["Goal.achievementStatus"]
    assert set(CONDITION) == set(NeedState.values)
    assert {clinical for clinical, _certain in CONDITION.values()} <= LISTS["Condition.clinicalStatus"]

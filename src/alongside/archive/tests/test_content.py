"""What is in an archive: whatever people are called and write, it stays whole, harmless and readable."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import PurePosixPath

import jsonschema
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.archive.offline.files import everything_about
from alongside.archive.offline.schema import schema
from alongside.archive.offline.wording import OF
from alongside.goals.actions import plan_step
from alongside.journeys.kinds import KINDS
from alongside.people.models import Person
from alongside.rooms.sessions.record.tests.factories import booked
from alongside.rooms.sessions.supervision_cases import actions
from alongside.rooms.sessions.supervision_cases.models import TakenCase
from alongside.rooms.sessions.supervision_cases.queries import case_of
from alongside.rooms.sessions.supervision_cases.tests.factories import AGREED, practice
from tests.furnish import furnish_journey

pytestmark = pytest.mark.django_db

HOSTILE = (
    "../../../etc/passwd",
    '=HYPERLINK("http://evil.example")',
    "<script>alert(1)</script>",
    "مريم 🌿 עברית",
    "C:\\Windows\\system32",
    "--",
)


def files_of(person) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(everything_about(Person.objects.get(id=person.id)).content)) as archive:
        assert archive.testzip() is None
        return {name.removeprefix("alongside/"): archive.read(name) for name in archive.namelist()}


def facts_of(files: dict[str, bytes]) -> dict:
    facts = json.loads(files["alongside.json"])
    checks = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema(), format_checker=checks).validate(facts)
    return facts


def rows_of(files: dict[str, bytes], name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(files[f"tables/{name}.csv"].decode("utf-8-sig"))))


def test_the_schema_is_one_and_lies_beside_the_file(cast):
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(files_of(cast.participant)["alongside.schema.json"]) == schema()


def test_the_schema_refuses_what_it_does_not_name(cast):
    facts = facts_of(files_of(cast.participant))
    for wrong in (
        {**facts, "password": "x"},
        {**facts, "format_version": 2},
        {**facts, "journeys": [{"in_full": True}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema())


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_journey_with_something_in_every_room_is_in_it(cast, kind):
    journey = furnish_journey(cast, kind)
    for who, part in ((cast.participant, "participant"), (cast.guide, "guide")):
        files = files_of(who)
        facts = facts_of(files)
        (one,) = [each for each in facts["journeys"] if each["id"] == str(journey.id)]
        assert one["kind"] == kind and part in one["my_parts"]
        assert all(
            one[name] for name in ("needs", "goals", "steps", "meetings", "records", "agreements", "words")
        )
        assert all(goal["readings"] for goal in one["goals"])
        folder = one["folder"]
        pdfs = {name for name in files if name.startswith(folder) and name.endswith(".pdf")}
        assert {f"{folder}/agreement-1.pdf", f"{folder}/record-2.pdf", f"{folder}/keepsake.pdf"} <= pdfs
        assert all(files[name].startswith(b"%PDF") for name in pdfs)
        assert len(rows_of(files, "readings")) > 4
        assert facts["account"]["email"] == who.email


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_somebody_is_called_no_file_is_and_no_cell_runs(cast, name):
    journey = cast.journey(title=name)
    cast.participant.name = name
    cast.participant.save()
    plan_step(text=f"{name} step", owner=cast.participant, by=cast.seat(cast.guide, journey))
    files = files_of(cast.participant)
    for each in files:
        path = PurePosixPath(each)
        assert not path.is_absolute() and ".." not in path.parts
        assert each.isascii() and set(each) <= set("abcdefghijklmnopqrstuvwxyz0123456789-./")
    facts = facts_of(files)
    assert facts["account"]["name"] == name == facts["journeys"][0]["title"]
    for table in ("steps", "meetings", "goals", "readings", "questionnaires"):
        for row in rows_of(files, table):
            assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))]
    pages = "".join(text.decode() for each, text in files.items() if each.endswith(".html"))
    assert "<script" not in pages and "http://" not in pages.replace("http://evil.example", "")


def test_somebody_by_themself_has_an_account_and_is_told_there_is_nothing_else(cast):
    files = files_of(cast.participant)
    assert "take part in nothing" in files["index.html"].decode()
    assert rows_of(files, "meetings") == [rows_of(files, "meetings")[0]]
    assert facts_of(files)["account"]["signed_in_now"] == []


def test_who_opened_what_and_who_signed_in_is_told(cast):
    journey = furnish_journey(cast, "mentoring")
    cast.client(cast.guide).get(f"/journeys/{journey.id}/")
    one = facts_of(files_of(cast.participant))["journeys"][0]
    assert {each["name"] for each in one["opened_by_others"]} == {"Gwen Guide"}
    assert all(each["what"] for each in one["opened_by_others"])


def test_everything_is_in_the_language_of_whose_it_is(cast):
    for each in OF.values():
        assert all(str(choice.label) for choice in each)
    cast.participant.language = "ar"
    cast.participant.save()
    assert 'lang="ar" dir="rtl"' in files_of(cast.participant)["index.html"].decode()


def test_more_meetings_and_steps_ask_nothing_more(cast):
    """One journey asks so much; another asks as much again, however much is in either."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as count:
            everything_about(cast.participant)
        return len(count)

    none = asked()
    journey = cast.journey(kind="mentoring")
    one = asked()
    for number in (2, 3, 4):
        booked(cast, journey, number, days=7 * number)
        plan_step(text=f"Step {number}", owner=cast.participant, by=cast.seat(cast.guide, journey))
    filled = asked()
    for _ in range(2):
        cast.journey(kind="mentoring")
    assert filled == one, "a row more is no question more"
    assert asked() - one <= 2 * (one - none)


@pytest.mark.without_ledger("rooms.sessions.supervision_cases.actions.withdraw_case")
def test_a_case_is_whole_for_its_guide_and_without_a_name_for_their_supervisor(cast):
    """What came to the supervision is there on both sides; where it came from is known to its guide alone."""
    here = practice(cast)
    case = here.brought()
    supervisors, guides = files_of(cast.colleague), files_of(cast.guide)
    (one,) = [each for each in facts_of(supervisors)["journeys"] if each["cases"]]
    assert one["cases"][0]["content"]["question"].startswith("They move more")
    said = "".join(
        text.decode(errors="replace") for name, text in supervisors.items() if not name.endswith(".pdf")
    )
    planted = ("Margarethe", AGREED, "Alfie", here.treatment.id, here.patient.id, TakenCase.objects.get().id)
    assert not [each for each in planted if str(each) in said]
    (taken,) = [each for one in facts_of(guides)["journeys"] for each in one.get("taken_to_supervision", ())]
    assert taken["content"]["question"] == taken["draft"]["question"]
    actions.withdraw_case(case=case_of(TakenCase.objects.get()), by=cast.guide)
    assert facts_of(files_of(cast.colleague))["journeys"][0]["cases"][0]["content"] is None
    assert case.number == 1

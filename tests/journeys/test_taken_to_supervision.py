"""A treatment is stuck: its guide takes it to their own supervision, it is focused on there, and what comes of it returns."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from alongside.rooms.sessions.record.tests.factories import booked, opened
from alongside.rooms.sessions.supervision_cases.tests.factories import AGREED, Practice, practice

from .walker import Walker

NAMED = "Margarethe does all of it and braces all the same. Do I hurry her?"
TOLD = "They do all of it and brace all the same. Do I hurry?"
OWN = "To be outdoors and not hold back"
TOOK_PLACE = "Each time I added one exercise more."
STEP = "Ask what the bracing is for"


@pytest.fixture
def here(committed, cast) -> Practice:
    found = practice(cast)
    booked(cast, found.treatment, 2)
    booked(cast, found.supervision, 1, state="held", days=-14)
    opened(cast, found.supervision, 2)
    return found


def tells_it(guide: Walker, treatment: str) -> None:
    """From the flag to the form; a name is shown where it stands, and nothing that was typed is lost."""
    guide.opens(f"{treatment}goals/on-track/")
    guide.follows("Take to supervision")
    expect(guide.page.locator("input[name=alerts]:checked")).to_have_count(1)
    guide.fills("main", question=NAMED, also_called="Alfie")
    guide.page.get_by_label(AGREED, exact=True).fill(OWN)
    guide.presses("See it as my supervisor will")
    expect(guide.page.locator("mark").first).to_have_text("Margarethe")
    expect(guide.page.locator("[name=question]")).to_have_value(NAMED)
    expect(guide.page.get_by_label(AGREED, exact=True)).to_have_value(OWN)
    guide.fills("main", question=TOLD)
    guide.presses("See it as my supervisor will")
    guide.sees("As your supervisor will read it", TOLD, OWN)
    guide.does_not_see("Margarethe tends", "allotment", "Alfie")


def focuses_on_it(supervisor: Walker, guide: Walker, meeting: str) -> None:
    """Both at one card: taken up in the meeting, described, and drawn together into one step."""
    supervisor.opens(meeting)
    supervisor.sees(TOLD, within="#cases")
    supervisor.presses("Discuss it now", within="#cases")
    supervisor.presses("Focus on it together", within="#issues")
    guide.opens(meeting)
    guide.follows("the focusing on it", within="#issues")
    guide.writes(guide.box("What happened"), TOOK_PLACE)
    expect(supervisor.box("What happened").locator("textarea")).to_have_value(TOOK_PLACE, timeout=5000)
    guide.follows("Act and check", within=".funnel")
    guide.fills("main", text=STEP)
    guide.presses("Add it to the plan")
    guide.sees("The next review starts with it.")


def test_stuck_taken_to_supervision_and_back_with_an_act(cast, here, come):
    # given a guide whose journey is not on track, who tells it without saying who it is about
    guide, supervisor = come(cast.guide), come(cast.colleague, width=390)
    treatment, supervision = (f"/journeys/{one.id}/" for one in (here.treatment, here.supervision))
    tells_it(guide, treatment)
    guide.presses("Put it on the agenda")
    guide.sees("on the agenda", TOLD)

    # when the two of the supervision focus on it
    focuses_on_it(supervisor, guide, f"{supervision}sessions/2/")
    supervisor.follows("Read the case")
    supervisor.sees(TOLD, OWN, STEP)

    # then its act is waiting where it came from, for the guide alone, and can be done and undone
    guide.opens(f"{treatment}sessions/taken/")
    guide.sees("What came out of it", STEP)
    guide.presses("Done")
    guide.presses("Undo")
    guide.presses("Cancel")
    guide.sees("dropped")
    guide.follows(re.compile("^Case 1"))
    guide.sees("Discussed in", STEP)

    # and the patient reads that supervision happens, and nothing of this
    patient = come(here.patient, width=390)
    for page in ("", "sessions/", "sessions/2/", "timeline/", "opened/"):
        patient.opens(f"{treatment}{page}")
        patient.does_not_see(STEP, TOLD, OWN)
    # and to the supervisor that journey does not exist
    for page in (
        "",
        "sessions/",
        "sessions/2/",
        "goals/on-track/",
        "sessions/taken/",
        "ending/",
        "timeline/",
    ):
        answer = supervisor.page.goto(f"{treatment}{page}")
        assert answer and answer.status == 404, page
    for walker in (guide, supervisor, patient):
        assert (walker.found, walker.trouble) == ([], [])


def test_a_case_withdrawn_is_gone_from_the_table_of_the_other(cast, here, come):
    here.brought()
    guide, supervisor = come(cast.guide, width=390), come(cast.colleague)
    supervisor.opens(f"/journeys/{here.supervision.id}/sessions/2/")
    supervisor.sees("They move more and still brace", within="#cases")

    guide.opens(f"/journeys/{here.treatment.id}/sessions/taken/")
    guide.makes_sure("Withdraw it")
    guide.sees("withdrawn")

    supervisor.opens_again()
    supervisor.does_not_see("They move more and still brace")
    supervisor.opens(f"/journeys/{here.supervision.id}/sessions/cases/")
    supervisor.sees("withdrawn")
    supervisor.does_not_see("They move more and still brace")
    assert (guide.found, supervisor.found, guide.trouble, supervisor.trouble) == ([], [], [], [])

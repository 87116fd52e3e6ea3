"""What is asked before a meeting is asked: when, of whom, where it is found, and what becomes of it at the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from alongside.goals.measuring import actions, rules, schedule
from alongside.goals.measuring.actions import keep_form
from alongside.goals.measuring.models import AskedWhen, FilledForm, FormSchedule
from alongside.goals.measuring.schedule import Asked
from alongside.goals.transfer import carry_goals
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.overview.tests import build
from alongside.rooms.ending.comparison.queries import then_and_now_of
from alongside.rooms.ending.keepsake.pages import keepsake_page
from alongside.rooms.ending.tests.furniture import begun

W = AskedWhen
GAD = {str(number): "1" for number in range(1, 8)}
PANEL = "Questionnaires for this time"


@pytest.fixture
def journey(cast):
    return cast.journey("treatment", template="talking-therapy")


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def read(cast, who, path):
    answer = cast.client(who).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def at(journey, path=""):
    return f"/journeys/{journey.id}/{path}"


# --- when ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        (Asked("x", W.EACH), [1, 2, 3, 4, 5, 6]),
        (Asked("x", W.EVERY, 2), [1, 3, 5]),
        (Asked("x", W.EVERY, 3), [1, 4]),
        (Asked("x", W.ENDS), [1, 6]),
        (Asked("x", W.NEVER), []),
    ],
)
def test_each_way_of_asking_has_its_meetings(asked, before):
    assert [n for n in range(1, 7) if asked.is_for(n, first=1, is_last=n == 6)] == before


def test_journey_begun_elsewhere_counts_from_where_it_begins_here():
    assert [n for n in range(4, 9) if Asked("x", W.EVERY, 2).is_for(n, first=4, is_last=False)] == [4, 6, 8]


def test_talking_therapy_asks_both_questionnaires_before_each_appointment(guide):
    assert schedule.schedule_of(guide) == (Asked("phq-9", W.EACH), Asked("gad-7", W.EACH))
    assert schedule.asked_before(guide, number=7) == ("phq-9", "gad-7")


def test_template_that_promises_none_asks_none(cast):
    seat = cast.seat(cast.guide, cast.journey("treatment", template="low-back-pain"))
    assert schedule.asked_before(seat, number=1) == ()


def test_last_one_is_the_planned_last_or_the_ending_that_was_begun(guide):
    actions.set_schedule(asked=[Asked("phq-9", W.ENDS), Asked("gad-7", W.NEVER)], by=guide)
    guide.journey.planned_meetings = 6
    found = [n for n in range(1, 8) if schedule.asked_before(guide, number=n)]
    assert found == [1, 6, 7]
    assert schedule.asked_before(guide, number=3, is_last=True) == ("phq-9",)


# --- saying when --------------------------------------------------------------------------------------------------


def test_only_what_changes_is_written_and_the_newest_holds(guide):
    changed = actions.set_schedule(asked=[Asked("phq-9", W.EVERY, 2), Asked("gad-7", W.EACH)], by=guide)
    assert changed == (Asked("phq-9", W.EVERY, 2),)
    actions.set_schedule(asked=[Asked("phq-9", W.NEVER)], by=guide)
    assert FormSchedule.objects.count() == 2
    assert schedule.asked_before(guide, number=2) == ("gad-7",)
    assert Entry.objects.filter(event="schedule.set").count() == 2


@pytest.mark.without_ledger("goals.measuring.actions.set_schedule")
def test_what_was_never_asked_and_stays_so_is_not_written(guide):
    assert actions.set_schedule(asked=[Asked("pain-0-10", W.NEVER, 2)], by=guide) == ()


@pytest.mark.parametrize(
    ("who", "state", "allowed"),
    [
        ("guide", JourneyState.ACTIVE, True),
        ("participant", JourneyState.ACTIVE, False),
        ("guide", JourneyState.COMPLETED, False),
    ],
)
def test_whoever_guides_says_what_is_asked(cast, who, state, allowed):
    journey = cast.journey("treatment", state=str(state))
    seat = cast.seat(getattr(cast, who), journey)
    assert bool(rules.may_set_schedule(seat)) is allowed
    if not allowed:
        with pytest.raises(Refused):
            actions.set_schedule(asked=[Asked("phq-9", W.EACH)], by=seat)


def test_page_says_what_is_asked_and_takes_what_is_typed(cast, journey, guide):
    page = read(cast, cast.guide, at(journey, "goals/schedule/"))
    assert "PHQ-9" in page and "GAD-7" in page
    sent = {
        "phq-9:when": "every",
        "phq-9:every": "3",
        "gad-7:when": "never",
        "gad-7:every": "2",
        "gad-7:in_keepsake": "on",
    }
    assert cast.client(cast.guide).post(at(journey, "goals/schedule/"), sent).status_code == 302
    assert schedule.schedule_of(guide) == (
        Asked("phq-9", W.EVERY, 3, in_keepsake=False),
        Asked("gad-7", W.NEVER, 1),
    )
    lacking = {**sent, "phq-9:every": ""}
    answer = cast.client(cast.guide).post(at(journey, "goals/schedule/"), lacking)
    assert answer.status_code == 422 and "Please say of how many." in answer.content.decode()


def test_nobody_else_sets_it(cast, journey):
    for who, status in ((cast.participant, 403), (cast.colleague, 404), (cast.stranger, 404)):
        assert cast.client(who).get(at(journey, "goals/schedule/")).status_code == status
    assert "goals/schedule/" not in read(cast, cast.participant, at(journey, "goals/lines/"))
    assert "goals/schedule/" in read(cast, cast.guide, at(journey, "goals/lines/"))


def test_schedule_goes_along_with_a_journey_that_is_taken_over(cast, journey, guide):
    actions.set_schedule(asked=[Asked("phq-9", W.ENDS)], by=guide)
    after = cast.journey("treatment", template="talking-therapy", follows=journey)
    carry_goals(source=journey, from_guide=cast.guide, by=cast.seat(cast.guide, after))
    assert schedule.schedule_of(cast.seat(cast.guide, after))[0] == Asked("phq-9", W.ENDS)


# --- where it is found --------------------------------------------------------------------------------------------


@pytest.fixture
def second(cast, journey):
    """The second meeting comes tomorrow; the first was a week ago."""
    build.meeting(cast, journey, 1, days=-7, state="held")
    build.agreement(cast, journey, "in_force", "guide", "participant")
    return build.meeting(cast, journey, 2, days=1)


@pytest.mark.parametrize("path", ["", "sessions/2/"])
def test_what_is_due_stands_on_the_participants_page_before_the_meeting(cast, journey, second, path):
    page = read(cast, cast.participant, at(journey, path))
    assert PANEL in page
    assert f"goals/forms/phq-9/?back={at(journey, path).replace('/', '%2F')}" in page


def test_whoever_guides_sees_what_was_answered_and_what_was_not(cast, journey, second, participant):
    keep_form(instrument="gad-7", answers=GAD, submit=True, by=participant)
    page = read(cast, cast.guide, at(journey, "sessions/2/"))
    assert "Answered: 7 of 21" in page and page.count("Not answered yet") == 1
    # an answer from before the last meeting belongs to that one
    FilledForm.objects.update(submitted_at=now() - dt.timedelta(days=8))
    assert read(cast, cast.guide, at(journey, "sessions/2/")).count("Not answered yet") == 2


def test_it_stands_on_the_page_of_the_meeting_while_it_is_open(cast, journey, second):
    made = build.record(cast, second, "open")
    assert PANEL in read(cast, cast.guide, at(journey, "sessions/2/"))
    made.state_records.create(state="closed", by=cast.guide)
    assert PANEL not in read(cast, cast.guide, at(journey, "sessions/2/"))


def test_once_all_is_answered_the_journeys_page_asks_no_more(cast, journey, second, participant):
    for instrument, count in (("phq-9", 10), ("gad-7", 7)):
        given = {str(number): "0" for number in range(1, count + 1)}
        keep_form(instrument=instrument, answers=given, submit=True, by=participant)
    assert PANEL not in read(cast, cast.participant, at(journey))
    assert "Answered: 0 of 27" in read(cast, cast.participant, at(journey, "sessions/2/"))


def test_before_the_first_meeting_it_stands_with_the_preparation(cast):
    journey = cast.journey("treatment", template="talking-therapy", state="preparing")
    build.meeting(cast, journey, 1, days=2)
    for path in ("", "first-meeting/preparation/"):
        assert PANEL in read(cast, cast.participant, at(journey, path)), path


def test_while_a_journey_rests_nothing_is_asked(cast):
    journey = cast.journey("treatment", template="talking-therapy", state="paused")
    build.meeting(cast, journey, 2, days=1)
    assert PANEL not in read(cast, cast.participant, at(journey))


def test_with_somebody_without_an_account_they_are_filled_in_together(cast):
    journey = cast.journey("treatment", template="talking-therapy", participant_has_account=False)
    build.meeting(cast, journey, 2, days=1)
    page = read(cast, cast.guide, at(journey, "sessions/2/"))
    assert "Fill in together" in page and "goals/forms/phq-9/" in page


def test_form_leads_back_to_the_page_one_came_from(cast, journey, second):
    back = at(journey, "sessions/2/")
    sent = {f"q{number}": "1" for number in range(1, 8)} | {"hand_in": "1"}
    answer = cast.client(cast.participant).post(f"{at(journey, 'goals/forms/gad-7/')}?back={back}", sent)
    assert answer["Location"] == back


# --- at the end ---------------------------------------------------------------------------------------------------


def test_then_and_now_and_the_keepsake_show_what_was_asked_if_it_is_wished(cast):
    journey = begun(cast, kind="treatment", template="talking-therapy")
    participant, guide = cast.seat(cast.participant, journey), cast.seat(cast.guide, journey)
    keep_form(instrument="gad-7", answers={**GAD, "1": "3", "2": "3"}, submit=True, by=participant)
    keep_form(instrument="gad-7", answers=GAD, submit=True, by=participant)
    (line,) = then_and_now_of(participant).forms
    assert [score.value for score in line.scores] == [11, 7]
    assert "GAD-7" in read(cast, cast.participant, at(journey, "ending/then-and-now/"))

    def in_keepsake():
        from alongside.rooms.ending.record.queries import ending_of

        page = keepsake_page(participant, ending_of(participant))
        return [(each.then, each.now, each.sentence) for each in page.questionnaires]

    assert in_keepsake() == [("11 of 21", "7 of 21", "Reliably better since the start: −4.")]
    asked = [replace(each, in_keepsake=False) for each in schedule.schedule_of(guide)]
    actions.set_schedule(asked=asked, by=guide)
    assert in_keepsake() == []

"""A copy of a meeting holds what was chosen and what is shared, the story all of it; neither anybody else's private words.

Long, because what may be copied is tried for each reader, each choice and each form of one and the same record.
"""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from alongside.goals.queries import target_for
from alongside.journeys.kinds import KINDS
from alongside.kernel import clock
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.rooms.sessions.copies.choice import OWN, SHARED
from alongside.rooms.sessions.focusing import actions as focusings
from alongside.rooms.sessions.focusing.tests.factories import SECRETS, level, plan, written_through
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.states import IssueState
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened, target

pytestmark = pytest.mark.django_db

ONE = ("copy", "text", "paper", "page")
ALL = ("story", "story_paper")


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def meet(cast, journey, number, *, closes=True):
    """A meeting in which everything there is was done."""
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    opened(cast, journey, number)
    say = {"matters": participant, "review": guide, "direction": guide, "issues": guide, "plan": guide}
    for name, seat in {**say, "summary": participant}.items():
        actions.write_in_box(number=number, name=name, text=f"{name} of {number}", version=0, by=seat)
    for seat, text in ((guide, "guides-private"), (participant, "participants-private")):
        actions.write_in_box(number=number, name="private", text=text, version=0, by=seat)
    aim = next(iter(target_for(guide, one) for one in _targets(guide)), None) or target(guide)
    actions.review_last_plan(number=number, values=[actions.Value(aim.id, Decimal(5))], by=guide)
    for text in (f"Walk {number}", f"Read {number}"):
        actions.plan_step_in_meeting(number=number, text=text, owner=cast.participant, target=aim, by=guide)
    issue = issue_in(guide, actions.raise_issue(number=number, text=f"Sleep {number}", by=guide).id)
    actions.settle_issue(number=number, issue=issue, becomes=IssueState.CONCERN, word="The nurse", by=guide)
    both = focusings.begin_focusing(together=True, by=guide)
    facts = {"focusing_id": both.id, "level": level(guide, "narrow"), "name": "insight", "version": 0}
    focusings.write_in_level(**facts, text=f"insight of {number}", by=participant)
    if closes:
        actions.close_meeting(number=number, closing=closing(guide), by=guide)
        actions.confirm_meeting(number=number, by=participant)


def _targets(seat):
    from alongside.goals.queries import targets_of

    return list(targets_of(seat).values_list("id", flat=True))


def get(cast, who, door, journey, *parts, **query):
    return cast.client(who).get(reverse(f"reading:{door}", args=[journey.id, *parts]), query)


def text_of(answer):
    if answer["Content-Type"] != "application/pdf":
        return answer.content.decode()
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return " ".join("\n".join(page.extract_text() for page in pages).split())


# --- every door ------------------------------------------------------------------------------------------


def test_every_door_is_closed_to_those_it_is_not_for(cast, journey):
    from alongside.rooms.sessions.copies.urls import urlpatterns

    meet(cast, journey, 2)
    assert {pattern.name for pattern in urlpatterns} == {*ONE, *ALL}
    for door in (*ONE, *ALL):
        path = reverse(f"reading:{door}", args=[journey.id, *([2] if door in ONE else [])])
        for who, status in (
            (cast.stranger, 404),
            (cast.colleague, 404),
            (cast.administrator, 404),
            (cast.supporter, 403),
        ):
            assert cast.client(who).get(path).status_code == status, door
        assert cast.client(cast.guide).post(path).status_code == 405, door
        for who in (cast.guide, cast.participant):
            assert cast.client(who).get(path).status_code == 200, door


@pytest.mark.parametrize("door", ONE)
def test_a_meeting_that_was_not_opened_has_nothing_to_copy(cast, journey, door):
    booked(cast, journey, 2)
    assert get(cast, cast.guide, door, journey, 2).status_code == 404


def test_it_can_be_read_when_the_journey_is_over(cast, journey):
    from alongside.journeys.models import JourneyStateRecord

    meet(cast, journey, 2)
    JourneyStateRecord.objects.create(journey=journey, state="completed", by=cast.guide)
    for door in (*ONE, *ALL):
        parts = [2] if door in ONE else []
        assert get(cast, cast.participant, door, journey, *parts).status_code == 200


# --- a copy ----------------------------------------------------------------------------------------------

WHOLE = (
    "Session 2",
    "Gwen Guide",
    "matters of 2",
    "review of 2",
    "direction of 2",
    "I lead a ward round",
    "5 of 10",
    "issues of 2",
    "Sleep 2",
    "The nurse",
    "insight of 2",
    "plan of 2",
    "Walk 2",
    "summary of 2",
    "45 minutes",
)


@pytest.mark.parametrize("door", ONE)
def test_a_copy_holds_all_that_is_shared_and_nothing_that_is_private(cast, journey, door):
    meet(cast, journey, 2)
    for who in (cast.guide, cast.participant):
        said = text_of(get(cast, who, door, journey, 2))
        assert [text for text in WHOLE if text not in said] == []
        assert "-private" not in said


MARKS = {
    "present": "45 minutes",
    "matters": "matters of 2",
    "review": "review of 2",
    "direction": "direction of 2",
    "readings": "5 of 10",
    "issues": "Sleep 2",
    "focusing": "insight of 2",
    "plan": "Walk 2",
    "summary": "summary of 2",
    "additions": "I forgot",
    "private": "guides-private",
    "safety": "Called at once",
}


def looked_after(cast, journey, number):
    """An answer about safety just before a meeting, and what was done about it."""
    from alongside.goals.measuring.models import FilledForm
    from alongside.goals.safety.models import SafetyNotice
    from alongside.rooms.environment.models import Meeting

    before = Meeting.objects.get(journey=journey, number=number).starts_at - dt.timedelta(minutes=1)
    form = FilledForm.objects.create(
        journey=journey, instrument="phq-9", measure_version="1", answers="{}", by=cast.participant
    )
    SafetyNotice.objects.create(
        journey=journey,
        form=form,
        instrument="phq-9",
        by=cast.participant,
        passes_on_at=before,
        created_at=before,
        what_was_done="Called at once",
        seen_at=before,
        seen_by=cast.guide,
    )


def test_every_part_that_can_be_chosen_is_tried():
    assert set(MARKS) == {*SHARED, *OWN}


@pytest.mark.parametrize("part", MARKS)
def test_a_copy_holds_what_was_ticked_and_no_more(cast, journey, guide, part):
    meet(cast, journey, 2)
    looked_after(cast, journey, 2)
    actions.write_in_box(number=2, name="afterwards", text="I forgot", version=0, by=guide)

    said = text_of(get(cast, cast.guide, "text", journey, 2, chosen="yes", parts=part, names="yes"))

    assert [one for one, mark in MARKS.items() if mark in said] == [part]


@pytest.mark.parametrize("door", ONE)
def test_private_notes_are_ones_own_and_only_when_ticked(cast, journey, door):
    meet(cast, journey, 2)
    everything = {"chosen": "yes", "parts": [*SHARED, *OWN], "names": "yes"}

    guides = text_of(get(cast, cast.guide, door, journey, 2, **everything))
    participants = text_of(get(cast, cast.participant, door, journey, 2, **everything))

    assert "guides-private" in guides and "participants-private" not in guides
    assert "participants-private" in participants and "guides-private" not in participants


@pytest.mark.parametrize("door", ["text", "paper"])
def test_a_copy_can_leave_out_names_and_the_place(cast, journey, door):
    meet(cast, journey, 2)
    facts = {"chosen": "yes", "parts": list(SHARED)}
    said = text_of(get(cast, cast.guide, door, journey, 2, **facts))
    assert not any(name in said for name in ("Gwen", "Paul", "Room 3"))
    assert "Supervisor" in said and "Supervisee" in said


def test_a_page_to_print_without_names_says_nowhere_whom_it_is_about(cast, journey):
    meet(cast, journey, 2)
    facts = {"chosen": "yes", "parts": list(SHARED)}
    assert "Paul" in get(cast, cast.guide, "page", journey, 2).content.decode()
    said = get(cast, cast.guide, "page", journey, 2, **facts).content.decode()
    assert not any(name in said for name in ("Paul", "Room 3", "path-band"))


def test_nothing_ticked_is_a_copy_of_nothing_and_breaks_nothing(cast, journey):
    meet(cast, journey, 2)
    for door in ONE:
        answer = get(cast, cast.guide, door, journey, 2, chosen="yes")
        assert answer.status_code == 200 and "review of 2" not in text_of(answer)


def test_what_nobody_offers_is_ignored(cast, journey):
    meet(cast, journey, 2)
    said = text_of(get(cast, cast.guide, "text", journey, 2, chosen="yes", parts="everything"))
    assert "-private" not in said


def test_what_is_ticked_stays_ticked_and_goes_along_to_each_form(cast, journey):
    meet(cast, journey, 2)
    page = get(cast, cast.guide, "copy", journey, 2, chosen="yes", parts=["plan", "private"]).content.decode()
    query = "?chosen=yes&amp;parts=plan&amp;parts=private"
    for door in ("text", "paper", "page"):
        assert reverse(f"reading:{door}", args=[journey.id, 2]) + query in page
    assert page.count(" checked") == 2


@pytest.mark.parametrize(
    ("door", "name"), [("text", "record.txt"), ("paper", "record.pdf"), ("story_paper", "story.pdf")]
)
def test_names_of_files_tell_nothing(cast, journey, door, name):
    meet(cast, journey, 2)
    answer = get(cast, cast.guide, door, journey, *([2] if door in ONE else []))
    assert answer["Content-Disposition"].endswith(f'filename="{name}"')
    assert "no-store" in answer["Cache-Control"]


def test_paper_is_tagged_and_has_a_title(cast, journey):
    meet(cast, journey, 2)
    for door, parts, title in (("paper", [2], "Session 2"), ("story_paper", [], "Supervision")):
        found = PdfReader(io.BytesIO(get(cast, cast.guide, door, journey, *parts).content))
        assert bool(found.trailer["/Root"]["/MarkInfo"]["/Marked"].value)
        assert found.metadata.title == title


def test_taking_a_copy_is_recorded(cast, journey):
    meet(cast, journey, 2)
    get(cast, cast.participant, "text", journey, 2)
    kinds = Opening.objects.filter(person_id=cast.participant.id).values_list("subject_kind", flat=True)
    assert list(kinds) == ["meeting_record_copy"]


@pytest.mark.parametrize("door", ["text", "paper", "page", "story", "story_paper"])
def test_of_a_focusing_only_what_is_shared_leaves_the_house_also_by_its_author(
    cast, journey, participant, door
):
    opened(cast, journey, 2)
    issue = issue_in(participant, actions.raise_issue(number=2, text="I go quiet", by=participant).id)
    focusing = focusings.focus_on_issue(number=2, issue=issue, together=False, by=participant)
    for key, (name, text) in SECRETS.items():
        facts = {"focusing_id": focusing.id, "level": level(participant, key), "name": name, "version": 0}
        focusings.write_in_level(**facts, text=text, by=participant)
    focusings.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)
    plan(focusing, participant, "the-act-itself")

    for who in (cast.guide, cast.participant):
        said = text_of(get(cast, who, door, journey, *([2] if door in ONE else [])))
        assert "what-it-tells" in said and "the-act-itself" in said
        assert not any(text in said for key, (_name, text) in SECRETS.items() if key != "narrow")


# --- the story -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ALL)
def test_the_story_goes_from_the_beginning_to_the_latest_meeting(cast, journey, guide, door):
    from alongside.goals.states import NeedState

    target(guide)
    need = actions.propose_need(statement="To speak up", by=guide)
    need.state_records.create(state=NeedState.AGREED, by=cast.guide)
    for number in (2, 3):
        meet(cast, journey, number)

    said = text_of(get(cast, cast.participant, door, journey)).split("<aside")[0]

    wanted = [
        "How it started",
        "To speak up",
        "Session 2",
        "review of 2",
        "summary of 2",
        "Session 3",
        "review of 3",
    ]
    places = [said.index(text) for text in wanted]
    assert places == sorted(places)
    assert "-private" not in said


def test_what_was_shared_between_two_meetings_stands_between_them(cast, journey, participant):
    with clock.at(now() - dt.timedelta(days=7)):
        meet(cast, journey, 2)
    with clock.at(now() - dt.timedelta(days=3)):
        focusing = written_through(participant)
        focusings.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)
    meet(cast, journey, 3)

    said = get(cast, cast.guide, "story", journey).content.decode()

    article = said[said.index("<article") :]
    assert article.index("review of 2") < article.index("what-it-tells") < article.index("review of 3")
    assert "what-took-place" not in said


def test_a_review_is_told_as_it_was_said_then(cast, journey, guide):
    meet(cast, journey, 2)
    opened(cast, journey, 3)
    step = next(one for one in _steps(guide) if one.text == "Walk 2")
    for number, state, word in ((3, "partly", "Twice"), (4, "done", "Every day")):
        if number == 4:
            opened(cast, journey, 4)
        answer = actions.StepAnswer(step.id, actions.StepState(state), word)
        actions.review_last_plan(number=number, answers=[answer], by=guide)
        actions.close_meeting(number=number, closing=closing(guide), by=guide)

    third = text_of(get(cast, cast.guide, "text", journey, 3))
    fourth = text_of(get(cast, cast.guide, "text", journey, 4))

    assert "- Walk 2 · partly · Twice" in third and "Every day" not in third
    assert "- Walk 2 · done · Every day" in fourth and "Twice" not in fourth


def _steps(seat):
    from alongside.goals.queries import step_facts

    return step_facts(seat)


def test_a_story_not_yet_begun_says_what_will_be_there(cast):
    journey = cast.journey()
    assert "You can read here in one go" in get(cast, cast.guide, "story", journey).content.decode()
    assert get(cast, cast.guide, "story_paper", journey).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_speaks_its_own_words(cast, kind):
    journey = cast.journey(kind=kind)
    booked(cast, journey, 1, state="held", days=-14)
    meet(cast, journey, 2)
    title = str(KINDS[kind].words.meeting_number) % {"number": 2}
    assert title in text_of(get(cast, cast.guide, "text", journey, 2))
    assert title in get(cast, cast.guide, "story", journey).content.decode()


def asked(cast, journey, door, *parts):
    get(cast, cast.guide, door, journey, *parts)
    with CaptureQueriesContext(connection) as queries:
        get(cast, cast.guide, door, journey, *parts)
    return len(queries)


@pytest.mark.parametrize("door", [*ONE, *ALL])
def test_one_meeting_asks_as_much_as_three(cast, journey, door):
    meet(cast, journey, 2)
    parts = [2] if door in ONE else []
    one = asked(cast, journey, door, *parts)
    meet(cast, journey, 3)
    meet(cast, journey, 4)
    assert asked(cast, journey, door, *([4] if door in ONE else [])) == one
    assert one <= 32

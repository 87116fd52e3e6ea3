"""Each action: it does what it says, it is refused, and when the ledger can't be written nothing has changed.

Long, because its last part tries every action of the room against a ledger that fails, on one and the same meeting.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from alongside.goals.models import Reading, Step
from alongside.goals.queries import needs_of, step_facts
from alongside.goals.states import NeedState, StepState
from alongside.journeys.models import Words, WordsVersion
from alongside.kernel.clock import now, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.rooms.environment.models import Meeting, MeetingStateRecord
from alongside.rooms.sessions.focusing.actions import focus_on_issue
from alongside.rooms.sessions.focusing.queries import focusings_of
from alongside.rooms.sessions.live.queries import pulse_for
from alongside.rooms.sessions.record import actions, boxes
from alongside.rooms.sessions.record.issue_queries import issue_in, issues_around, issues_through
from alongside.rooms.sessions.record.models import (
    Acknowledgement,
    EnteredInError,
    IssueStateRecord,
    MeetingRecord,
    MeetingRecordStateRecord,
)
from alongside.rooms.sessions.record.queries import (
    feedback_around,
    number_to_come,
    records_of,
    table_of,
    words_around,
)
from alongside.rooms.sessions.record.review_queries import steps_here, to_review
from alongside.rooms.sessions.record.states import IssueState, RecordState
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


@pytest.fixture
def meeting(cast, journey):
    """Meeting 2, opened."""
    opened(cast, journey)


def text_in(record, name):
    return str(Words.objects.get(subject_id=record.id, box=name, author=None).text)


def denial(act, **facts) -> int:
    with pytest.raises(Refused) as refused:
        act(**facts)
    return refused.value.verdict.denial.value


def events():
    return list(Entry.objects.order_by("created_at", "id").values_list("event", flat=True))


# --- opening ---------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.sessions.record.actions.start_meeting")
def test_opening_makes_one_record_even_when_both_open_it(cast, journey, guide, participant):
    booked(cast, journey)

    first = actions.start_meeting(number=2, by=guide)
    second = actions.start_meeting(number=2, by=participant)

    assert first.id == second.id
    assert [(r.number, r.state) for r in records_of(guide)] == [(2, RecordState.OPEN)]
    assert events().count("meeting_record.opened") == 1


def test_opening_a_meeting_that_was_cancelled_is_refused(cast, journey, guide):
    meeting = booked(cast, journey)
    MeetingStateRecord.objects.create(meeting=meeting, state="cancelled", by=cast.guide)

    with pytest.raises(Refused) as refused:
        actions.start_meeting(number=2, by=guide)

    assert refused.value.verdict.denial.value == 409
    assert not MeetingRecord.objects.exists()


def test_a_record_whose_meeting_was_missed_goes_on_with_the_next_one(cast, journey, guide, participant):
    record = opened(cast, journey)
    actions.write_in_box(number=2, name="review", text="We had begun", version=0, by=participant)
    Meeting.objects.filter(id=record.meeting_id).update(number=None)
    MeetingStateRecord.objects.create(meeting=record.meeting, state="missed", by=cast.guide)
    again = booked(cast, journey, 2)
    assert table_of(guide, 2).record is None

    goes_on = actions.start_meeting(number=2, by=guide)

    assert (goes_on.id, goes_on.meeting_id) == (record.id, again.id)
    assert text_in(record, "review") == "We had begun"


# --- review and readings ---------------------------------------------------------------------------------


def test_one_save_reviews_all_steps_and_takes_the_readings(cast, journey, guide, meeting):
    aim = target(guide)
    steps = [actions.plan_step_in_meeting(number=2, text=t, owner=cast.participant, by=guide) for t in "abc"]
    actions.close_meeting(number=2, closing=closing(guide), by=guide)
    opened(cast, journey, 3)
    answers = [
        actions.StepAnswer(step.id, state, word)
        for step, state, word in zip(
            steps, (StepState.DONE, StepState.PARTLY, StepState.NOT_YET), ("", "no time", ""), strict=True
        )
    ]

    new = actions.review_last_plan(
        number=3, answers=answers, values=[actions.Value(aim.id, Decimal(5))], by=guide
    )

    assert new == actions.Reviewed(4)
    assert [(s.state, s.word, s.reviewed_in) for s in step_facts(guide)] == [
        ("done", "", 3),
        ("partly", "no time", 3),
        ("not_yet", "", 3),
    ]
    assert list(Reading.objects.filter(meeting_number=3).values_list("value", "source")) == [(5, "meeting")]


def test_saving_the_same_review_again_changes_nothing(cast, journey, guide, meeting):
    aim = target(guide)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    opened(cast, journey, 3)
    review = {
        "answers": [actions.StepAnswer(step.id, StepState.PARTLY, "rain")],
        "values": [actions.Value(aim.id, Decimal(5))],
    }
    actions.review_last_plan(number=3, **review, by=guide)
    before = Entry.objects.count()

    new = actions.review_last_plan(number=3, **review, by=guide)

    assert new == actions.Reviewed(0)
    assert Entry.objects.count() == before


@pytest.mark.without_ledger(
    "goals.actions.withdraw_reading", "rooms.sessions.record.actions.review_last_plan"
)
def test_another_value_in_the_same_meeting_takes_the_first_back(guide, meeting):
    aim = target(guide)
    actions.review_last_plan(number=2, values=[actions.Value(aim.id, Decimal(5))], by=guide)

    actions.review_last_plan(number=2, values=[actions.Value(aim.id, Decimal(6))], by=guide)

    readings = Reading.objects.filter(meeting_number=2).order_by("created_at", "id")
    assert [(r.value, r.withdrawn_at is None) for r in readings] == [(5, False), (6, True)]


def test_a_step_of_another_journey_cannot_be_reviewed_here(cast, guide, meeting):
    elsewhere = cast.seat(cast.guide, cast.journey())
    foreign = Step.objects.create(journey=elsewhere.journey, text="x", owner=cast.guide, by=cast.guide)
    foreign_target = target(elsewhere)

    for review in (
        {"answers": [actions.StepAnswer(foreign.id, StepState.DONE)]},
        {"values": [actions.Value(foreign_target.id, Decimal(5))]},
    ):
        with pytest.raises(Refused) as refused:
            actions.review_last_plan(number=2, **review, by=guide)
        assert refused.value.verdict.denial.value == 404
    with pytest.raises(Refused):
        actions.plan_step_in_meeting(number=2, text="x", owner=cast.guide, target=foreign_target, by=guide)


@pytest.mark.without_ledger("rooms.sessions.record.actions.give_readings")
def test_readings_given_beforehand_are_there_and_can_be_changed(cast, journey, guide, participant):
    aim = target(guide)
    booked(cast, journey)

    actions.give_readings(number=2, values=[actions.Value(aim.id, Decimal(4))], by=participant)
    actions.give_readings(number=2, values=[actions.Value(aim.id, Decimal(5))], by=participant)

    standing = Reading.objects.filter(meeting_number=2, withdrawn_at=None)
    assert list(standing.values_list("value", "source")) == [(5, "between")]


def test_what_was_ticked_in_between_is_part_of_the_next_review_until_it_was_said(
    cast, journey, guide, meeting
):
    from alongside.goals.actions import tick_step
    from alongside.goals.queries import step_for

    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    tick_step(step=step_for(guide, step.id), state=StepState.DONE, by=guide)
    opened(cast, journey, 3)
    assert [s.state for s in to_review(steps_here(guide, 3, closed=False), 3)] == ["done"]

    actions.review_last_plan(number=3, answers=[actions.StepAnswer(step.id, StepState.DONE)], by=guide)
    actions.close_meeting(number=3, closing=closing(guide), by=guide)
    opened(cast, journey, 4)
    opened(cast, journey, 5)

    assert to_review(steps_here(guide, 5, closed=False), 5) == []


def test_what_was_partly_done_is_carried_into_every_review_until_it_is_done_or_let_go(
    cast, journey, guide, meeting
):
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    for number, state in ((3, StepState.PARTLY), (4, StepState.NOT_YET), (5, StepState.DROPPED)):
        opened(cast, journey, number)
        assert [s.id for s in to_review(steps_here(guide, number, closed=False), number)] == [step.id]
        actions.review_last_plan(number=number, answers=[actions.StepAnswer(step.id, state)], by=guide)
    opened(cast, journey, 6)

    assert to_review(steps_here(guide, 6, closed=False), 6) == []
    assert [(s.state, s.said_in) for s in steps_here(guide, 4, closed=True)] == [("not_yet", 4)]


# --- plan and issues -------------------------------------------------------------------------------------


def test_a_planned_step_carries_the_number_of_its_meeting(cast, guide, meeting):
    aim, due = target(guide), dt.date(2027, 1, 5)

    step = actions.plan_step_in_meeting(
        number=2, text=" Walk ", owner=cast.participant, target=aim, due=due, by=guide
    )

    assert (step.text, step.planned_in, step.target_id, step.due) == ("Walk", 2, aim.id, due)


@pytest.mark.without_ledger(
    "rooms.sessions.record.actions.let_step_go", "rooms.sessions.record.actions.plan_step_in_meeting"
)
def test_a_step_let_go_leaves_the_plan_and_stays_in_the_record(cast, guide, meeting):
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)

    actions.let_step_go(number=2, step=step, by=guide)

    assert [s.state for s in step_facts(guide)] == ["dropped"]


@pytest.mark.parametrize(
    ("becomes", "word", "need", "step"),
    [
        (IssueState.BECAME_NEED, "", "Sleep is short", None),
        (IssueState.BECAME_STEP, "Ask about the rota", None, "Ask about the rota"),
        (IssueState.CONCERN, "the rota lead", None, None),
        (IssueState.LET_BE, "", None, None),
    ],
)
def test_what_becomes_of_an_issue(guide, meeting, becomes, word, need, step):
    issue = actions.raise_issue(number=2, text="Sleep is short", by=guide)

    actions.settle_issue(number=2, issue=issue_in(guide, issue.id), becomes=becomes, word=word, by=guide)

    assert issue_in(guide, issue.id).state == becomes
    assert [(n.statement, n.state) for n in needs_of(guide)] == ([(need, NeedState.PROPOSED)] if need else [])
    assert [(s.text, s.planned_in) for s in step_facts(guide)] == ([(step, 2)] if step else [])


@pytest.mark.without_ledger(
    "rooms.sessions.record.actions.raise_issue", "rooms.sessions.record.actions.settle_issue"
)
def test_an_issue_is_settled_only_once(guide, meeting):
    issue = actions.raise_issue(number=2, text="Sleep", by=guide)
    actions.settle_issue(number=2, issue=issue_in(guide, issue.id), becomes=IssueState.BECAME_NEED, by=guide)

    with pytest.raises(Refused):
        actions.settle_issue(number=2, issue=issue_in(guide, issue.id), becomes=IssueState.LET_BE, by=guide)

    assert len(list(needs_of(guide))) == 1


# --- the next one, closing -------------------------------------------------------------------------------


def test_the_next_meeting_is_booked_in_the_same_place(cast, journey, guide, meeting):
    booked(cast, journey, 1, state="held", days=-14)
    starts_at = now() + dt.timedelta(days=14)

    booked_next = actions.book_next(number=2, starts_at=starts_at, minutes=45, by=guide)

    assert (booked_next.number, booked_next.place_id) == (3, table_of(guide, 2).meeting.place_id)
    assert table_of(guide, 2).record.following_at == starts_at


@pytest.mark.without_ledger("rooms.sessions.record.actions.confirm_meeting")
@pytest.mark.parametrize(
    ("kind", "states"),
    [
        ("supervision", ["open", "acknowledged_by_one", "closed"]),
        ("mentoring", ["open", "acknowledged_by_one", "closed"]),
        ("treatment", ["open", "closed"]),
    ],
)
def test_who_closes_a_record_depends_on_the_kind(cast, kind, states):
    journey = cast.journey(kind)
    record = opened(cast, journey)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)

    actions.close_meeting(
        number=2, closing=closing(guide, safety_raised=True, safety_where="to the lead"), by=guide
    )
    actions.confirm_meeting(number=2, by=participant)

    passed = MeetingRecordStateRecord.objects.filter(record=record).order_by("created_at", "id")
    assert list(passed.values_list("state", flat=True)) == states
    assert {a.side: a.how for a in Acknowledgement.objects.all()} == {
        "guide": "signed_in",
        "participant": "signed_in",
    }
    kept = MeetingRecord.objects.get(id=record.id)
    assert (kept.minutes_taken, kept.safety_raised, kept.safety_where) == (45, True, "to the lead")
    assert [entry["part"] for entry in kept.present] == ["guide", "participant"]
    assert table_of(guide, 2).meeting.state == "held"


def test_in_the_room_one_act_acknowledges_for_both(cast):
    journey = cast.journey(participant_has_account=False)
    opened(cast, journey)
    guide = cast.seat(cast.guide, journey)

    state = actions.close_meeting(number=2, closing=closing(guide), with_participant=True, by=guide)

    assert state == RecordState.CLOSED
    assert {a.side: (a.how, a.by_id) for a in Acknowledgement.objects.all()} == {
        "guide": ("signed_in", cast.guide.id),
        "participant": ("in_the_room", cast.guide.id),
    }


def test_nobody_acknowledges_for_a_participant_who_can_sign_in(guide, meeting):
    with pytest.raises(Refused):
        actions.close_meeting(number=2, closing=closing(guide), with_participant=True, by=guide)

    assert not Acknowledgement.objects.exists()


@pytest.mark.without_ledger("rooms.sessions.record.actions.close_meeting")
def test_whoever_has_no_seat_at_the_table_was_not_there(cast, guide, meeting):
    actions.close_meeting(
        number=2, closing=closing(guide, present=(cast.guide.id, cast.stranger.id)), by=guide
    )

    assert [e["person"] for e in MeetingRecord.objects.get().present] == [str(cast.guide.id)]


# --- words -----------------------------------------------------------------------------------------------


@pytest.fixture
def closed(guide, participant, meeting):
    """Meeting 2 with a note, closed by both."""
    actions.write_in_box(number=2, name="review", text="We talked about sleep.", version=0, by=guide)
    actions.close_meeting(number=2, closing=closing(guide), by=guide)
    actions.confirm_meeting(number=2, by=participant)
    return table_of(guide, 2)


def late_words(seat, table):
    found = words_around(seat, table)
    return {(box, author): str(w.text) for (place, box, author), w in found.items() if place == boxes.LATE}


def test_words_that_arrive_after_closing_become_their_authors_addition(guide, participant, closed):
    typed = "We talked about sleep. And about the rota."
    base = "We talked about sleep."

    written = actions.write_in_box(number=2, name="review", text=typed, version=1, base=base, by=participant)

    day = today(participant.actor.time_zone)
    assert (written.text, written.merged) == (typed, True)
    assert text_in(closed.record, "review") == base
    assert late_words(guide, closed) == {(f"review@{day}", participant.actor.id): "And about the rota."}


def test_typing_on_after_closing_keeps_one_addition_and_every_version_of_it(guide, participant, closed):
    closed_text, said = "We talked about sleep.", ["And", "And about", "And about the rota."]
    base = closed_text
    for addition in said:
        text = f"{closed_text} {addition}"
        actions.write_in_box(number=2, name="review", text=text, version=1, base=base, by=participant)
        actions.write_in_box(
            number=2, name="review", text=text, version=1, base=base, by=participant
        )  # sent again
        base = text

    assert list(late_words(guide, closed).values()) == ["And about the rota."]
    late = Words.objects.get(place=boxes.LATE)
    assert [str(v.text) for v in WordsVersion.objects.filter(words=late).order_by("version")] == said


def test_late_words_of_both_stand_side_by_side(guide, participant, closed):
    for seat, more in ((guide, "G"), (participant, "P")):
        text = f"We talked about sleep. {more}"
        actions.write_in_box(number=2, name="review", text=text, version=1, by=seat)

    assert sorted(late_words(guide, closed).values()) == ["G", "P"]


def test_taking_words_away_after_closing_changes_nothing(guide, closed):
    written = actions.write_in_box(
        number=2, name="review", text="We talked.", version=1, base="We talked about sleep.", by=guide
    )

    assert written.merged
    assert text_in(closed.record, "review") == "We talked about sleep."


def test_private_notes_are_written_on_after_closing_and_read_by_their_author_alone(
    guide, participant, closed
):
    actions.write_in_box(number=2, name="private", text="Mine", version=0, by=guide)

    assert (boxes.RECORD, "private", guide.actor.id) in words_around(guide, closed)
    assert (boxes.RECORD, "private", guide.actor.id) not in words_around(participant, closed)


def test_what_was_kept_for_next_time_is_on_top_also_when_the_booking_was_replaced(cast, journey, participant):
    from alongside.journeys.words import write

    first = booked(cast, journey, 2)
    write(
        box=boxes.for_next_time(journey.id, number_to_come(participant)),
        text="The audit",
        version=0,
        by=participant,
    )
    actions.write_in_box(number=2, name="matters", text="The round", version=0, by=participant)
    Meeting.objects.filter(id=first.id).update(number=None)
    booked(cast, journey, 3)

    actions.start_meeting(number=3, by=participant)

    found = words_around(participant, table_of(participant, 3))
    assert sorted(str(w.text) for w in found.values()) == ["The audit", "The round"]
    assert number_to_come(participant) == 4


@pytest.mark.without_ledger("rooms.sessions.record.actions.mark_in_error")
def test_words_in_the_wrong_record_are_hidden_from_both_and_the_box_is_free_again(
    guide, participant, meeting
):
    actions.write_in_box(number=2, name="review", text="About somebody else", version=0, by=guide)
    words = Words.objects.get(box="review")

    actions.mark_in_error(number=2, words_id=words.id, reason="the wrong person", by=guide)

    table = table_of(guide, 2)
    assert words_around(guide, table) == words_around(participant, table) == {}
    marked = Words.objects.get(id=words.id)
    assert (marked.text, marked.entered_in_error_by_id) == ("About somebody else", guide.actor.id)
    assert EnteredInError.objects.get().reason == "the wrong person"
    written = actions.write_in_box(number=2, name="review", text="About you", version=0, by=participant)
    assert written.text == "About you"
    assert "the wrong person" not in str(list(Entry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("became", [None, IssueState.LET_BE, IssueState.CONCERN, IssueState.FOCUSING])
def test_an_issue_in_the_wrong_record_is_hidden_wherever_it_stood(
    cast, journey, guide, participant, meeting, became
):
    def seen(who, path, word="Of-somebody-else"):
        """A page; of a search only what it found, since it says again what was asked."""
        client = cast.client(who)
        if path != reverse("overview:search"):
            page = client.get(path)
            assert page.status_code == 200, path
            return page.content.decode()
        found = client.post(path, {"words": word})
        assert found.status_code == 200
        return "".join(re.findall("<mark>.*?</mark>", found.content.decode()))

    issue = issue_in(guide, actions.raise_issue(number=2, text="Of-somebody-else", by=participant).id)
    if became == IssueState.FOCUSING:
        focus_on_issue(number=2, issue=issue, together=True, by=guide)
    elif became:
        actions.settle_issue(number=2, issue=issue, becomes=became, word="Said-of-it", by=guide)
    pulse = facts_in(guide)
    shown = {
        path for path in pages_with_issues(journey) if "Of-somebody-else" in seen(cast.participant, path)
    }
    assert {reverse("overview:search"), reverse("reading:text", args=[journey.id, 2])} <= shown

    actions.mark_issue_in_error(number=2, issue_id=issue.id, reason="Wrong-person", by=participant)

    table = table_of(guide, 2)
    for seat in (guide, participant):
        assert issues_around(seat, table.record) == issues_through(seat) == []
        assert issue_in(seat, issue.id) is None
        assert [here.issue for here in focusings_of(seat)] == [""] * (became == IssueState.FOCUSING)
    assert facts_in(guide) == pulse + 1
    sealed = IssueStateRecord.objects.get(state=IssueState.IN_ERROR)
    assert (sealed.word, sealed.issue.text, sealed.by) == (
        "Wrong-person",
        "Of-somebody-else",
        cast.participant,
    )
    assert "Wrong-person" not in str(list(Entry.objects.values_list("detail", flat=True)))
    for who in (cast.guide, cast.participant):
        for word in ("Of-somebody-else", "Said-of-it", "Wrong-person"):
            for path in pages_with_issues(journey):
                assert word not in seen(who, path, word), (path, word)


def facts_in(seat):
    found = pulse_for(seat.actor, journey_id=seat.journey.id, number=2)
    return found[0].facts


def pages_with_issues(journey):
    whole = [reverse(door, args=[journey.id]) for door in ("focusing:list", "reading:story", "sessions:room")]
    doors = ("reading:text", "reading:page", "reading:copy", "sessions:meeting", "sessions:correct")
    return [reverse("overview:search"), *whole, *(reverse(door, args=[journey.id, 2]) for door in doors)]


@pytest.mark.without_ledger("rooms.sessions.record.actions.mark_issue_in_error")
def test_who_had_the_page_open_makes_nothing_of_an_issue_that_was_hidden_meanwhile(
    guide, participant, meeting
):
    seen = issue_in(guide, actions.raise_issue(number=2, text="Sleep", by=participant).id)
    actions.mark_issue_in_error(number=2, issue_id=seen.id, reason="x", by=participant)
    facts = {"number": 2, "issue": seen, "becomes": IssueState.BECAME_STEP}
    assert denial(actions.settle_issue, **facts, by=guide) == 404
    assert not Step.objects.exists()


def test_an_issue_is_marked_by_the_one_who_raised_it_while_it_is_nothing_else(guide, participant, meeting):
    issue = issue_in(guide, actions.raise_issue(number=2, text="Sleep", by=participant).id)
    facts = {"number": 2, "issue_id": issue.id}
    assert denial(actions.mark_issue_in_error, **facts, reason="x", by=guide) == 404
    assert denial(actions.mark_issue_in_error, **facts, reason="  ", by=participant) == 409
    assert (
        denial(actions.settle_issue, number=2, issue=issue, becomes=IssueState.IN_ERROR, by=participant)
        == 409
    )
    actions.settle_issue(number=2, issue=issue, becomes=IssueState.BECAME_STEP, by=guide)
    assert denial(actions.mark_issue_in_error, **facts, reason="x", by=participant) == 404
    assert len(issues_through(guide)) == 1


# --- how it was ------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.sessions.record.actions.answer_questions")
def test_answers_are_shown_to_the_guide_unless_they_are_kept(guide, participant, closed):
    given = {"matters": 8, "plan": 7, "listened": 3, "next_step": None}

    actions.answer_questions(number=2, answers=given, kept=True, by=participant)
    assert feedback_around(guide, table_of(guide, 2)) == (None, None)
    assert feedback_around(participant, table_of(participant, 2))[0].listened == 3

    actions.answer_questions(number=2, answers={**given, "listened": 6}, kept=False, by=participant)
    assert feedback_around(guide, table_of(guide, 2))[0].listened == 6


def test_the_guide_does_not_answer_for_the_participant(guide, closed):
    with pytest.raises(Refused):
        actions.answer_questions(number=2, answers={"matters": 8}, kept=False, by=guide)

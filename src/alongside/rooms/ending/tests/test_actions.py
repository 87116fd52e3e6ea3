"""Each act of the ending: done, refused, and undone as a whole when the ledger can't be written."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction

from alongside.journeys.models import JourneyStateRecord
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.comparison import actions as comparison_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.models import EndingEntry
from alongside.rooms.ending.contributions.queries import entries_of
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.record import actions as record_actions
from alongside.rooms.ending.record.models import Ending, EndingStateRecord, Saying
from alongside.rooms.ending.record.queries import any_ending_of, ending_of
from alongside.rooms.ending.record.states import EndingState
from alongside.rooms.ending.wishes import actions as wishes_actions
from alongside.rooms.ending.wishes.models import Wish
from alongside.rooms.ending.wishes.queries import wishes_of
from alongside.rooms.ending.wishes.states import Outcome
from alongside.rooms.first_meeting.states import Side

from .furniture import answer, begun, chain, ready_to_close

POINT = contributions_actions.Content(what="I can ask for help")
SOON = dt.timedelta(days=14)


def seats(cast, journey):
    return cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)


def state_of(cast, journey):
    return cast.seat(cast.guide, journey).state


def refused(denial, **call):
    act = call.pop("act")
    with pytest.raises(Refused) as error:
        act(**call)
    assert error.value.verdict.denial == denial
    assert str(error.value.verdict.sentence) or denial == Denial.HIDDEN


# --- beginning -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["active", "paused"])
def test_beginning_makes_the_record_and_tells_the_other(cast, state, django_capture_on_commit_callbacks):
    journey = cast.journey(state=state)

    with django_capture_on_commit_callbacks(execute=True):
        ending = record_actions.begin_ending(by=cast.seat(cast.participant, journey))

    assert state_of(cast, journey) == JourneyState.ENDING
    assert ending_of(cast.seat(cast.guide, journey)).state == EndingState.BEGUN
    assert [letter.to for letter in mail.outbox] == [[cast.guide.email]]
    assert str(journey.id) in mail.outbox[0].body and "supervis" not in mail.outbox[0].body.lower()
    assert ending.begun_by == cast.participant


def test_beginning_twice_is_refused(cast):
    journey = begun(cast)

    refused(Denial.NOT_NOW, act=record_actions.begin_ending, by=cast.seat(cast.participant, journey))

    assert Ending.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "preparing", "completed", "withdrawn"])
def test_beginning_at_the_wrong_moment_is_refused(cast, state):
    refused(
        Denial.NOT_NOW, act=record_actions.begin_ending, by=cast.seat(cast.guide, cast.journey(state=state))
    )


@pytest.mark.without_ledger("rooms.ending.record.actions.begin_ending")
def test_of_two_who_begin_with_old_seats_the_second_is_told(cast):
    journey = cast.journey()
    first, second = seats(cast, journey)
    record_actions.begin_ending(by=first)

    refused(Denial.NOT_NOW, act=record_actions.begin_ending, by=second)

    assert JourneyStateRecord.objects.filter(journey=journey, state="ending").count() == 1


# --- going on ------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.ending.wishes.actions.agree_to_go_on")
def test_going_on_while_under_way_changes_the_plan_when_both_want_it(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    wish = wishes_actions.wish_to_go_on(
        planned_meetings=20, planned_end=None, word="Not done yet", by=participant
    )

    wishes_actions.agree_to_go_on(known=str(wish.id), by=guide)

    journey.refresh_from_db()
    assert journey.planned_meetings == 20
    assert state_of(cast, journey) == JourneyState.ACTIVE
    assert Wish.objects.get().outcome == Outcome.AGREED


@pytest.mark.without_ledger("rooms.ending.contributions.actions.add_entry")
def test_going_on_sets_a_begun_ending_aside_and_keeps_its_words(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    wish = wishes_actions.wish_to_go_on(planned_meetings=20, planned_end=None, by=guide)

    wishes_actions.agree_to_go_on(known=str(wish.id), by=participant)

    guide = cast.seat(cast.guide, journey)
    assert guide.state == JourneyState.ACTIVE
    assert ending_of(guide) is None
    assert any_ending_of(guide).state == EndingState.SET_ASIDE
    again = record_actions.begin_ending(by=guide)
    assert [entry.what for entry in entries_of(again)] == [POINT.what]


def test_nobody_agrees_with_themselves_or_to_something_unseen(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    wish = wishes_actions.wish_to_go_on(planned_meetings=20, planned_end=None, by=guide)

    refused(Denial.NOT_YOURS, act=wishes_actions.agree_to_go_on, known=str(wish.id), by=guide)
    refused(Denial.NOT_NOW, act=wishes_actions.agree_to_go_on, known="another", by=participant)
    refused(
        Denial.NOT_NOW,
        act=wishes_actions.wish_to_go_on,
        planned_meetings=30,
        planned_end=None,
        by=participant,
    )


@pytest.mark.without_ledger("rooms.ending.wishes.actions.let_going_on_go")
@pytest.mark.parametrize(
    ("who", "outcome"), [("guide", Outcome.TAKEN_BACK), ("participant", Outcome.DECLINED)]
)
def test_a_wish_to_go_on_is_let_go_by_either(cast, who, outcome):
    journey = cast.journey()
    wish = wishes_actions.wish_to_go_on(
        planned_meetings=20, planned_end=None, by=cast.seat(cast.guide, journey)
    )

    wishes_actions.let_going_on_go(known=str(wish.id), by=cast.seat(getattr(cast, who), journey))

    assert Wish.objects.get().outcome == outcome
    refused(
        Denial.NOT_NOW,
        act=wishes_actions.agree_to_go_on,
        known=str(wish.id),
        by=cast.seat(cast.participant, journey),
    )


@pytest.mark.without_ledger("journeys.actions.agree_pace", "rooms.ending.wishes.actions.wish_to_go_on")
def test_in_the_room_going_on_holds_at_once(cast):
    journey = cast.journey(participant_has_account=False)

    wishes_actions.wish_to_go_on(planned_meetings=30, planned_end=None, by=cast.seat(cast.guide, journey))

    journey.refresh_from_db()
    assert journey.planned_meetings == 30
    assert (Wish.objects.get().outcome, Wish.objects.get().how) == ("agreed", "in_the_room")


# --- ending early --------------------------------------------------------------------------------------


def test_notice_begins_the_ending_and_holds_until_its_last_day(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)

    wishes_actions.give_notice(
        reason="I am moving away", last_day=today("Europe/London") + SOON, by=participant
    )

    assert state_of(cast, journey) == JourneyState.ENDING
    refused(Denial.NOT_NOW, act=closing_actions.end_early, by=guide)
    refused(Denial.NOT_NOW, act=wishes_actions.give_notice, reason="Me too", last_day=today("UTC"), by=guide)
    refused(Denial.NOT_YOURS, act=wishes_actions.take_notice_back, by=guide)


@pytest.mark.without_ledger("rooms.ending.closing.actions.end_early")
def test_after_the_last_day_either_closes_it_early(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    wishes_actions.give_notice(reason="I am moving away", last_day=today("Europe/London"), by=participant)

    closing_actions.end_early(by=guide)

    entered = JourneyStateRecord.objects.filter(journey=journey).order_by("-created_at").first()
    assert (entered.state, entered.reason) == ("ended_early", "I am moving away")
    assert ending_of(guide).state == EndingState.CLOSED
    assert Wish.objects.get().outcome == Outcome.CARRIED_OUT


@pytest.mark.without_ledger(
    "rooms.ending.wishes.actions.give_notice", "rooms.ending.wishes.actions.take_notice_back"
)
def test_notice_is_taken_back_by_the_one_who_gave_it(cast):
    journey = cast.journey()
    _guide, participant = seats(cast, journey)
    wishes_actions.give_notice(reason="Too much", last_day=today("UTC") + SOON, by=participant)

    wishes_actions.take_notice_back(by=participant)

    assert wishes_of(participant) == {}
    assert state_of(cast, journey) == JourneyState.ENDING


# --- the ledger ----------------------------------------------------------------------------------------


def _acts(cast):
    """Each act on a journey of its own, as (name, call)."""
    made = {"journey": begun(cast)}
    needs = chain(cast, made["journey"])
    guide, participant = seats(cast, made["journey"])
    entry = contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    gone = contributions_actions.remove_entry(
        entry=contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide), by=guide
    )
    answer(cast, cast.participant, made["journey"])
    wish = wishes_actions.wish_to_go_on(planned_meetings=30, planned_end=None, by=guide)
    closing, over, noticed = ready_to_close(cast), ready_to_close(cast, kind="treatment"), cast.journey()
    closing_actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, over))
    wishes_actions.give_notice(
        reason="Away", last_day=today("Europe/London"), by=cast.seat(cast.guide, noticed)
    )
    fresh, known = cast.seat(cast.guide, cast.journey()), str(wish.id)
    not_begun = cast.seat(cast.guide, cast.journey(state="preparing"))
    return {
        "begin_ending": lambda: record_actions.begin_ending(by=fresh),
        "give_notice": lambda: wishes_actions.give_notice(reason="x", last_day=dt.date(2031, 1, 1), by=fresh),
        "take_notice_back": lambda: wishes_actions.take_notice_back(by=cast.seat(cast.guide, noticed)),
        "end_early": lambda: closing_actions.end_early(by=cast.seat(cast.guide, noticed)),
        "withdraw": lambda: wishes_actions.withdraw(reason="x", by=not_begun),
        "wish_to_go_on": lambda: wishes_actions.wish_to_go_on(
            planned_meetings=40, planned_end=None, by=fresh
        ),
        "agree_to_go_on": lambda: wishes_actions.agree_to_go_on(known=known, by=participant),
        "let_going_on_go": lambda: wishes_actions.let_going_on_go(known=known, by=participant),
        "add_entry": lambda: contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide),
        "reword_entry": lambda: contributions_actions.reword_entry(entry=entry, content=POINT, by=guide),
        "remove_entry": lambda: contributions_actions.remove_entry(entry=entry, by=guide),
        "bring_entry_back": lambda: contributions_actions.bring_entry_back(entry=gone, by=guide),
        "need_no_support": lambda: contributions_actions.need_no_support(by=guide),
        "look_at_today": lambda: comparison_actions.look_at_today(
            entries={needs[0][0].id: (5, "")}, readings={}, by=participant
        ),
        "leave_picture_out": lambda: comparison_actions.leave_picture_out(reason="x", by=guide),
        "show_answers": lambda: contributions_actions.show_answers(by=participant),
        "acknowledge": lambda: closing_actions.acknowledge(
            side=Side.GUIDE, by=cast.seat(cast.guide, closing)
        ),
        "take_up_again": lambda: closing_actions.take_up_again(by=cast.seat(cast.guide, over)),
        "close_without_waiting": lambda: closing_actions.close_without_waiting(
            by=cast.seat(cast.guide, over)
        ),
    }


WRITERS = (record_actions, contributions_actions, comparison_actions, wishes_actions, closing_actions)


def _everything():
    models = (Ending, EndingStateRecord, EndingEntry, Saying, Wish, JourneyStateRecord)
    return [sorted(map(str, model.objects.values_list())) for model in models]


@pytest.mark.without_ledger("rooms.ending.contributions.actions.remove_entry")
def test_when_the_ledger_cannot_be_written_nothing_has_changed(cast, monkeypatch):
    from alongside.kernel.actions import REGISTRY

    acts = _acts(cast)
    before = _everything()

    def fail(*_args, **_kwargs):
        raise RuntimeError("the ledger is full")

    for module in WRITERS:
        monkeypatch.setattr(module, "record", fail)
    for name, act in acts.items():
        with pytest.raises(RuntimeError), transaction.atomic():
            act()
        assert _everything() == before, name
    recorded = [act for act in REGISTRY.values() if not act.unrecorded_because]
    ours = {act.name for act in recorded if act.module in {module.__name__ for module in WRITERS}}
    assert set(acts) == ours - {"take_along"}, "that one is told in test_suggested.py"

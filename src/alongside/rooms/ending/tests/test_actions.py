"""Each act of the ending: done, refused, and undone as a whole when the ledger can't be written."""

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction

from alongside.journeys.models import JourneyStateRecord, Words
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.rooms.ending import actions
from alongside.rooms.ending.models import Ending, EndingEntry, EndingStateRecord, Saying, Wish
from alongside.rooms.ending.queries import any_ending_of, ending_of, entries_of, sayings_of, wishes_of
from alongside.rooms.ending.states import EndingState, Outcome, Said, Side, Sort
from alongside.rooms.first_meeting.actions import carry_agreement_over
from alongside.rooms.first_meeting.queries import agreement_in_force, pictures_of

from .furniture import answer, begun, chain, now_picture, support

POINT = actions.Content(what="I can ask for help")
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
        ending = actions.begin_ending(by=cast.seat(cast.participant, journey))

    assert state_of(cast, journey) == JourneyState.ENDING
    assert ending_of(cast.seat(cast.guide, journey)).state == EndingState.BEGUN
    assert [letter.to for letter in mail.outbox] == [[cast.guide.email]]
    assert str(journey.id) in mail.outbox[0].body and "supervis" not in mail.outbox[0].body.lower()
    assert ending.begun_by == cast.participant


def test_beginning_twice_is_refused(cast):
    journey = begun(cast)

    refused(Denial.NOT_NOW, act=actions.begin_ending, by=cast.seat(cast.participant, journey))

    assert Ending.objects.count() == 1


@pytest.mark.parametrize("state", ["draft", "preparing", "completed", "withdrawn"])
def test_beginning_at_the_wrong_moment_is_refused(cast, state):
    refused(Denial.NOT_NOW, act=actions.begin_ending, by=cast.seat(cast.guide, cast.journey(state=state)))


def test_of_two_who_begin_with_old_seats_the_second_is_told(cast):
    journey = cast.journey()
    first, second = seats(cast, journey)
    actions.begin_ending(by=first)

    refused(Denial.NOT_NOW, act=actions.begin_ending, by=second)

    assert JourneyStateRecord.objects.filter(journey=journey, state="ending").count() == 1


# --- going on ------------------------------------------------------------------------------------------


def test_going_on_while_under_way_changes_the_plan_when_both_want_it(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    wish = actions.wish_to_go_on(planned_meetings=20, planned_end=None, word="Not done yet", by=participant)

    actions.agree_to_go_on(known=str(wish.id), by=guide)

    journey.refresh_from_db()
    assert journey.planned_meetings == 20
    assert state_of(cast, journey) == JourneyState.ACTIVE
    assert Wish.objects.get().outcome == Outcome.AGREED


def test_going_on_sets_a_begun_ending_aside_and_keeps_its_words(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    wish = actions.wish_to_go_on(planned_meetings=20, planned_end=None, by=guide)

    actions.agree_to_go_on(known=str(wish.id), by=participant)

    guide = cast.seat(cast.guide, journey)
    assert guide.state == JourneyState.ACTIVE
    assert ending_of(guide) is None
    assert any_ending_of(guide).state == EndingState.SET_ASIDE
    again = actions.begin_ending(by=guide)
    assert [entry.what for entry in entries_of(again)] == [POINT.what]


def test_nobody_agrees_with_themselves_or_to_something_unseen(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    wish = actions.wish_to_go_on(planned_meetings=20, planned_end=None, by=guide)

    refused(Denial.NOT_YOURS, act=actions.agree_to_go_on, known=str(wish.id), by=guide)
    refused(Denial.NOT_NOW, act=actions.agree_to_go_on, known="another", by=participant)
    refused(Denial.NOT_NOW, act=actions.wish_to_go_on, planned_meetings=30, planned_end=None, by=participant)


@pytest.mark.parametrize(
    ("who", "outcome"), [("guide", Outcome.TAKEN_BACK), ("participant", Outcome.DECLINED)]
)
def test_a_wish_to_go_on_is_let_go_by_either(cast, who, outcome):
    journey = cast.journey()
    wish = actions.wish_to_go_on(planned_meetings=20, planned_end=None, by=cast.seat(cast.guide, journey))

    actions.let_going_on_go(known=str(wish.id), by=cast.seat(getattr(cast, who), journey))

    assert Wish.objects.get().outcome == outcome
    refused(
        Denial.NOT_NOW,
        act=actions.agree_to_go_on,
        known=str(wish.id),
        by=cast.seat(cast.participant, journey),
    )


def test_in_the_room_going_on_holds_at_once(cast):
    journey = cast.journey(participant_has_account=False)

    actions.wish_to_go_on(planned_meetings=30, planned_end=None, by=cast.seat(cast.guide, journey))

    journey.refresh_from_db()
    assert journey.planned_meetings == 30
    assert (Wish.objects.get().outcome, Wish.objects.get().how) == ("agreed", "in_the_room")


# --- ending early --------------------------------------------------------------------------------------


def test_notice_begins_the_ending_and_holds_until_its_last_day(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)

    actions.give_notice(reason="I am moving away", last_day=today("Europe/London") + SOON, by=participant)

    assert state_of(cast, journey) == JourneyState.ENDING
    refused(Denial.NOT_NOW, act=actions.end_early, by=guide)
    refused(Denial.NOT_NOW, act=actions.give_notice, reason="Me too", last_day=today("UTC"), by=guide)
    refused(Denial.NOT_YOURS, act=actions.take_notice_back, by=guide)


def test_after_the_last_day_either_closes_it_early(cast):
    journey = cast.journey()
    guide, participant = seats(cast, journey)
    actions.give_notice(reason="I am moving away", last_day=today("Europe/London"), by=participant)

    actions.end_early(by=guide)

    entered = JourneyStateRecord.objects.filter(journey=journey).order_by("-created_at").first()
    assert (entered.state, entered.reason) == ("ended_early", "I am moving away")
    assert ending_of(guide).state == EndingState.CLOSED
    assert Wish.objects.get().outcome == Outcome.CARRIED_OUT


def test_notice_is_taken_back_by_the_one_who_gave_it(cast):
    journey = cast.journey()
    _guide, participant = seats(cast, journey)
    actions.give_notice(reason="Too much", last_day=today("UTC") + SOON, by=participant)

    actions.take_notice_back(by=participant)

    assert wishes_of(participant) == {}
    assert state_of(cast, journey) == JourneyState.ENDING


# --- the work of the ending ----------------------------------------------------------------------------


def test_entries_are_added_reworded_removed_and_brought_back(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    added = actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=participant)

    reworded = actions.reword_entry(entry=added, content=actions.Content(what="  I ask early "), by=guide)
    actions.remove_entry(entry=reworded, by=guide)
    ending = ending_of(guide)
    removed = [(entry.what, entry.removed_by) for entry in entries_of(ending)]
    actions.bring_entry_back(entry=reworded, by=participant)

    assert removed == [("I ask early", cast.guide)]
    assert [(entry.what, entry.removed_at) for entry in entries_of(ending)] == [("I ask early", None)]
    assert EndingEntry.objects.count() == 2


def test_of_two_who_reword_at_once_the_second_is_refused(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    entry = actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    actions.reword_entry(entry=entry, content=actions.Content(what="One"), by=guide)

    refused(
        Denial.NOT_NOW,
        act=actions.reword_entry,
        entry=entry,
        content=actions.Content(what="Two"),
        by=participant,
    )
    refused(Denial.NOT_NOW, act=actions.bring_entry_back, entry=entry, by=participant)


def test_an_entry_of_another_journey_is_not_there(cast):
    theirs = begun(cast)
    entry = actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=cast.seat(cast.guide, theirs))
    mine = cast.seat(cast.guide, begun(cast))

    refused(Denial.HIDDEN, act=actions.reword_entry, entry=entry, content=POINT, by=mine)
    refused(Denial.HIDDEN, act=actions.remove_entry, entry=entry, by=mine)
    refused(Denial.HIDDEN, act=actions.bring_entry_back, entry=entry, by=mine)


@pytest.mark.parametrize(
    ("sort", "category"), [(Sort.SUPPORT, ""), (Sort.SUPPORT, "moon"), (Sort.KEY_POINT, "peer")]
)
def test_a_category_belongs_to_support_and_to_the_kind(cast, sort, category):
    seat = cast.seat(cast.guide, begun(cast))

    refused(
        Denial.HIDDEN,
        act=actions.add_entry,
        sort=sort,
        content=actions.Content(what="x", category=category),
        by=seat,
    )


def test_no_support_is_said_outright_and_ends_with_the_first_support(cast):
    journey = begun(cast)
    guide, _participant = seats(cast, journey)
    actions.need_no_support(by=guide)
    refused(Denial.NOT_NOW, act=actions.need_no_support, by=guide)

    entry = support(guide)

    assert sayings_of(ending_of(guide)).of(Said.NO_SUPPORT) is None
    refused(Denial.NOT_NOW, act=actions.need_no_support, by=guide)
    actions.remove_entry(entry=entry, by=guide)
    actions.need_no_support(by=guide)
    actions.bring_entry_back(entry=entry, by=guide)
    assert sayings_of(ending_of(guide)).of(Said.NO_SUPPORT) is None


def test_todays_picture_is_the_participants_own(cast):
    journey = begun(cast)
    [(need, rated, _levelled)] = chain(cast, journey)
    guide, participant = seats(cast, journey)

    refused(
        Denial.NOT_YOURS, act=actions.look_at_today, entries={need.id: (9, "fine")}, readings={}, by=guide
    )
    actions.look_at_today(entries={need.id: (7, "fine")}, readings={rated: 6}, by=participant)

    assert [(picture.moment, picture.entries[need.id].rating) for picture in pictures_of(guide)] == [
        ("start", 3),
        ("now", 7),
    ]


def test_in_the_room_the_guide_writes_todays_picture_with_them(cast):
    journey = begun(cast, participant_has_account=False)
    [(need, *_targets)] = chain(cast, journey)
    guide = cast.seat(cast.guide, journey)

    actions.look_at_today(entries={need.id: (7, "fine")}, readings={}, by=guide)

    assert pictures_of(guide)[-1].entries[need.id] == (7, "fine")


def test_leaving_the_picture_out_needs_a_reason_and_something_to_leave_out(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    refused(Denial.NOT_NOW, act=actions.leave_picture_out, reason="why not", by=guide)
    made = chain(cast, journey)

    refused(Denial.NOT_NOW, act=actions.leave_picture_out, reason="  ", by=guide)
    said = actions.leave_picture_out(reason="They have moved away", by=guide)

    assert said.word == "They have moved away"
    now_picture(cast, journey, made)
    assert sayings_of(ending_of(participant)).of(Said.NO_PICTURE) is None


def test_answers_open_only_when_both_are_ready(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    refused(Denial.NOT_NOW, act=actions.show_answers, by=participant)
    answer(cast, cast.participant, journey)
    answer(cast, cast.guide, journey, text="More than they think")

    first = actions.show_answers(by=participant)
    hidden = set(Words.objects.values_list("visibility", flat=True))
    refused(Denial.NOT_NOW, act=actions.show_answers, by=participant)
    second = actions.show_answers(by=guide)

    assert (first, second) == (False, True)
    assert hidden == {"mine"}
    assert set(Words.objects.values_list("visibility", flat=True)) == {"ours"}


def test_what_is_written_after_both_are_ready_is_open_to_both(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    for who in (cast.participant, cast.guide):
        answer(cast, who, journey)
    actions.show_answers(by=participant)
    actions.show_answers(by=guide)

    answer(cast, cast.guide, journey, key="helped", text="The walks")

    assert Words.objects.get(box="helped").visibility == "ours"


def test_in_the_room_the_guide_shows_for_both(cast):
    journey = begun(cast, participant_has_account=False)
    guide = cast.seat(cast.guide, journey)
    answer(cast, cast.guide, journey)
    refused(Denial.NOT_NOW, act=actions.show_answers, by=guide)
    answer(cast, cast.guide, journey, key="participant_benefit", text="I walk again")

    assert actions.show_answers(by=guide) is True
    assert {(s.side, s.how) for s in Saying.objects.all()} == {
        ("guide", "signed_in"),
        ("participant", "in_the_room"),
    }


# --- acknowledging and closing -------------------------------------------------------------------------


def ready_to_close(cast, **facts):
    journey = begun(cast, **facts)
    actions.need_no_support(by=cast.seat(cast.guide, journey))
    return journey


def test_an_ending_needs_a_word_on_support_and_todays_picture(cast):
    journey = begun(cast)
    made = chain(cast, journey)
    guide, participant = seats(cast, journey)

    refused(Denial.NOT_NOW, act=actions.acknowledge, side=Side.PARTICIPANT, by=participant)
    now_picture(cast, journey, made)
    refused(Denial.NOT_NOW, act=actions.acknowledge, side=Side.PARTICIPANT, by=participant)
    support(guide)
    actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert ending_of(guide).state == EndingState.ACKNOWLEDGED_BY_ONE


def test_with_the_second_acknowledgement_it_is_complete(cast):
    journey = ready_to_close(cast, first_number=3)
    guide, participant = seats(cast, journey)
    carry_agreement_over(made_on=dt.date(2026, 1, 5), by=guide)

    actions.acknowledge(side=Side.GUIDE, by=guide)
    refused(Denial.NOT_NOW, act=actions.acknowledge, side=Side.GUIDE, by=guide)
    refused(Denial.NOT_YOURS, act=actions.acknowledge, side=Side.PARTICIPANT, by=guide)
    actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert state_of(cast, journey) == JourneyState.COMPLETED
    assert ending_of(guide).state == EndingState.CLOSED
    assert agreement_in_force(guide) is None
    refused(Denial.NOT_NOW, act=actions.add_entry, sort=Sort.KEY_POINT, content=POINT, by=guide)


def test_with_a_notice_the_second_acknowledgement_ends_it_early(cast):
    journey = ready_to_close(cast)
    guide, participant = seats(cast, journey)
    actions.give_notice(reason="I am moving away", last_day=today("UTC") + SOON, by=participant)

    actions.acknowledge(side=Side.GUIDE, by=guide)
    actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert state_of(cast, journey) == JourneyState.ENDED_EARLY


def test_once_acknowledged_it_is_taken_up_again_before_it_is_changed(cast):
    journey = ready_to_close(cast)
    guide, participant = seats(cast, journey)
    actions.acknowledge(side=Side.PARTICIPANT, by=participant)
    refused(Denial.NOT_NOW, act=actions.add_entry, sort=Sort.KEY_POINT, content=POINT, by=guide)

    actions.take_up_again(by=guide)
    actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)

    assert ending_of(guide).state == EndingState.BEGUN
    assert sayings_of(ending_of(guide)).of(Said.ACKNOWLEDGED) is None
    refused(Denial.NOT_NOW, act=actions.take_up_again, by=guide)


def test_in_the_room_the_guide_notes_both_acknowledgements(cast):
    journey = ready_to_close(cast, participant_has_account=False)
    guide = cast.seat(cast.guide, journey)

    actions.acknowledge(side=Side.PARTICIPANT, by=guide)
    actions.acknowledge(side=Side.GUIDE, by=guide)

    assert state_of(cast, journey) == JourneyState.COMPLETED


def test_closing_without_waiting_where_the_kind_allows_it(cast):
    treatment = ready_to_close(cast, kind="treatment")
    supervision = ready_to_close(cast, kind="supervision")
    guide = cast.seat(cast.guide, treatment)

    refused(Denial.NOT_NOW, act=actions.close_without_waiting, by=guide)
    actions.acknowledge(side=Side.GUIDE, by=guide)
    refused(Denial.NOT_YOURS, act=actions.close_without_waiting, by=cast.seat(cast.participant, treatment))
    actions.close_without_waiting(by=guide)

    assert state_of(cast, treatment) == JourneyState.COMPLETED
    refused(Denial.NOT_YOURS, act=actions.close_without_waiting, by=cast.seat(cast.guide, supervision))


# --- the ledger ----------------------------------------------------------------------------------------


def _acts(cast):
    """Each act on a journey of its own, as (name, call)."""
    made = {"journey": begun(cast)}
    needs = chain(cast, made["journey"])
    guide, participant = seats(cast, made["journey"])
    entry = actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    gone = actions.remove_entry(
        entry=actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide), by=guide
    )
    answer(cast, cast.participant, made["journey"])
    wish = actions.wish_to_go_on(planned_meetings=30, planned_end=None, by=guide)
    closing, over, noticed = ready_to_close(cast), ready_to_close(cast, kind="treatment"), cast.journey()
    actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, over))
    actions.give_notice(reason="Away", last_day=today("Europe/London"), by=cast.seat(cast.guide, noticed))
    fresh, known = cast.seat(cast.guide, cast.journey()), str(wish.id)
    return {
        "begin_ending": lambda: actions.begin_ending(by=fresh),
        "give_notice": lambda: actions.give_notice(reason="x", last_day=dt.date(2031, 1, 1), by=fresh),
        "take_notice_back": lambda: actions.take_notice_back(by=cast.seat(cast.guide, noticed)),
        "end_early": lambda: actions.end_early(by=cast.seat(cast.guide, noticed)),
        "wish_to_go_on": lambda: actions.wish_to_go_on(planned_meetings=40, planned_end=None, by=fresh),
        "agree_to_go_on": lambda: actions.agree_to_go_on(known=known, by=participant),
        "let_going_on_go": lambda: actions.let_going_on_go(known=known, by=participant),
        "add_entry": lambda: actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide),
        "reword_entry": lambda: actions.reword_entry(entry=entry, content=POINT, by=guide),
        "remove_entry": lambda: actions.remove_entry(entry=entry, by=guide),
        "bring_entry_back": lambda: actions.bring_entry_back(entry=gone, by=guide),
        "need_no_support": lambda: actions.need_no_support(by=guide),
        "look_at_today": lambda: actions.look_at_today(
            entries={needs[0][0].id: (5, "")}, readings={}, by=participant
        ),
        "leave_picture_out": lambda: actions.leave_picture_out(reason="x", by=guide),
        "show_answers": lambda: actions.show_answers(by=participant),
        "acknowledge": lambda: actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, closing)),
        "take_up_again": lambda: actions.take_up_again(by=cast.seat(cast.guide, over)),
        "close_without_waiting": lambda: actions.close_without_waiting(by=cast.seat(cast.guide, over)),
    }


def _everything():
    models = (Ending, EndingStateRecord, EndingEntry, Saying, Wish, JourneyStateRecord)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_when_the_ledger_cannot_be_written_nothing_has_changed(cast, monkeypatch):
    from alongside.kernel.actions import REGISTRY

    acts = _acts(cast)
    before = _everything()

    def fail(*_args, **_kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(actions, "record", fail)
    for name, act in acts.items():
        with pytest.raises(RuntimeError), transaction.atomic():
            act()
        assert _everything() == before, name
    ours = {act.name for act in REGISTRY.values() if act.module == actions.__name__}
    assert set(acts) == ours

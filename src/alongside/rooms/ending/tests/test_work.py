"""The acts of the work: entries, today's picture, both voices, acknowledging and closing."""

import datetime as dt

import pytest

from alongside.journeys.models import Words
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
from alongside.rooms.ending.record.models import Saying
from alongside.rooms.ending.record.queries import ending_of, sayings_of
from alongside.rooms.ending.record.states import EndingState, Said
from alongside.rooms.ending.wishes import actions as wishes_actions
from alongside.rooms.first_meeting.actions import carry_agreement_over
from alongside.rooms.first_meeting.queries import agreement_in_force, pictures_of
from alongside.rooms.first_meeting.states import Side

from .furniture import answer, begun, chain, now_picture, ready_to_close, settled, support

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


def test_entries_are_added_reworded_removed_and_brought_back(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    added = contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=participant)

    reworded = contributions_actions.reword_entry(
        entry=added, content=contributions_actions.Content(what="  I ask early "), by=guide
    )
    contributions_actions.remove_entry(entry=reworded, by=guide)
    ending = ending_of(guide)
    removed = [(entry.what, entry.removed_by) for entry in entries_of(ending)]
    contributions_actions.bring_entry_back(entry=reworded, by=participant)

    assert removed == [("I ask early", cast.guide)]
    assert [(entry.what, entry.removed_at) for entry in entries_of(ending)] == [("I ask early", None)]
    assert EndingEntry.objects.count() == 2


def test_of_two_who_reword_at_once_the_second_is_refused(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    entry = contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)
    contributions_actions.reword_entry(
        entry=entry, content=contributions_actions.Content(what="One"), by=guide
    )

    refused(
        Denial.NOT_NOW,
        act=contributions_actions.reword_entry,
        entry=entry,
        content=contributions_actions.Content(what="Two"),
        by=participant,
    )
    refused(Denial.NOT_NOW, act=contributions_actions.bring_entry_back, entry=entry, by=participant)


def test_an_entry_of_another_journey_is_not_there(cast):
    theirs = begun(cast)
    entry = contributions_actions.add_entry(
        sort=Sort.KEY_POINT, content=POINT, by=cast.seat(cast.guide, theirs)
    )
    mine = cast.seat(cast.guide, begun(cast))

    refused(Denial.HIDDEN, act=contributions_actions.reword_entry, entry=entry, content=POINT, by=mine)
    refused(Denial.HIDDEN, act=contributions_actions.remove_entry, entry=entry, by=mine)
    refused(Denial.HIDDEN, act=contributions_actions.bring_entry_back, entry=entry, by=mine)


@pytest.mark.parametrize(
    ("sort", "category"), [(Sort.SUPPORT, ""), (Sort.SUPPORT, "moon"), (Sort.KEY_POINT, "peer")]
)
def test_a_category_belongs_to_support_and_to_the_kind(cast, sort, category):
    seat = cast.seat(cast.guide, begun(cast))

    refused(
        Denial.HIDDEN,
        act=contributions_actions.add_entry,
        sort=sort,
        content=contributions_actions.Content(what="x", category=category),
        by=seat,
    )


@pytest.mark.without_ledger("rooms.ending.contributions.actions.bring_entry_back")
def test_no_support_is_said_outright_and_ends_with_the_first_support(cast):
    journey = begun(cast)
    guide, _participant = seats(cast, journey)
    contributions_actions.need_no_support(by=guide)
    refused(Denial.NOT_NOW, act=contributions_actions.need_no_support, by=guide)

    entry = support(guide)

    assert sayings_of(ending_of(guide)).of(Said.NO_SUPPORT) is None
    refused(Denial.NOT_NOW, act=contributions_actions.need_no_support, by=guide)
    contributions_actions.remove_entry(entry=entry, by=guide)
    contributions_actions.need_no_support(by=guide)
    contributions_actions.bring_entry_back(entry=entry, by=guide)
    assert sayings_of(ending_of(guide)).of(Said.NO_SUPPORT) is None


def test_todays_picture_is_the_participants_own(cast):
    journey = begun(cast)
    [(need, rated, _levelled)] = chain(cast, journey)
    guide, participant = seats(cast, journey)

    refused(
        Denial.NOT_YOURS,
        act=comparison_actions.look_at_today,
        entries={need.id: (9, "fine")},
        readings={},
        by=guide,
    )
    comparison_actions.look_at_today(entries={need.id: (7, "fine")}, readings={rated: 6}, by=participant)

    assert [(picture.moment, picture.entries[need.id].rating) for picture in pictures_of(guide)] == [
        ("start", 3),
        ("now", 7),
    ]


def test_in_the_room_the_guide_writes_todays_picture_with_them(cast):
    journey = begun(cast, participant_has_account=False)
    [(need, *_targets)] = chain(cast, journey)
    guide = cast.seat(cast.guide, journey)

    comparison_actions.look_at_today(entries={need.id: (7, "fine")}, readings={}, by=guide)

    assert pictures_of(guide)[-1].entries[need.id] == (7, "fine")


@pytest.mark.without_ledger("rooms.ending.comparison.actions.leave_picture_out")
def test_leaving_the_picture_out_needs_a_reason_and_something_to_leave_out(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    refused(Denial.NOT_NOW, act=comparison_actions.leave_picture_out, reason="why not", by=guide)
    made = chain(cast, journey)

    refused(Denial.NOT_NOW, act=comparison_actions.leave_picture_out, reason="  ", by=guide)
    said = comparison_actions.leave_picture_out(reason="They have moved away", by=guide)

    assert said.word == "They have moved away"
    now_picture(cast, journey, made)
    assert sayings_of(ending_of(participant)).of(Said.NO_PICTURE) is None


def test_answers_open_only_when_both_are_ready(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    refused(Denial.NOT_NOW, act=contributions_actions.show_answers, by=participant)
    answer(cast, cast.participant, journey)
    answer(cast, cast.guide, journey, text="More than they think")

    first = contributions_actions.show_answers(by=participant)
    hidden = set(Words.objects.values_list("visibility", flat=True))
    refused(Denial.NOT_NOW, act=contributions_actions.show_answers, by=participant)
    second = contributions_actions.show_answers(by=guide)

    assert (first, second) == (False, True)
    assert hidden == {"mine"}
    assert set(Words.objects.values_list("visibility", flat=True)) == {"ours"}


@pytest.mark.without_ledger("rooms.ending.contributions.actions.show_answers")
def test_what_is_written_after_both_are_ready_is_open_to_both(cast):
    journey = begun(cast)
    guide, participant = seats(cast, journey)
    for who in (cast.participant, cast.guide):
        answer(cast, who, journey)
    contributions_actions.show_answers(by=participant)
    contributions_actions.show_answers(by=guide)

    answer(cast, cast.guide, journey, key="helped", text="The walks")

    assert Words.objects.get(box="helped").visibility == "ours"


def test_in_the_room_the_guide_shows_for_both(cast):
    journey = begun(cast, participant_has_account=False)
    guide = cast.seat(cast.guide, journey)
    answer(cast, cast.guide, journey)
    refused(Denial.NOT_NOW, act=contributions_actions.show_answers, by=guide)
    answer(cast, cast.guide, journey, key="participant_benefit", text="I walk again")

    assert contributions_actions.show_answers(by=guide) is True
    assert {(s.side, s.how) for s in Saying.objects.all()} == {
        ("guide", "signed_in"),
        ("participant", "in_the_room"),
    }


# --- acknowledging and closing -------------------------------------------------------------------------


def test_an_ending_needs_a_word_on_support_and_todays_picture(cast):
    journey = begun(cast)
    made = chain(cast, journey)
    guide, participant = seats(cast, journey)

    refused(Denial.NOT_NOW, act=closing_actions.acknowledge, side=Side.PARTICIPANT, by=participant)
    now_picture(cast, journey, made)
    refused(Denial.NOT_NOW, act=closing_actions.acknowledge, side=Side.PARTICIPANT, by=participant)
    support(guide)
    refused(Denial.NOT_NOW, act=closing_actions.acknowledge, side=Side.PARTICIPANT, by=participant)
    settled(guide)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert ending_of(guide).state == EndingState.ACKNOWLEDGED_BY_ONE


def test_with_the_second_acknowledgement_it_is_complete(cast):
    journey = ready_to_close(cast, first_number=3)
    guide, participant = seats(cast, journey)
    carry_agreement_over(made_on=dt.date(2026, 1, 5), by=guide)

    closing_actions.acknowledge(side=Side.GUIDE, by=guide)
    refused(Denial.NOT_NOW, act=closing_actions.acknowledge, side=Side.GUIDE, by=guide)
    refused(Denial.NOT_YOURS, act=closing_actions.acknowledge, side=Side.PARTICIPANT, by=guide)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert state_of(cast, journey) == JourneyState.COMPLETED
    assert ending_of(guide).state == EndingState.CLOSED
    assert agreement_in_force(guide) is None
    refused(Denial.NOT_NOW, act=contributions_actions.add_entry, sort=Sort.KEY_POINT, content=POINT, by=guide)


def test_with_a_notice_the_second_acknowledgement_ends_it_early(cast):
    journey = ready_to_close(cast)
    guide, participant = seats(cast, journey)
    wishes_actions.give_notice(reason="I am moving away", last_day=today("UTC") + SOON, by=participant)

    closing_actions.acknowledge(side=Side.GUIDE, by=guide)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)

    assert state_of(cast, journey) == JourneyState.ENDED_EARLY


@pytest.mark.without_ledger("rooms.ending.closing.actions.take_up_again")
def test_once_acknowledged_it_is_taken_up_again_before_it_is_changed(cast):
    journey = ready_to_close(cast)
    guide, participant = seats(cast, journey)
    closing_actions.acknowledge(side=Side.PARTICIPANT, by=participant)
    refused(Denial.NOT_NOW, act=contributions_actions.add_entry, sort=Sort.KEY_POINT, content=POINT, by=guide)

    closing_actions.take_up_again(by=guide)
    contributions_actions.add_entry(sort=Sort.KEY_POINT, content=POINT, by=guide)

    assert ending_of(guide).state == EndingState.BEGUN
    assert sayings_of(ending_of(guide)).of(Said.ACKNOWLEDGED) is None
    refused(Denial.NOT_NOW, act=closing_actions.take_up_again, by=guide)


def test_in_the_room_the_guide_notes_both_acknowledgements(cast):
    journey = ready_to_close(cast, participant_has_account=False)
    guide = cast.seat(cast.guide, journey)

    closing_actions.acknowledge(side=Side.PARTICIPANT, by=guide)
    closing_actions.acknowledge(side=Side.GUIDE, by=guide)

    assert state_of(cast, journey) == JourneyState.COMPLETED


@pytest.mark.without_ledger("rooms.ending.closing.actions.close_without_waiting")
def test_closing_without_waiting_where_the_kind_allows_it(cast):
    treatment = ready_to_close(cast, kind="treatment")
    supervision = ready_to_close(cast, kind="supervision")
    guide = cast.seat(cast.guide, treatment)

    refused(Denial.NOT_NOW, act=closing_actions.close_without_waiting, by=guide)
    closing_actions.acknowledge(side=Side.GUIDE, by=guide)
    refused(
        Denial.NOT_YOURS, act=closing_actions.close_without_waiting, by=cast.seat(cast.participant, treatment)
    )
    closing_actions.close_without_waiting(by=guide)

    assert state_of(cast, treatment) == JourneyState.COMPLETED
    refused(
        Denial.NOT_YOURS, act=closing_actions.close_without_waiting, by=cast.seat(cast.guide, supervision)
    )

"""Each act of focusing: it does what it says, it is refused, and when the ledger can't be written nothing has changed.

Long, because its last part tries every action of a focusing against a ledger that fails.
"""

from __future__ import annotations

import pytest

from alongside.goals.models import Step
from alongside.journeys.models import Visibility, Words
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.focusing.models import Focusing, FocusingAct
from alongside.rooms.sessions.focusing.queries import (
    focusing_in,
    focusings_of,
    insights_of,
    kept_topics_of,
    open_record_of,
    own_words_in,
    subject_of,
    token_of,
    words_of,
)
from alongside.rooms.sessions.focusing.states import FocusingState
from alongside.rooms.sessions.focusing.tests.factories import (
    SECRETS,
    here,
    level,
    plan,
    say,
    state_of,
    written_through,
)
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.models import EnteredInError
from alongside.rooms.sessions.record.states import IssueState
from alongside.rooms.sessions.record.tests.factories import closing, opened, target

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
    return opened(cast, journey)


def denial(call, **facts) -> int:
    with pytest.raises(Refused) as refused:
        call(**facts)
    return refused.value.verdict.denial.value


def read_by(seat, focusing):
    return {str(words.text) for words in words_of(seat, focusing.id)[focusing.id].values()}


# --- beginning -------------------------------------------------------------------------------------------


def test_one_begins_by_oneself_and_the_other_does_not_know(participant, guide):
    focusing = actions.begin_focusing(by=participant)

    assert [one.id for one in focusings_of(participant)] == [focusing.id]
    assert state_of(participant, focusing.id) == FocusingState.DRAFT
    assert focusings_of(guide) == [] and focusing_in(guide, focusing.id) is None


def test_together_is_begun_in_the_meeting_that_is_open(cast, participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=participant)

    assert focusing.record_id == meeting.id
    for seat in (participant, guide):
        assert state_of(seat, focusing.id) == FocusingState.SHARED


def test_together_needs_an_open_meeting(participant):
    assert denial(actions.begin_focusing, together=True, by=participant) == 409
    assert not Focusing.objects.exists()


def test_an_issue_becomes_a_focusing_in_one_act(participant, guide, meeting):
    issue = sessions.raise_issue(number=2, text="I go quiet", by=guide)

    focusing = actions.focus_on_issue(
        number=2, issue=issue_in(participant, issue.id), together=True, by=participant
    )

    assert issue_in(guide, issue.id).state == IssueState.FOCUSING
    found = here(guide, focusing)
    assert subject_of(found, {}) == "I go quiet" and found.number == 2


def test_an_issue_that_was_settled_becomes_no_focusing(participant, guide, meeting):
    issue = sessions.raise_issue(number=2, text="I go quiet", by=guide)
    sessions.settle_issue(number=2, issue=issue_in(guide, issue.id), becomes=IssueState.BECAME_NEED, by=guide)
    settled = issue_in(participant, issue.id)

    assert denial(actions.focus_on_issue, number=2, issue=settled, together=True, by=participant) == 409
    assert not Focusing.objects.exists()


@pytest.mark.parametrize("state", ["completed", "paused"])
def test_nothing_is_begun_in_a_journey_that_rests_or_is_over(cast, state):
    seat = cast.seat(cast.participant, cast.journey(state=state))
    assert denial(actions.begin_focusing, by=seat) == 409


# --- writing ---------------------------------------------------------------------------------------------


def test_own_words_are_ones_own_and_coming_back_leads_to_where_one_wrote(participant, guide):
    focusing = actions.begin_focusing(by=participant)

    say(focusing, "describe", "account", "He did not answer.", participant)

    words = Words.objects.get(place="focusing_describe", subject_id=focusing.id)
    assert (words.visibility, words.author_id) == (Visibility.MINE, participant.actor.id)
    assert here(participant, focusing).row.left_at_level == 2
    assert denial(say, focusing=focusing, key="describe", name="account", text="x", by=guide) == 404


def test_together_both_write_in_the_same_box_and_both_stay(participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=guide)

    say(focusing, "describe", "account", "He was late.", guide)
    say(focusing, "describe", "account", "I was late.", participant)

    (words,) = Words.objects.filter(place="focusing_describe", subject_id=focusing.id)
    assert "He was late." in words.text and "I was late." in words.text
    assert (words.visibility, words.author_id) == (Visibility.OURS, None)


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.begin_focusing")
def test_a_box_of_another_level_is_not_there(participant):
    focusing = actions.begin_focusing(by=participant)
    assert denial(say, focusing=focusing, key="wide", name="insight", text="x", by=participant) == 404


def test_writing_goes_on_while_the_journey_rests_and_stops_when_it_is_over(cast, journey, participant):
    from alongside.journeys.models import JourneyStateRecord

    focusing = actions.begin_focusing(by=participant)
    JourneyStateRecord.objects.create(journey=journey, state="paused", by=cast.guide)
    resting = cast.seat(cast.participant, journey)
    say(focusing, "wide", "how_are_you", "Better.", resting)
    JourneyStateRecord.objects.create(journey=journey, state="completed", by=cast.guide)
    over = cast.seat(cast.participant, journey)

    assert read_by(resting, focusing) == {"Better."}
    assert denial(say, focusing=focusing, key="wide", name="how_are_you", text="x", by=over) == 409


# --- topics ----------------------------------------------------------------------------------------------


def topics_of(seat, focusing, box="topics"):
    rows = Words.objects.filter(place="focusing_wide", subject_id=focusing.id, box=box)
    return str(rows.get().text).splitlines() if rows.exists() else []


def test_topics_are_put_down_once_each_and_one_is_chosen(participant):
    focusing = actions.begin_focusing(by=participant)
    for topic in ("The round", "  The   round ", "Sleep"):
        actions.put_down_topic(focusing_id=focusing.id, topic=topic, by=participant)

    actions.choose_topic(focusing_id=focusing.id, topic="Sleep", by=participant)

    assert topics_of(participant, focusing) == ["The round", "Sleep"]
    found = here(participant, focusing)
    assert subject_of(found, words_of(participant, focusing.id)[focusing.id]) == "Sleep"


def test_a_topic_not_chosen_is_kept_and_taken_up_another_time(participant, guide):
    first = actions.begin_focusing(by=participant)
    actions.put_down_topic(focusing_id=first.id, topic="Sleep", by=participant)

    actions.keep_topic(focusing_id=first.id, topic="Sleep", by=participant)
    kept = kept_topics_of(participant, together=False)
    second = actions.begin_focusing(by=participant)
    actions.take_up_topic(focusing_id=second.id, topic="Sleep", by=participant)

    assert kept == ("Sleep",)
    assert kept_topics_of(guide, together=False) == kept_topics_of(participant, together=False) == ()
    assert topics_of(participant, first) == [] and topics_of(participant, second) == ["Sleep"]


def test_what_both_keep_both_find_again(participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=guide)
    actions.put_down_topic(focusing_id=focusing.id, topic="Sleep", by=participant)

    actions.keep_topic(focusing_id=focusing.id, topic="Sleep", by=guide)

    assert kept_topics_of(guide, together=True) == kept_topics_of(participant, together=True) == ("Sleep",)
    assert kept_topics_of(guide, together=False) == ()


def test_a_topic_can_be_taken_off(participant):
    focusing = actions.begin_focusing(by=participant)
    actions.put_down_topic(focusing_id=focusing.id, topic="Sleep", by=participant)
    actions.drop_topic(focusing_id=focusing.id, topic="Sleep", by=participant)
    assert topics_of(participant, focusing) == []


TOPIC_DEEDS = ("put_down_topic", "choose_topic", "keep_topic", "take_up_topic", "drop_topic")


@pytest.mark.parametrize("deed", TOPIC_DEEDS)
def test_topics_are_their_authors(participant, guide, deed):
    focusing = written_through(participant)
    actions.share_level(focusing_id=focusing.id, level=level(participant, "wide"), by=participant)

    assert denial(getattr(actions, deed), focusing_id=focusing.id, topic="Sleep", by=guide) == 403


# --- viewpoints and the target ---------------------------------------------------------------------------


def test_viewpoints_are_chosen_by_their_keys_and_unknown_ones_are_left_out(participant):
    focusing = actions.begin_focusing(by=participant)

    changed = actions.choose_perspectives(
        focusing_id=focusing.id, keys=["system", "other", "boss"], by=participant
    )

    assert changed.perspectives == ["other", "system"]
    assert changed.version == 1


def test_when_both_choose_viewpoints_at_once_both_choices_stand(participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=guide)
    facts = {"focusing_id": focusing.id, "known": []}

    actions.choose_perspectives(**facts, keys=["other"], by=guide)
    both = actions.choose_perspectives(**facts, keys=["time"], by=participant)
    aside = actions.choose_perspectives(
        focusing_id=focusing.id, known=["other", "time"], keys=["time"], by=guide
    )

    assert (both.perspectives, aside.perspectives) == (["other", "time"], ["time"])


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.choose_perspectives")
def test_what_was_written_from_a_viewpoint_that_is_put_aside_stays(participant):
    focusing = actions.begin_focusing(by=participant)
    say(focusing, "explore", "perspective_other", "She was waiting.", participant)

    actions.choose_perspectives(focusing_id=focusing.id, keys=[], known=["other"], by=participant)

    assert read_by(participant, focusing) == {"She was waiting."}


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.link_target")
def test_a_focus_serves_a_target_of_this_journey_or_none(cast, participant):
    elsewhere = target(cast.seat(cast.guide, cast.journey()))
    own, focusing = target(participant), actions.begin_focusing(by=participant)

    assert actions.link_target(focusing_id=focusing.id, target=own, by=participant).target_id == own.id
    assert denial(actions.link_target, focusing_id=focusing.id, target=elsewhere, by=participant) == 404
    assert actions.link_target(focusing_id=focusing.id, target=None, by=participant).target_id is None


# --- sharing ---------------------------------------------------------------------------------------------


def test_sharing_a_level_opens_that_level_alone_with_what_is_added_later(participant, guide):
    focusing = written_through(participant)

    actions.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)
    say(focusing, "narrow", "focus", "One thing.", participant)

    assert read_by(guide, focusing) == {"what-it-tells", "One thing."}
    assert state_of(guide, focusing.id) == FocusingState.SHARED
    assert insights_of(guide)[0][1].text == "what-it-tells"
    share = {"focusing_id": focusing.id, "level": level(participant, "narrow")}
    assert denial(actions.share_level, **share, by=participant) == 409
    assert denial(actions.share_level, **share, by=guide) == 403


def test_the_act_is_not_shared_by_hand(participant):
    focusing = actions.begin_focusing(by=participant)
    assert (
        denial(actions.share_level, focusing_id=focusing.id, level=level(participant, "act"), by=participant)
        == 404
    )


# --- the act ---------------------------------------------------------------------------------------------


def test_the_act_becomes_a_step_of_the_open_meetings_plan(participant, guide, meeting):
    own = target(guide)
    focusing = actions.begin_focusing(by=participant)

    planned = plan(focusing, participant, target=own, support="Anna", success_sign="She nods")

    assert (planned.step.planned_in, planned.step.target_id) == (2, own.id)
    act = here(guide, focusing).acts[0]
    assert (act.text, act.support, act.obstacle, act.success_sign) == (
        "Ask before the round",
        "Anna",
        "",
        "She nods",
    )
    assert state_of(guide, focusing.id) == FocusingState.SHARED


def test_between_meetings_the_act_stands_among_the_steps(participant):
    planned = plan(actions.begin_focusing(by=participant), participant)
    assert planned.step.planned_in is None


def copied(step, journey):
    """A step as a hand-over copies it: with its words and the moment it was made."""
    return Step.objects.create(
        journey=journey,
        text=step.text,
        owner=step.owner,
        planned_in=step.planned_in,
        by=step.by,
        created_at=step.created_at,
    )


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.carry_acts")
def test_what_stands_beside_an_act_goes_along_into_the_journey_that_follows_and_no_path(
    cast, journey, participant
):
    onward = cast.seat(cast.guide, cast.journey(follows=journey))
    planned = plan(written_through(participant), participant, success_sign="She nods")
    step = copied(planned.step, onward.journey)
    sessions.plan_step(text="Another", owner=cast.participant, by=onward)

    counts = [actions.carry_acts(source=journey, by=onward) for _twice in range(2)]

    carried = FocusingAct.objects.get(step__journey=onward.journey)
    assert counts == [1, 0]
    assert (carried.success_sign, carried.focusing_id, carried.step_id) == ("She nods", None, step.id)


def test_acts_are_carried_from_the_journey_before_alone(cast, journey, participant):
    elsewhere = cast.seat(cast.guide, cast.journey())
    assert denial(actions.carry_acts, source=journey, by=elsewhere) == 404


# --- stopping and keeping --------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.leave_focusing")
def test_one_stops_at_any_level_and_goes_on_from_there(participant):
    focusing = actions.begin_focusing(by=participant)

    actions.leave_focusing(focusing_id=focusing.id, level=level(participant, "explore"), by=participant)

    assert here(participant, focusing).row.left_at_level == 3
    assert state_of(participant, focusing.id) == FocusingState.DRAFT


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.keep_focusing")
def test_a_draft_is_kept_and_taken_up_again(participant):
    focusing = actions.begin_focusing(by=participant)

    actions.keep_focusing(focusing_id=focusing.id, state=FocusingState.KEPT, by=participant)
    kept = state_of(participant, focusing.id)
    actions.keep_focusing(focusing_id=focusing.id, state=FocusingState.DRAFT, by=participant)

    assert (kept, state_of(participant, focusing.id)) == (FocusingState.KEPT, FocusingState.DRAFT)


# --- entered in error ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SECRETS)
def test_words_in_the_wrong_focusing_are_hidden_from_both_and_the_box_is_free_again(participant, guide, key):
    focusing = written_through(participant)
    actions.share_level(focusing_id=focusing.id, level=level(participant, key), by=participant)
    name, text = SECRETS[key]
    words = Words.objects.get(box=name)
    assert read_by(guide, focusing) == {text}

    actions.mark_in_focusing(focusing_id=focusing.id, words_id=words.id, reason="of-ann", by=participant)

    assert read_by(guide, focusing) == set()
    assert read_by(participant, focusing) == {said for _name, said in SECRETS.values()} - {text}
    assert words.id not in {one.id for one in own_words_in(participant, here(participant, focusing))}
    assert insights_of(guide) == []
    marked = Words.objects.get(id=words.id)
    assert (marked.text, marked.entered_in_error_by_id) == (text, participant.actor.id)
    assert EnteredInError.objects.get().reason == "of-ann"
    assert "of-ann" not in str(list(Entry.objects.values_list("detail", flat=True)))
    say(focusing, key, name, "mine after all", participant)
    assert read_by(guide, focusing) == {"mine after all"}


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.mark_in_focusing")
def test_what_one_sees_through_other_eyes_can_be_marked_too_and_topics(participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=participant)
    actions.choose_perspectives(focusing_id=focusing.id, keys=["other"], by=participant)
    say(focusing, "explore", "perspective_other", "Of another meeting", participant)
    actions.put_down_topic(focusing_id=focusing.id, topic="Another person's topic", by=participant)
    before = token_of(focusing.journey_id, focusing.id)

    for words in own_words_in(participant, here(participant, focusing)):
        actions.mark_in_focusing(focusing_id=focusing.id, words_id=words.id, reason="wrong", by=participant)

    assert read_by(participant, focusing) == read_by(guide, focusing) == set()
    assert token_of(focusing.journey_id, focusing.id) != before
    actions.put_down_topic(focusing_id=focusing.id, topic="Ours", by=guide)
    assert read_by(participant, focusing) == {"Ours"}


def test_a_card_that_is_open_learns_that_its_issue_or_its_act_does_not_belong_here(
    participant, guide, meeting
):
    issue = issue_in(participant, sessions.raise_issue(number=2, text="Of Ann", by=participant).id)
    focusing = actions.focus_on_issue(number=2, issue=issue, together=True, by=participant)
    planned = plan(focusing, participant)
    tokens = [token_of(focusing.journey_id, focusing.id)]
    wrong = {"number": 2, "reason": "of Ann", "by": participant}

    sessions.mark_step_in_error(step_id=planned.step_id, **wrong)
    tokens.append(token_of(focusing.journey_id, focusing.id))
    sessions.mark_issue_in_error(issue_id=issue.id, **wrong)
    tokens.append(token_of(focusing.journey_id, focusing.id))

    assert len(set(tokens)) == 3
    seen = here(guide, focusing)
    assert (seen.issue, seen.acts) == ("", ())


def test_nobody_hides_what_the_other_wrote_or_both(participant, guide, meeting):
    focusing = actions.begin_focusing(together=True, by=participant)
    say(focusing, "describe", "account", "From one", participant)
    say(focusing, "narrow", "insight", "From the other", guide)
    actions.write_in_level(
        focusing_id=focusing.id,
        level=level(guide, "describe"),
        name="account",
        text="From one, and from the other",
        version=1,
        by=guide,
    )

    facts = {"focusing_id": focusing.id, "reason": "wrong", "by": participant}
    for words in Words.objects.all():
        assert denial(actions.mark_in_focusing, words_id=words.id, **facts) == 404
    own = Words.objects.get(box="insight")
    assert denial(actions.mark_in_focusing, words_id=own.id, **{**facts, "by": guide, "reason": " "}) == 409
    assert not EnteredInError.objects.exists()


# --- the ledger ------------------------------------------------------------------------------------------


def test_the_open_record_is_the_newest_that_is_open(cast, journey, guide):
    assert open_record_of(guide) is None
    first = opened(cast, journey)
    assert open_record_of(guide).id == first.id
    sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    assert open_record_of(guide) is None

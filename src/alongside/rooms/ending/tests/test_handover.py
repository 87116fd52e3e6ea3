"""A journey goes on with another guide: what each may do, what goes along, and what does not.

Long, because all of it stands on one agreed hand-over and reads as one story.
"""

import threading
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection, models
from django.urls import reverse

from alongside.goals.models import Reading, Step
from alongside.goals.queries import goals_of
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, Words
from alongside.journeys.queries import seat_for
from alongside.journeys.states import JourneyState
from alongside.kernel.clock import now, today
from alongside.kernel.errors import Refused
from alongside.people.models import Person
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.handover import actions, queries, rules
from alongside.rooms.ending.handover.models import Handover
from alongside.rooms.ending.handover.states import HandedOver
from alongside.rooms.ending.wishes import actions as wishes_actions
from alongside.rooms.environment.queries import meetings_of
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.first_meeting.states import Side
from tests.furnish import GUIDES, OURS, PARTICIPANTS, furnish_journey

from .hand_over import SUMMARY, agreed, gone_on, proposed, summarised


@pytest.fixture
def journey(cast, request):
    return furnish_journey(cast, getattr(request, "param", "treatment"))


# --- agreeing on it ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_either_proposes_and_nothing_changes_by_it(cast, journey, who):
    before = cast.seat(cast.guide, journey).state
    proposed(cast, journey, by=who)
    assert cast.seat(cast.guide, journey).state == before
    assert seat_for(cast.colleague, journey_id=journey.id) is None


def test_one_stands_at_a_time(cast, journey):
    proposed(cast, journey)
    with pytest.raises(Refused, match="already been proposed"):
        proposed(cast, journey, by="participant")


@pytest.mark.parametrize("person", ["guide", "participant", "supporter", "lead", "stranger"])
def test_who_can_not_be_the_new_guide(cast, journey, person):
    with pytest.raises(Refused):
        actions.propose_handover(
            to=getattr(cast, person), reason="Because", by=cast.seat(cast.guide, journey)
        )


def test_it_is_said_why(cast, journey):
    with pytest.raises(Refused, match="few words why"):
        actions.propose_handover(to=cast.colleague, reason=" ", by=cast.seat(cast.guide, journey))


@pytest.mark.parametrize("state", ["draft", "preparing", "completed", "withdrawn", "ended_early"])
def test_what_has_not_begun_or_is_over_is_not_handed_over(cast, state):
    assert not rules.may_propose_handover(cast.seat(cast.guide, cast.journey(state=state)), None)


def test_a_yes_is_to_the_summary_as_it_stands(cast, journey):
    proposed(cast, journey)
    version = summarised(cast, journey)
    actions.say_yes(side=Side.GUIDE, version=version, by=cast.seat(cast.guide, journey))
    summarised(cast, journey, text=SUMMARY + " And more.")

    with pytest.raises(Refused, match="changed since"):
        actions.say_yes(side=Side.PARTICIPANT, version=version, by=cast.seat(cast.participant, journey))

    facts = queries.handover_of(cast.seat(cast.participant, journey))
    assert facts.yes == frozenset() and not facts.is_agreed


@pytest.mark.without_ledger("rooms.ending.handover.actions.say_yes")
def test_whoever_wrote_the_last_words_knows_them(cast, journey):
    proposed(cast, journey)
    version = summarised(cast, journey)
    summarised(cast, journey, text=SUMMARY + " And more.")
    actions.say_yes(side=Side.GUIDE, version=version, by=cast.seat(cast.guide, journey))
    assert queries.handover_of(cast.seat(cast.guide, journey)).yes == {Side.GUIDE}


def test_nobody_says_yes_for_the_other_who_can_sign_in(cast, journey):
    proposed(cast, journey)
    version = summarised(cast, journey)
    with pytest.raises(Refused, match="themselves"):
        actions.say_yes(side=Side.PARTICIPANT, version=version, by=cast.seat(cast.guide, journey))


def test_without_a_summary_there_is_nothing_to_say_yes_to(cast, journey):
    proposed(cast, journey)
    with pytest.raises(Refused, match="summary first"):
        actions.say_yes(side=Side.GUIDE, version=0, by=cast.seat(cast.guide, journey))


def test_before_both_have_agreed_nobody_is_asked(cast, journey):
    proposed(cast, journey)
    version = summarised(cast, journey)
    actions.say_yes(side=Side.GUIDE, version=version, by=cast.seat(cast.guide, journey))
    handover = Handover.objects.get()
    assert queries.asked_of(cast.colleague) == []
    with pytest.raises(Refused):
        actions.take_over(handover_id=handover.id, by=cast.colleague)


@pytest.mark.parametrize("who", ["guide", "participant", "lead", "administrator", "stranger"])
def test_nobody_but_the_one_who_is_asked_takes_it_on(cast, journey, who):
    handover = agreed(cast, journey)
    with pytest.raises(Refused):
        actions.take_over(handover_id=handover.id, by=getattr(cast, who))
    assert Journey.objects.filter(follows=journey).count() == 0


@pytest.mark.without_ledger("rooms.ending.handover.actions.let_handover_go")
@pytest.mark.parametrize("who", ["guide", "participant"])
def test_either_lets_it_go(cast, journey, who):
    agreed(cast, journey)
    actions.let_handover_go(by=cast.seat(getattr(cast, who), journey))
    assert Handover.objects.get().outcome == HandedOver.LET_GO
    assert queries.asked_of(cast.colleague) == []
    proposed(cast, journey)


@pytest.mark.without_ledger("rooms.ending.handover.actions.decline_handover")
def test_whoever_is_asked_declines_with_a_word(cast, journey):
    handover = agreed(cast, journey)
    actions.decline_handover(handover_id=handover.id, word="My week is full", by=cast.colleague)
    facts = queries.handover_of(cast.seat(cast.participant, journey))
    assert (facts.handover.outcome, str(facts.handover.word)) == (HandedOver.DECLINED, "My week is full")
    with pytest.raises(Refused):
        actions.take_over(handover_id=handover.id, by=cast.colleague)


# --- going on ----------------------------------------------------------------------------------------------


def figures(seat):
    """Everything measured and agreed, by its words: what has to be the same before and after."""
    goals = goals_of(seat)
    return [
        (
            need.statement,
            need.state,
            [
                (
                    target.wording.difference,
                    target.state,
                    target.wording.measure,
                    target.wording.baseline,
                    target.wording.aim,
                    [(reading.value, reading.taken_on, reading.source) for reading in target.readings],
                    [(step.text, step.state, step.due) for step in target.steps],
                )
                for target in need.targets
            ],
        )
        for need in goals.needs
    ], [(step.text, step.state, step.due) for step in goals.loose_steps]


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
def test_it_goes_on_from_where_it_was(cast, journey):
    before = cast.seat(cast.guide, journey)
    number, figures_before = queries.next_number(before), figures(before)

    onward = gone_on(cast, journey)

    after = cast.seat(cast.colleague, onward)
    assert figures(after) == figures_before
    assert (onward.follows_id, onward.first_number, onward.kind) == (journey.id, number, journey.kind)
    assert after.state == JourneyState.ACTIVE
    assert (after.guide.person, after.participant.person) == (cast.colleague, cast.participant)
    assert agreement_in_force(after) is not None
    assert Reading.objects.filter(target__journey=onward).count() > 0


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
def test_the_earlier_one_is_closed_and_belongs_to_the_two(cast, journey):
    onward = gone_on(cast, journey)
    before = cast.seat(cast.guide, journey)
    assert before.state == JourneyState.TRANSFERRED
    assert agreement_in_force(before) is None
    assert [one for one in meetings_of(before) if one.state == "planned" and one.starts_at > now()] == []
    assert seat_for(cast.colleague, journey_id=journey.id) is None
    assert seat_for(cast.guide, journey_id=onward.id) is None
    assert seat_for(cast.supporter, journey_id=onward.id) is None
    assert cast.seat(cast.participant, journey) and cast.seat(cast.participant, onward)


def test_what_the_guide_had_still_to_do_is_the_new_guides(cast, journey):
    guide = cast.seat(cast.guide, journey)
    step = Step.objects.get(id=goals_of(guide).steps_to_do[0].id)
    Step.objects.filter(id=step.id).update(owner=cast.guide)
    theirs = Step.objects.filter(journey=journey, owner=cast.participant).count()
    onward = gone_on(cast, journey)
    there = Step.objects.filter(journey=onward)
    assert there.get(created_at=step.created_at).owner == cast.colleague
    assert there.filter(owner=cast.participant).count() == theirs


def every_text(journey) -> str:
    """Every text of every row that hangs on a journey, unsealed, and of the rows that hang on these."""
    texts = []
    for model in apps.get_models():
        if not model.__module__.startswith("alongside."):
            continue
        for path in paths_to_journey(model):
            rows = model._default_manager.filter(**{path: journey.id})
            fields = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.ForeignKey)]
            texts += [str(getattr(row, name)) for row in rows for name in fields]
    return "\n".join(texts)


def paths_to_journey(model, depth: int = 3):
    if model is Journey:
        return
    for field in model._meta.concrete_fields:
        if not isinstance(field, models.ForeignKey):
            continue
        if field.related_model is Journey and field.name == "journey":
            yield field.name
        elif (
            depth
            and field.related_model.__module__.startswith("alongside.")
            and field.related_model
            not in (
                Journey,
                Person,
                model,
            )
        ):
            yield from (f"{field.name}__{rest}" for rest in paths_to_journey(field.related_model, depth - 1))


@pytest.mark.parametrize("journey", list(KINDS), indirect=True)
def test_no_private_word_goes_along_though_everything_is_chosen(cast, journey):
    assert GUIDES in every_text(journey) and PARTICIPANTS in every_text(journey)
    guide = cast.seat(cast.guide, journey)
    keys = [each.key for each in queries.offered(guide)]
    assert len(keys) > 3

    there = every_text(gone_on(cast, journey, lets_go=keys))

    assert OURS in there
    assert [secret for secret in (GUIDES, PARTICIPANTS) if secret in there] == []


@pytest.mark.without_ledger(
    "journeys.covering.carry_words",
    "journeys.covering.give_seat_back",
    "journeys.covering.lend_seat",
    "rooms.ending.handover.actions.propose_handover",
    "rooms.first_meeting.actions.end_agreement",
    "rooms.first_meeting.transfer.carry_picture",
)
def test_no_word_that_was_not_chosen_goes_along(cast, journey):
    onward = gone_on(cast, journey)
    texts = [str(words.text) for words in Words.objects.filter(journey=onward)]
    assert SUMMARY in texts and [text for text in texts if OURS in text] == []


def test_what_was_chosen_is_readable_there_with_who_wrote_it(cast, journey):
    onward = gone_on(cast, journey, lets_go=["meeting-2"])
    brought = queries.brought_along(cast.seat(cast.colleague, onward))
    assert {each.key for each in brought} == {"summary", "meeting-2"}
    assert any(OURS in str(each.words.text) for each in brought)


def test_both_are_told_without_the_kind_of_care(cast, journey, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        handover = agreed(cast, journey)
    assert [letter for letter in mail.outbox if letter.to == [cast.colleague.email]]
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_over(handover_id=handover.id, by=cast.colleague)
    subjects = {letter.to[0]: letter.subject for letter in mail.outbox if "continue" in letter.subject}
    assert cast.participant.email in subjects and cast.guide.email in subjects
    for letter in mail.outbox:
        # the organisation signs at the end, and is named nowhere else
        said, _rule, signature = letter.body.rpartition("\n\nThis email is from ")
        assert signature.startswith(cast.organisation.name)
        for word in ("treatment", "patient", cast.organisation.name, OURS):
            assert word.lower() not in (letter.subject + said).lower()


# --- when the guide is gone --------------------------------------------------------------------------------


@pytest.fixture
def gone(cast, journey):
    Person.objects.filter(id=cast.guide.id).update(is_active=False)
    cast.guide.refresh_from_db()
    return SimpleNamespace(guide=cast.guide, journey=journey)


def left(cast, gone):
    return queries.left_for(cast.administrator, person_id=gone.guide.id, left_id=gone.journey.id)[2]


@pytest.mark.without_ledger("rooms.ending.handover.actions.propose_without_guide")
def test_an_administrator_asks_another_and_the_participant_says_yes(cast, gone):
    actions.propose_without_guide(
        left=left(cast, gone),
        guide=gone.guide,
        to=cast.colleague,
        reason="Gwen has left",
        by=cast.administrator,
    )
    assert queries.asked_of(cast.colleague) == []
    actions.say_yes(side=Side.PARTICIPANT, version=0, by=cast.seat(cast.participant, gone.journey))
    (facts,) = queries.asked_of(cast.colleague)

    onward = actions.take_over(handover_id=facts.handover.id, by=cast.colleague)

    assert cast.seat(cast.participant, onward).guide.person == cast.colleague
    assert cast.seat(cast.participant, gone.journey).guide.person == cast.guide


def test_a_guide_who_is_here_hands_over_themselves(cast, journey):
    found = queries.left_for(cast.administrator, person_id=cast.guide.id, left_id=journey.id)
    assert not rules.may_hand_over_without_guide(*found)


@pytest.mark.parametrize("who", ["guide", "participant", "colleague", "lead", "stranger"])
def test_nobody_else_finds_what_a_guide_left(cast, journey, who):
    assert not queries.left_by(getattr(cast, who), cast.guide)


def test_what_ended_in_another_way_asks_nobody(cast, journey):
    handover = agreed(cast, journey)
    guide = cast.seat(cast.guide, journey)
    wishes_actions.give_notice(reason="Away", last_day=today("Europe/London"), by=guide)
    closing_actions.end_early(by=cast.seat(cast.guide, journey))
    browser = cast.client(cast.colleague)
    asked = reverse("asked:asked", args=[handover.id])
    assert queries.asked_of(cast.colleague) == []
    assert browser.get(asked).status_code == 404
    assert asked not in browser.get("/").content.decode()


# --- two at once, and the record ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_taken_on_and_let_go_at_once_one_of_them_happens(cast):
    journey = furnish_journey(cast, "mentoring")
    handover = agreed(cast, journey)
    done, barrier = [], threading.Barrier(2)

    def press(deed):
        try:
            barrier.wait()
            deed()
            done.append(deed)
        except Refused:
            pass
        finally:
            connection.close()

    seat = cast.seat(cast.participant, journey)
    threads = [
        threading.Thread(target=press, args=(lambda: actions.let_handover_go(by=seat),)),
        threading.Thread(
            target=press, args=(lambda: actions.take_over(handover_id=handover.id, by=cast.colleague),)
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    handover.refresh_from_db()
    onward = Journey.objects.filter(follows=journey).count()
    assert len(done) == 1
    assert (handover.outcome, onward) in ((HandedOver.LET_GO, 0), (HandedOver.CARRIED_OUT, 1))

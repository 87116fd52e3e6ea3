"""The doors of needs, starting picture, targets and steps."""

import json
from decimal import Decimal as D

import pytest

from alongside.goals import actions as goal_actions
from alongside.goals.actions import Wording
from alongside.goals.measuring.actions import bring_instrument
from alongside.goals.measuring.queries import key_of
from alongside.goals.models import StepStateRecord, WordingYes
from alongside.goals.queries import goals_of, step_facts, target_for
from alongside.goals.states import StepState
from alongside.measures.own import make_instrument
from alongside.rooms.first_meeting import actions, boxes, queries
from alongside.rooms.first_meeting.offers import measures_of
from alongside.ui.undo import undo_of

from .conftest import Room


def test_need_with_words_but_no_number_comes_back_with_both(room, participant):
    sent = {"statement": "Speaking up", "words": "It is hard.", "back": "preparation"}

    reply = participant.post(room.url("needs/"), sent)

    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Speaking up" in page and "It is hard." in page and "choose a number too" in page
    assert goals_of(room.guide).needs == ()


@pytest.mark.parametrize("back", ["preparation", "picture", "goals"])
def test_need_leads_back_to_where_it_was_written(room, participant, back):
    sent = {"statement": "Speaking up", "rating": "0", "back": back}

    assert participant.post(room.url("needs/"), sent).url == room.url(f"{back}/")
    assert participant.post(room.url("needs/"), {**sent, "statement": ""}).status_code == 422


def test_picture_is_kept_and_comes_back_when_it_is_not_whole(room, participant):
    need = room.need(rating=None)
    key = need.id.hex

    bad = participant.post(room.url("picture/take/"), {f"words_{key}": "only words"})
    good = participant.post(room.url("picture/take/"), {f"rating_{key}": "0", f"words_{key}": "hard"})

    assert (bad.status_code, good.url) == (422, room.url("picture/"))
    assert "only words" in bad.content.decode()
    assert queries.starting_picture(room.guide).entries == {need.id: (0, "hard")}
    assert participant.post(room.url("picture/take/"), {f"rating_{key}": "11"}).status_code == 422
    assert participant.post(room.url("picture/take/"), {}).status_code == 302


def test_picture_of_another_journeys_need_is_not_taken(room, cast, participant):
    elsewhere = Room(cast).need(rating=None)

    participant.post(room.url("picture/take/"), {f"rating_{elsewhere.id.hex}": "5"})

    assert queries.starting_picture(room.guide) is None


def test_picture_is_fixed_once_the_agreement_is_in_force(room, participant):
    need = room.need()
    room.in_force()

    assert participant.post(room.url("picture/take/"), {f"rating_{need.id.hex}": "9"}).status_code == 409
    assert "stays as it is" in participant.get(room.url("picture/")).content.decode()


def test_need_that_comes_up_later_begins_later_and_the_picture_of_the_others_stays(room, participant):
    first = room.need()
    room.in_force()
    sent = {"statement": "Sleep", "rating": "4", "words": "I wake at three.", "back": "goals"}

    assert participant.post(room.url("needs/"), sent).status_code == 302

    entries = queries.starting_picture(room.guide).entries
    (later,) = [need for need in goals_of(room.guide).needs if need.statement == "Sleep"]
    assert entries[first.id].rating == 3 and entries[later.id] == (4, "I wake at three.")
    assert "I wake at three." in participant.get(room.url("picture/")).content.decode()


@pytest.mark.without_ledger("rooms.first_meeting.actions.reopen_agreement")
def test_agreement_can_be_changed_though_a_need_came_up_later_without_a_number(room):
    first = room.in_force()
    room.need("Sleep", rating=None)
    second = actions.reopen_agreement(version=first, by=room.guide)
    actions.propose_agreement(version=second, by=room.guide)
    assert room.state(2) == "proposed"


def test_going_on_without_the_picture_asks_why(room, guide):
    room.need(rating=None)
    url = room.url("picture/go-on-without/")

    assert guide.post(url, {"reason": " ", "back": "picture"}).status_code == 422
    assert guide.post(url, {"reason": "Too soon.", "back": "agreement"}).url == room.url("agreement/")
    assert "Too soon." in guide.get(room.url("picture/")).content.decode()


@pytest.mark.parametrize(
    ("measure", "more", "aim"),
    [
        ("gas", {"level_expected": "I speak once", "baseline": "-2"}, 0),
        ("rating-0-10", {"baseline": "2", "aim": "7"}, 7),
        ("count", {"baseline": "0", "aim": "12"}, 12),
        ("yes-no", {"baseline": "0"}, 1),
    ],
)
def test_target_is_proposed_with_its_measure(room, participant, measure, more, aim):
    url = room.url(f"needs/{room.need().id}/target/")
    begun = {"difference": "I speak in the meeting", "why": "It matters", "measure": measure}

    choosing = participant.post(url, {**begun, "shown": ""})
    sent = {**begun, "shown": measure, "importance": "3", "difficulty": "2", **more}
    proposed = participant.post(url, sent)

    assert (choosing.status_code, proposed.status_code) == (200, 302)
    assert "It matters" in choosing.content.decode()
    (target,) = goals_of(room.guide).targets
    assert (target.wording.measure, target.wording.aim, target.wording.importance) == (measure, aim, 3)
    assert len(target.readings) == 1


def test_target_that_is_not_whole_comes_back_with_what_was_typed(room, guide):
    url = room.url(f"needs/{room.need().id}/target/")
    sent = {"difference": "I speak", "measure": "gas", "shown": "gas", "level_less": "in the corridor"}

    reply = guide.post(url, {**sent, "importance": "1", "difficulty": "1"})

    assert reply.status_code == 422
    assert "in the corridor" in reply.content.decode()
    assert guide.post(url, {"difference": "I speak", "shown": ""}).status_code == 422


def test_rewording_stands_beside_the_old_and_two_at_once_do_not_overrule(room, guide, participant):
    target = room.target()
    url = room.url(f"targets/{target.id}/reword/")
    sent = {
        "measure": "rating-0-10",
        "shown": "rating-0-10",
        "baseline": "4",
        "importance": "1",
        "difficulty": "1",
    }

    first = guide.post(url, {**sent, "difference": "I speak twice", "known_number": "1"})
    second = participant.post(url, {**sent, "difference": "I speak often", "known_number": "1"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "I speak often" in second.content.decode()
    page = guide.get(room.url(f"targets/{target.id}/")).content.decode()
    assert "I speak twice" in page and "I speak once" in page


def reworded(room, by=None):
    target = room.target()
    goal_actions.agree_target(target=target, by=room.participant)
    wording = Wording("I speak twice", "rating-0-10", baseline=D(4))
    goal_actions.reword_target(target=target, wording=wording, known_number=1, by=by or room.participant)
    return target


def test_wording_written_anew_waits_for_the_other_and_holds_meanwhile(room, guide, participant):
    target = reworded(room)
    url, agree = room.url(f"targets/{target.id}/"), room.url(f"targets/{target.id}/agree-wording/")

    assert "Gwen Guide has not agreed to it yet" in participant.get(url).content.decode()
    assert "Paul Participant reworded this" in guide.get(url).content.decode()
    assert "reworded, not agreed by both of you yet" in guide.get(room.url("goals/")).content.decode()
    assert participant.post(agree, {"number": "2"}).status_code == 409
    assert guide.post(agree, {"number": "1"}).status_code == 409
    assert guide.post(agree, {"number": "2"}).url == url
    assert guide.post(agree, {"number": "2"}).status_code == 409
    assert "reworded this" not in guide.get(url).content.decode()
    assert all(one.is_agreed for one in goals_of(room.guide).targets)


@pytest.mark.without_ledger("goals.actions.agree_target", "goals.actions.agree_wording")
def test_guide_notes_that_both_agreed_to_a_wording_in_the_room(room, guide, participant):
    target = reworded(room, by=room.guide)
    agree = room.url(f"targets/{target.id}/agree-wording/")
    assert "We both agreed in person" in guide.get(room.url(f"targets/{target.id}/")).content.decode()
    assert participant.post(agree, {"number": "2", "in_the_room": "1"}).status_code == 403
    assert guide.post(agree, {"number": "2", "in_the_room": "1"}).status_code == 302
    assert WordingYes.objects.get().how == "in_the_room"


def test_wording_is_agreed_with_the_agreement(room):
    version = room.proposed()
    (target,) = goals_of(room.guide).targets
    wording = Wording("I speak twice", "rating-0-10", baseline=D(4))
    found = target_for(room.guide, target.id)
    goal_actions.reword_target(target=found, wording=wording, known_number=1, by=room.guide)
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)
    actions.accept_agreement(version=version, typed_name="Paul", by=room.participant)
    assert WordingYes.objects.get().how == "with_the_agreement"


def test_first_wording_is_agreed_with_its_target(room, guide, participant):
    target = room.target()
    assert (
        participant.post(room.url(f"targets/{target.id}/agree-wording/"), {"number": "1"}).status_code == 409
    )


def test_yes_to_a_wording_that_cannot_be_recorded_is_not_kept(room, monkeypatch):
    target = reworded(room)

    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(goal_actions, "record", broken)
    with pytest.raises(RuntimeError):
        goal_actions.agree_wording(target=target, known_number=2, by=room.guide)
    assert not WordingYes.objects.exists()


def test_agreeing_is_the_others_or_noted_in_the_room(room, guide, participant):
    first, second = room.need(), room.target()

    assert participant.post(room.url(f"needs/{first.id}/agree/")).status_code == 302
    assert participant.post(room.url(f"targets/{second.id}/agree/"), {"in_the_room": "1"}).status_code == 403
    assert guide.post(room.url(f"targets/{second.id}/agree/")).status_code == 409
    assert guide.post(room.url(f"targets/{second.id}/agree/"), {"in_the_room": "1"}).status_code == 302
    assert all(target.is_agreed for target in goals_of(room.guide).targets)


def test_nobody_agrees_to_their_own_by_way_of_changing_it(room, guide):
    need, target = room.need(), room.target()

    assert guide.post(room.url(f"needs/{need.id}/change/"), {"state": "agreed"}).status_code == 409
    assert guide.post(room.url(f"targets/{target.id}/change/"), {"state": "agreed"}).status_code == 409
    assert guide.post(room.url(f"needs/{need.id}/change/"), {"state": "let_go"}).status_code == 302
    assert guide.post(room.url(f"targets/{target.id}/change/"), {"state": "let_go"}).status_code == 302


def test_step_belongs_to_one_of_the_two_and_to_a_target_of_here(room, cast, guide):
    elsewhere = Room(cast).target()
    sent = {"text": "Save", "owner": str(cast.participant.id)}
    url = room.url("steps/")

    assert guide.post(url, {**sent, "target": str(elsewhere.id)}).status_code == 422
    assert guide.post(url, {**sent, "owner": str(cast.colleague.id)}).status_code == 422
    assert guide.post(url, sent).status_code == 302
    (step,) = goals_of(room.guide).steps
    assert guide.post(room.url(f"steps/{step.id}/change/"), {"state": "dropped"}).status_code == 302


def test_suggestions_are_the_templates_and_taken_over_with_one_tap(room, guide):
    template = boxes.template_of(room.guide)
    url = room.url("goals/suggestion/")

    for what in ("need", "step"):
        assert guide.post(url, {"what": what, "index": "0"}).status_code == 302
    assert guide.post(url, {"what": "need", "index": "99"}).status_code == 409
    assert guide.post(url, {"what": "else", "index": "0"}).status_code == 409

    goals = goals_of(room.guide)
    assert [need.statement for need in goals.needs] == [str(template.suggested_needs[0])]
    assert [step.text for step in goals.steps] == [str(template.first_steps[0])]


# --- measures that are questionnaires, and where a target begins ------------------------------------------------


def worded(measure, **more):
    base = {
        "difference": "I rest",
        "measure": measure,
        "shown": measure,
        "importance": "1",
        "difficulty": "1",
    }
    return {**base, **more}


def test_questionnaires_are_offered_where_the_kind_works_with_them(cast, room):
    treatment = Room(cast, kind="treatment")
    treatment.journey.template = "talking-therapy"
    offered = {one: measures_of(one.guide) for one in (room, treatment)}
    assert {"phq-9", "gad-7"} <= set(offered[treatment])
    assert {"phq-9", "gad-7"}.isdisjoint(offered[room])


def test_target_is_measured_by_a_questionnaire_that_begins_with_its_first_form(cast):
    room = Room(cast, kind="treatment")
    client, url = cast.client(cast.guide), room.url(f"needs/{room.need().id}/target/")
    choosing = client.post(url, worded("phq-9", shown=""))
    assert "the first questionnaire that is filled in is the beginning" in choosing.content.decode()

    done = client.post(url, worded("phq-9", aim="5"), follow=True)

    assert "the first score will be the start" in done.content.decode()
    (target,) = goals_of(room.guide).targets
    assert (target.wording.measure, target.wording.baseline, target.wording.aim) == ("phq-9", None, 5)
    page = client.get(room.url(f"targets/{target.id}/")).content.decode()
    assert "no starting point yet" in page and f"/goals/forms/{target.wording.measure}/" in page


def test_target_is_measured_by_an_instrument_of_the_service_with_decimals(cast):
    room = Room(cast, kind="treatment")
    key = brought(cast)
    client, url = cast.client(cast.guide), room.url(f"needs/{room.need().id}/target/")
    assert client.post(url, worded(key, baseline="1.5", aim="0.5")).status_code == 302
    (target,) = goals_of(room.guide).targets
    assert (target.wording.measure, target.wording.baseline) == (key, D("1.5"))
    again = client.get(room.url(f"targets/{target.id}/reword/")).content.decode()
    assert 'value="1.50"' in again


def brought(cast):
    """An instrument of the service's own, by its key."""
    asked = [{"linkId": one, "text": one, "type": "boolean"} for one in "ab"]
    text = json.dumps({"resourceType": "Questionnaire", "title": "Sleep", "item": asked})
    facts = {"direction": "lower", "source": "Ours", "licence_line": "", "bands": ()}
    instrument = make_instrument(file=text, rule="sum(items)", **facts)
    return key_of(bring_instrument(instrument=instrument, file=text, by=cast.administrator).id)


def test_target_without_a_beginning_is_asked_for_it_and_keeps_what_was_typed(room, guide):
    reply = guide.post(
        room.url(f"needs/{room.need().id}/target/"), worded("rating-0-10", aim="7", why="Sleep")
    )
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Please say where it stands now" in page and "I rest" in page and "Sleep" in page


@pytest.mark.parametrize(
    ("measure", "baseline", "aim", "sentence"),
    [
        ("pain-0-10", "3", "7", "less is better"),
        ("rating-0-10", "7", "3", "more is better"),
        ("rating-0-10", "12", "3", "less than or equal to 10"),
        ("count", "-1", "3", "greater than or equal to 0"),
        ("count", "three", "3", "whole number"),
    ],
)
def test_aim_on_the_wrong_side_and_values_out_of_range_come_back_with_a_sentence(
    room, guide, measure, baseline, aim, sentence
):
    url = room.url(f"needs/{room.need().id}/target/")
    reply = guide.post(url, worded(measure, baseline=baseline, aim=aim))
    page = reply.content.decode()
    assert (reply.status_code, sentence in page, "I rest" in page) == (422, True, True)
    assert goals_of(room.guide).targets == ()


def test_digits_of_every_script_are_numbers(room, guide):
    url = room.url(f"needs/{room.need().id}/target/")
    assert guide.post(url, worded("count", baseline="\u0662", aim="\u0967\u0968")).status_code == 302
    (target,) = goals_of(room.guide).targets
    assert (target.wording.baseline, target.wording.aim) == (2, 12)


@pytest.mark.parametrize(
    ("measure", "more", "note"),
    [
        ("rating-0-10", {"baseline": "10"}, "already at its best"),
        ("pain-0-10", {"baseline": "0", "aim": "0"}, "already at its best"),
        ("gas", {"level_expected": "I rest", "baseline": "2"}, "already at its best"),
        ("gas", {"level_expected": "I rest", "baseline": "0"}, "already where you want it"),
        ("psfs", {"baseline": "6", "aim": "6"}, "already where you want it"),
        ("count", {"baseline": "0", "aim": "0"}, "already where you want it"),
        ("count", {"baseline": "9", "aim": "2"}, ""),
        ("pain-0-10", {"baseline": "8", "aim": "3"}, ""),
    ],
)
def test_beginning_at_its_best_is_kept_and_said(room, guide, measure, more, note):
    url = room.url(f"needs/{room.need().id}/target/")
    page = guide.post(url, worded(measure, **more), follow=True).content.decode()
    assert len(goals_of(room.guide).targets) == 1
    notes = ("already at its best", "already where you want it", "no starting point yet")
    assert [one for one in notes if one in page] == ([note] if note else [])


def test_a_step_is_added_below_its_goal_and_leads_back_to_it(room, guide):
    target = room.target()
    page = guide.get(room.url("goals/")).content.decode()
    below = f"{room.url('goals/')}?target={target.id}#add-step"
    assert (
        below in page
        and page.count('id="add-step"')
        == page.count('<form method="post" action="' + room.url("steps/"))
        == 1
    )

    open_there = guide.get(below.partition("#")[0]).content.decode()
    assert (
        open_there.index(f'id="g-{target.id}"')
        < open_there.index('id="add-step"')
        < open_there.index('id="h-step"')
    )
    assert open_there.count(f'action="{room.url("steps/")}"') == 1

    sent = {"text": "Write one sentence down", "owner": room.participant.actor.id, "target": target.id}
    assert guide.post(room.url("steps/"), sent).url == f"{room.url('goals/')}#g-{target.id}"
    loose = {"text": "Breathe out", "owner": room.participant.actor.id}
    assert guide.post(room.url("steps/"), loose).url == f"{room.url('goals/')}#h-step"


def test_a_step_that_is_not_whole_comes_back_below_its_goal_with_what_was_typed(room, guide):
    target = room.target()
    sent = {"text": "Write one sentence down", "owner": "", "target": target.id}

    answer = guide.post(room.url("steps/"), sent)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert (
        page.index(f'id="g-{target.id}"') < page.index("Write one sentence down") < page.index('id="h-step"')
    )


def test_a_dropped_step_is_taken_back_from_the_message(room, guide):
    step = room.step()
    change = room.url(f"steps/{step.id}/change/")

    dropped = guide.post(change, {"state": "dropped"}, follow=True)
    undo = undo_of(*dropped.context["messages"])
    assert undo.url == change and step_facts(room.guide)[0].state == StepState.DROPPED
    guide.post(undo.url, dict(undo.fields))

    assert step_facts(room.guide)[0].state == StepState.OPEN
    assert [
        str(each.state) for each in StepStateRecord.objects.filter(step=step).order_by("created_at", "id")
    ] == [
        "open",
        "dropped",
        "open",
    ]

"""The doors of needs, starting picture, targets and steps."""

import pytest

from alongside.goals.queries import goals_of
from alongside.rooms.first_meeting import boxes, queries

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
    assert "stands as it is" in participant.get(room.url("picture/")).content.decode()


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
    sent = {"text": "Write it down", "owner": str(cast.participant.id)}
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

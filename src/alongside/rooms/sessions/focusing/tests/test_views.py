"""Each door of focusing, and what people see behind it.

Long, because every door of a focusing is tried on each of its five levels.
"""

from __future__ import annotations

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.queries import step_for
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import JourneyStateRecord, Words
from alongside.ledger.models import Opening
from alongside.rooms.sessions.focusing import actions
from alongside.rooms.sessions.focusing.models import Focusing, FocusingAct
from alongside.rooms.sessions.focusing.queries import focusings_of
from alongside.rooms.sessions.focusing.tests.factories import SECRETS, here, level, plan, say, written_through
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.issue_queries import issue_in
from alongside.rooms.sessions.record.tests.factories import opened, target

pytestmark = pytest.mark.django_db

QUESTIONS_OF_CORRECT = 11  # the last looks whether this opening is on record


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    opened(cast, journey)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def at(door, journey, *parts):
    return reverse(f"focusing:{door}", args=[journey.id, *parts])


def doors(journey, guide):
    focusing = actions.begin_focusing(together=True, by=guide)
    issue = sessions.raise_issue(number=2, text="Sleep", by=guide)
    one, card = (focusing.id,), (focusing.id, "narrow")
    return {
        "list": ("GET", at("list", journey)),
        "begin": ("POST", at("begin", journey)),
        "understood": ("GET", at("understood", journey)),
        "begin_with_issue": ("POST", at("begin_with_issue", journey, 2, issue.id)),
        "show": ("GET", at("show", journey, *one)),
        "path": ("GET", at("path", journey, *one)),
        "topics": ("POST", at("topics", journey, *one)),
        "perspectives": ("POST", at("perspectives", journey, *one)),
        "target": ("POST", at("target", journey, *one)),
        "act": ("POST", at("act", journey, *one)),
        "keep": ("POST", at("keep", journey, *one)),
        "correct": ("POST", at("correct", journey, *one)),
        "level": ("GET", at("level", journey, *card)),
        "write": ("POST", at("write", journey, *card, "insight")),
        "now": ("GET", at("now", journey, *card)),
        "share": ("POST", at("share", journey, *card)),
        "leave": ("POST", at("leave", journey, *card)),
    }


def test_every_door_is_closed_to_those_it_is_not_for(cast, journey, guide):
    from alongside.rooms.sessions.focusing.urls import urlpatterns

    known = doors(journey, guide)
    assert set(known) == {pattern.name for pattern in urlpatterns}
    for name, (method, path) in known.items():
        for who, status in (
            (cast.stranger, 404),
            (cast.colleague, 404),
            (cast.administrator, 404),
            (cast.supporter, 403),
        ):
            answer = cast.client(who).generic(method, path)
            assert answer.status_code == status, f"{name} as {who.name}: {answer.status_code}"
        wrong = "DELETE" if name == "correct" else {"GET": "POST", "POST": "GET"}[method]
        assert cast.client(cast.guide).generic(wrong, path).status_code == 405, name


def test_the_other_is_refused_at_the_doors_where_one_writes_and_led_to_what_is_shared(
    cast, journey, participant
):
    focusing = written_through(participant)
    client = cast.client(cast.guide)
    assert client.get(at("show", journey, focusing.id)).status_code == 404

    actions.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)

    assert client.get(at("show", journey, focusing.id))["Location"] == at("path", journey, focusing.id)
    assert client.get(at("level", journey, focusing.id, "narrow")).status_code == 403
    for name in ("topics", "perspectives", "target", "act", "keep", "correct"):
        assert client.post(at(name, journey, focusing.id)).status_code == 403, name
    for name in ("share", "leave"):
        assert client.post(at(name, journey, focusing.id, "narrow")).status_code == 403, name
    assert client.post(at("write", journey, focusing.id, "narrow", "insight")).status_code == 403


def test_what_is_not_there_is_not_found(cast, journey, guide):
    focusing = actions.begin_focusing(by=guide)
    client = cast.client(cast.guide)
    assert client.get(at("show", journey, uuid4())).status_code == 404
    assert client.get(at("level", journey, focusing.id, "sixth")).status_code == 404
    assert client.post(at("write", journey, focusing.id, "wide", "insight")).status_code == 404
    assert client.post(at("write", journey, focusing.id, "act", "insight")).status_code == 404
    assert client.post(at("share", journey, focusing.id, "act")).status_code == 404


def test_in_a_journey_that_is_over_it_is_read_and_not_changed(cast, journey, guide):
    known = doors(journey, guide)
    JourneyStateRecord.objects.create(journey=journey, state="completed", by=cast.guide)
    client = cast.client(cast.guide)

    found = {name: client.generic(method, path).status_code for name, (method, path) in known.items()}

    reading = {"now": 200, "list": 200, "understood": 200, "path": 200, "level": 302, "show": 302}
    assert found == {name: reading.get(name, 409) for name in known}


# --- the cards -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_every_card_asks_in_the_words_of_the_kind(cast, kind):
    journey = cast.journey(kind=kind)
    seat = cast.seat(cast.participant, journey)
    focusing = actions.begin_focusing(by=seat)
    for one in seat.kind.focusing:
        page = cast.client(cast.participant).get(at("level", journey, focusing.id, one.key))
        said = page.content.decode().replace("&#x27;", "'").replace("&amp;", "&")
        assert page.status_code == 200
        assert str(one.title) in said and all(str(prompt) in said for prompt in one.prompts)
        assert str(seat.kind.emergency_note).split(".")[0] in said
        assert "Open University" not in said and "evidence-based" not in said


def test_who_will_read_it_is_said_before_anything_is_typed(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client = cast.client(cast.participant)

    own = client.get(at("level", journey, focusing.id, "describe")).content.decode()
    act = client.get(at("level", journey, focusing.id, "act")).content.decode()
    actions.share_level(focusing_id=focusing.id, level=level(participant, "describe"), by=participant)
    shared = client.get(at("level", journey, focusing.id, "describe")).content.decode()

    until = "Only you can read this, until you share this level with Gwen Guide."
    assert until in own and own.index(until) < own.index("<textarea")
    assert "You and Gwen Guide can read this." in act and until not in act
    assert "You and Gwen Guide can read this." in shared and until not in shared


def test_words_are_saved_with_and_without_javascript(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client, door = cast.client(cast.participant), at("write", journey, focusing.id, "describe", "account")

    saved = client.post(door, {"text": "He left.", "version": 0}, headers={"Accept": "application/json"})
    plain = client.post(door, {"text": "He left early.", "version": "1"})

    assert saved.json() == {"text": "He left.", "version": 1, "merged": False, "sentence": "Saved"}
    assert plain["Location"] == at("level", journey, focusing.id, "describe")
    assert "He left early." in client.get(plain["Location"]).content.decode()
    assert client.get(at("show", journey, focusing.id))["Location"] == plain["Location"]


def test_topics_are_put_down_chosen_and_kept_for_another_time(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client, door = cast.client(cast.participant), at("topics", journey, focusing.id)
    for deed, topic in (("add", "The round"), ("add", "Sleep"), ("choose", "The round"), ("keep", "Sleep")):
        assert client.post(door, {"deed": deed, "topic": topic}).status_code == 302

    card = client.get(at("level", journey, focusing.id, "wide")).content.decode()
    listed = client.get(at("list", journey)).content.decode()

    assert "<h1>The round</h1>" in card
    assert "Saved from another time" in card and "Sleep" in card
    assert "Saved for another time" in listed and "Sleep" in listed
    assert "Sleep" not in cast.client(cast.guide).get(at("list", journey)).content.decode()


def test_a_topic_of_no_words_or_too_many_comes_back_with_a_sentence(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    door = at("topics", journey, focusing.id)
    for topic in ("  ", "x" * 301):
        answer = cast.client(cast.participant).post(door, {"deed": "add", "topic": topic})
        assert answer.status_code == 422 and "form-errors" in answer.content.decode()


def test_viewpoints_that_are_chosen_open_their_boxes(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client = cast.client(cast.participant)

    client.post(at("perspectives", journey, focusing.id), {"keys": ["other", "system"]})
    card = client.get(at("level", journey, focusing.id, "explore")).content.decode()

    boxes = re.findall(r'id="words-([a-z-]+)-box"', card)
    assert boxes == ["perspective-other", "perspective-system", "patterns"]
    wrong = client.post(at("perspectives", journey, focusing.id), {"keys": ["boss"]})
    assert wrong.status_code == 422 and Focusing.objects.get().perspectives == ["other", "system"]
    client.post(at("perspectives", journey, focusing.id), {"known": ["other", "system"], "keys": ["system"]})
    assert Focusing.objects.get().perspectives == ["system"]


def test_the_focus_is_joined_to_a_target_and_a_wrong_one_is_refused_kindly(cast, journey, participant, guide):
    aim, focusing = target(guide), actions.begin_focusing(by=participant)
    client, door = cast.client(cast.participant), at("target", journey, focusing.id)

    joined = client.post(door, {"target": str(aim.id)})

    assert joined["Location"] == at("level", journey, focusing.id, "narrow")
    assert Focusing.objects.get().target_id == aim.id
    assert client.post(door, {"target": str(uuid4())}).status_code == 422
    assert client.post(door, {"target": ""}).status_code == 302
    assert Focusing.objects.get().target_id is None


def test_the_act_goes_into_the_plan(cast, journey, participant, guide):
    aim, focusing = target(guide), actions.begin_focusing(by=participant)
    client, door = cast.client(cast.participant), at("act", journey, focusing.id)
    facts = {
        "text": "Ask first",
        "owner": str(cast.participant.id),
        "target": str(aim.id),
        "due": "2030-01-02",
    }

    blank = client.post(door, {**facts, "text": "", "support": "Anna"})
    planned = client.post(door, {**facts, "success_sign": "She nods"})

    assert blank.status_code == 422
    assert "Please say in a few words what the step is." in blank.content.decode()
    assert "Anna" in blank.content.decode()
    assert planned["Location"] == at("path", journey, focusing.id)
    plan_ = cast.client(cast.guide).get(reverse("sessions:meeting", args=[journey.id, 2])).content.decode()
    assert "Ask first" in plan_
    assert "She nods" in cast.client(cast.guide).get(planned["Location"]).content.decode()
    assert FocusingAct.objects.get().step.target_id == aim.id


def test_stopping_leads_back_to_the_open_meeting_else_to_the_list(cast, journey, participant, guide):
    focusing = actions.begin_focusing(by=participant)
    client, door = cast.client(cast.participant), at("leave", journey, focusing.id, "describe")

    assert client.post(door)["Location"] == reverse("sessions:meeting", args=[journey.id, 2])
    sessions.close_meeting(
        number=2, closing=sessions.Closing(minutes_taken=40, safety_raised=False), by=guide
    )
    assert client.post(door)["Location"] == at("list", journey)


def test_a_draft_is_marked_for_its_author_and_kept_as_it_is(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client = cast.client(cast.participant)

    draft = client.get(at("list", journey)).content.decode()
    client.post(at("keep", journey, focusing.id), {"state": "kept"})
    kept = client.get(at("list", journey)).content.decode()
    client.post(at("keep", journey, focusing.id), {"state": "draft"})

    assert "· draft" in draft and "left as it is" in kept
    assert "· draft" in client.get(at("list", journey)).content.decode()


def test_a_level_is_shared_from_its_card(cast, journey, participant):
    focusing = written_through(participant)
    cast.client(cast.participant).post(at("share", journey, focusing.id, "narrow"))
    page = cast.client(cast.guide).get(at("path", journey, focusing.id)).content.decode()
    assert "what-it-tells" in page and "what-took-place" not in page


# --- beginning -------------------------------------------------------------------------------------------


def test_begun_by_oneself_or_together_from_the_list(cast, journey, participant, guide):
    client = cast.client(cast.participant)

    alone = client.post(at("begin", journey))
    both = client.post(at("begin", journey), {"together": "yes"})

    found = {one.together: one.id for one in focusings_of(participant)}
    assert alone["Location"] == at("level", journey, found[False], "wide")
    assert both["Location"] == at("level", journey, found[True], "wide")


@pytest.mark.parametrize(("how", "together"), [("together", True), ("alone", False)])
def test_an_issue_on_the_page_of_the_meeting_is_focused_on(cast, journey, participant, guide, how, together):
    issue = sessions.raise_issue(number=2, text="Sleep", by=guide)
    client, meeting = cast.client(cast.participant), reverse("sessions:meeting", args=[journey.id, 2])
    door = at("begin_with_issue", journey, 2, issue.id)
    assert f'action="{door}"' in client.get(meeting).content.decode()

    begun = client.post(door, {"how": how})

    focusing = Focusing.objects.get()
    assert (focusing.together, focusing.issue_id) == (together, issue.id)
    assert begun["Location"] == at("level", journey, focusing.id, "describe")
    link = at("show", journey, focusing.id)
    assert link in client.get(meeting).content.decode()
    assert (link in cast.client(cast.guide).get(meeting).content.decode()) is together
    assert issue_in(guide, issue.id).state == "focusing"


def test_an_issue_settled_meanwhile_is_not_focused_on(cast, journey, participant, guide):
    issue = sessions.raise_issue(number=2, text="Sleep", by=guide)
    door = at("begin_with_issue", journey, 2, issue.id)
    cast.client(cast.participant).post(door)
    assert cast.client(cast.guide).post(door).status_code == 409
    assert cast.client(cast.guide).post(at("begin_with_issue", journey, 2, uuid4())).status_code == 404


# --- reading again ---------------------------------------------------------------------------------------


def test_what_has_been_understood_is_gathered_by_target_as_far_as_one_may_read_it(
    cast, journey, participant, guide
):
    aim = target(guide, "I speak up")
    for text, to, shared in (
        ("Ask early", aim, True),
        ("Sleep first", None, True),
        ("Only mine", aim, False),
    ):
        focusing = actions.begin_focusing(by=participant)
        say(focusing, "narrow", "insight", text, participant)
        actions.link_target(focusing_id=focusing.id, target=to, by=participant)
        if shared:
            actions.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)

    mine = cast.client(cast.participant).get(at("understood", journey)).content.decode()
    theirs = cast.client(cast.guide).get(at("understood", journey)).content.decode()

    for page in (mine, theirs):
        assert page.index("I speak up") < page.index("Ask early") < page.index("Beside your goals")
        assert page.index("Beside your goals") < page.index("Sleep first")
    assert "Only mine" in mine and "Only mine" not in theirs
    assert "Only you can read this." in mine and "Only you can read this." not in theirs


def test_empty_pages_say_what_will_be_there(cast):
    journey = cast.journey()
    client = cast.client(cast.participant)
    assert "What you start is listed here" in client.get(at("list", journey)).content.decode()
    assert "is gathered here" in client.get(at("understood", journey)).content.decode()


def test_opening_words_is_recorded_once_a_login_session(cast, journey, participant):
    focusing = written_through(participant, together=True)
    for _turn in range(2):
        cast.client(cast.guide).get(at("path", journey, focusing.id))
        cast.client(cast.guide).get(at("understood", journey))
    kinds = Opening.objects.filter(person_id=cast.guide.id).values_list("subject_kind", flat=True)
    assert sorted(kinds) == ["focusing", "focusings"]


@pytest.mark.parametrize("door", ["list", "understood", "path"])
def test_pages_ask_as_much_for_three_as_for_one(cast, journey, participant, guide, door):
    def whole():
        focusing = written_through(participant, together=True)
        actions.link_target(focusing_id=focusing.id, target=target(guide), by=participant)
        plan(focusing, participant)
        return focusing

    first = whole()
    client = cast.client(cast.guide)
    path = at(door, journey, *([first.id] if door == "path" else []))
    client.get(path)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        return len(queries)

    one = asked()
    whole(), whole()
    assert asked() == one


def test_cards_ask_as_much_for_three_boxes_as_for_one(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    client = cast.client(cast.participant)
    path = at("level", journey, focusing.id, "explore")
    counts = []
    for keys in (["other"], ["other", "self", "time"]):
        actions.choose_perspectives(focusing_id=focusing.id, keys=keys, by=participant)
        for key in keys:
            say(focusing, "explore", f"perspective_{key}", "Words", participant)
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_acts_are_read_with_what_became_of_them(participant, guide, cast, journey):
    focusing = actions.begin_focusing(by=participant)
    planned = plan(focusing, participant)
    sessions.let_step_go(number=2, step=step_for(guide, planned.step_id), by=guide)
    assert here(guide, focusing).acts[0].state == "dropped"
    assert "dropped" in cast.client(cast.guide).get(at("path", journey, focusing.id)).content.decode()


def test_looking_for_words_leads_to_the_focusing_they_stand_in(cast, journey, participant):
    focusing = written_through(participant)
    asked = {"words": "what-took-place"}
    found = cast.client(cast.participant).post(reverse("overview:search"), asked)
    theirs = cast.client(cast.guide).post(reverse("overview:search"), asked)
    assert at("show", journey, focusing.id) in found.content.decode()
    assert str(focusing.id) not in theirs.content.decode()


def test_in_treatment_the_card_says_whom_to_reach_in_an_emergency_as_it_was_agreed(cast):
    from alongside.rooms.first_meeting.queries import safety_plan
    from tests.furnish import furnish_journey

    journey = furnish_journey(cast, "treatment")
    seat = cast.seat(cast.participant, journey)
    focusing = actions.begin_focusing(by=seat)

    page = cast.client(cast.participant).get(at("level", journey, focusing.id, "wide")).content.decode()

    agreed = safety_plan(seat)
    assert agreed and agreed[0].lines[0][0].text in unescape(page)
    assert 'href="tel:01632960101"' in page


def test_an_issue_focused_on_stays_on_the_table_until_it_has_come_to_an_act(
    cast, journey, participant, guide
):
    issue = sessions.raise_issue(number=2, text="Sleep", by=guide)
    focusing = actions.focus_on_issue(number=2, issue=issue_in(guide, issue.id), together=True, by=guide)
    sessions.close_meeting(
        number=2, closing=sessions.Closing(minutes_taken=40, safety_raised=False), by=guide
    )
    opened(cast, journey, 3)
    meeting, link = reverse("sessions:meeting", args=[journey.id, 3]), at("show", journey, focusing.id)

    before = cast.client(cast.participant).get(meeting).content.decode()
    plan(focusing, participant)
    after = cast.client(cast.participant).get(meeting).content.decode()

    assert link in before and "still open from" in before
    assert link not in after


def test_a_card_that_both_have_open_is_told_when_something_has_changed(cast, journey, participant, guide):
    both = actions.begin_focusing(together=True, by=guide)
    client, door = cast.client(cast.guide), at("now", journey, both.id, "describe")
    card = client.get(at("level", journey, both.id, "describe")).content.decode()
    token = re.search(r'data-token="([0-9.]+)"', card)[1]
    changes = (
        lambda: say(both, "describe", "account", "He left.", participant),
        lambda: actions.choose_perspectives(focusing_id=both.id, keys=["time"], by=participant),
        lambda: plan(both, participant),
    )
    for change in changes:
        assert client.get(door, {"since": token}).status_code == 204
        change()
        told = client.get(door, {"since": token}).json()
        assert told["page"] is True and told["token"] != token
        token = told["token"]


@pytest.mark.without_ledger("rooms.sessions.focusing.actions.share_level")
def test_ones_own_focusing_is_watched_by_nobody(cast, journey, participant):
    own = written_through(participant)
    actions.share_level(focusing_id=own.id, level=level(participant, "narrow"), by=participant)
    for who in (cast.participant, cast.guide):
        assert cast.client(who).get(at("now", journey, own.id, "narrow")).status_code == 404
    assert (
        "data-watch"
        not in cast.client(cast.participant).get(at("level", journey, own.id, "narrow")).content.decode()
    )
    assert cast.client(cast.guide).get(at("now", journey, own.id, "sixth")).status_code == 404


def test_a_look_is_no_opening(cast, journey, guide):
    both = actions.begin_focusing(together=True, by=guide)
    cast.client(cast.participant).get(at("now", journey, both.id, "wide"))
    assert not Opening.objects.filter(person_id=cast.participant.id).exists()


def test_words_in_the_wrong_focusing_are_hidden_from_every_page(cast, journey, guide, participant):
    focusing = written_through(participant)
    actions.share_level(focusing_id=focusing.id, level=level(participant, "narrow"), by=participant)
    client, door = cast.client(cast.participant), at("correct", journey, focusing.id)
    card = client.get(at("level", journey, focusing.id, "narrow")).content.decode()
    assert door in card
    page = client.get(door).content.decode()
    words_id = str(Words.objects.get(box="insight").id)
    assert words_id in page and "what-it-tells" in page

    without = client.post(door, {"words": words_id, "reason": ""})
    done = client.post(door, {"words": words_id, "reason": "It is about somebody else"})

    assert without.status_code == 422 and "what-it-tells" in without.content.decode()
    assert done["Location"] == at("show", journey, focusing.id)
    for who in (cast.guide, cast.participant):
        for path in (at("path", journey, focusing.id), at("understood", journey), at("list", journey)):
            assert "what-it-tells" not in cast.client(who).get(path).content.decode(), path
    assert "what-it-tells" not in client.get(at("level", journey, focusing.id, "narrow")).content.decode()


def test_where_one_wrote_nothing_there_is_nothing_to_hide(cast, journey, participant):
    focusing = actions.begin_focusing(by=participant)
    page = cast.client(cast.participant).get(at("correct", journey, focusing.id)).content.decode()
    assert "no words here that only you" in page and at("show", journey, focusing.id) in page


@pytest.mark.parametrize("count", [1, 3])
def test_choosing_the_words_asks_the_same_few_questions(cast, journey, participant, count):
    focusing = actions.begin_focusing(by=participant)
    for key, (name, text) in list(SECRETS.items())[:count]:
        say(focusing, key, name, text, participant)
    client, door = cast.client(cast.participant), at("correct", journey, focusing.id)
    client.get(door)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(door).content.decode().count('type="radio"') == count
    assert len(asked) == QUESTIONS_OF_CORRECT

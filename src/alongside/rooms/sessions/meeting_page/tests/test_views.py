"""Each door: works, stranger 404, named reader 403, wrong method 405, wrong moment 409; pages at 1 and 3.

Long, because the meeting is one page: all its doors are tried on the same two people and the same meeting.
"""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.models import Reading
from alongside.goals.queries import step_facts
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.rooms.environment.models import Meeting, MeetingStateRecord
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.models import Issue, MeetingFeedback, MeetingRecord
from alongside.rooms.sessions.record.queries import feedback_around, records_of, table_of
from alongside.rooms.sessions.record.states import RecordState
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    """Meeting 1 was held, meeting 2 is open."""
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    opened(cast, journey)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


def at(door, journey, number=2, *more):
    return reverse(f"sessions:{door}", args=[journey.id, number, *more])


def room(journey):
    return reverse("sessions:room", args=[journey.id])


def close_both(cast, journey, number=2):
    guide = cast.seat(cast.guide, journey)
    actions.close_meeting(number=number, closing=closing(guide), by=guide)
    actions.confirm_meeting(number=number, by=cast.seat(cast.participant, journey))


# --- every door ------------------------------------------------------------------------------------------


def doors(cast, journey):
    guide = cast.seat(cast.guide, journey)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    issue = actions.raise_issue(number=2, text="Sleep", by=guide)
    here = [journey.id, 2]
    return {
        "room": ("GET", room(journey)),
        "write_for_next_time": (
            "POST",
            reverse("sessions:write_for_next_time", args=[journey.id, "for_next_time"]),
        ),
        "add_finding": ("POST", reverse("sessions:add_finding", args=[journey.id])),
        "meeting": ("GET", at("meeting", journey)),
        "prepare": ("POST", at("prepare", journey)),
        "start": ("POST", at("start", journey)),
        "write": ("POST", at("write", journey, 2, "review")),
        "review": ("POST", at("review", journey)),
        "plan_step": ("POST", at("plan_step", journey)),
        "let_step_go": ("POST", reverse("sessions:let_step_go", args=[*here, step.id])),
        "raise_issue": ("POST", at("raise_issue", journey)),
        "settle_issue": ("POST", reverse("sessions:settle_issue", args=[*here, issue.id])),
        "book_next": ("POST", at("book_next", journey)),
        "close": ("POST", at("close", journey)),
        "confirm": ("POST", at("confirm", journey)),
        "questions": ("POST", at("questions", journey)),
        "correct": ("POST", at("correct", journey)),
        "now": ("GET", at("now", journey)),
    }


def test_every_door_is_closed_to_those_it_is_not_for(cast, journey):
    from alongside.rooms.sessions.meeting_page.urls import urlpatterns

    known = doors(cast, journey)
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
        wrong = "DELETE" if name in ("questions", "correct") else {"GET": "POST", "POST": "GET"}[method]
        assert cast.client(cast.guide).generic(wrong, path).status_code == 405, name


def test_what_is_not_there_is_not_found(cast, journey):
    client = cast.client(cast.guide)

    assert client.get(at("meeting", journey, 9)).status_code == 404
    assert client.post(at("review", journey, 9)).status_code == 404
    assert client.post(at("write", journey, 2, "no-such-box")).status_code == 404
    assert client.post(reverse("sessions:let_step_go", args=[journey.id, 2, uuid4()])).status_code == 404
    assert client.post(reverse("sessions:settle_issue", args=[journey.id, 2, uuid4()])).status_code == 404
    assert client.post(reverse("sessions:write_for_next_time", args=[journey.id, "other"])).status_code == 404


def test_doors_of_a_closed_record_answer_that_this_is_not_the_moment(cast, journey):
    known = doors(cast, journey)
    close_both(cast, journey)
    client = cast.client(cast.guide)

    late = (
        "review",
        "plan_step",
        "let_step_go",
        "raise_issue",
        "settle_issue",
        "book_next",
        "close",
        "prepare",
    )
    found = {name: client.post(known[name][1]).status_code for name in late}

    assert found == dict.fromkeys(late, 409)
    assert cast.client(cast.participant).post(known["confirm"][1]).status_code == 409


def test_a_meeting_that_was_cancelled_cannot_be_opened(cast, journey):
    meeting = booked(cast, journey, 3)
    MeetingStateRecord.objects.create(meeting=meeting, state="cancelled", by=cast.guide)

    assert cast.client(cast.guide).post(at("start", journey, 3)).status_code == 409


# --- the room --------------------------------------------------------------------------------------------


def test_the_room_lists_what_was_and_what_comes(cast, journey, guide):
    actions.write_in_box(
        number=2, name="summary", text="Sleep comes first. Then the rota.", version=0, by=guide
    )
    close_both(cast, journey)
    booked(cast, journey, 3, days=3)

    page = cast.client(cast.participant).get(room(journey)).content.decode()

    assert "Sleep comes first." in page and "Then the rota." not in page
    assert "Session 3" in page and "Prepare for it" in page
    assert str(guide.kind.emergency_note)[:40] in page


@pytest.mark.parametrize(
    ("prepare", "act"),
    [
        (lambda cast, journey: None, "Continue"),
        (close_both, "Book a session"),
        (lambda cast, journey: actions.close_meeting(
            number=2, closing=closing(cast.seat(cast.guide, journey)), by=cast.seat(cast.guide, journey)
        ), "Read and confirm"),
    ],
)  # fmt: skip
def test_the_one_act_on_top_is_the_next_thing_to_do(cast, journey, prepare, act):
    prepare(cast, journey)

    page = cast.client(cast.participant).get(room(journey)).content.decode()

    assert re.findall(r'class="btn btn-primary"[^>]*>\s*([^<]+)<', page) == [act]


def test_what_is_written_for_next_time_is_on_top_of_the_next_meeting(cast, journey):
    client = cast.client(cast.participant)
    door = reverse("sessions:write_for_next_time", args=[journey.id, "for_next_time"])

    saved = client.post(door, {"text": "The audit", "version": 0}, headers={"Accept": "application/json"})
    close_both(cast, journey)
    booked(cast, journey, 3)
    client.post(at("start", journey, 3))

    assert saved.json()["version"] == 1
    assert "The audit" in cast.client(cast.guide).get(at("meeting", journey, 3)).content.decode()
    assert "The audit" not in client.get(room(journey)).content.decode()


# --- before it -------------------------------------------------------------------------------------------


def test_the_minute_before(cast, journey, guide):
    aim = target(guide)
    booked(cast, journey, 3)
    client = cast.client(cast.participant)

    assert 'id="words-matters"' in client.get(at("meeting", journey, 3)).content.decode()
    client.post(at("write", journey, 3, "matters"), {"text": "The round", "version": 0})
    wrong = client.post(at("prepare", journey, 3), {f"reading_{aim.id}": "11"})
    right = client.post(at("prepare", journey, 3), {f"reading_{aim.id}": "7"})

    assert wrong.status_code == 422 and "between 0 and 10" in wrong.content.decode()
    assert 'value="11"' in wrong.content.decode()
    assert right.status_code == 302
    assert Reading.objects.get(meeting_number=3).value == 7
    seen = cast.client(cast.guide).get(at("meeting", journey, 3)).content.decode()
    assert "The round" in seen and 'id="words-matters"' not in seen


def test_the_first_meeting_leads_to_its_own_room(cast, journey):
    answer = cast.client(cast.guide).get(at("meeting", journey, 1))

    assert answer.status_code == 302 and answer["Location"].endswith("/first-meeting/")


# --- while it is open ------------------------------------------------------------------------------------


def test_one_save_of_the_review_with_and_without_javascript(cast, journey, guide):
    aim = target(guide)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    opened(cast, journey, 3)
    client, path = cast.client(cast.guide), at("review", journey, 3)
    typed = {f"state_{step.id}": "partly", f"word_{step.id}": "rain", f"reading_{aim.id}": "6"}

    live = client.post(path, typed, headers={"HX-Request": "true"})
    plain = client.post(path, typed)

    assert live.status_code == 200 and "Saved at" in live.content.decode()
    assert plain.status_code == 302
    assert [(s.state, s.word, s.reviewed_in) for s in step_facts(guide)] == [("partly", "rain", 3)]
    assert [r.value for r in Reading.objects.filter(meeting_number=3)] == [6]


def test_a_mistake_in_the_review_comes_back_with_what_was_typed(cast, journey, guide):
    aim = target(guide)
    step = actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)
    opened(cast, journey, 3)
    client, path = cast.client(cast.guide), at("review", journey, 3)
    typed = {f"word_{step.id}": "it rained <script>", f"reading_{aim.id}": "many"}

    answer = client.post(path, typed)
    live = client.post(path, typed, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "it rained &lt;script&gt;" in page and 'value="many"' in page
    assert "Please write a number." in page and "Please also say how this went." in page
    assert "Please write a number." in live.content.decode()
    assert not Reading.objects.filter(meeting_number=3).exists()


def test_hidden_fields_of_another_journey_are_not_accepted(cast, journey):
    elsewhere = cast.seat(cast.guide, cast.journey())
    foreign = target(elsewhere)
    client = cast.client(cast.guide)

    step = client.post(
        at("plan_step", journey), {"text": "x", "owner": str(cast.guide.id), "target": str(foreign.id)}
    )
    owner = client.post(at("plan_step", journey), {"text": "x", "owner": str(cast.stranger.id)})
    reading = client.post(at("review", journey), {f"reading_{foreign.id}": "5"})

    assert (step.status_code, owner.status_code, reading.status_code) == (422, 422, 302)
    assert not Reading.objects.filter(meeting_number=2).exists()
    assert step_facts(cast.seat(cast.guide, journey)) == []


def test_a_step_is_added_in_one_line_and_let_go_again(cast, journey, guide):
    client = cast.client(cast.guide)

    empty = client.post(
        at("plan_step", journey), {"text": "", "owner": str(cast.participant.id), "due": "soon"}
    )
    client.post(
        at("plan_step", journey), {"text": "Walk", "owner": str(cast.participant.id), "due": "2027-01-05"}
    )
    step = step_facts(guide)[0]
    client.post(reverse("sessions:let_step_go", args=[journey.id, 2, step.id]))

    assert empty.status_code == 422 and "soon" in empty.content.decode()
    assert (step.text, step.due) == ("Walk", dt.date(2027, 1, 5))
    assert [s.state for s in step_facts(guide)] == ["dropped"]


def test_an_issue_is_put_down_and_settled(cast, journey, guide):
    client = cast.client(cast.participant)
    client.post(at("raise_issue", journey), {"text": "The rota"})
    issue = Issue.objects.get()
    door = reverse("sessions:settle_issue", args=[journey.id, 2, issue.id])

    nobody = client.post(door, {"becomes": "concern", "word": ""})
    client.post(door, {"becomes": "concern", "word": "to the rota lead"})
    twice = client.post(door, {"becomes": "let_be"})

    assert nobody.status_code == 422 and "Please say whose concern it is" in nobody.content.decode()
    assert twice.status_code == 409
    assert "to the rota lead" in client.get(at("meeting", journey)).content.decode()


def test_the_next_one_is_booked_from_the_page_or_says_why_not(cast, journey):
    client = cast.client(cast.guide)
    tomorrow = (now() + dt.timedelta(days=1)).date().isoformat()

    past = client.post(at("book_next", journey), {"date": "2020-01-01", "time": "10:00"})
    right = client.post(at("book_next", journey), {"date": tomorrow, "time": "10:00"})

    assert (
        past.status_code == 409
        and "past" in past.content.decode()
        and 'value="2020-01-01"' in past.content.decode()
    )
    assert right.status_code == 302
    assert Meeting.objects.filter(journey=journey, number=3).exists()


def test_words_are_saved_as_they_are_typed_and_merged(cast, journey):
    door, json = at("write", journey, 2, "plan"), {"Accept": "application/json"}
    text = "🌱 مرحبا <script>alert(1)</script> " + "x" * 10_000

    first = cast.client(cast.guide).post(door, {"text": text, "version": 0}, headers=json).json()
    second = cast.client(cast.participant).post(door, {"text": "Mine", "version": 0}, headers=json).json()
    page = cast.client(cast.guide).get(at("meeting", journey)).content.decode()

    assert first["text"] == text
    assert second["merged"] and text in second["text"] and "Mine" in second["text"]
    assert "<script>alert" not in page and "مرحبا &lt;script&gt;" in page


def test_late_words_of_a_closed_record_are_kept_as_an_addition(cast, journey):
    close_both(cast, journey)
    json = {"Accept": "application/json"}
    client = cast.client(cast.participant)

    late = client.post(
        at("write", journey, 2, "review"), {"text": "And the rota", "version": 0}, headers=json
    )
    client.post(at("write", journey, 2, "afterwards"), {"text": "It was Tuesday", "version": 0})

    assert late.status_code == 200 and "closed before you saved" in late.json()["sentence"]
    seen = cast.client(cast.guide).get(at("meeting", journey)).content.decode()
    assert "And the rota" in seen and "It was Tuesday" in seen and "Paul Participant" in seen


# --- closing and after -----------------------------------------------------------------------------------

CLOSE = {"minutes_taken": "45", "safety_raised": "no"}


def test_closing_asks_once_when_nothing_was_planned(cast, journey, guide):
    client = cast.client(cast.guide)

    asked = client.post(at("close", journey), CLOSE | {"present": [str(cast.guide.id)]})
    done = client.post(at("close", journey), CLOSE | {"present": [str(cast.guide.id)], "no_step": "on"})

    assert asked.status_code == 422 and 'id="id_no_step"' in asked.content.decode()
    assert done.status_code == 302
    assert records_of(guide)[0].state == RecordState.ACKNOWLEDGED_BY_ONE


def test_closing_says_what_is_missing(cast, journey, guide):
    client, here = cast.client(cast.guide), {"present": [str(cast.guide.id)], "no_step": "on"}

    silent = client.post(at("close", journey), here | {"minutes_taken": "0"})
    nowhere = client.post(at("close", journey), here | CLOSE | {"safety_raised": "yes"})
    somebody = client.post(
        at("close", journey), CLOSE | {"present": [str(cast.stranger.id)], "no_step": "on"}
    )

    assert [silent.status_code, nowhere.status_code, somebody.status_code] == [422, 422, 422]
    assert "Every record needs this answer" in silent.content.decode()
    assert "who was told and what was done" in nowhere.content.decode()
    assert records_of(guide)[0].state == RecordState.OPEN


def test_the_four_questions_are_answered_and_kept(cast, journey, guide):
    close_both(cast, journey)
    client = cast.client(cast.participant)
    assert at("questions", journey) in client.get(at("meeting", journey)).content.decode()

    nothing = client.post(at("questions", journey), {})
    client.post(at("questions", journey), {"matters": "9", "listened": "3", "kept": "on"})

    assert nothing.status_code == 422
    assert MeetingFeedback.objects.get().kept
    assert "3 of 10" in client.get(at("meeting", journey)).content.decode()
    assert "Worth talking about" in client.get(at("meeting", journey)).content.decode()
    assert "3 of 10" not in cast.client(cast.guide).get(at("meeting", journey)).content.decode()
    assert feedback_around(guide, table_of(guide, 2)) == (None, None)


def test_the_record_as_text_holds_what_is_shared_and_nothing_else(cast, journey, guide):
    actions.write_in_box(number=2, name="review", text="We talked about sleep", version=0, by=guide)
    actions.write_in_box(number=2, name="private", text="Only mine", version=0, by=guide)
    actions.plan_step_in_meeting(number=2, text="Walk", owner=cast.participant, by=guide)

    answer = cast.client(cast.guide).get(reverse("reading:text", args=[journey.id, 2]))

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8" and "no-store" in answer["Cache-Control"]
    assert "We talked about sleep" in text and "- Walk" in text and "Only mine" not in text


def test_words_in_the_wrong_record_are_hidden_from_the_page(cast, journey, guide):
    client = cast.client(cast.guide)
    assert "no words here that only you" in client.get(at("correct", journey)).content.decode()
    actions.write_in_box(number=2, name="review", text="Somebody else's story", version=0, by=guide)
    page = client.get(at("correct", journey)).content.decode()
    words_id = re.search(r'name="words" value="([0-9a-f-]+)"', page)[1]

    without = client.post(at("correct", journey), {"words": words_id, "reason": ""})
    client.post(at("correct", journey), {"words": words_id, "reason": "the wrong person"})

    assert without.status_code == 422
    for who in (cast.guide, cast.participant):
        assert "Somebody else" not in cast.client(who).get(at("meeting", journey)).content.decode()


def test_an_issue_in_the_wrong_record_is_chosen_at_the_same_door(cast, journey, guide):
    issue = actions.raise_issue(number=2, text="Somebody else's trouble", by=guide)
    client, door = cast.client(cast.guide), at("correct", journey)
    assert "Somebody else&#x27;s trouble" in client.get(door).content.decode()
    other = cast.client(cast.participant)
    assert "no words here that only you" in other.get(door).content.decode()
    assert other.post(door, {"words": issue.id, "reason": "x"}).status_code == 422

    without = client.post(door, {"words": issue.id, "reason": ""})
    client.post(door, {"words": issue.id, "reason": "the wrong person"})

    assert without.status_code == 422
    assert "Somebody else" not in other.get(at("meeting", journey)).content.decode()
    assert client.post(at("settle_issue", journey, 2, issue.id), {"becomes": "let_be"}).status_code == 404


def test_private_notes_are_on_nobody_elses_page(cast, journey, guide):
    actions.write_in_box(number=2, name="private", text="Only for me", version=0, by=guide)

    assert "Only for me" in cast.client(cast.guide).get(at("meeting", journey)).content.decode()
    assert "Only for me" not in cast.client(cast.participant).get(at("meeting", journey)).content.decode()


def test_opening_the_words_is_recorded_once_in_a_login_session(cast, journey, guide):
    actions.write_in_box(number=2, name="review", text="It went well", version=0, by=guide)
    client = cast.client(cast.participant)
    for _ in range(2):
        client.get(at("meeting", journey))

    assert Opening.objects.filter(subject_kind="meeting_record", person_id=cast.participant.id).count() == 1


def test_in_the_room_the_guide_writes_what_matters_and_closes_for_both(cast):
    journey = cast.journey("treatment", participant_has_account=False)
    opened(cast, journey)
    client = cast.client(cast.guide)
    page = client.get(at("meeting", journey)).content.decode()
    two = [str(member.person.id) for member in cast.seat(cast.guide, journey).members[:2]]

    done = client.post(at("close", journey), CLOSE | {"present": two, "no_step": "on", "in_the_room": "on"})

    assert 'id="words-matters"' in page and 'id="id_in_the_room"' in page
    assert done.status_code == 302
    assert records_of(cast.seat(cast.guide, journey))[0].sides == {"guide", "participant"}


# --- the burden ------------------------------------------------------------------------------------------


class Fields(HTMLParser):
    """The required fields of a page that come empty, by the address of their form."""

    def __init__(self, page):
        super().__init__()
        self.action, self.empty = "", {}
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.action = given.get("action", "")
        elif tag == "input" and "required" in given and (not given.get("value") or given["type"] == "radio"):
            self.empty.setdefault(self.action, set()).add(given["name"])

    def handle_endtag(self, tag):
        self.action = "" if tag == "form" else self.action


def test_an_ordinary_meeting_takes_at_most_twelve_clicks_and_fields(cast, journey, guide):
    """Three steps reviewed, one reading, one new step, the next date, both acknowledge: everything is counted.

    Counted are the forms sent, each answer given, and each required field that comes empty. The fields of the posts
    are what the page itself has filled in, read from its HTML.
    """
    aim = target(guide)
    steps = [actions.plan_step_in_meeting(number=2, text=t, owner=cast.participant, by=guide) for t in "abc"]
    close_both(cast, journey)
    booked(cast, journey, 3)
    client, burden = cast.client(cast.guide), 0

    client.post(at("start", journey, 3))
    burden += 1
    page = client.get(at("meeting", journey, 3)).content.decode()
    required = Fields(page).empty
    answers = {f"state_{step.id}": "done" for step in steps} | {f"reading_{aim.id}": "6"}
    burden += len(answers) + len(required.get(at("review", journey, 3), ())) + 1
    client.post(at("review", journey, 3), answers)
    assert required[at("plan_step", journey, 3)] == {"text"}  # the words the two choose to write
    owner = re.search(r'<option value="([^"]+)" selected>Paul', page)[1]
    due = re.search(r'name="due" value="([^"]+)"', page)[1]
    client.post(at("plan_step", journey, 3), {"text": "Walk", "owner": owner, "due": due})
    burden += 1
    assert at("book_next", journey, 3) not in required
    filled = dict(re.findall(r'name="(date|time)" required value="([^"]+)"', page))
    client.post(at("book_next", journey, 3), filled)
    burden += 1
    assert required[at("close", journey, 3)] == {"safety_raised"}
    present = re.findall(r'name="present" value="([^"]+)"[^>]* checked', page)
    minutes = re.search(r'name="minutes_taken"[^>]*value="(\d+)"', page)[1]
    client.post(
        at("close", journey, 3), {"minutes_taken": minutes, "present": present, "safety_raised": "no"}
    )
    burden += 2
    cast.client(cast.participant).post(at("confirm", journey, 3))
    burden += 1

    assert records_of(guide)[-1].state == RecordState.CLOSED
    assert [s.state for s in step_facts(guide)] == ["done", "done", "done", "open"]
    assert Meeting.objects.filter(journey=journey, number=4).exists()
    assert burden <= 12, burden


# --- how much a page costs -------------------------------------------------------------------------------


def furnish(cast, journey, count):
    """So many targets with readings, steps, issues and notes."""
    guide = cast.seat(cast.guide, journey)
    for n in range(count):
        aim = target(guide, f"Goal {n}")
        for day in range(count):
            wording = aim.wordings.get()
            taken_on = dt.date(2026, 1, 1 + day)
            Reading.objects.create(
                target=aim, wording=wording, value=day, taken_on=taken_on, source="meeting", by=cast.guide
            )
        actions.plan_step_in_meeting(number=2, text=f"Step {n}", owner=cast.participant, target=aim, by=guide)
        actions.raise_issue(number=2, text=f"Issue {n}", by=guide)
    for name in ("summary", "review", "plan")[:count]:
        actions.write_in_box(number=2, name=name, text="Words", version=0, by=guide)


def queries_of(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    return [query["sql"] for query in captured.captured_queries], len(answer.content)


@pytest.mark.parametrize("page", ["room", "meeting", "before", "closed"])
def test_a_page_asks_as_much_with_three_as_with_one(cast, page):
    found = {}
    for count in (1, 3):
        journey = cast.journey()
        booked(cast, journey, 1, state="held", days=-14)
        opened(cast, journey)
        furnish(cast, journey, count)
        if page == "room":
            for n in range(count):
                opened(cast, journey, 3 + n)
        booked(cast, journey, 9, days=0)
        if page == "closed":
            close_both(cast, journey)
        path = {"room": room(journey), "before": at("meeting", journey, 9)}.get(page, at("meeting", journey))
        found[count], _size = queries_of(cast.client(cast.guide), path)

    assert len(found[1]) == len(found[3]), "\n".join(found[3])


OURS = ("room_sessions", "room_environment", "goals_", "journeys_words", "ledger_opening")


def test_a_full_page_stays_within_its_measure(cast, journey):
    furnish(cast, journey, 8)
    assert MeetingRecord.objects.count() == 1

    asked, size = queries_of(cast.client(cast.guide), at("meeting", journey))

    # five queries say who asks and which journey it is; the frame's path has its own
    ours = [sql for sql in asked if any(f'FROM "{name}' in sql for name in OURS)]
    assert size < 60_000
    assert len(ours) <= 12

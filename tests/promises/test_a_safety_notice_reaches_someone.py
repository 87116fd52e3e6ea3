"""The promise: an answer about harm reaches someone, every time, and what was done stays on record.

Every save that holds such an answer opens the help page for the person and the alert for whoever guides, also when an earlier
one was answered, when it got worse, when it is sent again. Nobody answers: it goes to whoever the organisation named, by its
hours. What was done is signed, dated, and read again by all who come after.

Long, because the promise is kept only if every such answer, at every moment and to every reader, is tried.
"""

from __future__ import annotations

import datetime as dt
import json

import pytest
import time_machine
from django.core import mail

from alongside.goals.measuring.actions import bring_instrument, keep_form
from alongside.goals.measuring.models import FilledForm
from alongside.goals.measuring.queries import key_of
from alongside.goals.safety import actions
from alongside.goals.safety.models import SafetyNotice, SafetyTest
from alongside.goals.safety.opening import Opening, passes_on_at
from alongside.goals.safety.passing_on import pass_on_notices
from alongside.goals.transfer import carry_goals
from alongside.journeys.covering import Days, name_cover
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.ledger.models import Opening as Opened
from alongside.measures.own import make_instrument
from alongside.overview.tests import build
from tests.cast import person

MONDAY = dt.datetime(2026, 11, 30, 10, 0, tzinfo=dt.UTC)
SUNDAY = MONDAY - dt.timedelta(days=1)
ITEM = "Thoughts that you would be better off dead or of hurting yourself in some way"


@pytest.fixture
def journey(cast):
    cast.participant.telephone = "01632 960 101"
    cast.participant.emergency_contact_name = "Rosa"
    cast.participant.emergency_contact_telephone = "01632 960 102"
    cast.participant.save()
    return cast.journey("treatment")


def at(journey, name):
    return f"/journeys/{journey.id}/goals/{name}/"


def send(cast, journey, who=None, **answers):
    """One save of the questionnaire, as the page sends it."""
    sent = {name: str(answer) for name, answer in answers.items()}
    return cast.client(who or cast.participant).post(at(journey, "forms/phq-9"), sent)


def whole(last):
    return {f"q{number}": 1 for number in range(1, 9)} | {"q9": last, "hand_in": "1"}


def done(cast, journey, words="Called; safe tonight.", who=None):
    open_ones = [str(one.id) for one in SafetyNotice.objects.filter(journey=journey, seen_at=None)]
    sent = {"notice": open_ones, "what_was_done": words}
    return cast.client(who or cast.guide).post(at(journey, "safety/answer"), sent)


def read(cast, who, path):
    answer = cast.client(who).get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()


def to(person):
    return [one for one in mail.outbox if one.to == [person.email]]


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


# --- every time -------------------------------------------------------------------------------------------------


def test_every_save_with_such_an_answer_opens_the_help_page_and_an_alert(cast, journey, monday):
    for saved, answers in enumerate(({"q9": 1}, {"q9": 1}, {"q9": 3}, whole(3), whole(1)), start=1):
        answer = send(cast, journey, **answers)
        assert answer["Location"] == at(journey, "safety")
        assert SafetyNotice.objects.count() == saved == len(to(cast.guide))
        # also when the earlier one was answered meanwhile
        assert done(cast, journey).status_code == 302
    assert not send(cast, journey, q9=0)["Location"].endswith("/safety/")
    assert SafetyNotice.objects.count() == 5


def test_email_says_nothing_of_what_was_answered(cast, journey, monday):
    send(cast, journey, q9=2)
    [sent] = to(cast.guide)
    assert sent.subject == "Urgent: please sign in to Alongside now"
    assert "phq" not in (sent.subject + sent.body).lower() and cast.participant.name not in sent.body
    assert at(journey, "on-track") in sent.body


@pytest.mark.without_ledger("goals.measuring.actions.bring_instrument")
@pytest.mark.parametrize("answer", [1, 3])
def test_own_questionnaire_with_a_mark_opens_the_same_path(cast, journey, monday, answer):
    ordinal = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    options = [
        {"valueCoding": {"display": word}, "extension": [{"url": ordinal, "valueDecimal": score}]}
        for score, word in enumerate(("never", "rarely", "often", "always"))
    ]
    item = {
        "linkId": "harm",
        "type": "choice",
        "text": "Do you think of harming yourself?",
        "answerOption": options,
    }
    file = json.dumps({"resourceType": "Questionnaire", "title": "Ours", "item": [item]})
    made = make_instrument(file=file, rule="sum(items)", risk="harm from 2", direction="lower", source="Ours")
    key = key_of(bring_instrument(instrument=made, file=file, by=cast.administrator).id)
    sent = cast.client(cast.participant).post(at(journey, f"forms/{key}"), {"q1": str(answer)})
    assert sent["Location"] == at(journey, "safety" if answer >= 2 else "lines")
    assert SafetyNotice.objects.count() == (answer >= 2)
    if answer >= 2:
        page = read(cast, cast.guide, at(journey, "on-track"))
        assert "Do you think of harming yourself?" in page and "always" in page


# --- who sees what ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["/", "journey", "on-track"])
def test_alert_is_the_first_thing_the_guide_sees_with_all_that_is_needed(cast, journey, monday, page):
    send(cast, journey, **whole(3))
    path = {"/": "/", "journey": f"/journeys/{journey.id}/"}.get(page) or at(journey, page)
    shown = read(cast, cast.guide, path)
    for words in (ITEM, "Nearly every day", "Total: 11 of 27", "tel:01632960101", "tel:01632960102", "Rosa"):
        assert words in shown, words
    assert "Save what I did" in shown and "No safety plan has been agreed yet." in shown
    assert shown.index(ITEM) < shown.index("<h2", shown.index(ITEM))
    if page != "on-track":
        assert shown.index("safety-alert") < min(
            shown.index(one) for one in ('class="section', "next-act") if one in shown
        )
    assert "safety-alert" not in read(cast, cast.participant, "/")


def test_person_reads_where_help_is_and_who_reads_when(cast, journey, monday):
    cast.organisation.telephone, cast.organisation.opening_hours = "01632 960 000", "Monday to Friday, 9 to 5"
    cast.organisation.save()
    send(cast, journey, q9=1)
    shown = read(cast, cast.participant, at(journey, "safety"))
    for words in ("tel:01632960000", "tel:01632960102", "Gwen Guide has been asked to look now", "by 12:00"):
        assert words in shown, words
    # the page is the person's; whoever guides finds the alert
    answer = cast.client(cast.guide).get(at(journey, "safety"))
    assert (answer.status_code, answer["Location"]) == (302, at(journey, "on-track"))


def test_with_somebody_without_an_account_the_guide_is_told_to_turn_the_screen(cast, monday):
    journey = cast.journey("treatment", participant_has_account=False)
    answer = send(cast, journey, who=cast.guide, q9=2)
    assert answer["Location"] == at(journey, "on-track")
    shown = read(cast, cast.guide, at(journey, "on-track"))
    assert "Turn the screen" in shown and at(journey, "safety") in shown
    assert "You are not alone with this" in read(cast, cast.guide, at(journey, "safety"))


# --- on record --------------------------------------------------------------------------------------------------


def test_what_was_done_is_signed_dated_and_read_again(cast, journey, monday):
    send(cast, journey, q9=2)
    done(cast, journey, "Called at once. Rosa is with them.")
    for who in (cast.guide, cast.participant):
        assert "Called at once. Rosa is with them." in read(cast, who, f"/journeys/{journey.id}/timeline/")
    on_track = read(cast, cast.guide, at(journey, "on-track"))
    for words in (
        "Called at once. Rosa is with them.",
        "Gwen Guide, 30 November 2026, 10:00",
        ITEM,
        "More than half the days",
    ):
        assert words in on_track, words
    assert "safety-alert" not in on_track and "safety-alert" not in read(cast, cast.guide, "/")


def test_single_answers_are_read_by_the_two_with_the_earlier_ones_beside(cast, journey, monday):
    send(cast, journey, **whole(3))
    monday.shift(dt.timedelta(minutes=5))
    send(cast, journey, **whole(1))
    for who in (cast.guide, cast.participant):
        page = read(cast, who, at(journey, "forms/phq-9/answers"))
        last = page[page.index(ITEM) :]
        assert last.index("Several days") < last.index("Nearly every day")
        assert "9 of 27" in page and "11 of 27" in page
        assert at(journey, "forms/phq-9/answers") in read(cast, who, at(journey, "lines"))
    assert cast.client(cast.supporter).get(at(journey, "forms/phq-9/answers")).status_code == 403
    assert cast.client(cast.colleague).get(at(journey, "forms/phq-9/answers")).status_code == 404


def test_it_stands_in_the_record_of_the_meeting_and_in_its_copies(cast, journey, monday):
    booked = build.meeting(cast, journey, 1, days=-1, state="held")
    later = build.meeting(cast, journey, 2, days=1)
    for each in (booked, later):
        build.record(cast, each, "open")
    send(cast, journey, q9=2)
    done(cast, journey, "Called at once.")
    for number, there in ((1, False), (2, True)):
        for copy in ("print", "text"):
            page = read(cast, cast.guide, f"/journeys/{journey.id}/sessions/{number}/{copy}/")
            assert ("Called at once." in page and ITEM in page) is there, (number, copy)
    assert "Called at once." in read(cast, cast.participant, f"/journeys/{journey.id}/sessions/story/")


def test_it_stands_on_the_page_of_the_meeting_once_that_is_closed(cast, journey, monday):
    booked = build.meeting(cast, journey, 1, days=-1, state="held")
    later = build.meeting(cast, journey, 2, days=1)
    records = [build.record(cast, each, "open") for each in (booked, later)]
    send(cast, journey, q9=2)
    done(cast, journey, "Called at once.")
    for record in records:
        record.state_records.create(state="closed", by=cast.guide)
    for who in (cast.guide, cast.participant):
        for number, there in ((1, False), (2, True)):
            page = read(cast, who, f"/journeys/{journey.id}/sessions/{number}/")
            assert ("Called at once." in page and ITEM in page) is there, (who.name, number)


@pytest.mark.without_ledger("journeys.covering.name_cover")
def test_whoever_covers_reads_and_answers_it(cast, journey, monday):
    day = MONDAY.date()
    name_cover(person=cast.colleague, days=Days(day, day), by=cast.seat(cast.guide, journey))
    send(cast, journey, q9=2)
    assert to(cast.colleague) and to(cast.guide)
    assert ITEM in read(cast, cast.colleague, "/")
    assert done(cast, journey, "Spoke to them.", who=cast.colleague).status_code == 302
    assert "Colin Colleague, 30 November" in read(cast, cast.guide, at(journey, "on-track"))


@pytest.mark.without_ledger("goals.safety.actions.answer_notices")
def test_whoever_takes_over_reads_it_too(cast, journey, monday):
    send(cast, journey, q9=2)
    done(cast, journey, "Made a plan together.")
    after = cast.journey("treatment", follows=journey)
    carry_goals(source=journey, from_guide=cast.guide, by=cast.seat(cast.guide, after))
    assert "Made a plan together." in read(cast, cast.guide, at(after, "on-track"))


def test_two_who_answer_at_once_lose_no_word(cast, journey, monday):
    send(cast, journey, q9=2)
    notice = SafetyNotice.objects.get()
    done(cast, journey, "Called.")
    again = cast.client(cast.guide).post(
        at(journey, "safety/answer"), {"notice": str(notice.id), "what_was_done": "Wrote to them."}
    )
    assert again.status_code == 409 and "Wrote to them." in again.content.decode()
    notice.refresh_from_db()
    assert notice.what_was_done == "Called."


def test_form_saved_without_its_notice_is_not_saved(cast, journey, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        keep_form(instrument="phq-9", answers={"9": "1"}, by=cast.seat(cast.participant, journey))
    assert not FilledForm.objects.exists() and not SafetyNotice.objects.exists() and mail.outbox == []


# --- nobody answers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "minutes", "passed_on"),
    [
        ("2026-11-30T10:00", 120, "2026-11-30T12:00"),
        ("2026-11-30T16:00", 120, "2026-11-30T17:00"),
        ("2026-11-30T08:59", 120, "2026-11-30T08:59"),
        ("2026-11-30T17:00", 120, "2026-11-30T17:00"),
        ("2026-11-29T11:00", 120, "2026-11-29T11:00"),
        ("2026-07-06T08:30", 120, "2026-07-06T10:30"),
    ],
)
def test_time_is_counted_while_the_service_is_open(cast, moment, minutes, passed_on):
    from zoneinfo import ZoneInfo

    opening = Opening(frozenset(range(5)), dt.time(9), dt.time(17), ZoneInfo("Europe/London"))
    asked = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    assert passes_on_at(opening, minutes, asked) == dt.datetime.fromisoformat(passed_on).replace(
        tzinfo=dt.UTC
    )


@pytest.mark.without_ledger("goals.safety.actions.answer_passed_on")
def test_notice_nobody_answers_goes_to_whoever_was_named_once(cast, journey, monday):
    named = person(cast.organisation, "Nora Named", is_lead=True)
    named.is_guide = True
    named.save()
    cast.organisation.safety_reader, cast.organisation.safety_after_minutes = named, 15
    cast.organisation.save()
    send(cast, journey, q9=2)
    notice = SafetyNotice.objects.get()
    path = f"/safety/{notice.id}/"
    assert cast.client(named).get(path).status_code == 404
    monday.shift(dt.timedelta(minutes=14))
    pass_on_notices.func()
    assert to(named) == []
    monday.shift(dt.timedelta(minutes=2))
    for _each in range(2):
        pass_on_notices.func()
    assert len(to(named)) == 1 and path in to(named)[0].body
    assert len(to(cast.guide)) == 2 and "passed on" in to(cast.guide)[1].body
    shown = read(cast, named, path)
    assert ITEM in shown and "tel:01632960101" in shown and ITEM in read(cast, named, "/")
    assert Opened.objects.filter(person_id=named.id, journey_id=journey.id, subject_id=notice.id).exists()
    # and nothing else of the journey
    assert cast.client(named).get(f"/journeys/{journey.id}/").status_code == 404
    for who in (cast.colleague, cast.stranger, cast.administrator, cast.participant):
        assert cast.client(who).get(path).status_code == 404
    assert cast.client(named).post(path, {"what_was_done": ""}).status_code == 422
    assert cast.client(named).post(path, {"what_was_done": "Reached them."}).status_code == 302
    assert cast.client(named).post(path, {"what_was_done": "Again."}).status_code == 409
    assert "Reached them." in read(cast, cast.guide, at(journey, "on-track"))
    assert "Nora Named" in read(cast, cast.guide, at(journey, "on-track"))


@pytest.mark.without_ledger("goals.safety.actions.pass_on")
def test_outside_opening_hours_it_goes_at_once_and_the_person_is_told(cast, journey):
    with time_machine.travel(SUNDAY, tick=False):
        send(cast, journey, q9=2)
        assert to(cast.guide) and to(cast.administrator)
        shown = read(cast, cast.participant, at(journey, "safety"))
        assert "Gwen Guide and someone else at Riverside House have been asked to look." in shown


def test_answered_notice_is_not_passed_on(cast, journey, monday):
    send(cast, journey, q9=2)
    done(cast, journey)
    monday.shift(dt.timedelta(hours=5))
    pass_on_notices.func()
    assert to(cast.administrator) == []
    assert not Entry.objects.filter(event="safety.passed_on").exists()


# --- tried ------------------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("goals.safety.actions.say_it_arrived", "goals.safety.actions.try_notices")
def test_administrator_sends_a_test_and_sees_that_it_arrives(cast, monday):
    client = cast.client(cast.administrator)
    assert client.post("/safety/tests/").status_code == 302
    test = SafetyTest.objects.get()
    assert "Nobody needs help" in to(cast.administrator)[0].body
    assert "not opened yet" in read(cast, cast.administrator, "/safety/tests/")
    assert cast.client(cast.guide).get(f"/safety/tests/{test.id}/").status_code == 404
    # a scanner that opens links says nothing
    read(cast, cast.administrator, f"/safety/tests/{test.id}/")
    assert "Arrived" not in read(cast, cast.administrator, "/safety/tests/")
    client.post(f"/safety/tests/{test.id}/")
    assert "Arrived, opened on 30 November 2026" in read(cast, cast.administrator, "/safety/tests/")
    for who in (cast.guide, cast.lead):
        assert cast.client(who).post("/safety/tests/").status_code == 403


def test_nobody_without_a_part_answers_or_reads(cast, journey, monday):
    send(cast, journey, q9=2)
    seat = cast.seat(cast.participant, journey)
    with pytest.raises(Refused):
        actions.answer_notices(notices=list(SafetyNotice.objects.all()), what_was_done="x", by=seat)
    for who, status in (
        (cast.participant, 403),
        (cast.supporter, 403),
        (cast.colleague, 404),
        (cast.stranger, 404),
    ):
        assert done(cast, journey, who=who).status_code == status
    assert "safety-alert" not in read(cast, cast.colleague, "/")


# --- while they meet --------------------------------------------------------------------------------------------


@pytest.fixture
def meeting(cast, journey, monday):
    """A meeting whose page is open."""
    build.meeting(cast, journey, 1, days=-1, state="held")
    build.record(cast, build.meeting(cast, journey, 2, days=0), "open")
    return f"/journeys/{journey.id}/sessions/2/"


def test_on_the_open_page_of_a_meeting_the_guide_is_told_at_the_next_look(cast, journey, meeting):
    client = cast.client(cast.guide)
    token = client.get(meeting).content.decode().split('data-token="')[1].split('"')[0]
    look = {"path": f"{meeting}now/", "data": {"since": token}, "headers": {"accept": "application/json"}}
    assert client.get(**look).status_code == 204
    send(cast, journey, q9=2)
    assert client.get(**look).json()["page"] is True
    laid = client.get(meeting, headers={"HX-Request": "true"}).content.decode()
    assert laid.index("safety-alert") < laid.index("<h1")
    assert ITEM in laid and "safety-alert" not in read(cast, cast.participant, meeting)


def test_what_was_done_is_said_on_the_page_of_the_meeting_and_leads_back_to_it(cast, journey, meeting):
    send(cast, journey, q9=2)
    open_one = str(SafetyNotice.objects.get().id)
    sent = {"notice": [open_one], "what_was_done": "Spoke at once.", "back": meeting}
    answer = cast.client(cast.guide).post(at(journey, "safety/answer"), sent)
    assert answer["Location"] == meeting
    assert "safety-alert" not in read(cast, cast.guide, meeting)


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/people/", ""])
def test_saying_what_was_done_leads_nowhere_else(cast, journey, meeting, back):
    send(cast, journey, q9=2)
    sent = {"notice": [str(SafetyNotice.objects.get().id)], "what_was_done": "Spoke.", "back": back}
    answer = cast.client(cast.guide).post(at(journey, "safety/answer"), sent)
    assert answer["Location"] == at(journey, "on-track")


def test_with_somebody_without_an_account_the_meeting_page_says_to_turn_the_screen(cast, monday):
    journey = cast.journey("treatment", participant_has_account=False)
    build.record(cast, build.meeting(cast, journey, 2, days=0), "open")
    send(cast, journey, who=cast.guide, q9=2)
    shown = read(cast, cast.guide, f"/journeys/{journey.id}/sessions/2/")
    assert "Turn the screen" in shown and at(journey, "safety") in shown


def test_closed_service_says_when_it_opens_again(cast, journey):
    with time_machine.travel(SUNDAY, tick=False):
        send(cast, journey, q9=2)
        assert "it opens again: Monday 30 November, 09:00." in read(
            cast, cast.participant, at(journey, "safety")
        )


def test_service_that_is_never_open_promises_no_time():
    never = Opening(frozenset(), dt.time(9), dt.time(17), dt.UTC)
    assert never.opens_after(MONDAY) is None


def test_the_same_sending_twice_is_one_score_and_one_notice(cast, journey, monday):
    """The answer was lost on the way, and the browser sends the form again as it was."""
    client = cast.client(cast.participant)
    page = client.get(at(journey, "forms/phq-9")).content.decode()
    key = page.split('name="idempotency_key" value="')[1].split('"')[0]
    sent = whole(1) | {"idempotency_key": key}
    answers = [client.post(at(journey, "forms/phq-9"), sent) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {at(journey, "safety")}
    assert FilledForm.objects.count() == SafetyNotice.objects.count() == len(to(cast.guide)) == 1
    # opened anew and answered the same, it is another answer
    again = client.get(at(journey, "forms/phq-9")).content.decode()
    key = again.split('name="idempotency_key" value="')[1].split('"')[0]
    client.post(at(journey, "forms/phq-9"), sent | {"idempotency_key": key})
    assert FilledForm.objects.count() == SafetyNotice.objects.count() == 2

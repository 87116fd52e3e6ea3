"""Asked again after the end: on the days that were chosen, once more a week later, and silence kept as silence.

Long, because a day is followed from its choice to its silence: each part stands on what the one before it left.
"""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.goals.measuring.models import FilledForm
from alongside.goals.models import Reading
from alongside.goals.safety.models import SafetyNotice
from alongside.kernel import clock
from alongside.kernel.clock import months_after
from alongside.people.models import Person
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.follow_up import actions
from alongside.rooms.ending.follow_up.models import (
    FollowUp,
    FollowUpAnswer,
    FollowUpLetter,
    FollowUpStateRecord,
    FollowUpValue,
)
from alongside.rooms.ending.follow_up.queries import days_of, plan_of, readers_of, state_of
from alongside.rooms.ending.follow_up.states import Readers
from alongside.rooms.ending.record import actions as record_actions
from alongside.rooms.first_meeting import states as first_meeting_states

from .afterwards import (
    DAY,
    address,
    come_round,
    ended,
    fields,
    first_day,
    keepsake_link,
    link_in,
    on,
    opened,
)
from .furniture import address as room_address
from .furniture import begun, settled

WEEK = dt.timedelta(days=7)
NEVER = ("supervision", "Supervision", "treatment", "Gwen", "Guide", "student", "Finding")


def states(journey):
    rows = FollowUpStateRecord.objects.filter(follow_up__journey=journey).order_by("created_at", "id")
    return [row.state for row in rows]


# --- the days -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (dt.date(2030, 1, 31), 1, dt.date(2030, 2, 28)),
        (dt.date(2030, 8, 31), 6, dt.date(2031, 2, 28)),
        (dt.date(2030, 12, 3), 1, dt.date(2031, 1, 3)),
        (dt.date(2030, 12, 31), 12, dt.date(2031, 12, 31)),
        (dt.date(2028, 2, 29), 12, dt.date(2029, 2, 28)),
        (dt.date(2030, 11, 30), 3, dt.date(2031, 2, 28)),
    ],
)
def test_some_months_later(day, months, wanted):
    assert months_after(day, months) == wanted


def test_days_are_suggested_and_chosen_while_the_ending_is_shaped(cast):
    journey = begun(cast)
    client = cast.client(cast.participant)

    page = client.get(address("days", journey)).content.decode()
    assert not re.findall(r'name="days" value="[^"]+"[^>]*checked', page), "no day is ticked beforehand"
    suggested = re.findall(r'name="days" value="([^"]+)"', page)
    answer = client.post(
        address("days", journey), {"days": suggested[:2], "other_1": "2035-05-05", "readers": "ours"}
    )

    assert len(suggested) == 4 and answer.status_code == 302
    seat = cast.seat(cast.guide, journey)
    assert [day.on.isoformat() for day in days_of(seat)] == [*suggested[:2], "2035-05-05"]
    assert readers_of(seat) == Readers.OURS


@pytest.mark.parametrize("page", ["follow_up:days", "keepsake_reminders:choose"])
def test_a_day_that_was_ticked_before_midnight_counts_after_it(cast, page):
    path, client = reverse(page, args=[begun(cast).id]), cast.client(cast.participant)
    with clock.at(dt.datetime(2031, 1, 30, 23, 59, tzinfo=dt.UTC)):
        offered = re.findall(r'name="days" value="([^"]+)"', client.get(path).content.decode())
    with clock.at(dt.datetime(2031, 1, 31, 0, 1, tzinfo=dt.UTC)):
        answer = client.post(path, {"days": offered, "readers": "mine"})

    assert len(offered) == 4 and answer.status_code == 302, answer.content.decode()


def test_no_more_days_can_be_ticked_than_there_are_boxes(cast):
    path, client = address("days", begun(cast)), cast.client(cast.participant)
    many = [(DAY + dt.timedelta(days=number)).isoformat() for number in range(100)]

    assert client.post(path, {"days": many, "readers": "mine"}).status_code == 422
    assert not FollowUp.objects.exists()


def test_days_after_the_end_are_counted_from_the_day_on_the_wall_of_the_participant(cast):
    Person.objects.filter(id=cast.participant.id).update(time_zone="Pacific/Auckland")
    cast.participant.refresh_from_db()
    journey, _made = ended(cast, days=(), at=dt.datetime(2030, 12, 3, 20, tzinfo=dt.UTC))

    for path in (address("days", journey), reverse("keepsake_reminders:choose", args=[journey.id])):
        with clock.at(dt.datetime(2030, 12, 3, 21, tzinfo=dt.UTC)):
            page = cast.client(cast.participant).get(path).content.decode()
        assert 'value="2031-03-04"' in page and 'value="2031-03-03"' not in page


def test_none_is_an_answer_too(cast):
    journey = begun(cast)

    cast.client(cast.participant).post(address("days", journey), {"readers": "mine"})

    seat = cast.seat(cast.participant, journey)
    assert plan_of(seat) and days_of(seat) == []
    page = cast.client(cast.guide).get(room_address("room", journey)).content.decode()
    assert "no one is asked" in page


def test_the_guide_may_choose_days_and_not_who_reads(cast):
    journey = begun(cast)
    client = cast.client(cast.guide)

    assert 'name="readers"' not in client.get(address("days", journey)).content.decode()
    client.post(address("days", journey), {"other_1": "2035-05-05", "readers": "ours"})

    seat = cast.seat(cast.guide, journey)
    assert len(days_of(seat)) == 1 and readers_of(seat) == Readers.MINE
    with pytest.raises(Exception, match="to say"):
        actions.plan_days(days=[], readers=Readers.OURS, by=seat)


@pytest.mark.parametrize("typed", ["2001-01-01", "tomorrow", "2099-01-01"])
def test_a_day_that_can_t_be_comes_back_with_what_was_typed(cast, typed):
    journey = begun(cast)

    answer = cast.client(cast.participant).post(
        address("days", journey), {"other_1": typed, "other_2": "2035-05-05", "readers": "mine"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422 and f'value="{typed}"' in page and 'value="2035-05-05"' in page
    assert not FollowUp.objects.exists()


def test_after_the_end_the_days_are_the_participant_s(cast):
    journey, _made = ended(cast)

    assert cast.client(cast.guide).get(address("days", journey)).status_code == 403
    answer = cast.client(cast.participant).post(
        address("days", journey), {"other_1": "2035-05-05", "readers": "mine"}
    )

    assert answer.status_code == 302
    assert [day.on for day in days_of(cast.seat(cast.participant, journey))] == [dt.date(2035, 5, 5)]
    assert FollowUp.objects.get(on=DAY).cancelled_by_id == cast.participant.id


def test_days_that_were_asked_about_stay(cast):
    journey, _made = ended(cast)
    come_round()

    with on(DAY + WEEK):
        actions.plan_days(days=[], by=cast.seat(cast.participant, journey))

    assert [day.on for day in days_of(cast.seat(cast.participant, journey))] == [DAY]


# --- asking -------------------------------------------------------------------------------------------------


def test_on_the_day_one_discreet_letter_goes_out_and_only_one(cast):
    ended(cast, title="Finding my feet")

    early, letters, again = come_round(hour=7), come_round(hour=8), come_round(hour=20)

    assert (len(early), len(letters), len(again)) == (0, 1, 0)
    letter = letters[0]
    assert letter.to == [cast.participant.email]
    whole = letter.subject + letter.body + "".join(str(part) for part in letter.alternatives)
    assert not [word for word in NEVER if word in whole]
    assert "/stop/" in letter.extra_headers["List-Unsubscribe"]
    assert FollowUpLetter.objects.get().token_digest not in whole


def test_by_the_participant_s_own_clocks(cast):
    Person.objects.filter(id=cast.participant.id).update(time_zone="Pacific/Auckland")
    ended(cast)

    # eight in the morning in Auckland is seven in the evening before in London
    assert len(come_round(DAY - dt.timedelta(days=1), hour=18)) == 0
    assert len(come_round(DAY - dt.timedelta(days=1), hour=20)) == 1


def test_a_journey_that_goes_on_is_not_asked_about(cast):
    journey = begun(cast)
    actions.plan_days(days=[DAY], by=cast.seat(cast.participant, journey))

    assert come_round() == []


def test_reminded_once_then_silence_is_kept_as_silence(cast):
    journey, _made = ended(cast)

    assert len(come_round(DAY)) == 1
    assert len(come_round(DAY + WEEK - dt.timedelta(days=1))) == 0
    reminder = come_round(DAY + WEEK + dt.timedelta(days=1))
    assert len(reminder) == 1 and "one reminder" in reminder[0].body
    assert come_round(DAY + 2 * WEEK) == []
    assert come_round(DAY + 4 * WEEK) == [] == come_round(DAY + 5 * WEEK)

    assert states(journey) == ["asked", "reminded", "silent"]
    assert not FollowUpAnswer.objects.exists() and not FollowUpValue.objects.exists()
    page = cast.client(cast.participant).get(address("plan", journey)).content.decode()
    assert "No answer came by" in page and "This does not mean anything by itself" in page


def test_quiet_hours_hold(cast):
    from alongside.rooms.environment.models import EmailWishes

    quiet = {"quiet_from": dt.time(20), "quiet_until": dt.time(11)}
    EmailWishes.objects.create(person=cast.participant, **quiet)
    ended(cast)

    assert [len(come_round(hour=hour)) for hour in (8, 10, 11)] == [0, 0, 1]


def test_a_closed_account_is_not_written_to(cast):
    ended(cast)
    Person.objects.filter(id=cast.participant.id).update(is_active=False)

    assert come_round() == []


def test_without_e_mail_the_guide_is_asked_to_call(cast):
    journey, made = ended(cast, participant_has_account=False, reads_e_mail=False)

    letters = come_round()

    assert [letter.to for letter in letters] == [[cast.guide.email]]
    assert "Pat" not in letters[0].body and "/later/" not in letters[0].body
    with on():
        answered = cast.client(cast.guide).post(
            address("answer", journey, first_day(cast, journey).id), fields(made)
        )
        page = cast.client(cast.guide).get(address("plan", journey)).content.decode()
    assert answered.status_code == 302
    row = FollowUpAnswer.objects.get()
    assert (row.way, row.by_id, row.readers) == ("by_phone", cast.guide.id, "ours")
    assert "by phone, written down by Gwen Guide" in page and "Mostly well" in page


def test_who_has_no_account_answers_by_link_all_the_same(cast):
    journey, made = ended(cast, participant_has_account=False)
    path = link_in(come_round()[0])

    with on():
        opened(path).post(path, fields(made))

    assert FollowUpAnswer.objects.get().by_id == cast.seat(cast.guide, journey).participant.person.id
    assert "Mostly well" not in cast.client(cast.guide).get(address("plan", journey)).content.decode()


# --- answering by link --------------------------------------------------------------------------------------


def test_a_link_shows_nothing_before_it_was_said_whom_one_met(cast):
    journey, _made = ended(cast, title="Finding my feet")
    path = link_in(come_round()[0])

    with on():
        page = Client().get(path).content.decode()

    assert "Who did you meet with?" in page
    for words in (*NEVER, "Paul", "Participant", "Sleep through"):
        assert words not in page, words
    assert states(journey) == ["asked"]


def test_looking_changes_nothing(cast):
    journey, _made = ended(cast)
    path = link_in(come_round()[0])
    before = states(journey), FollowUp.objects.filter(cancelled_at=None).count()

    with on():
        for client in (Client(), opened(path)):
            for part in ("", "keepsake/", "back/", "stop/", "help/"):
                assert client.get(path + part).status_code == 200
                assert client.head(path + part).status_code == 200

    assert (states(journey), FollowUp.objects.filter(cancelled_at=None).count()) == before


def test_an_answer_by_link_lies_beside_the_start_and_the_end(cast):
    journey, made = ended(cast)
    path = link_in(come_round()[0])

    with on():
        client = opened(path)
        page = client.get(path).content.decode()
        assert "Only you can read what you answer here." in page
        assert page.index("Only you can read") < page.index('name="words"')
        thanks = client.post(path, fields(made), follow=True).content.decode()

    row = FollowUpAnswer.objects.get()
    assert (row.way, row.readers, str(row.words)) == ("by_link", "mine", "Mostly well")
    assert states(journey) == ["asked", "answered"]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", thanks))
    assert "Sleep through the night 0 3 7 8 5 points closer to your goal. I sleep still" in text
    assert "I rest 0 3 of 10 6 of 10 9 of 10 Better by 6 (a change of 3 or more is reliable)." in text
    assert Reading.objects.filter(target__journey=journey).count() == 3, "the end stays the end"


def test_the_end_stays_the_end(cast):
    journey, made = ended(cast)
    before = cast.client(cast.participant).get(room_address("keepsake", journey)).content
    path = link_in(come_round()[0])
    with on():
        opened(path).post(path, fields(made))

    after = cast.client(cast.participant).get(room_address("keepsake", journey)).content

    assert re.sub(rb"[A-Za-z0-9]{64}", b"", before) == re.sub(rb"[A-Za-z0-9]{64}", b"", after)


def test_answered_twice_both_stand(cast):
    journey, made = ended(cast)
    path = link_in(come_round()[0])

    with on():
        client = opened(path)
        client.post(path, fields(made))
        again = client.get(path + "?again=1").content.decode()
        client.post(path, {**fields(made, helping="partly", rating="6"), "words": "On second thoughts"})
        page = client.get(path).content.decode()

    assert "added to it. Nothing is overwritten" in again
    assert FollowUpAnswer.objects.count() == 2 and states(journey) == ["asked", "answered"]
    assert "Mostly well" in page and "On second thoughts" in page and "Both are saved" in page


@pytest.mark.without_ledger("rooms.ending.follow_up.actions.remind")
@pytest.mark.without_ledger("rooms.ending.follow_up.actions.note_silence")
def test_a_late_answer_is_taken_and_the_silence_stays(cast):
    journey, made = ended(cast)
    path = link_in(come_round()[0])
    for weeks in (1.5, 4):
        come_round(DAY + dt.timedelta(days=int(7 * weeks)))

    with on(DAY + 5 * WEEK):
        opened(path).post(path, fields(made))
        page = cast.client(cast.participant).get(address("plan", journey)).content.decode()

    assert states(journey) == ["asked", "reminded", "silent", "answered"]
    assert "It came after the day had been recorded as unanswered." in page


def test_what_was_typed_is_not_lost_when_the_question_is_asked_anew(cast):
    _journey, made = ended(cast)
    path = link_in(come_round()[0])

    with on():
        client = Client()
        asked = client.post(path, fields(made))
        page = asked.content.decode()
        assert "Who did you meet with?" in page and 'name="words" value="Mostly well"' in page
        client.post(path, {**fields(made), "whom": "Gwen"})

    assert str(FollowUpAnswer.objects.get().words) == "Mostly well"


@pytest.mark.parametrize("wrong", [{"helping": ""}, {"rating": "11"}, {"rating": ""}, {"reading": "eleven"}])
def test_bad_input_comes_back_with_what_was_typed(cast, wrong):
    _journey, made = ended(cast)
    path = link_in(come_round()[0])

    with on():
        answered = opened(path).post(path, fields(made, **wrong))

    assert answered.status_code == 422
    assert "Mostly well" in answered.content.decode() and "I sleep still" in answered.content.decode()
    assert not FollowUpAnswer.objects.exists()


def test_only_the_one_question_is_asked_of_everybody(cast):
    journey, _made = ended(cast)
    path = link_in(come_round()[0])

    with on():
        opened(path).post(path, {"helping": "no"})

    assert FollowUpAnswer.objects.get().helping == "no" and states(journey)[-1] == "answered"


@pytest.mark.without_ledger("rooms.ending.links.actions.make_link")
def test_a_link_runs_out_and_can_be_switched_off(cast):
    journey, _made = ended(cast)
    path = link_in(come_round()[0])
    code = keepsake_link(cast, journey)

    with on(DAY + dt.timedelta(days=91)):
        assert Client().get(path).status_code == 404
        assert Client().get(code).status_code == 200
    with on():
        cast.client(cast.participant).post(address("switch_off", journey))
        assert [Client().get(each).status_code for each in (path, code, "/later/nonsense/")] == [404] * 3
        cast.client(cast.participant).post(address("make_link", journey))
        assert Client().get(keepsake_link(cast, journey)).status_code == 200


def test_once_the_account_is_closed_an_email_opens_nothing_and_the_keepsake_stays_theirs(cast):
    journey, _made = ended(cast)
    paths = (link_in(come_round()[0]), keepsake_link(cast, journey))
    Person.objects.filter(id=cast.participant.id).update(is_active=False)
    with on():
        assert [Client().get(path).status_code for path in paths] == [404, 200]


def test_a_reminder_s_link_leads_to_the_same_day(cast):
    journey, made = ended(cast)
    come_round()
    path = link_in(come_round(DAY + WEEK + dt.timedelta(days=1))[0])

    with on(DAY + WEEK + dt.timedelta(days=2)):
        opened(path, "Guide").post(path, fields(made))

    assert states(journey) == ["asked", "reminded", "answered"]


# --- who reads ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("readers", "seen"), [(Readers.MINE, False), (Readers.OURS, True)])
def test_the_guide_reads_an_answer_only_as_agreed(cast, readers, seen):
    journey, made = ended(cast, readers=readers)
    path = link_in(come_round()[0])
    with on():
        client = opened(path)
        form = client.get(path).content.decode()
        client.post(path, fields(made))
        page = cast.client(cast.guide).get(address("plan", journey)).content.decode()

    assert ("You and Gwen Guide can read what you answer here" in form) == seen
    for words in ("Mostly well", "I sleep still", "Reading, with the light low"):
        assert (words in page) == seen, words
    assert ("Only Paul Participant can read the answers." in page) != seen


@pytest.mark.parametrize(("readers", "letters"), [(Readers.MINE, []), (Readers.OURS, ["Gwen"])])
def test_the_guide_hears_of_an_answer_that_is_for_them_too(cast, readers, letters):
    _journey, made = ended(cast, readers=readers)
    path = link_in(come_round()[0])
    mail.outbox.clear()

    with on():
        opened(path).post(path, fields(made))

    assert [letter.body.split()[1] for letter in mail.outbox] == letters
    assert all("Paul" not in letter.body and "well" not in letter.body for letter in mail.outbox)


def test_what_was_agreed_when_it_was_typed_holds_for_it(cast):
    journey, made = ended(cast, readers=Readers.MINE)
    path = link_in(come_round()[0])
    with on():
        opened(path).post(path, fields(made))
        actions.plan_days(days=[DAY], readers=Readers.OURS, by=cast.seat(cast.participant, journey))
        page = cast.client(cast.guide).get(address("plan", journey)).content.decode()

    assert "Mostly well" not in page


def test_when_the_guide_is_gone_nobody_but_the_participant_reads(cast):
    journey, made = ended(cast, readers=Readers.OURS)
    guide = Person.objects.filter(id=cast.guide.id)
    guide.update(is_active=False)
    path = link_in(come_round()[0])

    with on():
        client = opened(path)
        page = client.get(path).content.decode()
        client.post(path, fields(made))
        guide.update(is_active=True)
        come_again = cast.client(cast.guide).get(address("plan", journey)).content.decode()

    assert "Only you can read what you answer here: Gwen Guide no longer works here." in page
    assert "Mostly well" not in come_again, "it was said that only they read it, and that holds"


def test_a_found_keepsake_shows_no_answers(cast):
    journey, made = ended(cast)
    path, code = link_in(come_round()[0]), keepsake_link(cast, journey)
    with on():
        opened(path).post(path, fields(made))
        finder = opened(code)
        page = finder.get(code).content.decode()
        assert "Mostly well" not in page and "I sleep still" not in page
        finder.post(code, {"helping": "no", "words": "Written by hand"})
        own = finder.get(code).content.decode()

    assert "Written by hand" in own and "Mostly well" not in own


def test_the_code_is_in_the_participant_s_keepsake_and_in_no_other(cast):
    journey, _made = ended(cast)
    path = keepsake_link(cast, journey)

    theirs, guides = (
        cast.client(who).get(room_address("keepsake", journey)).content.decode()
        for who in (cast.participant, cast.guide)
    )

    assert path in theirs and "keepsake-code" in theirs
    assert path not in guides and "keepsake-code" not in guides
    assert "3 March 2031" in theirs and "3 March 2031" in guides


def test_somebody_without_an_account_takes_the_code_along_from_the_room(cast):
    journey, _made = ended(cast, participant_has_account=False)

    page = cast.client(cast.guide).get(room_address("keepsake", journey)).content.decode()

    assert "keepsake-code" in page


# --- safety -------------------------------------------------------------------------------------------------


def with_questionnaire(cast, **facts):
    from alongside.goals.measuring.actions import keep_form
    from alongside.kernel import clock

    from .afterwards import ENDED

    with clock.at(ENDED - dt.timedelta(days=60)):
        journey = cast.journey(kind="treatment")
        keep_form(
            instrument="phq-9",
            answers={str(n): "1" for n in range(1, 9)} | {"9": "0"},
            submit=True,
            by=cast.seat(cast.participant, journey),
        )
    with clock.at(ENDED):
        record_actions.begin_ending(by=cast.seat(cast.guide, journey))
        actions.plan_days(days=[DAY], by=cast.seat(cast.participant, journey))
        contributions_actions.need_no_support(by=cast.seat(cast.guide, journey))
        settled(cast.seat(cast.guide, journey))
        for side, who in (("guide", cast.guide), ("participant", cast.participant)):
            closing_actions.acknowledge(side=first_meeting_states.Side(side), by=cast.seat(who, journey))
    mail.outbox.clear()
    return journey


def form_fields(safety="0", upto=9):
    return {"helping": "partly"} | {f"phq-9-q{n}": "2" if n < 9 else safety for n in range(1, upto + 1)}


def link_to(page: str, label: str) -> str:
    return re.search(rf'<a href="([^"]+)">{label}</a>', page)[1]


def test_the_same_questionnaire_is_asked_and_its_total_lies_beside_the_first(cast):
    journey = with_questionnaire(cast)
    path = link_in(come_round()[0])

    with on():
        client = opened(path)
        page = client.get(path).content.decode()
        assert not re.search(r"<(input|textarea)[^>]* required", page), "the browser holds no answer back"
        help_first = client.post(path, form_fields(), follow=True).content.decode()
        thanks = client.get(link_to(help_first, "Continue")).content.decode()

    assert "harder now than at the end" in help_first and "Worse by" not in help_first
    assert "Copyright Pfizer" in page and "Gwen Guide is asked to look at once" in page
    value = FollowUpValue.objects.get(instrument="phq-9")
    assert value.value == 16
    assert "Worse by 8 (a change of 6 or more is reliable)." in thanks
    assert FilledForm.objects.filter(journey=journey).count() == 1


def test_an_incomplete_questionnaire_has_no_total(cast):
    with_questionnaire(cast)
    path = link_in(come_round()[0])

    with on():
        thanks = opened(path).post(path, form_fields(upto=5), follow=True).content.decode()

    assert FollowUpValue.objects.get(instrument="phq-9").value is None
    assert "Some answers are missing, so there is no total." in thanks


@pytest.mark.parametrize("upto", [9, "only the last"])
def test_the_safety_path_holds_afterwards_too(cast, upto):
    journey = with_questionnaire(cast)
    path = link_in(come_round()[0])
    sent = form_fields(safety="1") if upto == 9 else {"helping": "no", "phq-9-q9": "1"}
    mail.outbox.clear()

    with on():
        shown = opened(path).post(path, sent, follow=True)

    assert shown.redirect_chain[-1][0] == path + "help/"
    assert "You are not alone with this" in shown.content.decode() and "Gwen Guide" in shown.content.decode()
    assert [letter.to for letter in mail.outbox] == [[cast.guide.email]]
    form = FilledForm.objects.get(journey=journey, safety=True)
    assert form.total is None and str(form.answers) == '{"9": "1"}'
    notice = SafetyNotice.objects.get(journey=journey)
    with on():
        client = cast.client(cast.guide)
        answered = client.post(
            f"/journeys/{journey.id}/goals/safety/answer/",
            {"notice": str(notice.id), "what_was_done": "Called"},
        )
    notice.refresh_from_db()
    assert answered.status_code == 302 and notice.seen_by_id == cast.guide.id


def test_a_safety_answer_waits_for_no_better_form(cast):
    journey = with_questionnaire(cast)
    path = link_in(come_round()[0])
    mail.outbox.clear()

    with on():
        client = opened(path)
        shown = [client.post(path, {"words": "It is hard", "phq-9-q9": "2"}) for _each in range(2)]
        client.post(path, {"helping": "no", "words": "It is hard", "phq-9-q9": "2"})

    for answer in shown:
        page = answer.content.decode()
        assert answer.status_code == 422 and "You are not alone with this" in page and "It is hard" in page
    # every such answer asks the guide to look
    to_the_guide = [one for one in mail.outbox if one.to == [cast.guide.email]]
    assert len(to_the_guide) == 3 == SafetyNotice.objects.filter(journey=journey).count()
    assert FollowUpAnswer.objects.count() == 1


def test_a_notice_without_its_record_is_no_notice(cast, monkeypatch):
    from alongside.goals.safety import actions as safety

    journey = with_questionnaire(cast)

    def fail(*_args, **_kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(safety, "record", fail)
    with on(), pytest.raises(RuntimeError):
        actions.look_after(forms={"phq-9": {"9": "1"}}, by=cast.seat(cast.participant, journey))

    assert not FilledForm.objects.filter(safety=True).exists() and mail.outbox == []


@pytest.mark.without_ledger("goals.safety.actions.raise_notice")
def test_with_the_guide_gone_the_form_says_that_nobody_is_told(cast):
    with_questionnaire(cast)
    Person.objects.filter(id=cast.guide.id).update(is_active=False)
    path = link_in(come_round()[0])
    mail.outbox.clear()

    with on():
        client = opened(path)
        page = client.get(path).content.decode()
        shown = client.post(path, form_fields(safety="1"), follow=True).content.decode()

    assert "No one else sees your answer to the question" in page
    assert "no one here any more who we could ask" in shown and mail.outbox == []


# --- stopping -----------------------------------------------------------------------------------------------


def test_one_press_stops_it_also_by_a_mail_program(cast):
    journey, _made = ended(cast, days=(DAY, DAY + 13 * WEEK))
    letter = come_round()[0]
    stop = link_in(letter) + "stop/"
    outside = Client(enforce_csrf_checks=True)

    with on():
        assert outside.get(stop).status_code == 200
        assert FollowUp.objects.filter(cancelled_at=None).count() == 2
        assert outside.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert FollowUp.objects.filter(journey=journey, cancelled_at=None).count() == 0
    assert come_round(DAY + WEEK + dt.timedelta(days=1)) == [] == come_round(DAY + 13 * WEEK)


@pytest.mark.without_ledger("rooms.ending.follow_up.actions.stop_asking")
def test_what_was_answered_stays_when_it_is_stopped(cast):
    journey, made = ended(cast, days=(DAY, DAY + 13 * WEEK))
    path = link_in(come_round()[0])
    with on():
        opened(path).post(path, fields(made))
        cast.client(cast.participant).post(address("stop", journey))

    assert [state_of(day) for day in days_of(cast.seat(cast.participant, journey))] == ["answered"]


def test_a_letter_that_was_answered_meanwhile_is_not_posted(cast):
    from alongside.rooms.ending.follow_up.emails import post_follow_up

    _journey, made = ended(cast)
    path = link_in(come_round()[0])
    with on():
        opened(path).post(path, fields(made))
        mail.outbox.clear()
        post_follow_up.func(letter_id=str(FollowUpLetter.objects.get().id))

    assert mail.outbox == []

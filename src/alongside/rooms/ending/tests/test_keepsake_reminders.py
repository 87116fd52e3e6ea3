"""Being reminded of what one took along: on days one chose, by an email without any of its words, until one stops it."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.kernel.errors import Refused
from alongside.people.models import Person
from alongside.rooms.ending.contributions.actions import Content, add_entry
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.follow_up.actions import switch_links_off
from alongside.rooms.ending.keepsake_reminders import actions
from alongside.rooms.ending.keepsake_reminders.models import KeepsakeEmail
from alongside.rooms.ending.keepsake_reminders.queries import latest_plan
from alongside.rooms.ending.keepsake_reminders.tasks import keepsake_reminders
from alongside.rooms.environment.models import EmailWishes

from .afterwards import DAY, ended, on, opened
from .furniture import begun

WEEK = dt.timedelta(days=7)


@pytest.fixture
def over(cast):
    """An ending that is over, with nothing chosen."""
    journey, _made = ended(cast, days=())
    return journey


def mine(cast, journey):
    return cast.seat(cast.participant, journey)


def choose(cast, journey, days=(DAY,), weekly=None):
    with on(DAY - WEEK):
        return actions.choose_reminders(days=days, weekly=weekly, by=mine(cast, journey))


def come(day=DAY, hour=9):
    mail.outbox.clear()
    with on(day, hour):
        keepsake_reminders.func()
    return list(mail.outbox)


def stop_link(email):
    return re.search(r"https?://[^\s/]+(/later/[\w-]+/reminders/stop/)\s", email.body)[1]


def link(email):
    return re.search(r"https?://[^\s/]+(/later/[\w-]+/keepsake/)\s", email.body)[1]


def door(journey, name="choose"):
    return reverse(f"keepsake_reminders:{name}", args=[journey.id])


# --- on the day -----------------------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_nothing_comes(cast, over):
    assert latest_plan(over.id) is None and come() == []
    with on(DAY):
        page = cast.client(cast.participant).get(door(over)).content.decode()
    assert "checked" not in page and "one month afterwards" not in page and "six months" in page


def test_right_after_the_end_days_are_offered_and_none_is_ticked(cast, over):
    with on(dt.date(2030, 12, 4)):
        page = cast.client(cast.participant).get(door(over)).content.decode()
    assert "10 December 2030, one week afterwards" in page and "3 March 2031, three months afterwards" in page
    assert "checked" not in page


def test_on_its_day_one_email_comes_with_a_link_and_no_words(cast):
    journey, _made = ended(cast, days=())
    choose(cast, journey)
    assert come(DAY - WEEK) == [] and come(hour=7) == []
    emails = come()
    assert [(one.to, one.subject) for one in emails] == [
        ([cast.participant.email], "A reminder you asked for")
    ]
    assert come(hour=10) == [] and come(DAY + WEEK) == []
    assert "treatment" not in emails[0].body and cast.guide.name.split()[0] not in emails[0].body
    assert opened(link(emails[0])).get(link(emails[0])).status_code == 200


@pytest.mark.without_ledger("rooms.ending.keepsake_reminders.actions.choose_reminders")
def test_the_words_are_behind_the_link_once_it_was_said_whom_one_met(cast):
    journey = begun(cast)
    add_entry(sort=Sort.KEY_POINT, content=Content(what="Ask for help"), by=mine(cast, journey))
    actions.choose_reminders(days=[DAY], by=mine(cast, journey))
    assert come() == [], "not before the end"


def test_a_day_that_went_by_while_nobody_worked_is_not_made_up_for(cast, over):
    choose(cast, over)
    assert come(DAY + dt.timedelta(days=1)) == []


@pytest.mark.without_ledger("rooms.ending.keepsake_reminders.actions.stop_reminders")
def test_every_week_on_its_day_until_it_is_stopped(cast, over):
    choose(cast, over, days=(), weekly=DAY.weekday())
    assert [len(come(DAY + number * WEEK)) for number in range(3)] == [1, 1, 1]
    assert come(DAY + dt.timedelta(days=1)) == []
    with on(DAY + 2 * WEEK, 12):
        actions.stop_reminders(by=mine(cast, over))
    assert come(DAY + 3 * WEEK) == []


def test_a_date_that_is_also_the_day_of_the_week_is_one_email(cast, over):
    choose(cast, over, weekly=DAY.weekday())
    assert len(come()) == 1 and KeepsakeEmail.objects.count() == 1


def test_quiet_hours_are_kept(cast, over):
    choose(cast, over)
    EmailWishes.objects.create(person=cast.participant, quiet_from=dt.time(7), quiet_until=dt.time(11))
    assert come(hour=9) == [] and len(come(hour=11)) == 1


@pytest.mark.parametrize("lost", [{"is_active": False}, {"email": ""}])
def test_who_closed_the_account_or_has_no_address_gets_none(cast, over, lost):
    choose(cast, over)
    Person.objects.filter(id=cast.participant.id).update(**lost)
    assert come() == []


# --- stopping ---------------------------------------------------------------------------------------------------


def test_one_tap_in_the_email_stops_it_without_signing_in_and_one_more_undoes_that(cast, over):
    choose(cast, over, days=(), weekly=DAY.weekday())
    email, browser = come()[0], Client()
    path = stop_link(email)
    with on():
        assert "Stop these reminders?" in browser.get(path).content.decode()
        assert latest_plan(over.id).weekly == DAY.weekday(), "looking stops nothing"
        assert "no more reminders" in browser.post(path).content.decode()
        assert latest_plan(over.id).is_empty
        browser.post(path)
        assert "as they were" in browser.post(path, {"again": "1"}).content.decode()
        assert latest_plan(over.id).weekly == DAY.weekday()


def test_a_mail_program_stops_it_by_one_post_of_its_own(cast, over):
    choose(cast, over, weekly=1)
    headers = come()[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")
    with on():
        answer = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and latest_plan(over.id).is_empty


@pytest.mark.without_ledger("rooms.ending.keepsake_reminders.actions.remind_of_keepsake")
def test_the_way_to_stop_stops_nothing_else(cast, over):
    choose(cast, over)
    path = stop_link(come()[0])
    with on():
        assert Client().post(path.replace("/reminders", "")).status_code == 404
        assert not latest_plan(over.id).is_empty


@pytest.mark.without_ledger("rooms.ending.follow_up.actions.switch_links_off")
def test_links_that_are_switched_off_lead_nowhere(cast, over):
    choose(cast, over)
    email = come()[0]
    with on():
        switch_links_off(by=mine(cast, over))
        assert Client().get(link(email)).status_code == 404 == Client().post(stop_link(email)).status_code


# --- the pages --------------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("rooms.ending.keepsake_reminders.actions.start_reminders_again")
def test_one_chooses_sees_changes_stops_and_undoes_it_beside_the_keepsake(cast, over):
    browser, keepsake = cast.client(cast.participant), reverse("keepsake:page", args=[over.id])
    with on(DAY - WEEK):
        assert "None is planned" in browser.get(keepsake).content.decode()
        chosen = {"other_1": "2031-03-03", "other_2": "2031-06-01", "weekly": "2"}
        shown = browser.post(door(over), chosen, follow=True).content.decode()
        assert "every Wednesday, and on: 3 March 2031, 1 June 2031" in shown
        shown = browser.post(door(over), {"days": ["2031-06-01"], "weekly": ""}, follow=True).content.decode()
        assert "on: 1 June 2031." in shown
        assert "None is planned" in browser.post(door(over, "stop"), follow=True).content.decode()
        assert "on: 1 June 2031." in browser.post(door(over, "again"), follow=True).content.decode()


def test_changing_the_days_on_the_morning_of_one_keeps_it_and_writes_it_once(cast, over):
    choose(cast, over)
    browser = cast.client(cast.participant)
    with on(DAY, 7):
        assert "3 March 2031" in browser.get(door(over)).content.decode()
        kept = {"days": ["2031-03-03"], "other_1": "2031-06-01", "weekly": ""}
        shown = browser.post(door(over), kept, follow=True).content.decode()
    assert "on: 3 March 2031, 1 June 2031." in shown and len(come()) == 1
    with on(DAY, 10):
        browser.post(door(over), kept | {"other_1": "2031-07-01"})
    assert come(hour=11) == [] and KeepsakeEmail.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"), [("2031-02-24", "This day has passed"), ("2050-01-01", "more than ten years")]
)
def test_a_day_that_cannot_be_is_said_and_nothing_typed_is_lost(cast, over, typed, said):
    with on(DAY - WEEK):
        answer = cast.client(cast.participant).post(door(over), {"other_1": typed, "weekly": "4"})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and typed in page and latest_plan(over.id) is None


def test_the_guide_has_no_say_in_it_and_does_not_see_it(cast, over):
    browser = cast.client(cast.guide)
    assert browser.get(door(over)).status_code == 403
    assert browser.post(door(over, "stop")).status_code == 403
    page = browser.get(reverse("keepsake:page", args=[over.id])).content.decode()
    assert "Reminders" not in page


@pytest.mark.parametrize("name", ["choose", "stop", "again"])
def test_whoever_has_no_part_finds_nothing(cast, over, name):
    for who in ("stranger", "colleague", "administrator", "lead"):
        assert cast.client(getattr(cast, who)).post(door(over, name)).status_code == 404
    assert cast.client(cast.supporter).post(door(over, name)).status_code == 403
    assert cast.client(cast.participant).delete(door(over, name)).status_code == 405


def test_without_a_stop_there_is_nothing_to_undo(cast, over):
    choose(cast, over)
    with pytest.raises(Refused, match="nothing to undo"):
        actions.start_reminders_again(by=mine(cast, over))
    assert cast.client(cast.participant).post(door(over, "again")).status_code == 409


def test_for_somebody_without_an_account_it_is_said_in_the_room_and_reaches_their_address(cast):
    journey, _made = ended(cast, days=(), participant_has_account=False)
    with on(DAY - WEEK):
        actions.choose_reminders(days=[DAY], by=cast.seat(cast.guide, journey))
    owner = cast.seat(cast.guide, journey).participant.person
    assert [one.to for one in come()] == ([[owner.email]] if owner.email else [])


def test_who_has_no_address_is_told_so(cast):
    journey, _made = ended(cast, days=(), reads_e_mail=False)
    with pytest.raises(Refused, match="no email address"):
        actions.choose_reminders(days=[DAY], by=mine(cast, journey))


def test_before_an_ending_is_begun_there_is_nothing_to_be_reminded_of(cast):
    assert cast.client(cast.participant).get(door(cast.journey())).status_code == 409

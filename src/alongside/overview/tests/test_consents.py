"""What people agree to: recorded in the words they read, withdrawn by themselves in one press, and acted on."""

import datetime as dt

import pytest
from django.urls import reverse

from alongside.archive.gathering.account import account_of
from alongside.journeys.actions import name_person
from alongside.journeys.queries import seats_of
from alongside.journeys.states import Part
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people import consent_actions as actions
from alongside.people import consents
from alongside.people.models import ConsentRecord, Purpose
from alongside.programmes.star.gathering import all_journeys
from alongside.rooms.ending.keepsake_reminders.actions import choose_reminders
from alongside.rooms.ending.keepsake_reminders.queries import due_now
from alongside.rooms.ending.tests.afterwards import DAY, ended, on
from tests.cast import person

pytestmark = pytest.mark.django_db
PAGE = reverse("people:consents")


def says(cast, purpose, answer, who=None):
    return cast.client(who or cast.participant).post(reverse(f"people:{answer}_consent", args=[purpose]))


@pytest.mark.parametrize("purpose", list(Purpose))
def test_each_is_agreed_to_and_withdrawn_in_one_press(cast, purpose):
    assert says(cast, purpose, "give").status_code == 302
    shown = cast.client(cast.participant).get(PAGE).content.decode()
    assert str(consents.TEXTS[purpose].text) in shown and "You agreed on" in shown
    assert says(cast, purpose, "withdraw").status_code == 302
    assert "You do not agree, since" in cast.client(cast.participant).get(PAGE).content.decode()
    rows = ConsentRecord.objects.order_by("created_at", "id")
    assert [(row.given, row.version, row.by) for row in rows] == [
        (True, 1, cast.participant),
        (False, 1, cast.participant),
    ]
    events = ["consent.given", "consent.withdrawn"]
    assert (
        list(Entry.objects.filter(event__in=events).order_by("id").values_list("event", flat=True)) == events
    )


def test_said_twice_it_is_recorded_once(cast):
    for answer in ("give", "give", "withdraw", "withdraw"):
        says(cast, Purpose.SHARING, answer)
    assert ConsentRecord.objects.count() == 2


@pytest.mark.without_ledger("people.consent_actions.give_consent")
def test_what_was_agreed_to_stays_as_it_was_read_when_the_words_change(cast, monkeypatch):
    says(cast, Purpose.SHARING, "give")
    before = str(consents.TEXTS[Purpose.SHARING].text)
    monkeypatch.setitem(consents.TEXTS, Purpose.SHARING, consents.ConsentText(2, "Other words.", "It stops."))
    assert before in cast.client(cast.participant).get(PAGE).content.decode()
    actions.give_consent(purpose=Purpose.SHARING, by=cast.participant)
    rows = ConsentRecord.objects.order_by("created_at", "id")
    assert [(row.version, row.text) for row in rows] == [(1, before), (2, "Other words.")]


@pytest.mark.without_ledger("people.consent_actions.withdraw_consent")
def test_nobody_sees_or_changes_anothers(cast):
    says(cast, Purpose.SHARING, "give")
    assert "You agreed on" not in cast.client(cast.guide).get(PAGE).content.decode()
    says(cast, Purpose.SHARING, "withdraw", cast.guide)
    assert consents.standing(cast.participant, Purpose.SHARING).given
    assert says(cast, "nothing", "give").status_code == 404


def test_it_is_in_the_archive_of_everything_about_them(cast):
    says(cast, Purpose.SHARING, "give")
    says(cast, Purpose.SHARING, "withdraw")
    found = account_of(cast.participant)["consents"]
    assert [(one["purpose"], one["given"]) for one in found] == [("sharing", True), ("sharing", False)]
    assert found[0]["text"] == str(consents.TEXTS[Purpose.SHARING].text)
    assert account_of(cast.guide)["consents"] == []


# --- withdrawing changes what happens ---------------------------------------------------------------------


def test_sharing_withdrawn_supporters_open_nothing_and_are_not_said_to_read(cast):
    journey = cast.journey()
    page = reverse("overview:journey", args=[journey.id])
    assert cast.client(cast.supporter).get(page).status_code == 200
    says(cast, Purpose.SHARING, "withdraw")
    assert cast.client(cast.supporter).get(page).status_code == 404
    assert seats_of(cast.supporter) == []
    parts = {member.part for member in cast.seat(cast.guide, journey).members}
    assert parts == {Part.GUIDE, Part.PARTICIPANT}
    with pytest.raises(Refused):
        name_person(
            person=person(cast.organisation, "Nora New"),
            part=Part.SUPPORTER,
            by=cast.seat(cast.guide, journey),
        )
    says(cast, Purpose.SHARING, "give")
    assert cast.client(cast.supporter).get(page).status_code == 200


@pytest.mark.without_ledger("journeys.actions.name_person")
def test_naming_ones_own_supporter_is_agreeing_and_the_page_says_so(cast):
    journey = cast.journey()
    shown = cast.client(cast.participant).get(reverse("overview:people", args=[journey.id])).content.decode()
    assert str(consents.TEXTS[Purpose.SHARING].text) in shown
    seat = cast.seat(cast.participant, journey)
    name_person(person=person(cast.organisation, "Nora New"), part=Part.SUPPORTER, by=seat)
    assert consents.standing(cast.participant, Purpose.SHARING).given


def test_figures_withdrawn_their_journeys_do_not_count(cast):
    journey = cast.journey()
    assert [facts.key for facts in all_journeys()] == [journey.id.hex]
    says(cast, Purpose.FIGURES, "withdraw")
    assert list(all_journeys()) == []
    says(cast, Purpose.FIGURES, "give")
    assert [facts.key for facts in all_journeys()] == [journey.id.hex]


def test_emails_afterwards_withdrawn_nobody_is_written_to(cast):
    journey, _made = ended(cast, days=())
    with on(DAY - dt.timedelta(days=7)):
        choose_reminders(days=[DAY], weekly=None, by=cast.seat(cast.participant, journey))
    assert consents.standing(cast.participant, Purpose.AFTERWARDS).given
    with on(DAY, 9):
        assert len(due_now()) == 1
    with on(DAY - dt.timedelta(days=6)):
        actions.withdraw_consent(purpose=Purpose.AFTERWARDS, by=cast.participant)
    with on(DAY, 9):
        assert due_now() == []

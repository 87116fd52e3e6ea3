"""What stands out: persons and counts, for an administrator of the same organisation alone."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.kernel import clock
from alongside.ledger.models import Entry, Opening
from alongside.overview.standing_out import MANY_IN_A_DAY, what_stands_out
from alongside.people.models import Person
from tests.cast import person

HERE = "/people/standing-out/"
NOON = dt.datetime.combine(clock.today("Europe/London") - dt.timedelta(days=2), dt.time(12), dt.UTC)
NIGHT = NOON.replace(hour=2)


def opens(who, journey, count=1, at=NOON):
    rows = [
        Opening(
            person_id=who.id,
            user_id=who.user_id,
            journey_id=journey.id,
            subject_kind="x",
            subject_id=uuid4(),
            login_session="s",
            created_at=at,
        )
        for _each in range(count)
    ]
    Opening.objects.bulk_create(rows)


def of(cast, who):
    return next((one for one in what_stands_out(cast.administrator) if one.person.id == who.id), None)


def named(who, name):
    who.name = name
    who.save()


def test_an_ordinary_day_stands_out_for_nobody(cast):
    opens(cast.guide, cast.journey(), MANY_IN_A_DAY - 1)
    assert what_stands_out(cast.administrator) == []
    page = cast.client(cast.administrator).get(HERE).content.decode()
    assert "Nothing stands out in the last 28 days." in page


def test_many_openings_and_openings_at_night_stand_out(cast):
    journey = cast.journey()
    opens(cast.guide, journey, MANY_IN_A_DAY)
    opens(cast.guide, journey, 2, at=NIGHT - dt.timedelta(days=1))
    opens(cast.guide, journey, 5, at=NIGHT - dt.timedelta(days=40))

    found = of(cast, cast.guide)

    assert (found.most_in_a_day, found.at_night) == (MANY_IN_A_DAY, 2)


def test_the_night_is_that_of_the_reader(cast):
    Person.objects.filter(id=cast.guide.id).update(time_zone="Pacific/Auckland")
    opens(cast.guide, cast.journey(), 1, at=NOON.replace(hour=13))
    assert of(cast, cast.guide).at_night == 1


def test_the_participant_s_own_reading_is_nobody_s_business(cast):
    opens(cast.participant, cast.journey(), 2 * MANY_IN_A_DAY, at=NIGHT)
    assert of(cast, cast.participant) is None


@pytest.mark.parametrize(
    ("reader", "about", "counts"),
    [
        ("Zoë Müller", "zoe muller", (1, 0)),
        ("Ruth Adeyemi", "Tunde ADEYEMI", (0, 1)),
        ("Ruth Adeyemi", "Adeyemi Stone", (0, 0)),
    ],
)
def test_the_same_name_and_the_same_surname_stand_out(cast, reader, about, counts):
    named(cast.guide, reader)
    named(cast.participant, about)
    opens(cast.guide, cast.journey(), 3)
    found = of(cast, cast.guide)
    assert ((found.same_name, found.same_surname) if found else (0, 0)) == counts


def test_failed_sign_ins_and_shut_doors_stand_out_from_five_on(cast):
    for who, count in ((cast.guide, 4), (cast.colleague, 5)):
        for event in ("sign_in.failed", "door.refused"):
            for _each in range(count):
                Entry.objects.create(user_id=who.user_id, event=event, subject_kind="people.user")
    found = of(cast, cast.colleague)
    assert (found.failed, found.shut) == (5, 5)
    assert of(cast, cast.guide) is None


def test_the_page_says_persons_and_counts_and_no_journey(cast):
    journey = cast.journey(title="The secret title")
    opens(cast.guide, journey, MANY_IN_A_DAY)
    page = cast.client(cast.administrator).get(HERE).content.decode()
    assert "Gwen Guide" in page and f"Opened {MANY_IN_A_DAY} items on one day." in page
    assert str(journey.id) not in page and "The secret title" not in page
    assert cast.participant.name not in page


def test_only_an_administrator_of_the_organisation_sees_it(cast):
    opens(cast.guide, cast.journey(), MANY_IN_A_DAY)
    assert "Gwen Guide" not in cast.client(cast.stranger).get(HERE).content.decode()
    for who in (cast.guide, cast.participant, cast.lead):
        assert cast.client(who).get(HERE).status_code == 403
    assert HERE in cast.client(cast.administrator).get(reverse("people:people")).content.decode()


def test_it_asks_as_much_for_three_as_for_one(cast):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            cast.client(cast.administrator).get(HERE)
        return len(found)

    opens(cast.guide, cast.journey(), MANY_IN_A_DAY)
    asked()
    one = asked()
    for name in ("Mia More", "Max More"):
        opens(person(cast.organisation, name, is_guide=True), cast.journey(), MANY_IN_A_DAY)
    assert asked() == one

"""The doors of who is there while the guide is away."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.covering import Days, end_cover, name_cover
from alongside.journeys.models import Cover
from alongside.kernel import clock
from alongside.rooms.ending.record.actions import begin_ending

TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)
SOON = Days(TODAY + DAY, TODAY + 7 * DAY)
NOW = Days(TODAY, TODAY + 7 * DAY)


def away(journey) -> str:
    return reverse("overview:away", args=[journey.id])


def naming(journey) -> str:
    return reverse("overview:name_cover", args=[journey.id])


def typed(cast, days=SOON, **other) -> dict:
    facts = {"person": cast.colleague.id, "first": days.first, "last": days.last, "reason": "A week of leave"}
    return {**facts, **other}


def ending(cover) -> str:
    return reverse("overview:end_cover", args=[cover.member.journey_id, cover.id])


@pytest.fixture
def journey(cast):
    return cast.journey(kind="treatment")


@pytest.mark.parametrize("who", ["stranger", "colleague", "lead", "administrator"])
def test_nobody_without_a_part_finds_it(cast, journey, who):
    cover = name_cover(person=cast.colleague, days=SOON, by=cast.seat(cast.guide, journey))
    browser = cast.client(getattr(cast, who))
    assert browser.get(away(journey)).status_code == 404
    assert browser.post(naming(journey), typed(cast)).status_code == 404
    assert browser.post(ending(cover)).status_code == 404
    assert browser.get(naming(journey)).status_code == 405


def test_the_guide_asks_somebody(cast, journey):
    browser = cast.client(cast.guide)

    answer = browser.post(naming(journey), typed(cast), follow=True)

    cover = Cover.objects.get()
    assert (cover.from_day, cover.until_day, str(cover.reason)) == (SOON.first, SOON.last, "A week of leave")
    page = answer.content.decode()
    assert "Colin Colleague" in page and "A week of leave" in page and "Withdraw this" in page


@pytest.mark.parametrize("who", ["participant", "supporter"])
def test_nobody_but_the_guide_asks(cast, journey, who):
    assert cast.client(getattr(cast, who)).post(naming(journey), typed(cast)).status_code == 403
    assert not Cover.objects.exists()


def test_a_named_person_does_not_look_in(cast, journey):
    assert cast.client(cast.supporter).get(away(journey)).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"person": ""}, "required|Please"),
        ({"last": TODAY - DAY, "first": TODAY - 3 * DAY}, "These days are over already"),
        ({"last": TODAY, "first": TODAY + DAY}, "before the first day"),
        ({"first": "no day"}, "date|day"),
    ],
)
def test_what_was_typed_comes_back(cast, journey, wrong, sentence):
    answer = cast.client(cast.guide).post(naming(journey), typed(cast, **wrong))
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert any(each in page for each in sentence.split("|")) and "A week of leave" in page
    assert not Cover.objects.exists()


def test_in_a_journey_that_is_over_it_is_too_late(cast):
    over = cast.journey(state="completed")
    assert cast.client(cast.guide).post(naming(over), typed(cast)).status_code == 409
    assert cast.client(cast.guide).get(away(over)).status_code == 200


def test_the_participant_sees_it_and_ends_it(cast, journey):
    cover = name_cover(person=cast.colleague, days=NOW, by=cast.seat(cast.guide, journey))
    browser = cast.client(cast.participant)
    assert (
        "Colin Colleague is covering for Gwen Guide until"
        in browser.get(f"/journeys/{journey.id}/").content.decode()
    )

    answer = browser.post(ending(cover), follow=True)

    assert "is no longer covering" in answer.content.decode()
    assert cast.client(cast.colleague).get(f"/journeys/{journey.id}/").status_code == 404
    assert "Earlier" in browser.get(away(journey)).content.decode()
    assert browser.post(ending(cover)).status_code == 404


def test_whoever_covers_goes_back_to_today(cast, journey):
    cover = name_cover(person=cast.colleague, days=NOW, by=cast.seat(cast.guide, journey))
    browser = cast.client(cast.colleague)
    assert "You are covering for Gwen Guide until" in browser.get(f"/journeys/{journey.id}/").content.decode()
    assert "for Gwen Guide" in browser.get("/").content.decode()
    assert "You are covering for Gwen Guide until" in browser.get("/journeys/").content.decode()
    assert browser.post(ending(cover), follow=True).redirect_chain[-1][0] == "/"


def test_whoever_covers_does_not_acknowledge_an_ending(cast):
    journey = cast.journey(kind="treatment", state="ending")
    name_cover(person=cast.colleague, days=NOW, by=cast.seat(cast.guide, journey))
    begin_ending(by=cast.seat(cast.participant, journey))
    browser = cast.client(cast.colleague)
    assert browser.get(reverse("ending:closing", args=[journey.id])).status_code == 200

    answer = browser.post(reverse("ending:acknowledge", args=[journey.id]))

    assert answer.status_code == 403 and "Only the guide" in answer.content.decode()


def test_another_cover_of_another_journey_is_not_found(cast, journey):
    cover = name_cover(person=cast.colleague, days=NOW, by=cast.seat(cast.guide, journey))
    url = reverse("overview:end_cover", args=[cast.journey().id, cover.id])
    assert cast.client(cast.guide).post(url).status_code == 404


def test_with_one_and_three_covers_it_asks_as_often(cast, journey):
    guide = cast.seat(cast.guide, journey)
    browser = cast.client(cast.guide)

    def add(number: int) -> None:
        day = TODAY + number * DAY
        name_cover(person=cast.colleague, days=Days(day, day), by=guide)

    def asked() -> int:
        browser.get(away(journey))
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(away(journey)).status_code == 200
        return len(queries)

    end_cover(cover=name_cover(person=cast.colleague, days=SOON, by=guide), by=guide)
    add(1)
    one = asked()
    for number in (3, 5):
        end_cover(cover=Cover.objects.filter(member__left_at=None).get(), by=guide)
        add(number)
    assert asked() == one


# --- an administrator ------------------------------------------------------------------------------------


def looking_after(person) -> str:
    return reverse("overview:emergency_cover", args=[person.id])


def test_an_administrator_says_who_covers(cast, journey):
    browser = cast.client(cast.administrator)
    page = browser.get(looking_after(cast.guide)).content.decode()
    assert "Paul Participant" in page and "Treatment" not in page

    facts = typed(cast, journey=journey.id, reason="Gwen is in hospital")
    answer = browser.post(looking_after(cast.guide), facts, follow=True)

    assert answer.status_code == 200 and Cover.objects.get().in_an_emergency
    assert browser.get(f"/journeys/{journey.id}/").status_code == 404
    told = cast.client(cast.guide).get(away(journey)).content.decode()
    assert "in an emergency" in told and "Gwen is in hospital" in told
    for who in (cast.guide, cast.participant):
        page = cast.client(who).get(f"/journeys/{journey.id}/").content.decode()
        assert "Ada Administrator, an administrator, asked Colin Colleague" in page


def test_in_an_emergency_one_says_why(cast, journey):
    facts = typed(cast, journey=journey.id, reason="")
    answer = cast.client(cast.administrator).post(looking_after(cast.guide), facts)
    assert answer.status_code == 422 and not Cover.objects.exists()


def test_an_administrator_can_not_name_somebody_of_that_journey(cast, journey):
    cast.supporter.is_guide = True
    cast.supporter.save()
    facts = typed(cast, journey=journey.id, person=cast.supporter.id, reason="Gwen is in hospital")
    answer = cast.client(cast.administrator).post(looking_after(cast.guide), facts)
    assert answer.status_code == 409 and "Gwen is in hospital" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("guide", 403), ("colleague", 404), ("lead", 404), ("stranger", 404)]
)
def test_nobody_else_looks_after_a_guide(cast, journey, who, status):
    assert cast.client(getattr(cast, who)).get(looking_after(cast.guide)).status_code == status


def test_the_page_of_a_guide_leads_there(cast):
    browser = cast.client(cast.administrator)
    assert looking_after(cast.guide) in browser.get(f"/people/{cast.guide.id}/").content.decode()
    assert (
        looking_after(cast.participant) not in browser.get(f"/people/{cast.participant.id}/").content.decode()
    )

"""A rehearsal in the browser of who began it: both sides, and nothing of it or of anybody else by the wrong address."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import get_script_prefix, reverse

from alongside.journeys import rehearsals
from alongside.journeys.models import Rehearsal, Words
from alongside.kernel import clock
from alongside.ledger.models import Entry, Opening
from alongside.material.rehearsing import url_in

from .test_what_leads_a_journey import _lead, change, copied, published

pytestmark = pytest.mark.django_db
SAID = "We look at the work together, kindly and closely."


@pytest.fixture
def material(cast):
    made = copied(cast)
    published(made, cast.lead)
    change(made, "agreement", "purpose", cast.lead, text=SAID)
    made.refresh_from_db()
    return made


@pytest.fixture
def rehearsal(cast, material):
    answer = cast.client(cast.lead).post(reverse("material:rehearse", args=[material.id]))
    found = Rehearsal.objects.get()
    assert answer.status_code == 302 and answer["Location"] == url_in(found, "guide")
    return found


def under(rehearsal, side, rest):
    return f"/rehearsals/{rehearsal.id}/{side}{rest}"


def own(rehearsal, name="overview:journey", *parts):
    return reverse(name, args=[rehearsal.journey_id, *parts])


@pytest.mark.parametrize("side", ["guide", "participant"])
def test_each_side_has_its_pages_and_every_link_leads_on_in_it(cast, rehearsal, side):
    lead = cast.client(cast.lead)
    for name in (
        "overview:journey",
        "first_meeting:agreement",
        "first_meeting:preparation",
        "overview:people",
    ):
        answer = lead.get(under(rehearsal, side, own(rehearsal, name)), follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, name
        assert answer.wsgi_request.actor == getattr(rehearsal, side)
        assert "This is a rehearsal. Nobody else sees it" in page and "Back to the template" in page
        inside = re.findall(rf'(?:href|action|hx-\w+)="([^"]*{rehearsal.journey_id}[^"]*)"', page)
        assert inside and all(each.startswith(f"/rehearsals/{rehearsal.id}/") for each in inside), name
    assert get_script_prefix() == "/"
    assert "/rehearsals/" not in lead.get("/").content.decode()


def test_there_is_a_place_to_meet_in_so_that_one_can_go_on(cast, rehearsal):
    address = under(rehearsal, "guide", own(rehearsal, "environment:book"))
    today = clock.now().date()
    wednesday = today + dt.timedelta(days=7 + 2 - today.weekday())
    lead = cast.client(cast.lead)
    page = lead.get(address).content.decode()
    place = re.search(
        r'name="place"[^>]*value="([0-9a-f-]{36})"|<option value="([0-9a-f-]{36})"[^>]*>Sample room', page
    )
    assert place and "Sample room" in page
    time = {"date": wednesday.isoformat(), "time": "10:00", "minutes": "50"}
    sent = lead.post(address, {"place": place[1] or place[2], **time})
    assert sent.status_code == 302


def test_what_is_written_there_is_the_made_up_persons_and_sent_to_nobody(cast, rehearsal):
    lead = cast.client(cast.lead)
    mail.outbox.clear()
    before = Entry.objects.filter(journey_id=rehearsal.journey_id).count()
    address = under(rehearsal, "participant", own(rehearsal, "first_meeting:add_need"))
    answer = lead.post(address, {"statement": "I would like to be braver.", "back": "preparation"})
    assert answer.status_code in (200, 302), answer.content
    rows = Entry.objects.filter(journey_id=rehearsal.journey_id).order_by("created_at")
    assert rows.count() > before
    for row in rows:
        assert row.detail["rehearsal"] == str(rehearsal.id) and row.user_id == cast.lead.user_id
    assert rows.last().person_id == rehearsal.participant_id
    assert all(opened.user_id == cast.lead.user_id for opened in Opening.objects.all())
    assert mail.outbox == []


def test_to_anybody_else_there_is_nothing(cast, rehearsal):
    address = url_in(rehearsal, "guide")
    for who in (cast.administrator, cast.guide, cast.participant, cast.stranger, _lead(cast.stranger)):
        assert cast.client(who).get(address).status_code == 404
        assert cast.client(who).post(address).status_code == 404
        assert cast.client(who).get(own(rehearsal)).status_code == 404
        end = reverse("material:end_rehearsal", args=[rehearsal.id])
        assert cast.client(who).post(end).status_code == 404
    assert cast.client(cast.lead).get(own(rehearsal)).status_code == 404
    assert Rehearsal.objects.count() == 1


def test_no_other_journey_is_reached_from_it(cast, rehearsal):
    real = cast.journey()
    lead = cast.client(cast.lead)
    there = reverse("overview:journey", args=[real.id])
    assert lead.get(under(rehearsal, "guide", there))["Location"] == there
    assert lead.get(under(rehearsal, "guide", there), follow=True).status_code == 404
    assert lead.post(under(rehearsal, "guide", there)).status_code == 404


@pytest.mark.parametrize("rest", ["/", "/journeys/", "/profile/", "/templates/", "/search/?q=x"])
def test_any_other_page_is_ones_own_again(cast, rehearsal, rest):
    lead = cast.client(cast.lead)
    assert lead.get(under(rehearsal, "guide", rest))["Location"] == rest
    assert lead.post(under(rehearsal, "participant", rest)).status_code == 404


@pytest.mark.parametrize("rest", ["//evil.example/", "/\\evil.example/"])
def test_no_address_of_it_leads_out_of_the_application(cast, rehearsal, rest):
    answer = cast.client(cast.lead).get(under(rehearsal, "guide", rest))
    assert "evil.example" not in answer.get("Location", "") and answer.status_code == 404


def test_signed_out_one_is_asked_to_sign_in_and_led_back(client, rehearsal):
    answer = client.get(url_in(rehearsal, "guide"))
    assert answer.status_code == 302 and answer["Location"].endswith(f"next={url_in(rehearsal, 'guide')}")
    assert get_script_prefix() == "/"


def test_a_second_factor_is_asked_for_on_either_side(cast, rehearsal, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    session = cast.client(cast.lead).session
    session.pop("second_factor", None)
    session.save()
    for side in ("guide", "participant"):
        answer = cast.client(cast.lead).get(url_in(rehearsal, side))
        assert answer.status_code == 302 and "/accounts/" in answer["Location"]


def test_whoever_is_no_lead_any_more_finds_nothing_at_its_address(cast, rehearsal):
    type(cast.lead).objects.filter(id=cast.lead.id).update(is_lead=False, is_guide=True)
    assert cast.client(cast.lead).get(url_in(rehearsal, "guide")).status_code == 404


def test_after_its_week_there_is_nothing_at_its_address(cast, rehearsal, monkeypatch):
    later = clock.now() + dt.timedelta(days=8)
    monkeypatch.setattr(rehearsals, "now", lambda: later)
    assert cast.client(cast.lead).get(url_in(rehearsal, "guide")).status_code == 404


@pytest.mark.without_ledger("retention.rehearsal_actions.end_rehearsal")
def test_template_page_leads_to_it_and_deletes_it(cast, material, rehearsal):
    lead = cast.client(cast.lead)
    address = reverse("material:material", args=[material.id])
    page = lead.get(address).content.decode()
    assert url_in(rehearsal, "guide") in page and "Rehearsal of the draft" in page
    assert url_in(rehearsal, "guide") not in cast.client(cast.administrator).get(address).content.decode()
    answer = lead.post(reverse("material:end_rehearsal", args=[rehearsal.id]), follow=True)
    assert "The rehearsal is deleted." in answer.content.decode()
    assert "You have none at the moment." in answer.content.decode()
    assert not Rehearsal.objects.exists() and not Words.objects.exists()
    assert lead.get(url_in(rehearsal, "guide")).status_code == 404


def test_published_version_is_tried_and_one_too_many_is_refused_in_words(cast, material):
    lead = cast.client(cast.lead)
    address = reverse("material:rehearse_version", args=[material.id, 1])
    assert "Try it" in lead.get(reverse("material:version", args=[material.id, 1])).content.decode()
    for _ in range(5):
        assert "/rehearsals/" in lead.post(address)["Location"]
    answer = lead.post(address, follow=True)
    assert "You have 5 rehearsals at the moment." in answer.content.decode()
    assert Rehearsal.objects.count() == 5
    assert lead.get(address).status_code == 405
    assert cast.client(cast.guide).post(address).status_code == 403
    assert cast.client(_lead(cast.stranger)).post(address).status_code == 404

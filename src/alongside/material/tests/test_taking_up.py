"""A journey under way and a newer version: its guide's choice, and no word is left without a place."""

import pytest
from django.urls import reverse

from alongside.journeys.kinds.material import BY_KEY
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.material import actions
from alongside.material.queries import desk_of
from alongside.rooms.first_meeting import actions as first_meeting
from alongside.rooms.first_meeting.texts import starting_texts

from .test_what_leads_a_journey import begun, change, copied, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def led(cast):
    """(material, journey) led by version 1, where version 2 says something else."""
    material = copied(cast)
    journey = begun(cast, published(material, cast.lead))
    change(material, "agreement", "purpose", cast.lead, text="Said anew.")
    change(
        material, "agreement", "", cast.lead, title="Parking", prompt="Where?", text="Behind.", required=False
    )
    published(material, cast.lead)
    return material, journey


def address(journey, name="led_by"):
    return reverse(f"journey_material:{name}", args=[journey.id])


@pytest.mark.without_ledger("material.actions.take_up_version")
def test_guide_sees_what_is_different_and_goes_on_with_it(cast, led):
    _material, journey = led
    guide = cast.client(cast.guide)
    assert address(journey) in guide.get(reverse("overview:journey", args=[journey.id])).content.decode()
    page = guide.get(address(journey)).content.decode()
    assert "version 1" in page and "Said anew." in page and "Go on with version 2" in page
    assert guide.post(address(journey, "take_up")).status_code == 302
    seat = cast.seat(cast.guide, journey)
    assert starting_texts(seat, first_meeting.begin_agreement(by=seat))["purpose"] == "Said anew."
    assert "newest one" in guide.get(address(journey)).content.decode()
    assert guide.post(address(journey, "take_up")).status_code == 409
    assert Entry.objects.get(event="material.taken_up").journey_id == journey.id


def test_it_is_the_guides_choice_alone_and_only_of_a_template_of_ones_own(cast, led):
    _material, journey = led
    for who in (cast.lead, cast.administrator, cast.colleague, cast.stranger):
        assert cast.client(who).get(address(journey)).status_code == 404
        assert cast.client(who).post(address(journey, "take_up")).status_code == 404
    plain = cast.journey()
    assert cast.client(cast.guide).get(address(plain)).status_code == 404
    assert (
        address(plain)
        not in cast.client(cast.guide).get(reverse("overview:journey", args=[plain.id])).content.decode()
    )


def test_participant_is_told_that_it_is_the_guides(cast, led):
    material, _journey = led
    journey = cast.journey(material=material.versions.order_by("number").first())
    participant = cast.client(cast.participant)
    assert participant.get(address(journey)).status_code == 403
    assert participant.post(address(journey, "take_up")).status_code == 403


def test_version_without_a_place_for_what_may_be_written_is_not_taken_up(cast, led):
    material, journey = led
    key = desk_of(cast.lead, type(material).objects.get(id=material.id)).content["support"][-1]["key"]
    actions.remove_item(material=material, chapter=BY_KEY["support"], key=key, by=cast.lead)
    newest = published(material, cast.lead)
    page = cast.client(cast.guide).get(address(journey)).content.decode()
    assert "you may have written there" in page
    with pytest.raises(Refused):
        actions.take_up_version(version=newest, by=cast.seat(cast.guide, journey))


def test_what_has_ended_keeps_its_version_and_no_other_template_takes_over(cast, led):
    material, _journey = led
    first, second = material.versions.order_by("number")
    over = cast.journey(state="completed", material=first)
    with pytest.raises(Refused):
        actions.take_up_version(version=second, by=cast.seat(cast.guide, over))
    other = published(copied(cast, "mentoring"), cast.lead)
    going_on = begun(cast, first)
    with pytest.raises(Refused):
        actions.take_up_version(version=other, by=cast.seat(cast.guide, going_on))

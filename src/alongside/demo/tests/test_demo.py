"""The furnished house: everybody the issue of a demo promises is there, and the two services stay apart."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.demo.furnish import furnish
from alongside.demo.personas import PERSONAS
from alongside.goals.measuring.many import Raised, raised_in
from alongside.goals.measuring.queries import tracked
from alongside.journeys.models import Journey
from alongside.journeys.queries import seats_of
from alongside.overview.journey_summary import summaries
from alongside.people.models import Person
from alongside.rooms.sessions.supervision_cases.queries import cases_of, outcomes_of
from alongside.rooms.sessions.supervision_cases.states import CaseState

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(db):
    furnish()


def person(slug):
    persona = next(persona for persona in PERSONAS if persona.slug == slug)
    return Person.objects.select_related("organisation", "user").get(user__email=persona.email)


def test_the_demo_holds_every_kind_in_every_stage_and_keeps_the_services_apart(organisation):
    journeys = Journey.objects.filter(organisation=person("clinician").organisation)
    for kind in ("supervision", "mentoring", "treatment"):
        assert journeys.filter(kind=kind).count() >= 4

    stages = {}
    for slug in ("supervisor", "mentor", "clinician"):
        seats = seats_of(person(slug))
        for seat in seats:
            if seat.is_guide:
                stages.setdefault(slug, set()).add(str(seat.state))
        assert summaries(seats)
    for slug, states in stages.items():
        assert {"preparing", "active", "completed"} <= states, slug

    theirs = {
        journey.id for journey in Journey.objects.exclude(organisation=person("clinician").organisation)
    }
    assert theirs and {seat.journey.id for seat in seats_of(person("stranger"))} == theirs
    assert seats_of(person("colleague")) == seats_of(person("lead")) == []

    roles = {seat.is_guide for seat in seats_of(person("clinician"))}
    assert roles == {True, False}, "the clinician guides, and is supervised"


def test_a_treatment_is_stuck_and_was_taken_to_supervision_twice(organisation):
    seats = seats_of(person("clinician"))
    stuck = next(seat for seat in seats if str(seat.participant.name) == "Rosa Delgado")
    supervision = next(seat for seat in seats if seat.is_participant)
    assert tracked(stuck).speaking

    assert [case.state for case in cases_of(supervision)] == [CaseState.SETTLED, CaseState.ON_AGENDA]
    assert [bool(one.words) for one in outcomes_of(stuck)] == [False, True]
    told = [one.content for one in outcomes_of(stuck)]
    # the first was told two weeks before the second, of what was known then
    assert [len(content.targets[0].points) for content in told] == [6, 4]


def test_personas_sign_in_and_letters_can_be_read(organisation, settings, tmp_path):
    settings.EMAIL_BACKEND = "alongside.config.mail.FolderBackend"
    settings.EMAIL_FOLDER = tmp_path
    mail.send_mail("A subject", "The text", None, ["somebody@example.org"])
    client = Client()
    listed = client.get(reverse("demo:personas_json")).json()["personas"]
    assert [persona["slug"] for persona in listed] == [persona.slug for persona in PERSONAS]

    assert client.post(reverse("demo:sign_in"), {"persona": "patient"}).status_code == 302
    assert "Margaret" in client.get("/").content.decode()
    assert client.post(reverse("demo:sign_in"), {"persona": "nobody"}).status_code == 404

    name = next(tmp_path.glob("*.eml")).stem
    assert "A subject" in client.get(reverse("demo:mail")).content.decode()
    assert "The text" in client.get(reverse("demo:letter", args=[name])).content.decode()
    assert client.get(reverse("demo:letter", args=["no-such-letter"])).status_code == 404


@pytest.mark.parametrize("name", ["demo:personas", "demo:personas_json", "demo:mail"])
def test_outside_the_demo_its_doors_are_shut(db, settings, name):
    settings.DEMO = False
    assert Client().get(reverse(name)).status_code == 404
    assert Client().post(reverse("demo:sign_in"), {"persona": "patient"}).status_code == 404


def test_many_journeys_are_judged_as_the_page_of_each_judges_it(organisation):
    guides = Person.objects.filter(is_guide=True)
    assert guides
    for guide in guides:
        seats = [seat for seat in seats_of(guide) if seat.is_guide]
        told = {seat.journey.id: tracked(seat) for seat in seats}
        assert raised_in(guide, seats) == {
            journey: Raised(one.track_summary.level, bool(one.speaking), bool(one.track_summary.safety))
            for journey, one in told.items()
        }, str(guide.name)

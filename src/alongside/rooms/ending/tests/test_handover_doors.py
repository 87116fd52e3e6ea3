"""The doors of a hand-over: those of the two, of the guide who is asked, and of an administrator."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.people.models import Person
from alongside.rooms.ending.handover import queries
from alongside.rooms.ending.handover.draft import draft_of
from alongside.rooms.ending.handover.models import Handover
from tests.furnish import GUIDES, OURS, PARTICIPANTS, furnish_journey

from .hand_over import SUMMARY, agreed, proposed, summarised


@pytest.fixture
def journey(cast, request):
    return furnish_journey(cast, getattr(request, "param", "treatment"))


@pytest.fixture
def gone(cast, journey):
    Person.objects.filter(id=cast.guide.id).update(is_active=False)
    cast.guide.refresh_from_db()
    return SimpleNamespace(guide=cast.guide, journey=journey)


def there(journey, name="handover"):
    return reverse(f"handover:{name}", args=[journey.id])


DEEDS = ["propose", "summary", "draft", "agree", "let_go"]


@pytest.mark.parametrize("who", ["stranger", "colleague", "lead", "administrator"])
def test_whoever_has_no_part_finds_nothing(cast, journey, who):
    handover = agreed(cast, journey)
    browser = cast.client(getattr(cast, who))
    assert browser.get(there(journey)).status_code == 404
    assert {browser.post(there(journey, name)).status_code for name in DEEDS} == {404}
    if who != "colleague":
        assert browser.get(reverse("asked:asked", args=[handover.id])).status_code == 404
        assert browser.post(reverse("asked:take_on", args=[handover.id])).status_code == 404


def test_a_named_person_has_no_say_in_it(cast, journey):
    browser = cast.client(cast.supporter)
    assert browser.get(there(journey)).status_code == 403
    assert {browser.post(there(journey, name)).status_code for name in DEEDS} == {403}


def test_before_it_is_proposed_nothing_can_be_said_to_it(cast, journey):
    browser = cast.client(cast.guide)
    assert {browser.post(there(journey, name)).status_code for name in DEEDS[1:]} == {409}


def test_the_two_walk_through_the_doors(cast, journey):
    guide, participant, colleague = (
        cast.client(each) for each in (cast.guide, cast.participant, cast.colleague)
    )
    facts = {"guide": cast.colleague.id, "reason": "I move to another town"}
    assert "Colin Colleague" in guide.post(there(journey, "propose"), facts, follow=True).content.decode()
    assert (
        "It is proposed that Colin Colleague" in participant.get(f"/journeys/{journey.id}/").content.decode()
    )
    page = guide.post(there(journey, "draft"), follow=True).content.decode()
    assert "Where we are:" in page and "Private words never are" in page
    version = queries.handover_of(cast.seat(cast.guide, journey)).version
    guide.post(there(journey, "agree"), {"side": "guide", "version": version})
    chosen = {"side": "participant", "version": version, "lets_go": ["meeting-2"]}
    assert "is asked now" in participant.post(there(journey, "agree"), chosen, follow=True).content.decode()

    today = colleague.get("/").content.decode()
    handover = Handover.objects.get()
    asked = reverse("asked:asked", args=[handover.id])
    assert asked in today
    page = colleague.get(asked).content.decode()
    assert "Where we are:" in page and OURS not in page.split("Where we are:")[0]
    assert "another town" not in page
    answer = colleague.post(reverse("asked:take_on", args=[handover.id]), follow=True)
    onward = Journey.objects.get(follows=journey)
    assert answer.redirect_chain[-1][0] == f"/journeys/{onward.id}/"
    assert there(onward, "came_along") in answer.content.decode()
    assert "journey with Gwen Guide" in colleague.get(there(onward, "came_along")).content.decode()
    assert colleague.get(asked).status_code == 409
    assert f"/journeys/{onward.id}/" in participant.get(there(journey)).content.decode()
    assert f"/journeys/{onward.id}/" not in guide.get(there(journey)).content.decode()
    for client in (guide, participant):
        assert client.get(reverse("ending:room", args=[journey.id])).status_code == 200
        assert client.get(f"/journeys/{journey.id}/").status_code == 200


def test_what_was_typed_comes_back(cast, journey):
    browser = cast.client(cast.guide)
    answer = browser.post(there(journey, "propose"), {"guide": "", "reason": "I move to another town"})
    assert answer.status_code == 422 and "I move to another town" in answer.content.decode()
    proposed(cast, journey)
    facts = {"guide": cast.colleague.id, "reason": "Another reason"}
    assert browser.post(there(journey, "propose"), facts).status_code == 409
    version = summarised(cast, journey)
    summarised(cast, journey, text=SUMMARY + " And more.")
    browser = cast.client(cast.participant)
    answer = browser.post(there(journey, "agree"), {"side": "participant", "version": version})
    assert answer.status_code == 409 and "changed since" in answer.content.decode()


def test_whoever_is_asked_says_no(cast, journey):
    handover = agreed(cast, journey)
    browser = cast.client(cast.colleague)
    browser.post(reverse("asked:decline", args=[handover.id]), {"word": "My week is full"})
    page = cast.client(cast.participant).get(there(journey)).content.decode()
    assert "could not take over" in page and "My week is full" in page
    assert reverse("asked:asked", args=[handover.id]) not in browser.get("/").content.decode()


def test_an_administrator_goes_through_the_doors(cast, gone):
    browser = cast.client(cast.administrator)
    page = browser.get(reverse("asked:left", args=[gone.guide.id])).content.decode()
    url = reverse("asked:ask_another", args=[gone.guide.id, gone.journey.id])
    assert "Paul Participant" in page and url in page and OURS not in page
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"guide": "", "reason": "Gwen has left"}).status_code == 422
    facts = {"guide": cast.colleague.id, "reason": "Gwen has left"}
    assert browser.post(url, facts, follow=True).status_code == 200
    assert Handover.objects.get().without_guide
    assert browser.post(url, facts).status_code == 409
    assert cast.client(cast.participant).get(there(gone.journey)).status_code == 200


@pytest.mark.parametrize("who", ["colleague", "lead", "participant", "stranger"])
def test_nobody_else_looks_after_what_a_guide_left(cast, gone, who):
    browser = cast.client(getattr(cast, who))
    assert browser.get(reverse("asked:left", args=[gone.guide.id])).status_code == 404
    url = reverse("asked:ask_another", args=[gone.guide.id, gone.journey.id])
    assert browser.get(url).status_code == 404


def test_today_asks_as_often_with_one_and_three(cast):
    browser = cast.client(cast.colleague)

    def asked():
        browser.get("/")
        with CaptureQueriesContext(connection) as found:
            assert browser.get("/").status_code == 200
        return len(found)

    agreed(cast, furnish_journey(cast, "treatment"))
    one = asked()
    agreed(cast, furnish_journey(cast, "mentoring"))
    agreed(cast, furnish_journey(cast, "supervision"))
    assert len(queries.asked_of(cast.colleague)) == 3
    assert asked() == one


def test_the_draft_says_what_both_share(cast, journey):
    text = draft_of(cast.seat(cast.guide, journey))
    assert "It is easier" in text and "A step" in text
    assert GUIDES not in text and PARTICIPANTS not in text

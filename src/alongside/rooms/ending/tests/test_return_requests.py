"""A way back in: wished by the participant, offered to the former guide or found by an administrator, linked to what was."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.people.models import Person
from alongside.rooms.ending.return_requests import actions
from alongside.rooms.ending.return_requests.models import WayBack

from .afterwards import ended, keepsake_link, on, opened

WORDS = "My sleep has slipped"


def own(journey):
    return reverse("own_return_request:own", args=[journey.id])


def wish_url(name="wish"):
    return reverse(f"return_requests:{name}", args=[WayBack.objects.get().id])


def guide_leaves(cast):
    Person.objects.filter(id=cast.guide.id).update(is_active=False)


def test_a_wish_is_offered_to_the_guide_and_begins_a_linked_draft(cast):
    journey, _made = ended(cast, title="Finding my feet")

    cast.client(cast.participant).post(own(journey), {"words": WORDS})

    letter = mail.outbox[-1]
    assert letter.to == [cast.guide.email]
    assert not [
        word for word in ("Paul", WORDS, "supervision", "Finding") if word in letter.subject + letter.body
    ]
    client = cast.client(cast.guide)
    assert "Paul Participant" in client.get(reverse("return_requests:wishes")).content.decode()
    assert WORDS in client.get(wish_url()).content.decode()
    begun = client.post(wish_url("take_up"))
    new = Journey.objects.get(follows=journey)
    assert begun.status_code == 302 and str(new.id) in begun["Location"]
    seat = cast.seat(cast.guide, new)
    assert (seat.state, seat.participant.person.id, new.kind, str(new.title)) == (
        "draft",
        cast.participant.id,
        journey.kind,
        "Finding my feet",
    )
    assert cast.seat(cast.guide, journey).state == "completed", "what was is not opened again"
    assert WayBack.objects.get().new_journey_id == new.id


@pytest.mark.without_ledger("rooms.ending.return_requests.actions.hand_to")
def test_with_the_guide_gone_an_administrator_finds_another_without_reading(cast):
    journey, _made = ended(cast)
    guide_leaves(cast)

    cast.client(cast.participant).post(own(journey), {"words": WORDS})

    assert [letter.to for letter in mail.outbox] == [[cast.administrator.email]]
    client = cast.client(cast.administrator)
    page = client.get(wish_url()).content.decode()
    assert "Paul Participant" in page and WORDS not in page
    assert client.post(wish_url("take_up")).status_code == 403
    client.post(wish_url("hand_to"), {"guide": str(cast.colleague.id)})
    assert mail.outbox[-1].to == [cast.colleague.email]
    colleague = cast.client(cast.colleague)
    assert WORDS in colleague.get(wish_url()).content.decode()
    colleague.post(wish_url("take_up"))
    assert cast.seat(cast.colleague, Journey.objects.get(follows=journey)).is_guide
    assert cast.client(cast.colleague).get(f"/journeys/{journey.id}/").status_code == 404


@pytest.mark.without_ledger("rooms.ending.return_requests.actions.pass_on")
def test_a_guide_who_can_t_passes_it_on(cast):
    journey, _made = ended(cast)
    cast.client(cast.participant).post(own(journey), {"words": WORDS})

    cast.client(cast.guide).post(wish_url("pass_on"))

    assert WayBack.objects.get().offered_to is None
    assert mail.outbox[-1].to == [cast.administrator.email]
    assert cast.client(cast.guide).get(wish_url()).status_code == 404


def test_a_wish_that_was_offered_to_somebody_who_left_is_found_by_administrators(cast):
    journey, _made = ended(cast)
    cast.client(cast.participant).post(own(journey), {"words": WORDS})
    guide_leaves(cast)

    page = cast.client(cast.administrator).get(reverse("return_requests:wishes")).content.decode()

    assert "Paul Participant" in page


def test_asked_by_the_code_in_a_keepsake_without_an_account(cast):
    journey, _made = ended(cast)
    path = keepsake_link(cast, journey)

    with on():
        client = opened(path)
        client.post(path + "back/", {"words": WORDS})
        page = client.get(path + "back/").content.decode()
        twice = client.post(path + "back/", {"words": "Again"})
        assert WORDS in page and "Asked on" in page
        assert twice.status_code == 409
        client.post(path + "back/", {"take_back": "1"})

    wish = WayBack.objects.get()
    assert (wish.outcome, wish.settled_by_id, str(wish.words)) == ("taken_back", cast.participant.id, WORDS)


@pytest.mark.without_ledger("rooms.ending.return_requests.actions.take_wish_back")
def test_it_can_be_taken_back_and_asked_again(cast):
    journey, _made = ended(cast)
    client = cast.client(cast.participant)

    for fields in ({"words": WORDS}, {"take_back": "1"}, {"words": ""}):
        assert client.post(own(journey), fields).status_code == 302

    assert [wish.outcome for wish in WayBack.objects.order_by("id")] == ["taken_back", ""]


@pytest.mark.without_ledger(
    "rooms.ending.return_requests.actions.ask_to_come_back", "rooms.ending.return_requests.actions.take_up"
)
def test_of_two_answers_the_second_is_told(cast):
    journey, _made = ended(cast)
    wish = actions.ask_to_come_back(words=WORDS, by=cast.seat(cast.participant, journey))
    actions.take_up(wish=wish, by=cast.guide)

    with pytest.raises(Exception, match="already been decided"):
        actions.take_up(wish=wish, by=cast.guide)

    assert Journey.objects.filter(follows=journey).count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("guide", 200), ("administrator", 404), ("colleague", 404), ("participant", 404), ("stranger", 404)],
)
def test_who_may_see_a_wish(cast, who, status):
    journey, _made = ended(cast)
    actions.ask_to_come_back(words=WORDS, by=cast.seat(cast.participant, journey))

    answer = cast.client(getattr(cast, who)).get(wish_url())

    assert answer.status_code == status and (WORDS in answer.content.decode()) == (status == 200)


@pytest.mark.parametrize(("state", "status"), [("active", 409), ("ending", 409), ("completed", 409)])
def test_before_there_is_an_end_there_is_no_coming_back(cast, state, status):
    """Nor without an ending: then there is nothing that could be looked back at."""
    journey = cast.journey(state=state)

    assert cast.client(cast.participant).get(own(journey)).status_code == status


def test_an_administrator_offers_it_only_to_a_guide_of_the_service(cast):
    journey, _made = ended(cast)
    guide_leaves(cast)
    wish = actions.ask_to_come_back(words=WORDS, by=cast.seat(cast.participant, journey))

    for nobody in (cast.stranger, cast.participant, cast.lead):
        with pytest.raises(Exception, match=r".*"):
            actions.hand_to(wish=wish, guide=nobody, by=cast.administrator)
    answer = cast.client(cast.administrator).post(wish_url("hand_to"), {"guide": str(cast.stranger.id)})

    assert answer.status_code == 422
    wish.refresh_from_db()
    assert wish.offered_to is None


DOORS = {"wish": "GET", "take_up": "POST", "pass_on": "POST", "hand_to": "POST"}


@pytest.mark.parametrize("name", DOORS)
def test_the_doors_of_a_wish(cast, name):
    journey, _made = ended(cast)
    actions.ask_to_come_back(words=WORDS, by=cast.seat(cast.participant, journey))

    for who in ("stranger", "colleague", "lead", "administrator", "supporter", "participant"):
        assert cast.client(getattr(cast, who)).generic(DOORS[name], wish_url(name)).status_code == 404, who
    wrong = "POST" if DOORS[name] == "GET" else "GET"
    assert cast.client(cast.guide).generic(wrong, wish_url(name)).status_code == 405
    if name == "hand_to":
        assert cast.client(cast.guide).post(wish_url(name)).status_code == 403


def test_the_participant_s_own_door(cast):
    journey, _made = ended(cast)

    for who, status in (("guide", 403), ("supporter", 403), ("stranger", 404), ("administrator", 404)):
        assert cast.client(getattr(cast, who)).get(own(journey)).status_code == status
    assert cast.client(cast.participant).delete(own(journey)).status_code == 405


def test_the_list_asks_as_much_for_three_as_for_one(cast):
    counts = []
    for _each in range(2):
        for _more in range(1 + len(counts)):
            actions.ask_to_come_back(words="", by=cast.seat(cast.participant, ended(cast)[0]))
        cast.client(cast.guide).get(reverse("return_requests:wishes"))
        with CaptureQueriesContext(connection) as asked:
            assert cast.client(cast.guide).get(reverse("return_requests:wishes")).status_code == 200
        counts.append(len(asked))

    assert WayBack.objects.count() == 3 and counts[0] == counts[1] <= 6

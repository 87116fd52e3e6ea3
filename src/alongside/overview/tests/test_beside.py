"""Today also says what waits beside the journeys that go on."""

from django.urls import reverse

from alongside.rooms.ending.return_requests.actions import ask_to_come_back
from alongside.rooms.ending.tests.afterwards import come_round, ended, first_day, on


def today(cast, who) -> str:
    return cast.client(who).get("/").content.decode()


def test_the_participant_is_reminded_on_the_day_they_chose(cast):
    journey, _needs = ended(cast)
    answering = reverse("follow_up:answer", args=[journey.id, first_day(cast, journey).id])
    come_round()
    with on():
        assert answering in today(cast, cast.participant)
        assert answering not in today(cast, cast.guide)


def test_before_that_day_nothing_is_said(cast):
    journey, _needs = ended(cast)
    assert f"/journeys/{journey.id}/ending/follow-up/" not in today(cast, cast.participant)


def test_a_guide_sees_who_would_like_to_come_back(cast):
    journey, _needs = ended(cast)
    with on():
        wish = ask_to_come_back(words="One reminder", by=cast.seat(cast.participant, journey))
        there = reverse("return_requests:wish", args=[wish.id])
        assert there in today(cast, cast.guide)
        assert there not in today(cast, cast.colleague)
        assert there not in today(cast, cast.participant)
        assert "One reminder" not in today(cast, cast.guide)


def test_an_administrator_sees_those_offered_to_nobody_who_is_here(cast):
    journey, _needs = ended(cast)
    cast.guide.is_active = False
    cast.guide.save()
    with on():
        wish = ask_to_come_back(words="One reminder", by=cast.seat(cast.participant, journey))
        assert reverse("return_requests:wish", args=[wish.id]) in today(cast, cast.administrator)

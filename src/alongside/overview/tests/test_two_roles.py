"""One person, several roles: guide here, participant there, in one sign-in, and nothing is mixed."""

import re

import pytest

from alongside.journeys.models import Journey, JourneyMember, JourneyStateRecord, Visibility, Words
from alongside.journeys.states import Part
from alongside.kernel.clock import now
from alongside.rooms.environment.actions.calendars import make_feed
from alongside.rooms.environment.tests.factories import at, booked, room

from . import build


def words(journey: Journey, text: str, author=None) -> None:
    Words.objects.create(
        journey=journey,
        place="first_meeting",
        subject_id=journey.id,
        box="notes" if author is None else "private",
        author=author,
        visibility=Visibility.OURS if author is None else Visibility.MINE,
        text=text,
        version=1,
        edited_at=now(),
    )


@pytest.fixture
def treats(cast) -> Journey:
    """Gwen treats Paul."""
    journey = cast.journey(kind="treatment")
    build.under_way(cast, journey)
    build.goals(cast, journey)
    words(journey, "heron of the treatment")
    words(journey, "heron of the patient", cast.participant)
    words(journey, "heron of the clinician", cast.guide)
    return journey


@pytest.fixture
def supervised(cast) -> Journey:
    """Colin supervises Gwen."""
    journey = cast.journey(kind="supervision")
    JourneyMember.objects.filter(journey=journey).delete()
    for who, part in ((cast.colleague, Part.GUIDE), (cast.guide, Part.PARTICIPANT)):
        JourneyMember.objects.create(journey=journey, person=who, part=part)
    JourneyStateRecord.objects.filter(journey=journey).update(by=cast.colleague)
    words(journey, "heron of the supervision")
    words(journey, "heron of the supervisor", cast.colleague)
    words(journey, "heron of the supervisee", cast.guide)
    return journey


def seen(cast, who, path) -> str:
    return cast.client(who).get(path).content.decode()


def test_today_and_the_list_keep_them_apart(cast, treats, supervised):
    groups = {group.key: group for group in cast.client(cast.guide).get("/").context["page"].groups}
    assert (groups["guide"].title, groups["participant"].title) == ("My patients", "My supervision")
    assert _names(groups["guide"]) == {"Paul Participant"}
    assert _names(groups["participant"]) == {"Colin Colleague"}
    before, taken = seen(cast, cast.guide, "/journeys/").split("My supervision")
    assert "Paul Participant" in before.partition("My patients")[2] and "Paul Participant" not in taken
    assert "Colin Colleague" in taken and "Colin Colleague" not in before.partition("My patients")[2]


def _names(group) -> set[str]:
    """Whom Today names in one group, wherever on the page."""
    waiting = {
        name
        for one in group.waiting
        for name in ("Paul Participant", "Colin Colleague")
        if name in one.journey
    }
    return waiting | {card.who for card in group.cards} | {one.with_whom for one in group.coming}


def test_each_journey_speaks_the_words_of_its_kind(cast, treats, supervised):
    page = seen(cast, cast.guide, f"/journeys/{treats.id}/")
    assert "appointments" in page and "patient" in page and "supervisor" not in page.lower()
    page = seen(cast, cast.guide, f"/journeys/{supervised.id}/")
    assert "supervisor" in page and "appointment" not in page.lower() and "patient" not in page.lower()


def test_the_two_see_different_pages_of_the_same_journey(cast, treats, supervised):
    assert "Is it on track?" in seen(cast, cast.guide, f"/journeys/{treats.id}/")
    assert "Is it on track?" not in seen(cast, cast.participant, f"/journeys/{treats.id}/")
    assert "How far I have come" in seen(cast, cast.guide, f"/journeys/{supervised.id}/")


def test_finding_looks_in_both_and_in_nobody_elses_words(cast, treats, supervised):
    page = cast.client(cast.guide).post("/search/", {"words": "heron"}).content.decode()
    plain = re.sub(r"<[^>]+>", "", page)
    for mine in ("the treatment", "the clinician", "the supervision", "the supervisee"):
        assert f"heron of {mine}" in plain
    assert "of the patient" not in plain and "of the supervisor" not in plain
    assert "you are clinician" in plain and "you are supervisee" in plain.replace("student", "supervisee")


def test_the_patient_learns_nothing_of_the_supervision_nor_the_supervisor_of_the_patient(
    cast, treats, supervised
):
    assert cast.client(cast.participant).get(f"/journeys/{supervised.id}/").status_code == 404
    assert cast.client(cast.colleague).get(f"/journeys/{treats.id}/").status_code == 404
    assert "Colin" not in seen(cast, cast.participant, "/") + seen(cast, cast.participant, "/journeys/")
    assert "Paul" not in seen(cast, cast.colleague, "/") + seen(cast, cast.colleague, "/journeys/")


@pytest.mark.without_ledger("rooms.environment.actions.calendars.make_feed")
def test_one_week_and_one_calendar_hold_both_and_betray_neither(cast, supervised):
    treats = cast.journey(kind="treatment")
    booked(cast.seat(cast.guide, treats), room(cast.guide), at(2))
    booked(cast.seat(cast.colleague, supervised), room(cast.colleague), at(2, hour=13))
    agenda = seen(cast, cast.guide, "/agenda/")
    assert "Paul Participant" in agenda and "Colin Colleague" in agenda
    for with_own, count in ((True, 2), (False, 1)):
        _feed, token = make_feed(with_own=with_own, by=cast.guide)
        calendar = cast.client(cast.stranger).get(f"/calendar/{token}/meetings.ics").content.decode()
        assert calendar.count("BEGIN:VEVENT") == count
        for word in ("treatment", "supervision", "patient", "clinic"):
            assert word not in calendar.lower()

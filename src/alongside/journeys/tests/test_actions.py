"""What is done with a journey as such."""

import datetime as dt

import pytest

from alongside.journeys.actions import agree_pace, invite_participant
from alongside.journeys.models import Journey
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry

PACE = {
    "meeting_minutes": 45,
    "every_days": 7,
    "planned_meetings": 9,
    "planned_end": dt.date(2031, 3, 4),
}


def pace_of(journey):
    return Journey.objects.filter(id=journey.id).values(*PACE).get()


@pytest.mark.parametrize("who", ["guide", "participant"])
def test_the_pace_is_set_by_whoever_says_the_last_yes(cast, who):
    journey = cast.journey()

    agree_pace(**PACE, by=cast.seat(getattr(cast, who), journey))

    assert pace_of(journey) == PACE
    assert Entry.objects.filter(event="journey.pace_agreed", journey_id=journey.id).count() == 1


def test_the_pace_stays_in_a_journey_that_is_over(cast):
    journey = cast.journey(state="completed")
    before = pace_of(journey)

    with pytest.raises(Refused):
        agree_pace(**PACE, by=cast.seat(cast.guide, journey))

    assert pace_of(journey) == before


def test_an_email_to_somebody_who_signs_in_names_the_organisation_at_its_end_alone(
    cast, mailoutbox, django_capture_on_commit_callbacks
):
    journey = cast.journey(state="draft", kind="treatment")

    with django_capture_on_commit_callbacks(execute=True):
        invite_participant(by=cast.seat(cast.guide, journey))

    letter = mailoutbox[-1]
    assert letter.to == [cast.participant.email]
    assert cast.guide.name in letter.body and f"/journeys/{journey.id}/" in letter.body
    for word in ("treatment", "patient", "clinic"):
        assert word.lower() not in (letter.subject + letter.body).lower()
    said, signature = letter.body.rstrip().rsplit("\n", 1)
    assert signature == "This email is from Riverside House."
    assert cast.participant.organisation.name not in letter.subject + said

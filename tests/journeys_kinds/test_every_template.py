"""Each ready template walked once, by the forms of its own pages, from the first question to the keepsake.

Its questions are answered, its suggested needs, targets and first steps are taken up, its agreement is accepted as it
reads, the two meet, end it, and take the keepsake along: as a page, on paper and as a file.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from alongside.goals.queries import goals_of
from alongside.journeys.actions import seat_of
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey
from alongside.journeys.states import JourneyState
from alongside.measures.catalogue import measure
from alongside.rooms.environment.actions import PlaceWords, make_place
from alongside.rooms.first_meeting.queries import agreement_in_force

from .walk import Walk

ALL = [(kind, template) for kind in KINDS.values() for template in kind.templates]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "template"), ALL, ids=[template.slug for _kind, template in ALL])
def test_a_template_leads_from_its_first_question_to_the_keepsake(cast, kind, template):
    make_place(words=PlaceWords(kind="room", name="A room", is_private=True), by=cast.guide)
    # a form that forgot its token would be refused, as in a browser
    guide, participant = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    guide.force_login(cast.guide.user, backend=settings.AUTHENTICATION_BACKENDS[0])
    walk = Walk(kind, template, guide, participant, timezone.localtime())

    walk.begins()
    walk.prepares()
    walk.agrees_on_goals()
    walk.takes_the_starting_picture()
    walk.agrees_on_how()
    walk.meets()
    walk.ends()

    journey = Journey.objects.get()
    seat = seat_of(cast.guide, journey)
    assert seat.state == JourneyState.COMPLETED
    assert agreement_in_force(seat) is None, "it ended with the journey"
    assert len(goals_of(seat).targets) == len(template.suggested_targets)
    assert len(goals_of(seat).needs) == len(template.suggested_needs)
    assert (journey.meeting_minutes, journey.every_days, journey.planned_meetings) == (
        template.meeting_minutes,
        template.frequency.every_days,
        template.planned_meetings,
    )
    for client in walk.both:
        for path in (
            "",
            "timeline/",
            "first-meeting/agreement/",
            "goals/lines/",
            "sessions/",
            "sessions/story/",
        ):
            assert walk.page(client, path)
    page, printed, file = walk.takes_the_keepsake()
    for words in (
        "Ask early.",
        "Somebody near",
        "I ring somebody",
        "Together",
        "In my words",
        "As it is at the end.",
    ):
        assert words in page
        assert words in printed
        assert words in file
    assert "src=" not in file.replace('src="data:', ""), "the file needs nothing but itself"


@pytest.mark.parametrize(("kind", "template"), ALL, ids=[template.slug for _kind, template in ALL])
def test_a_template_can_be_used_tomorrow(kind, template):
    """Questions for both, texts, needs, targets and steps to begin with, and whence its structure comes."""
    assert len(template.preparation) >= 3
    assert len(template.guide_preparation) >= 2
    assert len(template.suggested_needs) >= 3
    assert len(template.suggested_targets) >= 3
    assert len(template.first_steps) >= 2
    assert len(str(template.source)) > 20
    assert all(str(text).strip() for text in kind.starting_texts(template).values())
    assert {one.key for one in template.parts} == {"review", "direction", "issues", "plan"}
    for suggested in template.suggested_targets:
        assert measure(suggested.measure_key)


def test_there_are_the_twelve_that_were_promised():
    assert {template.slug for _kind, template in ALL} >= {
        *("student-placement", "clinical-supervision", "preceptorship", "peer-supervision"),
        *("career", "leadership", "first-year-student", "return-to-work"),
        *("low-back-pain", "talking-therapy", "acupuncture-course", "health-coaching"),
    }

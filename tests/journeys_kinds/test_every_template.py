"""Each ready template walked once, from the beginning to the keepsake, with nothing but what it brings itself.

Its questions are answered, its suggested needs, targets and first steps are taken up, its agreement is accepted as it
reads, the two meet four times, end it, and take the keepsake along: as a page, on paper and as a file.
"""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alongside.demo.story import ENDED, EndingStory, MeetingStory, NeedStory, Story, TargetStory
from alongside.demo.teller import Teller
from alongside.goals.queries import goals_of
from alongside.journeys.actions import seat_of
from alongside.journeys.kinds import KINDS, Kind, Template
from alongside.journeys.states import JourneyState
from alongside.kernel import clock
from alongside.measures.catalogue import measure
from alongside.rooms.environment.actions import PlaceWords, make_place
from alongside.rooms.first_meeting.queries import agreement_in_force

ALL = [(kind, template) for kind in KINDS.values() for template in kind.templates]
LEVELS = ("much less than hoped", "less", "as hoped", "more", "much more")


def way(key: str) -> tuple[str, str, tuple[str, ...]]:
    """Where it starts, what is hoped for, and what is read in the three meetings after the first."""
    instrument = measure(key)
    if key == "yes-no":
        return "0", "1", ("0", "0", "1")
    if key == "gas":
        return "-2", "0", ("-2", "-1", "0")
    if instrument.lower_is_better:
        top = int(min(instrument.max, 20))
        return str(top), str(top // 3), (str(top - 1), str(top // 2), str(top // 3))
    return "2", "8", ("3", "5", "8")


def target_story(text: object, key: str) -> TargetStory:
    start, aim, read = way(key)
    levels = LEVELS if key == "gas" else ()
    return TargetStory(str(text), "It matters.", key, start, aim, (start, *read), levels, "We both see it.")


def story_of(kind: Kind, template: Template) -> Story:
    targets = tuple(target_story(one.text, one.measure_key) for one in template.suggested_targets)
    needs = [
        NeedStory(str(need), 3, "As it is now.", targets if not number else (), 7, "As it is at the end.")
        for number, need in enumerate(template.suggested_needs)
    ]
    meeting = MeetingStory(
        review="It went on.",
        direction="Still right.",
        issues="The evenings.",
        plan="One thing.",
        summary="We go on as we are.",
        steps=(("One more thing", "done", "It helped to begin small."),),
    )
    category = kind.support_categories[0].key
    ending = EndingStory(
        participant={one.key: f"Mine: {one.key}" for one in kind.ending_questions.participant},
        guide={one.key: f"Theirs: {one.key}" for one in kind.ending_questions.guide},
        support=((category, "Somebody near", "by telephone", "next week"),),
        key_points=("Ask early.",),
        strategies=(("it gets late", "I will stop"),),
        signs=(("I sleep badly", "I ring somebody"),),
        matters={one.key: f"Together: {one.key}" for one in kind.ending_matters},
    )
    return Story(
        kind=kind.slug,
        template=template.slug,
        guide="guide",
        participant="participant",
        stage=ENDED,
        preparation={one.key: f"My answer to {one.key}." for one in template.preparation},
        guide_preparation={one.key: f"My answer to {one.key}." for one in template.guide_preparation},
        needs=tuple(needs),
        first_steps=tuple((str(step), "done", "Easy.") for step in template.first_steps),
        meetings=(meeting, meeting, meeting),
        ending=ending,
        planned=template.planned_meetings,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "template"), ALL, ids=[template.slug for _kind, template in ALL])
def test_a_template_leads_from_its_first_question_to_the_keepsake(cast, kind, template):
    place = make_place(words=PlaceWords(kind="room", name="A room", is_private=True), by=cast.guide)
    told = story_of(kind, template)
    journey = Teller(told, cast.guide, cast.participant, place, 10, clock.today("Europe/London")).tell()

    seat = seat_of(cast.participant, journey)
    assert seat.state == JourneyState.COMPLETED
    assert agreement_in_force(seat) is None, "it ended with the journey"
    assert len(goals_of(seat).targets) == len(template.suggested_targets)
    assert len(goals_of(seat).needs) == len(template.suggested_needs)

    for who in (cast.guide, cast.participant):
        client = cast.client(who)
        for name in ("overview:journey", "overview:timeline", "first_meeting:agreement", "goals:lines"):
            assert client.get(reverse(name, args=[journey.id])).status_code == 200, name
        for name in ("sessions:room", "reading:story", "ending:then_and_now", "ending:keepsake"):
            assert client.get(reverse(name, args=[journey.id])).status_code == 200, name
    _the_keepsake_is_whole(cast, journey, template)


def _the_keepsake_is_whole(cast, journey, template: Template) -> None:
    client = cast.client(cast.participant)
    page = client.get(reverse("ending:keepsake", args=[journey.id])).content.decode()
    paper = client.get(reverse("keepsake:pdf", args=[journey.id])).content
    file = client.get(reverse("keepsake:file", args=[journey.id])).content.decode()
    printed = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper)).pages).split())
    for words in ("Ask early.", "Somebody near", "I ring somebody", "Together: remains"):
        assert words in page
        assert words in file
        assert words in printed
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

"""A journey with something in every room, and four secrets planted in it, for the tests that try every door."""

from __future__ import annotations

import datetime as dt

from alongside.demo.story import UNDER_WAY, MeetingStory, NeedStory, Story, TargetStory
from alongside.demo.teller import ZONE, Teller
from alongside.goals.queries import goals_of
from alongside.journeys.actions import name_person, seat_of
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.kinds import KINDS
from alongside.journeys.models import Journey, Visibility, Words
from alongside.journeys.seat import Seat
from alongside.journeys.states import Part
from alongside.kernel import clock
from alongside.people.queries import guides_of
from alongside.rooms.ending.contributions.actions import Content, add_entry
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.record.actions import begin_ending
from alongside.rooms.environment.actions import PlaceWords, make_place
from alongside.rooms.sessions.focusing import actions as focusings
from alongside.rooms.sessions.focusing.queries import level_of
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.models import MeetingRecord

from .cast import Cast, person

OURS = "secret-of-the-two"
GUIDES = "secret-of-the-guide"
PARTICIPANTS = "secret-of-the-participant"
NAMED = "secret-for-the-supporter"
COVERING = "Connie Cover"
LONGEST_UNTIL_OVER = dt.timedelta(hours=11, minutes=30)
"""From midnight until the latest of the day's meetings is over."""

SAFETY_PLAN = {
    "safety_signs": "I stop answering the telephone.",
    "safety_helps": "Walk to the river.",
    "safety_keeps": "My daughter.",
    "safety_people": "Anna, my sister, 01632 960 101\nSamaritans, 116 123",
    "safety_called": "No one",
    "safety_emergency": "999 in danger. My therapist reads answers in opening hours.",
}


def story(kind: str) -> Story:
    told = MeetingStory(
        review=f"It went well. {OURS}",
        direction="Right.",
        issues="A difficulty.",
        plan="One thing.",
        summary="We go on.",
        steps=(("A step", "partly", "Half of it"),),
        private=GUIDES,
    )
    aims = (
        TargetStory("It is easier", f"Because {OURS}", "rating-0-10", "3", "7", ("3", "5", "6")),
        TargetStory(
            "It is done",
            "",
            "gas",
            "-2",
            "0",
            ("-2", "-1"),
            ("none of it", "some", "what we hope", "more", "much more"),
        ),
    )
    return Story(
        kind=kind,
        template=KINDS[kind].templates[0].slug,
        guide="guide",
        participant="participant",
        stage=UNDER_WAY,
        preparation={"brings": "What brings me."},
        guide_preparation={"offer": "What I know."},
        safety_plan=SAFETY_PLAN if kind == "treatment" else {},
        needs=(NeedStory(f"A need, {OURS}", 3, f"Hard. {OURS}", aims),),
        first_steps=(("A first step", "done", "Easy"),),
        meetings=(told, told),
    )


def furnish_journey(cast: Cast, kind: str) -> Journey:
    """A journey under way in its third meeting, with an ending begun, and secrets for each who may read them.

    A fourth meeting was booked and is over: today's, or yesterday's as long as today's would still be to come.
    """
    place = make_place(words=PlaceWords(kind="room", name="A room", is_private=True), by=cast.guide)
    teller = Teller(
        story=story(kind),
        guide=cast.guide,
        participant=cast.participant,
        place=place,
        hour=8 + list(KINDS).index(kind),
        today=(clock.now() - LONGEST_UNTIL_OVER).astimezone(ZONE).date(),
    )
    journey = teller.tell()
    guide, participant = seat_of(cast.guide, journey), seat_of(cast.participant, journey)
    sessions.write_in_box(number=2, name="private", text=PARTICIPANTS, version=0, by=participant)
    member = name_person(person=cast.supporter, part=Part.SUPPORTER, by=guide)
    record = MeetingRecord.objects.get(journey=journey, number=3)
    marked = Words.objects.create(
        journey=journey,
        place="meeting_record",
        subject_id=record.id,
        box="for_the_supporter",
        visibility=Visibility.NAMED,
        text=NAMED,
    )
    marked.named_for.add(member)
    _focus(participant)
    _ask_to_cover(guide)
    begin_ending(by=seat_of(cast.guide, journey))
    add_entry(
        sort=Sort.KEY_POINT, content=Content(what=f"Ask early. {OURS}"), by=seat_of(cast.guide, journey)
    )
    assert goals_of(guide).targets
    return journey


def _focus(participant: Seat) -> None:
    """A focusing of the participant's: what took place is theirs alone, what it tells is shared."""
    focusing = focusings.begin_focusing(by=participant)
    for level, box, text in (("describe", "account", PARTICIPANTS), ("narrow", "insight", OURS)):
        named = level_of(participant, level)
        assert named
        facts = {"focusing_id": focusing.id, "level": named, "by": participant}
        focusings.write_in_level(name=box, text=text, version=0, **facts)
        if level == "narrow":
            focusings.share_level(**facts)


def _ask_to_cover(guide: Seat) -> None:
    """Somebody who will be there in a month's time, and is not yet."""
    organisation = guide.journey.organisation
    found = [each for each in guides_of(guide.actor) if each.name == COVERING]
    whoever = found[0] if found else person(organisation, COVERING, is_guide=True)
    day = clock.today("Europe/London") + dt.timedelta(days=30)
    name_cover(person=whoever, days=Days(day, day), by=guide)

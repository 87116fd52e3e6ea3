"""Fills an empty application: people, places, and journeys in every stage."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult

from alongside.journeys.actions import seat_of
from alongside.journeys.covering import Days, name_cover
from alongside.journeys.models import Journey
from alongside.kernel import clock
from alongside.people.actions import add_person, found_organisation
from alongside.people.models import Organisation, Person, User
from alongside.people.organisation_actions import change_organisation
from alongside.rooms.environment.actions import PlaceWords, make_place
from alongside.rooms.environment.models import MeetingEmail, Place
from alongside.rooms.environment.tasks.reminders import remind as remind_of_meetings
from alongside.rooms.first_meeting.tasks import remind as remind_to_prepare

from .personas import EVERYBODY, OTHER_SERVICE, SERVICE, Persona
from .programme_years import add_programmes
from .stories import STORIES
from .story import INVITED
from .teller import ZONE, Teller, tell

PLACES = {
    "Consulting room 2": PlaceWords(
        kind="room",
        name="Consulting room 2",
        details="First floor, by the lift",
        is_private=True,
        is_step_free=True,
    ),
    "Quiet room": PlaceWords(
        kind="room",
        name="Quiet room",
        details="At the end of the garden corridor",
        is_private=True,
        is_quiet=True,
    ),
    "Seminar room": PlaceWords(
        kind="room", name="Seminar room", details="Ground floor", is_quiet=True, is_step_free=True
    ),
    "Video call": PlaceWords(
        kind="video", name="Video call", details="The link is sent with the invitation", is_private=True
    ),
}
FRONT_ROOM = PlaceWords(kind="room", name="The front room", details="12 Mill Street", is_private=True)


@transaction.atomic
def furnish() -> None:
    """Two services; what happened in the one is never seen from the other."""
    today = clock.today(ZONE.key)
    organisations = {name: found_organisation(name=name, by=None) for name in (SERVICE, OTHER_SERVICE)}
    accountless = {story.participant for story in STORIES if not story.account}
    # those just invited have not come yet: they have no sign-in until they accept
    not_yet = accountless | {story.participant for story in STORIES if story.stage == INVITED}
    people = {
        slug: _person(persona, _organisation(organisations, slug), account=slug not in not_yet)
        for slug, persona in EVERYBODY.items()
    }
    for slug in accountless:
        Person.objects.filter(id=people[slug].id).update(email="")
        people[slug].email = ""
    _say_how_it_is_reached(people["administrator"])
    places = {
        name: make_place(words=words, of_the_organisation=True, by=people["administrator"])
        for name, words in PLACES.items()
    }
    places["The front room"] = make_place(words=FRONT_ROOM, by=people["stranger"])
    tellers = [_teller(index, people, places, today) for index in range(len(STORIES))]
    tell(each for each in tellers if each.story.stage != INVITED)
    # emails about what happened weeks ago are not posted today: they were posted then, and so was what was due by now
    remind_of_meetings.func()
    remind_to_prepare.func()
    DBTaskResult.objects.all().delete()
    MeetingEmail.objects.filter(posted_at=None, dropped_at=None).update(posted_at=F("created_at"))
    tell(each for each in tellers if each.story.stage == INVITED)
    add_programmes(people, today)
    placement = next(each.journey for each in tellers if each.story.participant == "student")
    assert placement
    _ask_to_cover(placement, guide=people["supervisor"], instead=people["mentor"], today=today)


def _say_how_it_is_reached(administrator: Person) -> None:
    change_organisation(
        name=SERVICE,
        telephone="01632 960 200",
        email="desk@example.org",
        opening_hours="Monday to Friday, 9 to 5",
        emergency_text="",
        emergency_numbers=(
            ("999, in danger", "999"),
            ("NHS 111, urgent advice", "111"),
            ("Samaritans, day and night", "116 123"),
        ),
        safety_reader=None,
        safety_after_minutes=120,
        by=administrator,
    )


def _ask_to_cover(journey: Journey, *, guide: Person, instead: Person, today: dt.date) -> None:
    """In three weeks the supervisor is on leave."""
    days = Days(today + dt.timedelta(days=21), today + dt.timedelta(days=28))
    name_cover(person=instead, days=days, reason="A week of leave", by=seat_of(guide, journey))


def _organisation(organisations: dict[str, Organisation], slug: str) -> Organisation:
    return organisations[OTHER_SERVICE if slug in ("stranger", "client") else SERVICE]


def _person(persona: Persona, organisation: Organisation, *, account: bool) -> Person:
    person = add_person(
        organisation_id=organisation.id,
        name=persona.name,
        email=persona.email,
        time_zone=persona.zone,
        is_guide=persona.guide,
        is_lead=persona.lead,
        is_administrator=persona.administrator,
        by=None,
    )
    person.pronouns = persona.pronouns
    person.telephone = persona.telephone
    person.emergency_contact_name, person.emergency_contact_telephone = persona.contact
    if account:
        person.user = User.objects.create_user(persona.email)
        EmailAddress.objects.create(user=person.user, email=persona.email, verified=True, primary=True)
    person.save()
    return person


def _teller(index: int, people: dict[str, Person], places: dict[str, Place], today: dt.date) -> Teller:
    story = STORIES[index]
    return Teller(
        story=story,
        guide=people[story.guide],
        participant=people[story.participant],
        place=places.get(story.place),
        covers=people.get(story.cover.by) if story.cover else None,
        # each story has an hour of its own, so that no guide is in two of them at once
        hour=8 + index % 10,
        today=today,
    )

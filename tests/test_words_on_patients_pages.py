"""What the product itself says to a patient is said in the words of treatment: no room, guide, journey or environment.

Every page that a patient reaches by links is read, and every email they are sent; names, and what people wrote, are
given words of their own, so that what is found was said by the product.
"""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils.html import strip_tags

from alongside.people.models import Organisation, Person
from alongside.rooms.environment.models import Place
from alongside.rooms.sessions.record.tests.factories import opened
from tests.cast import gather
from tests.furnish import furnish_journey
from tests.promises.forms_everywhere import walk

NOT_A_PATIENTS_WORD = re.compile(r"\b(rooms?|guides?|guided|journeys?|environments?)\b", re.IGNORECASE)
NOT_READ = re.compile(r"<(script|style|textarea)\b.*?</\1>", re.DOTALL)
SAID_IN_ATTRIBUTES = re.compile(r'\b(?:aria-label|title|placeholder|alt|content)="([^"]*)"')
BLOCKS = re.compile(
    r"</?(?:p|li|div|h\d|td|th|tr|dt|dd|label|legend|button|option|summary|section|title)\b[^>]*>"
)
STATES = ("draft", "preparing", "active", "paused", "completed")


def said_on(page: str) -> list[str]:
    """What a reader hears of a page, sentence by sentence or block by block."""
    read = NOT_READ.sub(" ", page)
    spoken = [*SAID_IN_ATTRIBUTES.findall(read), *BLOCKS.split(read)]
    return [" ".join(strip_tags(each).split()) for each in spoken]


def strange_in(sentences: list[str]) -> set[str]:
    return {each for each in sentences if NOT_A_PATIENTS_WORD.search(each)}


@pytest.fixture
def neutral(db):
    """The cast under names that are none of the words."""
    cast = gather()
    Organisation.objects.update(name="Larkfield")
    for number, person in enumerate(Person.objects.all()):
        person.name = f"Ada Number{number}"
        person.save(update_fields=["name"])
    for person in vars(cast).values():
        if isinstance(person, Person):
            person.refresh_from_db()
    return cast


def test_a_patients_pages_and_emails_speak_of_treatment(neutral):
    cast = neutral
    journeys = [furnish_journey(cast, "treatment"), *(cast.journey("treatment", state) for state in STATES)]
    opened(cast, journeys[3])
    for place in Place.objects.all():
        place.name, place.details = "Second floor", "By the lift"
        place.save()
    mail.outbox.clear()
    client = cast.client(cast.participant)
    starts = ["/", "/profile/", "/help/"]
    for journey in journeys:
        names = ("overview:journey", "environment:room", "first_meeting:room", "sessions:room", "ending:room")
        starts += [reverse(name, args=[journey.id]) for name in names]

    strange: dict[str, set[str]] = {}
    paths = set()
    for path, page in walk(client, starts):
        paths.add(path)
        for sentence in strange_in(said_on(page)):
            strange.setdefault(sentence, set()).add(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "#", path))
    for email in mail.outbox:
        if cast.participant.email in email.to:
            for sentence in strange_in([email.subject, *email.body.splitlines()]):
                strange.setdefault(sentence, set()).add("an email")

    assert len(paths) > 60
    assert not strange, "\n".join(f"{said!r} on {sorted(where)}" for said, where in sorted(strange.items()))


def test_the_words_are_found_where_they_are_said():
    page = '<p>Before <b>this</b> journey</p><p aria-label="The room">x</p><textarea>my journey</textarea>'
    assert strange_in(said_on(page)) == {"The room", "Before this journey"}

"""Somebody's own row: it stays, as others' words and acts point at it, and says nothing of who it was."""

from __future__ import annotations

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from alongside.journeys.models import Journey
from alongside.kernel.encryption import seal
from alongside.people.models import Organisation, Person

from ..places import table_of
from . import rows
from .emptying import empty_field

NAME = "name"


def former(person: Person) -> str:
    """How somebody without a name is called from now on, in the language of the installation."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Former member of staff") if person.has_role else _("Former participant")


def names_and_addresses(people: set[UUID], journeys: set[UUID]) -> set[str]:
    """By which what waits to be posted is known as theirs, before they lose them; of a journey that goes its title."""
    found = {text for one in Person.objects.filter(id__in=people) for text in (str(one.name), one.email)}
    users = Person.objects.filter(id__in=people).exclude(user=None)
    found |= set(users.values_list("user__email", flat=True))
    found |= {str(journey.title) for journey in Journey.objects.filter(id__in=journeys)}
    return found - {""}


def take_names(people: set[UUID], counts: Counter[str]) -> None:
    """Name, address, sign-in and roles. A safety notice nobody answers goes to all administrators again."""
    table = table_of("people.Person")
    fields = {words.field for words in table.words} if table else set()
    for person in Person.objects.filter(id__in=people):
        for name in sorted(fields - {NAME}):
            counts[f"people.Person.{name}"] += empty_field(Person, name, [person.id])
        if NAME in fields:
            sealed = seal(Person, NAME, person.id, former(person))
            counts["people.Person.name"] += Person.objects.filter(id=person.id).update(name=sealed)
    Person.objects.filter(id__in=people).update(
        user=None, is_active=False, is_guide=False, is_lead=False, is_administrator=False, known_in=None
    )
    Organisation.objects.filter(safety_reader__in=people).update(safety_reader=None)


def also_them(people: set[UUID]) -> set[UUID]:
    """With the rows that were left behind when an invitation was taken up with a sign-in that was here already."""
    return people | rows._at(Person, "tied_to", people)

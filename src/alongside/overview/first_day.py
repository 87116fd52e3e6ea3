"""What an administrator does before anybody can be invited, and what of it is done. One query."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef

from alongside.journeys.models import JourneyStateRecord
from alongside.journeys.states import JourneyState
from alongside.people.models import EmergencyNumber, Organisation, Person
from alongside.rooms.environment.models import Place
from alongside.rooms.first_meeting.models import AgreementText


@dataclass(frozen=True, slots=True)
class FirstDay:
    """Of each thing whether it is done."""

    guide: bool
    place: bool
    reached: bool
    """A telephone number, and what to do in an emergency."""
    agreement: bool
    """A text of their own, or a journey that went beyond its beginning: somebody has seen what people agree to."""
    email: bool
    """A mail server is set."""

    @property
    def is_over(self) -> bool:
        return self.guide and self.place and self.reached and self.agreement and self.email


def first_day_of(actor: Person) -> FirstDay:
    """For an administrator, about their organisation."""
    here = {"organisation": OuterRef("id")}
    begun = JourneyStateRecord.objects.filter(
        journey__organisation=OuterRef("id"), state=JourneyState.PREPARING
    )
    row = (
        Organisation.objects.annotate(
            has_guide=Exists(Person.objects.filter(is_guide=True, **here)),
            has_place=Exists(Place.objects.filter(retired_at=None, **here)),
            has_number=Exists(EmergencyNumber.objects.filter(**here)),
            has_text=Exists(AgreementText.objects.filter(**here)),
            has_begun=Exists(begun),
        )
        .only("telephone", "emergency_text")
        .get(id=actor.organisation_id)
    )
    return FirstDay(
        guide=row.has_guide,
        place=row.has_place,
        reached=bool(row.telephone and (row.emergency_text or row.has_number)),
        agreement=row.has_text or row.has_begun,
        email=not settings.MAIL_LIES_IN,
    )

"""The true counts of the journeys one guides oneself, for nobody else."""

from __future__ import annotations

from alongside.journeys.models import JourneyMember
from alongside.journeys.states import Part
from alongside.kernel.clock import today
from alongside.people.models import Person

from .figures.definition import Cell, Counts, counts_of
from .star.gathering import facts_of
from .star.making import tables_of
from .star.months import ZONE, last_complete


def counts_for(guide: Person) -> dict[Cell, Counts]:
    """Every figure of this person's own journeys, by the same definition as everybody's."""
    own = JourneyMember.objects.filter(person=guide, part=Part.GUIDE, left_at=None)
    own = own.filter(journey__organisation_id=guide.organisation_id)
    facts = facts_of(own.values_list("journey_id", flat=True))
    return counts_of(tables_of(facts, last=last_complete(today(ZONE))))

"""Which reviews are suggested, noted each night: the rules themselves leave nothing behind that could be counted."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from alongside.goals.measuring.many import alerts_in
from alongside.journeys.queries import seats_of
from alongside.kernel.actions import action
from alongside.kernel.clock import today
from alongside.people.models import Person

from .models import SuggestedReview
from .star.months import ZONE

Suggestion = tuple[UUID, str, str]
"""A journey, the rule that speaks, and what it speaks of."""


@action(unrecorded_because="it notes what the on-track rules say tonight, of nobody's doing")
def note_suggestions(*, by: Person | None) -> None:
    """Note every review that is suggested tonight and was not last night, and which no longer are."""
    open_rows = {
        (row.journey_id, row.rule, row.subject): row
        for row in SuggestedReview.objects.filter(cleared_on=None)
    }
    speaking = set(_speaking())
    day = today(ZONE)
    SuggestedReview.objects.bulk_create(
        SuggestedReview(journey_id=journey, rule=rule, subject=subject, raised_on=day)
        for journey, rule, subject in sorted(speaking - open_rows.keys())
    )
    gone = [row.id for key, row in open_rows.items() if key not in speaking]
    SuggestedReview.objects.filter(id__in=gone).update(cleared_on=day)


def _speaking() -> Iterator[Suggestion]:
    guides = Person.objects.filter(is_guide=True, is_active=True, organisation__is_rehearsal=False)
    guides = guides.select_related("organisation")
    for guide in guides.iterator():
        for journey, alerts in alerts_in(guide, seats_of(guide)).items():
            for alert in alerts:
                if alert.speaks and not alert.finding.is_safety:
                    yield journey, alert.finding.rule, alert.finding.subject

from __future__ import annotations

import datetime as dt
from uuid import UUID

from alongside.kernel.actions import action
from alongside.kernel.clock import now
from alongside.people.models import Person

from .models import Presence

AS_GOOD_AS_NOW = dt.timedelta(seconds=10)
"""Being here is written down at most this often."""


@action(unrecorded_because="that a page stands open is no act, and only its latest moment is kept")
def note_presence(*, journey_id: UUID, by: Person) -> None:
    """Write down that this person has a meeting of the journey open now. Found by one who has a part in it."""
    moment = now()
    if not Presence.objects.filter(journey=journey_id, person=by).update(seen_at=moment):
        row = Presence(journey_id=journey_id, person=by, seen_at=moment)
        Presence.objects.bulk_create([row], ignore_conflicts=True)

"""The door a page that is open knocks at every other second. Words it brings are opened like those on the page."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from alongside.journeys.queries import seat_for
from alongside.kernel.clock import now
from alongside.people.doors import Request, door
from alongside.people.idle import unattended
from alongside.people.openings import Words

from .actions import AS_GOOD_AS_NOW, note_presence
from .pages import here_now, what_changed
from .queries import Pulse, pulse_for
from .rules import may_watch

CHANGED = Words("meeting_record", of=lambda pulse: pulse.record_id)


@unattended
@door(may_watch, load=pulse_for, opens=CHANGED)
def now_(request: Request, pulse: Pulse) -> HttpResponse:
    """204 while nothing has changed since the token the page sends; else what has, words included."""
    assert request.actor
    if pulse.seen_at is None or now() - pulse.seen_at > AS_GOOD_AS_NOW:
        note_presence(journey_id=pulse.journey_id, by=request.actor)
    since = request.GET.get("since", "")
    if since == pulse.token:
        return HttpResponse(status=204)
    return _changed(request, pulse, since)


def _changed(request: Request, pulse: Pulse, since: str) -> HttpResponse:
    found = seat_for(request.actor, journey_id=pulse.journey_id) if request.actor else None
    assert found
    changed = what_changed(found[0], pulse, since)
    return JsonResponse({"token": pulse.token, **changed, **here_now(found[0], pulse)})

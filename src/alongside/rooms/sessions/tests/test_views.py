"""Each door: works, stranger 404, named reader 403, wrong method 405, wrong moment 409; pages at 1 and 3."""

from __future__ import annotations

import pytest
from django.urls import reverse

from .setting import booked, opened, place_of, target

pytestmark = pytest.mark.django_db


def at(door, journey, number=2, *more):
    return reverse(f"sessions:{door}", args=[journey.id, number, *more])


def test_smoke(cast):
    journey = cast.journey()
    opened(cast, journey)
    for t in ("one", "two"):
        target(cast.seat(cast.guide, journey), t)
    for who in (cast.guide, cast.participant):
        r = cast.client(who).get(at("meeting", journey))
        assert r.status_code == 200
        __import__("pathlib").Path(f"/tmp/sess/{who.name.split()[0]}.html").write_bytes(r.content)
        r = cast.client(who).get(reverse("sessions:room", args=[journey.id]))
        assert r.status_code == 200

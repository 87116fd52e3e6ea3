"""The promise: wherever a person in treatment who may be low can write, where help is now comes first.

The pages are found by walking from the person's own, so that a new one is in it by itself.
"""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.overview.tests import build
from alongside.rooms.ending.tests import afterwards
from alongside.rooms.sessions.focusing.actions import begin_focusing
from alongside.rooms.sessions.record.tests.factories import opened
from tests.furnish import furnish_journey
from tests.promises.forms_everywhere import walk

FIRST = 'id="h-crisis"'
BOX = re.compile(r"<textarea|<form[^>]* data-about-oneself")
"""A box for words, or a form that asks how one is."""
LOW, NOT_LOW = "talking-therapy", "low-back-pain"


@pytest.fixture
def journeys(cast):
    """In preparation, under way with a meeting that is being written, and in its ending."""
    preparing, under_way = (cast.journey("treatment", state) for state in ("preparing", "active"))
    build.meeting(cast, preparing, 1, days=2)
    opened(cast, under_way)
    begin_focusing(by=cast.seat(cast.participant, under_way))
    return [preparing, under_way, furnish_journey(cast, "treatment")]


def pages_with_boxes(cast, journeys: list[Journey], who, template: str) -> dict[str, str]:
    found = {}
    for journey in journeys:
        Journey.objects.filter(id=journey.id).update(template=template)
        here = reverse("overview:journey", args=[journey.id])
        starts = [here, f"{here}goals/forms/phq-9/"]
        starts += [f"{here}sessions/{each}/{part}" for each in (2, 3) for part in ("", "questions/")]
        for path, page in walk(cast.client(who), starts, within=here):
            if BOX.search(page):
                found[path] = page
    return found


def test_every_page_on_which_a_person_may_write_says_first_where_help_is(cast, journeys):
    found = pages_with_boxes(cast, journeys, cast.participant, LOW)
    late = {path for path, page in found.items() if not 0 < page.find(FIRST) < BOX.search(page).start()}
    assert not late
    assert all(page.count(FIRST) == 1 for page in found.values())
    for part in (
        "preparation/",
        "/focusing/",
        "sessions/2/",
        "/questions/",
        "goals/forms/phq-9/",
        "/ending/",
    ):
        assert any(part in path for path in found), (part, sorted(found))


@pytest.mark.parametrize(("who", "template"), [("guide", LOW), ("participant", NOT_LOW)])
def test_nobody_else_and_no_other_treatment_has_it(cast, journeys, who, template):
    found = pages_with_boxes(cast, journeys, getattr(cast, who), template)
    assert len(found) > 3
    assert not [path for path, page in found.items() if FIRST in page]


def test_after_the_end_it_comes_first_where_one_is_asked_how_it_is_signed_in_or_by_link(cast):
    journey, _made = afterwards.ended(cast, kind="treatment", template=LOW)
    path = afterwards.link_in(afterwards.come_round()[0])
    with afterwards.on():
        day = afterwards.first_day(cast, journey)
        signed_in = cast.client(cast.participant)
        pages = {
            "answer": signed_in.get(afterwards.address("answer", journey, day.id)),
            "come back": signed_in.get(reverse("own_return_request:own", args=[journey.id])),
            "by link": afterwards.opened(path).get(path),
            "back by link": afterwards.opened(path).get(f"{path}back/"),
        }
        for name, answer in pages.items():
            page = answer.content.decode()
            assert 0 < page.find(FIRST) < BOX.search(page).start(), name

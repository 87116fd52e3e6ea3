"""A meeting has the shape it was booked with or opened as, and its record keeps it as it read then."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from alongside.journeys.actions import enter_state
from alongside.journeys.kinds import KINDS
from alongside.journeys.states import JourneyState
from alongside.rooms.environment.models import Meeting
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.models import MeetingRecord
from alongside.rooms.sessions.record.queries import table_of
from alongside.rooms.sessions.record.shapes import shape_of, shapes_of
from alongside.rooms.sessions.record.tests.factories import booked

pytestmark = pytest.mark.django_db


@pytest.fixture
def journey(cast):
    journey = cast.journey()
    booked(cast, journey)
    return journey


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


def page_of(cast, journey, who="guide"):
    return (
        cast.client(getattr(cast, who))
        .get(reverse("sessions:meeting", args=[journey.id, 2]))
        .content.decode()
    )


def parts_on(page):
    return re.findall(r'<section class="section" id="(review|direction|issues|plan)"', page)


@pytest.mark.parametrize(("asked", "found"), [("", "usual"), ("check-in", "check-in"), ("no-such", "usual")])
def test_the_record_keeps_the_shape_it_was_opened_as(guide, asked, found):
    record = actions.start_meeting(number=2, shape=asked, by=guide)
    assert record.kept_shape["slug"] == found
    assert shape_of(guide, table_of(guide, 2).record).slug == found


def test_a_meeting_opens_as_what_it_was_booked_as_unless_said_otherwise(cast, guide, journey):
    Meeting.objects.update(shape="long-review")
    before = page_of(cast, journey)
    assert re.search(r'value="long-review"[^>]* checked', before)

    record = actions.start_meeting(number=2, by=guide)

    assert record.kept_shape["minutes"] == 90


def test_opening_it_twice_keeps_the_first_shape(guide):
    first = actions.start_meeting(number=2, shape="check-in", by=guide)
    assert actions.start_meeting(number=2, shape="long-review", by=guide).id == first.id
    assert MeetingRecord.objects.get().kept_shape["slug"] == "check-in"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("slug", ["usual", "check-in", "long-review"])
def test_the_page_goes_through_the_parts_in_order_with_their_names_and_prompts(cast, kind, slug):
    journey = cast.journey(kind=kind)
    booked(cast, journey)
    seat = cast.seat(cast.guide, journey)
    cast.client(cast.guide).post(reverse("sessions:start", args=[journey.id, 2]), {"shape": slug})

    page = page_of(cast, journey).replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')

    shape = next(one for one in shapes_of(seat) if one.slug == slug)
    assert parts_on(page) == [part.key for part in shape.parts]
    for part in shape.parts:
        assert str(part.title) in page and str(part.prompt) in page


def test_a_record_reads_as_it_did_when_the_shape_has_changed_since(cast, guide, journey, monkeypatch):
    actions.start_meeting(number=2, shape="check-in", by=guide)
    changed = tuple(
        replace(
            shape, parts=tuple(replace(part, title="Renamed", prompt="Asked anew") for part in shape.parts)
        )
        for shape in guide.kind.meeting_shapes
    )
    monkeypatch.setitem(KINDS, "supervision", replace(guide.kind, meeting_shapes=changed))

    page = page_of(cast, journey)

    assert "Anything in the way?" in page and "Renamed" not in page and "Asked anew" not in page


def test_a_record_opened_before_shapes_were_kept_has_the_usual_one(cast, guide, journey):
    actions.start_meeting(number=2, shape="check-in", by=guide)
    MeetingRecord.objects.update(kept_shape=None)

    assert shape_of(guide, table_of(guide, 2).record) == shapes_of(guide)[0]
    assert parts_on(page_of(cast, journey)) == ["review", "direction", "issues", "plan"]


def test_before_the_meeting_one_chooses_without_having_to(cast, journey):
    page = page_of(cast, journey, "participant")
    assert re.search(r'value="usual"[^>]* checked', page)
    assert "Ten-minute check-in" in page and "Ninety-minute review" in page


# --- the last one ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "booked_as", "offered"),
    [
        (2, None, "last"),
        (1, None, "last"),
        (3, None, "usual"),
        (None, None, "usual"),
        (2, "check-in", "check-in"),
    ],
)
def test_the_last_planned_meeting_is_offered_in_the_shape_of_a_last_one(cast, planned, booked_as, offered):
    journey = cast.journey(planned_meetings=planned)
    booked(cast, journey)
    Meeting.objects.update(shape=booked_as)

    page = page_of(cast, journey)

    assert re.search(rf'value="{offered}"[^>]* checked', page)


@pytest.mark.parametrize("kind", KINDS)
def test_a_last_meeting_leads_to_the_parts_of_the_ending_once_it_is_begun(cast, kind):
    journey = cast.journey(kind=kind)
    booked(cast, journey)
    actions.start_meeting(number=2, shape="last", by=cast.seat(cast.guide, journey))
    before = page_of(cast, journey)

    enter_state(state=JourneyState.ENDING, by=cast.seat(cast.guide, journey))

    page = page_of(cast, journey)
    parts = ("then-and-now", "looking-back", "taking-with-me", "support", "closing")
    assert parts_on(page) == ["direction", "review", "issues", "plan"]
    for part in parts:
        assert f"/ending/{part}/" in page and f"/ending/{part}/" not in before


@pytest.mark.without_ledger("journeys.actions.enter_state")
def test_the_usual_meeting_leads_to_no_part_of_the_ending(cast, journey, guide):
    actions.start_meeting(number=2, by=guide)
    enter_state(state=JourneyState.ENDING, by=guide)

    assert "Finish it together here" not in page_of(cast, journey)

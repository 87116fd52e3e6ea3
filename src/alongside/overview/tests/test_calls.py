"""A call after a missed meeting stands among the guide's things to do until they say that it is done."""

from zoneinfo import ZoneInfo

import pytest
from django.utils.timezone import localtime

from alongside.kernel.clock import now
from alongside.rooms.environment.models import CallToMake

from . import build


@pytest.fixture
def to_call(cast):
    journey = cast.journey(after_missed="call")
    build.under_way(cast, journey, next_in=5)
    meeting = build.meeting(cast, journey, None, days=-1, state="missed")
    return CallToMake.objects.create(journey=journey, meeting=meeting)


def pages_of(cast, who, call):
    return [cast.client(who).get(path).content.decode() for path in ("/", f"/journeys/{call.journey_id}/")]


def test_it_stands_on_today_and_on_the_journeys_page_with_its_button(cast, to_call):
    day = localtime(to_call.meeting.starts_at, ZoneInfo(cast.guide.time_zone))
    done = f"/journeys/{to_call.journey_id}/environment/{to_call.meeting_id}/called/"
    for page in pages_of(cast, cast.guide, to_call):
        assert f"Call {cast.participant.name}: they did not come on {day:%A}" in page
        assert f'action="{done}"' in page
    for page in pages_of(cast, cast.participant, to_call):
        assert done not in page and "did not come" not in page
    sent = {"next": f"/journeys/{to_call.journey_id}/"}
    assert cast.client(cast.guide).post(done, sent)["Location"] == sent["next"]
    to_call.refresh_from_db()
    assert (to_call.done_by_id, to_call.done_at <= now()) == (cast.guide.id, True)
    for page in pages_of(cast, cast.guide, to_call):
        assert "did not come" not in page


def test_the_list_says_that_it_needs_the_guide(cast, to_call):
    page = cast.client(cast.guide).get("/journeys/?show=needs_me").content.decode()
    assert cast.participant.name in page


def test_the_number_to_call_stands_beside_it(cast, to_call):
    cast.participant.telephone = "01632 960333"
    cast.participant.save()
    page = cast.client(cast.guide).get(f"/journeys/{to_call.journey_id}/").content.decode()
    assert "01632 960333" in page

"""The story of a long journey on paper: sixty meetings, each with everything there is, and pages of words."""

from __future__ import annotations

import io
import re
import time

import pytest
from django.urls import reverse
from pypdf import PdfReader

from alongside.goals.actions import plan_step
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.tests.factories import booked, closing, target

pytestmark = pytest.mark.django_db

MEETINGS = 60
LONG = "We looked at the week day by day, and at what had been in the way of it each time. " * 12
SECONDS = 20
"""Set in 1.2 s on the machine this was written on, 85 pages; whoever waits very much longer presses twice."""


@pytest.fixture
def journey(cast):
    journey = cast.journey(planned_meetings=MEETINGS + 1)
    booked(cast, journey, 1, state="held", days=-7 * MEETINGS)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    aim = target(guide)
    for number in range(2, MEETINGS + 2):
        booked(cast, journey, number, days=-7 * (MEETINGS + 1 - number))
        actions.start_meeting(number=number, by=guide)
        for name in ("review", "direction", "issues", "plan"):
            text = f"{name}-of-{number}. {LONG}"
            actions.write_in_box(number=number, name=name, text=text, version=0, by=guide)
        actions.write_in_box(number=number, name="summary", text=f"sum-{number}", version=0, by=participant)
        actions.write_in_box(number=number, name="private", text="guides-private", version=0, by=guide)
        plan_step(text=f"step-{number}", owner=cast.participant, target=aim, planned_in=number, by=guide)
        actions.close_meeting(number=number, closing=closing(guide), by=guide)
        actions.confirm_meeting(number=number, by=participant)
    return journey


def test_the_story_of_sixty_meetings_is_one_paper(cast, journey):
    begun = time.monotonic()
    answer = cast.client(cast.participant).get(reverse("reading:story_paper", args=[journey.id]))
    took = time.monotonic() - begun

    paper = PdfReader(io.BytesIO(answer.content))
    # the number at the foot of a page would come between two words
    said = [re.sub(r"\d+ / \d+\s*$", "", page.extract_text()) for page in paper.pages]
    whole = " ".join(" ".join(said).split())
    assert answer.status_code == 200 and took < SECONDS, f"{took:.1f} s"
    assert MEETINGS < len(said) < 6 * MEETINGS, len(said)
    for number in range(2, MEETINGS + 2):
        for words in (f"review-of-{number}.", f"plan-of-{number}.", f"sum-{number}", f"step-{number}"):
            assert words in whole, f"{words} is not on the paper"
    assert whole.count("in the way of it each time.") == MEETINGS * 4 * 12, "nothing is cut off"
    assert "guides-private" not in whole
    assert bool(paper.trailer["/Root"]["/MarkInfo"]["/Marked"].value)
    assert str(cast.guide.name) in whole and "Printed on" in whole

"""Bringing an earlier version back where the moment has passed, and after any edits of two people."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys import words as writing
from alongside.journeys.models import Words, WordsVersion
from alongside.rooms.first_meeting import actions as first_meeting
from alongside.rooms.first_meeting import boxes as first_boxes
from alongside.rooms.first_meeting.queries import agreement_in_force
from alongside.rooms.sessions.record import actions as sessions
from alongside.rooms.sessions.record.tests.factories import booked, closing, opened
from tests.furnish import furnish_journey
from tests.html_forms import forms_of
from tests.sizes import many

pytestmark = pytest.mark.django_db


def brings_back(cast, who, words, number, door):
    """The form on the page of that version, sent as it is."""
    address = reverse("overview:version", args=[words.journey_id, words.id, number])
    (form,) = (one for one in forms_of(cast.client(who), f"{address}?to={door}") if one.action == door)
    return form.send(cast.client(who))


def test_in_a_closed_record_it_becomes_an_addition_and_the_record_stands(cast):
    journey = cast.journey()
    booked(cast, journey, 1, state="held", days=-14)
    opened(cast, journey)
    guide, participant = (cast.seat(who, journey) for who in (cast.guide, cast.participant))
    box = {"number": 2, "name": "plan"}
    sessions.write_in_box(**box, text="Walk in the mornings.", version=0, by=guide)
    sessions.write_in_box(**box, text="Swim.", version=1, by=guide)
    words = Words.objects.get(journey=journey, box="plan")
    sessions.close_meeting(number=2, closing=closing(guide), by=guide)
    sessions.confirm_meeting(number=2, by=participant)

    brings_back(cast, cast.participant, words, 1, reverse("sessions:write", args=[journey.id, 2, "plan"]))

    words.refresh_from_db()
    assert str(words.text) == "Swim."
    (added,) = Words.objects.filter(journey=journey, place="meeting_record_late")
    assert added.author == cast.participant and "Walk in the mornings" in str(added.text)


def test_in_an_agreement_that_was_proposed_meanwhile_it_is_kept_for_the_one_who_wanted_it(cast):
    journey = furnish_journey(cast, "supervision")
    guide = cast.seat(cast.guide, journey)
    in_force = agreement_in_force(guide)
    version = first_meeting.reopen_agreement(version=in_force, by=guide)
    key = guide.kind.agreement[0].key
    for known, text in enumerate(("First said so.", "Then said so.")):
        stands = Words.objects.filter(place=first_boxes.AGREEMENT, subject_id=version.id, box=key).first()
        version_known = stands.version if stands else known
        section = {"version": version, "key": key, "text": text, "known": version_known, "base": None}
        first_meeting.write_section(**section, by=guide)
    words = Words.objects.get(place=first_boxes.AGREEMENT, subject_id=version.id, box=key)
    older = next(one for one in WordsVersion.objects.filter(words=words) if "First said so." in str(one.text))
    first_meeting.propose_agreement(version=version, by=guide)

    door = reverse("first_meeting:write_section", args=[journey.id, version.number, key])
    brings_back(cast, cast.participant, words, older.version, door)

    words.refresh_from_db()
    assert str(words.text) == "Then said so."
    (kept,) = Words.objects.filter(place=first_boxes.LATE, subject_id=version.id)
    assert (kept.author, kept.visibility) == (cast.participant, "mine")
    assert "First said so." in str(kept.text)


WORDS = st.lists(st.sampled_from(["ash", "birch", "elm", "fir", "oak", "yew"]), max_size=6).map(" ".join)
EDITS = st.lists(st.tuples(st.booleans(), WORDS, st.integers(0, 3)), min_size=2, max_size=8)


@settings(
    max_examples=many(30, 600),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    derandomize=True,
)
@given(edits=EDITS, which=st.integers(0, 100), turn=st.integers(0, 10_000))
def test_after_any_edits_of_two_it_stands_as_it_was_and_every_version_stays(cast, edits, which, turn):
    """Edits come late, too: `back` is how many versions ago the writer last looked."""
    journey = cast.journey()
    seats = [cast.seat(who, journey) for who in (cast.guide, cast.participant)]
    box = first_boxes.shared_notes(seats[0])
    for by_guide, text, back in edits:
        row = Words.objects.filter(journey=journey).first()
        known = max(0, (row.version if row else 0) - back)
        writing.write(box=box, text=text, version=known, by=seats[0 if by_guide else 1])
    words = Words.objects.filter(journey=journey).first()
    if words is None or words.version < 2:
        return
    before = {one.version: str(one.text) for one in WordsVersion.objects.filter(words=words)}
    number = 1 + which % (words.version - 1)
    if before[number] == str(words.text):
        return

    writing.write(box=box, text=before[number], version=words.version, by=seats[turn % 2])

    words.refresh_from_db()
    assert str(words.text) == before[number]
    after = {one.version: str(one.text) for one in WordsVersion.objects.filter(words=words)}
    assert after == before | {words.version: before[number]}

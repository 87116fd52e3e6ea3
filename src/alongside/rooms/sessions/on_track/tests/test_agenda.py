"""A finding on the agenda of the next meeting: its numbers, for both to read, and not the rule."""

import datetime as dt
from decimal import Decimal as D

import pytest
from django.urls import reverse

from alongside.goals.measuring.queries import tracked
from alongside.goals.models import Reading
from alongside.journeys.words import write
from alongside.kernel.clock import today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.rooms.sessions.on_track import actions
from alongside.rooms.sessions.record import boxes, queries
from alongside.rooms.sessions.record.tests.factories import target

DAYS = dt.timedelta(days=1)


@pytest.fixture
def journey(cast):
    return cast.journey("treatment")


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def worse(guide):
    """Four scores that got worse, and so two findings."""
    from alongside.goals.actions import take_reading

    aim = target(guide, difference="My mood", measure="phq-9")
    day = today("Europe/London")
    Reading.objects.update(value=D(12), taken_on=day - 21 * DAYS)
    for place, value in enumerate((13, 14, 18), start=1):
        take_reading(target=aim, value=D(value), taken_on=day - (21 - 7 * place) * DAYS, by=guide)
    return aim


def box(journey, seat):
    return boxes.for_next_time(journey.id, queries.number_to_come(seat))


def put(cast, journey, target, who=None, rule="N1"):
    return cast.client(who or cast.guide).post(
        reverse("sessions:add_finding", args=[journey.id]), {"rule": rule, "subject": str(target.id)}
    )


def test_finding_stands_for_next_time_below_what_stands_there(cast, journey, guide, worse):
    participant = cast.seat(cast.participant, journey)
    write(box=box(journey, guide), text="Ask about the garden", version=0, by=participant)

    assert put(cast, journey, worse).url == reverse("goals:on_track", args=[journey.id])
    put(cast, journey, worse)

    first, *more = queries.words_in(participant, box(journey, guide)).text.splitlines()
    assert first == "Ask about the garden"
    (line,) = more
    assert line.startswith("My mood: 12 of 27 on ") and ", 18 of 27 on " in line
    assert "N1" not in line and "worse" not in line


def test_only_the_guide_puts_a_finding_on_the_agenda(cast, journey, worse):
    codes = [
        put(cast, journey, worse, who).status_code
        for who in (cast.participant, cast.supporter, cast.stranger)
    ]
    assert codes == [403, 403, 404]
    url = reverse("sessions:add_finding", args=[journey.id])
    assert cast.client(cast.guide).get(url).status_code == 405
    with pytest.raises(Refused):
        finding = tracked(cast.seat(cast.guide, journey)).alerts[0].finding
        actions.put_on_agenda(finding=finding, by=cast.seat(cast.participant, journey))


def test_finding_that_no_longer_holds_is_not_put_there(cast, journey, guide, worse):
    sent = put(cast, journey, worse, rule="N4")
    assert sent.status_code == 302 and queries.words_in(guide, box(journey, guide)) is None


def test_nothing_is_written_when_it_cannot_be_recorded(guide, journey, worse, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        actions.put_on_agenda(finding=tracked(guide).alerts[0].finding, by=guide)
    assert queries.words_in(guide, box(journey, guide)) is None


@pytest.mark.without_ledger("rooms.sessions.on_track.actions.put_on_agenda")
def test_it_is_recorded_without_words(cast, journey, worse):
    put(cast, journey, worse)
    entry = Entry.objects.get(event="finding.on_agenda")
    assert entry.detail == {"rule": "N1"}


def test_button_says_what_both_will_read(cast, journey, worse):
    page = cast.client(cast.guide).get(reverse("goals:on_track", args=[journey.id])).content.decode()
    assert "Add to the next appointment" in page and "My mood: 12 of 27 on" in page

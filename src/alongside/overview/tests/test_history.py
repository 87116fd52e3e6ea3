"""Earlier versions of words: who reads them, what is shown, and bringing one back."""

import datetime as dt
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.journeys import words as writing
from alongside.journeys.comparing import woven
from alongside.journeys.history import SHOWN, earlier, history_of
from alongside.journeys.models import Visibility, Words, WordsVersion
from alongside.journeys.words import Box
from alongside.kernel import clock
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.overview.pages.history import SAVES_WORDS, door_in
from alongside.rooms.first_meeting import boxes
from tests.addresses import addresses
from tests.furnish import furnish_journey

MINUTE = dt.timedelta(minutes=1)


def box(journey, *, own=False, visibility=Visibility.OURS) -> Box:
    return Box(boxes.NOTES, journey.id, boxes.SHARED, visibility, own)


def writes(cast, who, journey, text, **shape) -> Words:
    at = box(journey, **shape)
    found = Words.objects.filter(subject_id=journey.id, author=who if at.own else None).first()
    seat = cast.seat(who, journey)
    writing.write(box=at, text=text, version=found.version if found else 0, by=seat)
    return Words.objects.get(subject_id=journey.id, author=who if at.own else None)


def there(words, number=None, to="") -> str:
    parts = [words.journey_id, words.id, *([number] if number else [])]
    url = reverse("overview:version" if number else "overview:history", args=parts)
    return f"{url}?to={to}" if to else url


def door(journey) -> str:
    return reverse("first_meeting:words", args=[journey.id, boxes.SHARED])


@pytest.fixture
def journey(cast):
    return cast.journey()


@pytest.fixture
def words(cast, journey):
    """Written by the guide, twenty minutes later by the participant, and a day later by the guide."""
    start = now()
    for minutes, who, text in (
        (0, cast.guide, "We begin with walking."),
        (20, cast.participant, "We begin with walking and swimming."),
        (1440, cast.guide, "We begin with swimming."),
    ):
        with clock.at(start + minutes * MINUTE):
            found = writes(cast, who, journey, text)
    return found


# --- who reads it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("guide", 200),
        ("participant", 200),
        ("supporter", 404),
        ("colleague", 404),
        ("lead", 404),
        ("administrator", 404),
        ("stranger", 404),
    ],
)
def test_who_reads_how_shared_words_came_to_be(cast, words, who, status):
    browser = cast.client(getattr(cast, who))
    assert browser.get(there(words)).status_code == status
    assert browser.get(there(words, 1)).status_code == status
    assert browser.post(there(words)).status_code == 405


def test_what_is_marked_for_somebody_is_read_as_it_stands(cast, words):
    words.visibility = Visibility.NAMED
    words.save()
    words.named_for.add(words.journey.members.get(person=cast.supporter))
    assert cast.client(cast.supporter).get(there(words)).status_code == 403


def test_private_words_have_a_history_for_their_author_alone(cast, journey):
    for text in ("A first thought", "A second thought"):
        mine = writes(cast, cast.guide, journey, text, own=True, visibility=Visibility.MINE)
    assert cast.client(cast.guide).get(there(mine)).status_code == 200
    assert cast.client(cast.participant).get(there(mine)).status_code == 404


def test_what_was_private_stays_private_when_it_is_shared_later(cast, journey):
    for text in ("It is all his fault", "I was angry"):
        mine = writes(cast, cast.participant, journey, text, own=True, visibility=Visibility.MINE)
    writing.share(place=boxes.NOTES, subject_id=journey.id, by=cast.seat(cast.participant, journey))
    guide = cast.client(cast.guide)
    for url in (there(mine), there(mine, 2)):
        page = guide.get(url).content.decode()
        assert "I was angry" in page and "his fault" not in page
    assert guide.get(there(mine, 1)).status_code == 404
    assert "his fault" in cast.client(cast.participant).get(there(mine, 1)).content.decode()
    writes(cast, cast.participant, journey, "I was angry, and tired", own=True)
    assert "and tired" in guide.get(there(mine)).content.decode()
    assert "his fault" not in guide.get(there(mine)).content.decode()


def test_of_versions_of_which_nobody_knows_any_more_only_their_author_reads(cast, journey):
    mine = writes(cast, cast.participant, journey, "Long ago", own=True)
    WordsVersion.objects.filter(words=mine).update(visibility="")
    assert history_of(cast.seat(cast.guide, journey), mine).versions == ()
    assert len(history_of(cast.seat(cast.participant, journey), mine).versions) == 1


def test_words_entered_in_error_have_no_history_to_read(cast, words):
    words.entered_in_error_at, words.entered_in_error_by = now(), cast.guide
    words.save()
    for who in (cast.guide, cast.participant):
        assert cast.client(who).get(there(words)).status_code == 404
        assert cast.client(who).get(there(words, 1)).status_code == 404


def test_opening_it_is_recorded_once_a_login_session(cast, words):
    browser = cast.client(cast.participant)
    browser.get(there(words))
    browser.get(there(words, 1))
    assert Opening.objects.filter(subject_id=words.id, person_id=cast.participant.id).count() == 1


# --- what it shows -----------------------------------------------------------------------------------------


def test_saves_of_one_login_session_are_one_line(cast, journey):
    start = now()
    for second in range(30):
        with clock.at(start + dt.timedelta(seconds=5 * second)):
            words = writes(cast, cast.guide, journey, "word " * (second + 1))
    versions = history_of(cast.seat(cast.guide, journey), words).versions
    assert [(each.number, each.before) for each in versions] == [(30, "")]


def test_each_login_session_shows_what_came_and_what_went(cast, words):
    page = cast.client(cast.guide).get(there(words)).content.decode()
    assert len(re.findall('<li class="entry">', page)) == 3
    plain = unescape(re.sub(r"<[^>]+>", "", page))
    assert "[new: and swimming.]" in plain.replace("  ", " ") or "[added:" in plain
    assert "[removed:" in plain and "current version" in plain


def test_a_long_history_says_that_there_is_more(cast, journey):
    start = now()
    for day in range(SHOWN + 3):
        with clock.at(start + dt.timedelta(days=day)):
            words = writes(cast, cast.guide, journey, f"Day {day}")
    history = history_of(cast.seat(cast.guide, journey), words)
    assert history.more and len(history.versions) == SHOWN
    assert history.versions[-1].before == "Day 2"


def test_very_long_words_are_not_compared_word_by_word(cast, journey):
    start = now()
    for day in range(2):
        with clock.at(start + dt.timedelta(days=day)):
            words = writes(cast, cast.guide, journey, f"{day} " * 90_000)
    page = cast.client(cast.guide).get(there(words)).content.decode()
    assert "Too long to show the changes" in page and len(page) < 40_000


def test_it_asks_as_often_for_one_and_three(cast, words, journey):
    browser = cast.client(cast.guide)

    def asked() -> int:
        browser.get(there(words))
        with CaptureQueriesContext(connection) as found:
            assert browser.get(there(words)).status_code == 200
        return len(found)

    three = asked()
    WordsVersion.objects.filter(words=words, version__lt=3).delete()
    assert asked() == three


# --- bringing it back --------------------------------------------------------------------------------------


def sent(page: str) -> tuple[str, dict[str, str]]:
    """The form on the page of a version: where it goes, and what it sends."""
    form = re.search(r'<form method="post" action="(/journeys/[^"]+)" class="mt-4">(.*?)</form>', page, re.S)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(text|version|base)" value="([^"]*)"', form[2]))
    return form[1], {name: unescape(value) for name, value in fields.items()}


def test_an_earlier_version_is_brought_back_and_nothing_is_lost(cast, words, journey):
    browser = cast.client(cast.guide)
    url, fields = sent(browser.get(there(words, 1, to=door(journey))).content.decode())
    assert browser.post(url, fields).status_code == 302
    words.refresh_from_db()
    assert (str(words.text), words.version) == ("We begin with walking.", 4)
    assert "swimming" in cast.client(cast.participant).get(there(words, 3)).content.decode()


def test_what_the_other_wrote_meanwhile_stays(cast, words, journey):
    browser = cast.client(cast.guide)
    url, fields = sent(browser.get(there(words, 1, to=door(journey))).content.decode())
    writes(cast, cast.participant, journey, "We begin with swimming.\n\nAnd on Mondays we rest.")
    browser.post(url, fields)
    words.refresh_from_db()
    assert "walking" in str(words.text) and "on Mondays we rest" in str(words.text)


def test_how_it_stands_now_need_not_be_brought_back(cast, words, journey):
    page = cast.client(cast.guide).get(there(words, 3, to=door(journey))).content.decode()
    assert "This is the current version" in page and "Restore this version" not in page


def test_in_a_journey_that_is_over_it_is_only_read(cast):
    journey = cast.journey(state="active")
    words = writes(cast, cast.guide, journey, "One")
    words = writes(cast, cast.guide, journey, "Two")
    from alongside.journeys.models import JourneyStateRecord

    for state in ("ending", "completed"):
        JourneyStateRecord.objects.create(journey=journey, state=state, by=cast.guide)
    page = cast.client(cast.guide).get(there(words, 1, to=door(journey))).content.decode()
    assert (
        "One" in page and "Its words can be read, not changed." in page and "Restore this version" not in page
    )


def test_a_link_makes_no_other_action_of_it(cast, journey):
    seat = cast.seat(cast.guide, journey)
    other = cast.journey()
    assert door_in(seat, door(journey)) == door(journey)
    for to in (
        door(other),
        reverse("ending:begin", args=[journey.id]),
        f"https://elsewhere.example/journeys/{journey.id}/",
        f"/journeys/{journey.id}/nowhere/",
        "",
    ):
        assert door_in(seat, to) == ""


def test_the_doors_that_save_words_are_there():
    named = {each.name: each for each in addresses()}
    assert set(named) >= SAVES_WORDS
    assert all("POST" in named[name].door.methods for name in SAVES_WORDS)


def test_every_box_one_writes_in_is_saved_through_one_of_them(cast):
    """Walked from the pages, so that a new box can't be left out."""
    journey = furnish_journey(cast, "treatment")
    found = set()
    for who in (cast.guide, cast.participant):
        browser = cast.client(who)
        for path in (
            "first-meeting/",
            "first-meeting/preparation/",
            "sessions/",
            "sessions/3/",
            "ending/closing/",
        ):
            page = browser.get(f"/journeys/{journey.id}/{path}").content.decode()
            found |= set(re.findall(r'<form class="words" method="post" action="([^"]+)"', page))
    assert len(found) > 8
    assert {resolve(url).view_name for url in found} <= SAVES_WORDS


def test_every_box_of_an_ending_leads_to_what_it_was(cast):
    journey = furnish_journey(cast, "treatment")
    door = reverse("ending:words", args=[journey.id, "remains"])
    browser = cast.client(cast.guide)
    closing = reverse("ending:closing", args=[journey.id])
    for version, text in enumerate(("The chair", "The old chair")):
        browser.post(door, {"text": text, "version": version})
    assert "Earlier versions" in browser.get(closing).content.decode()


def test_a_box_leads_there_once_there_is_something_earlier(cast, journey):
    seat = cast.seat(cast.guide, journey)
    assert earlier(seat, None) == ""
    assert earlier(seat, writes(cast, cast.guide, journey, "One"), door(journey)) == ""
    words = writes(cast, cast.guide, journey, "Two")
    assert earlier(seat, words, door(journey)).startswith(there(words))


# --- comparing ---------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab \n"), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_both_texts_can_be_read_from_what_is_woven(before, after):
    changes = woven(before, after)
    assert "".join(c.text for c in changes if not c.went).split() == after.split()
    assert "".join(c.text for c in changes if not c.came).split() == before.split()

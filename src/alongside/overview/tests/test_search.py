"""Looking for words: everything one may read, nothing else, and nothing kept of it."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.models import Step, StepStateRecord
from alongside.journeys import visibility
from alongside.journeys.models import JourneyMember, Visibility, Words
from alongside.journeys.queries import seats_of
from alongside.kernel.clock import now
from alongside.ledger.models import Opening
from alongside.overview.search import search_words
from alongside.rooms.ending.contributions.actions import Content, add_entry, remove_entry
from alongside.rooms.ending.contributions.states import Sort
from alongside.rooms.ending.follow_up.models import FollowUpAnswer
from alongside.rooms.ending.tests.afterwards import ended, first_day
from alongside.rooms.ending.tests.furniture import begun, support
from alongside.rooms.sessions.focusing.models import FocusingAct
from alongside.rooms.sessions.record import boxes
from alongside.rooms.sessions.record.models import Issue, IssueStateRecord, MeetingRecord

from . import build

SEARCH = reverse("overview:search")


def written(journey, text, *, author=None, who_reads=Visibility.OURS, box="notes", **more) -> Words:
    return Words.objects.create(
        journey=journey,
        place="first_meeting",
        subject_id=journey.id,
        box=box,
        author=author,
        visibility=who_reads,
        text=text,
        version=1,
        edited_at=now(),
        **more,
    )


def texts(found) -> list[str]:
    return [hit.text.text for _seat, hits in found.by_seat for hit in hits]


def test_it_finds_names_needs_targets_steps_and_notes_where_they_stand(cast):
    journey = cast.journey(title="The spring of the heron")
    build.goals(cast, journey)
    meeting = build.meeting(cast, journey, 2, days=-7, state="held")
    build.record(cast, meeting, "closed", summary="She saw the heron by the lake.")
    found = cast.client(cast.guide).post(SEARCH, {"words": "HERON"})
    assert found.status_code == 200
    page = found.content.decode()
    assert "Found in 2 places." in page
    assert page.count("<mark>heron</mark>") == 2
    assert reverse("sessions:meeting", args=[journey.id, 2]) in page
    for words, address in (
        ("to sleep", reverse("first_meeting:goals", args=[journey.id])),
        ("step 0.0", reverse("overview:journey", args=[journey.id])),
        (cast.participant.name, reverse("overview:journey", args=[journey.id])),
    ):
        answer = cast.client(cast.guide).post(SEARCH, {"words": words}).content.decode()
        assert "Found in 1 place." in answer, words
        assert address in answer


@pytest.mark.parametrize(
    "who", ["guide", "participant", "supporter", "colleague", "lead", "administrator", "stranger"]
)
def test_over_many_journeys_it_reads_what_may_be_read_in_each(cast, who):
    """The condition over all journeys says for every piece of words what the one for its journey says."""
    people = [None, cast.guide, cast.participant, cast.supporter]
    for journey in (cast.journey(), cast.journey(kind="treatment", state="completed")):
        supporter = JourneyMember.objects.get(journey=journey, person=cast.supporter)
        for number, (author, reads, error) in enumerate(product(people, Visibility, (None, now()))):
            if author is None and reads == Visibility.MINE:
                continue
            words = written(
                journey,
                f"pelican {number}",
                author=author,
                who_reads=reads,
                box=f"box-{number}",
                entered_in_error_at=error,
                entered_in_error_by=cast.guide if error else None,
            )
            if number % 3 == 0:
                words.named_for.add(supporter)
    actor = getattr(cast, who)
    seats = seats_of(actor)
    expected = {
        words.id for seat in seats for words in Words.objects.all() if visibility.may_read(seat, words)
    }
    across = Words.objects.filter(visibility.readable_across(seats)).distinct()
    assert set(across.values_list("id", flat=True)) == expected
    assert len(texts(search_words(actor, "pelican"))) == len(expected)
    assert bool(expected) == (who in ("guide", "participant", "supporter"))


def test_somebody_without_a_part_finds_nothing_of_theirs(cast):
    journey = cast.journey(title="The spring of the heron")
    build.goals(cast, journey)
    for who in ("colleague", "lead", "administrator", "stranger"):
        page = cast.client(getattr(cast, who)).post(SEARCH, {"words": "sleep"}).content.decode()
        assert "Nothing found" in page
        assert cast.participant.name not in page


def test_case_accents_and_scripts_do_not_matter(cast):
    journey = cast.journey()
    for number, text in enumerate(("Café Élan", "STRASSE nach Süden", "ﬁne print", "أهلاً وسهلاً", "𝒻ancy")):
        written(journey, text, box=f"box-{number}")
    for asked, expected in (
        ("cafe elan", "Café Élan"),
        ("straße", "STRASSE nach Süden"),
        ("süden STRASSE", "STRASSE nach Süden"),
        ("fine", "ﬁne print"),
        ("اهلا", "أهلاً وسهلاً"),
    ):
        assert texts(search_words(cast.guide, asked)) == [expected], asked


def test_the_words_around_come_from_the_text_as_it_was_written(cast):
    long = "x" * 500 + " Ein Gruß aus Köln! " + "y" * 500
    written(cast.journey(), long)
    ((_seat, (hit,)),) = search_words(cast.guide, "koln").by_seat
    assert hit.match == "Köln"
    assert hit.before.startswith("… ") and hit.before.endswith("Gruß aus ")
    assert hit.after.startswith("! y") and hit.after.endswith(" …")
    assert hit.before.removeprefix("… ") + hit.match + hit.after.removesuffix(" …") in long


def test_showing_words_is_recorded_once_in_a_login_session_and_names_are_no_words(cast):
    journey = cast.journey()
    written(journey, "The heron")
    browser = cast.client(cast.guide)
    browser.post(SEARCH, {"words": cast.participant.name})
    assert not Opening.objects.exists()
    for _twice in range(2):
        browser.post(SEARCH, {"words": "heron"})
    (opening,) = Opening.objects.all()
    assert (opening.person_id, opening.journey_id, opening.subject_kind) == (
        cast.guide.id,
        journey.id,
        "overview.search",
    )


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Please type what you are looking for."), ("a", "at least two characters")]
)
def test_too_little_to_look_for_comes_back_with_a_sentence(cast, typed, said):
    answer = cast.client(cast.guide).post(SEARCH, {"words": typed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_what_is_found_is_harmless(cast):
    written(cast.journey(), "<script>alert('heron')</script>")
    page = cast.client(cast.guide).post(SEARCH, {"words": "<script> heron"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_more_than_is_shown_is_said(cast, monkeypatch):
    monkeypatch.setattr("alongside.overview.search.MOST", 2)
    journey = cast.journey()
    for number in range(3):
        written(journey, "heron", box=f"box-{number}")
    found = search_words(cast.guide, "heron")
    assert (found.count, found.more) == (2, True)
    assert (
        "There are more results." in cast.client(cast.guide).post(SEARCH, {"words": "heron"}).content.decode()
    )


def test_it_asks_as_much_for_three_journeys_as_for_one(cast):
    written(cast.journey(), "egret")
    # the first opening of a login session gives it the name under which openings are recorded
    cast.client(cast.guide).post(SEARCH, {"words": "egret"})
    counts = []
    for journeys in (1, 2):
        for _each in range(journeys):
            journey = cast.journey()
            build.goals(cast, journey, targets=journeys)
            written(journey, "heron")
        browser = cast.client(cast.guide)
        browser.post(SEARCH, {"words": "nothing like it"})
        with CaptureQueriesContext(connection) as asked:
            assert browser.post(SEARCH, {"words": "heron"}).status_code == 200
        counts.append(len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]))
    assert counts[0] == counts[1]
    assert counts[0] <= 18


def test_a_note_kept_for_a_meeting_leads_to_it(cast):
    journey = cast.journey()
    box = boxes.before(journey.id, 3)
    Words.objects.create(
        journey=journey,
        place=box.place,
        subject_id=box.subject_id,
        box=box.name,
        visibility=Visibility.OURS,
        text="Ask about the heron",
        version=1,
        edited_at=now(),
    )
    page = cast.client(cast.participant).post(SEARCH, {"words": "heron"}).content.decode()
    assert reverse("sessions:meeting", args=[journey.id, 3]) in page


# --- what came since: issues, steps in words, endings, answers --------------------------------------------


def found_by(cast, who, word) -> list[str]:
    return texts(search_words(getattr(cast, who), word))


EVERYBODY = ("guide", "participant", "supporter", "colleague", "lead", "administrator", "stranger")


def finders(cast, word) -> set[str]:
    """Who finds it, and that everybody was asked."""
    return {who for who in EVERYBODY if found_by(cast, who, word)}


def test_issues_and_what_became_of_them_are_found_at_their_meeting(cast):
    journey = cast.journey()
    build.record(cast, build.meeting(cast, journey, 4, days=-7, state="held"), "closed")
    record = MeetingRecord.objects.get(journey=journey, number=4)
    issue = Issue.objects.create(
        journey=journey, record=record, text="The heron wakes me", raised_by=cast.guide
    )
    IssueStateRecord.objects.create(issue=issue, state="let_be", word="No egret after all", by=cast.guide)
    assert finders(cast, "heron") == finders(cast, "egret") == {"guide", "participant"}
    page = cast.client(cast.participant).post(SEARCH, {"words": "heron"}).content.decode()
    assert reverse("sessions:meeting", args=[journey.id, 4]) in page


def test_what_was_said_of_a_step_is_found(cast):
    journey = cast.journey()
    build.goals(cast, journey)
    step = Step.objects.filter(journey=journey).first()
    StepStateRecord.objects.create(step=step, state="partly", word="The heron was there", by=cast.participant)
    FocusingAct.objects.create(step=step, support="An egret", obstacle="", success_sign="A stork")
    for word in ("heron", "egret", "stork"):
        assert finders(cast, word) == {"guide", "participant"}


def test_entries_of_an_ending_are_found_as_they_stand(cast):
    journey = begun(cast)
    seat = cast.seat(cast.guide, journey)
    entry = add_entry(sort=Sort.STRATEGY, content=Content(what="A heron", then="I wait"), by=seat)
    support(seat)
    assert finders(cast, "heron") == finders(cast, "wait") == {"guide", "participant"}
    page = cast.client(cast.guide).post(SEARCH, {"words": "next door"}).content.decode()
    assert reverse("ending:support", args=[journey.id]) in page
    remove_entry(entry=entry, by=cast.seat(cast.guide, journey))
    assert finders(cast, "heron") == set()


@pytest.mark.parametrize(("readers", "who"), [("mine", {"participant"}), ("ours", {"guide", "participant"})])
def test_answers_after_the_end_are_found_by_those_who_read_them(cast, readers, who):
    journey, _needs = ended(cast)
    FollowUpAnswer.objects.create(
        follow_up=first_day(cast, journey),
        helping="yes",
        words="The heron came back",
        doing="An egret, too",
        readers=readers,
        way="signed_in",
        by=cast.participant,
    )
    assert finders(cast, "heron") == finders(cast, "egret") == who


def test_words_in_arabic_and_japanese_are_found(cast):
    journey = cast.journey()
    written(journey, "نلتقي عند البحيرة كل أسبوع")
    written(journey, "湖のほとりで会いましょう", box="other")
    assert finders(cast, "البحيرة") == finders(cast, "ほとり") == {"guide", "participant"}


@pytest.mark.parametrize("typed", ["\u0301\u0302", "\u0651 \u0651", "h\u0301"])
def test_accents_alone_ask_for_nothing(cast, typed):
    journey = cast.journey()
    written(journey, "heron")
    answer = cast.client(cast.guide).post(SEARCH, {"words": typed})
    assert answer.status_code == 422 and "at least two characters" in answer.content.decode()
    assert search_words(cast.guide, "\u0301").count == 0


def test_a_word_of_nothing_but_accents_beside_another_is_passed_over(cast):
    written(cast.journey(), "The heron by the lake")
    ((_seat, (hit,)),) = search_words(cast.guide, "heron \u0301").by_seat
    assert hit.match == "heron"


@pytest.mark.parametrize(
    ("stands", "sought"),
    [
        ("Łukasz Wałęsa", "Lukasz"),
        ("Đorđe Petrović", "Djordje"),
        ("Işıl Yıldız", "Isil Yildiz"),
        ("Siobhán O’Brien", "O'Brien"),
        ("Anne\u2011Marie", "Anne-Marie"),
        ("re\u00adview of the plan", "review"),
        ("林 美玲", "林"),
        ("Müller", "Mueller"),
    ],
)
def test_a_name_is_found_as_one_types_it_in_the_search_and_in_the_list(cast, stands, sought):
    journey = cast.journey(title=stands)
    browser = cast.client(cast.guide)
    found = browser.post(SEARCH, {"words": sought})
    assert found.status_code == 200 and "Found in 1 place." in found.content.decode()
    for asked, rows in ((sought, 1), ("Nobody", 0)):
        page = browser.get(reverse("overview:journeys"), {"name": asked}).content.decode()
        assert (f'href="/journeys/{journey.id}/"' in page) == bool(rows)


def test_two_letters_are_asked_for_where_one_is_no_word(cast):
    cast.journey()
    answer = cast.client(cast.guide).post(SEARCH, {"words": "a"})
    assert answer.status_code == 422 and "at least two characters" in answer.content.decode()

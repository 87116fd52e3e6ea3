"""Writing words: nothing is lost, nothing is written where one has no place, and who reads what."""

from uuid import uuid4

import pytest

from alongside.journeys import visibility, words
from alongside.journeys.history import addition, history_of
from alongside.journeys.models import Visibility, Words, WordsVersion
from alongside.journeys.words import Box, share, write
from alongside.kernel import work_ahead
from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from tests.cast import Cast

TEXTS = [
    "",
    "x" * 10_000,
    "🌱👩🏽‍⚕️",
    "שלום עולם",
    "<script>alert('x')</script>",
    "  two  spaces\n\nand lines ",
]


@pytest.fixture
def journey(cast: Cast):
    return cast.journey()


def box(own=False, visibility=Visibility.OURS, name="review"):
    return Box("meeting", uuid4(), name, visibility, own)


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_typed_is_what_is_kept(cast, journey, text):
    where = box()
    seat = cast.seat(cast.guide, journey)

    write(box=where, text="before", version=0, by=seat)
    written = write(box=where, text=text, version=1, by=seat)

    assert written.text == text and not written.merged
    assert Words.objects.get(subject_id=where.subject_id).text == text


def test_two_who_save_the_same_box_keep_both_and_the_second_sees_it(cast, journey):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="We talked about the week.", version=0, by=guide)

    write(box=where, text="We talked about the week. Sleep was better.", version=1, by=guide)
    written = write(box=where, text="First: thanks. We talked about the week.", version=1, by=participant)

    assert written.text == "First: thanks. We talked about the week. Sleep was better."
    assert written.merged and "Gwen Guide" in written.sentence
    assert [v.text for v in WordsVersion.objects.order_by("version")][-1] == written.text


def test_an_unknown_version_loses_nothing(cast, journey):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="theirs", version=0, by=guide)

    written = write(box=where, text="mine", version=999, by=participant)

    assert set(written.text.split()) == {"theirs", "mine"}


def test_one_who_typed_on_gives_the_base_they_know(cast, journey):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="one", version=0, by=guide)
    write(box=where, text="zero one", version=1, by=participant)

    written = write(box=where, text="one two", version=2, base="one", by=guide)

    assert written.text == "zero one two"


def test_a_letter_that_comes_again_is_taken_once_whatever_was_written_since(cast, journey):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    letter = uuid4()
    write(box=where, text="both", version=0, by=guide)
    first = write(box=where, text="both mine", version=1, base="both", letter=letter, by=guide)
    write(box=where, text="both mine theirs", version=first.version, by=participant)
    write(box=where, text="both theirs", version=3, by=participant)

    again = write(box=where, text="both mine", version=1, base="both", letter=letter, by=guide)

    assert again.text == "both theirs" and again.merged
    assert Words.objects.get(subject_id=where.subject_id).version == 4


def test_own_words_from_two_windows_say_so(cast, journey):
    where = box(own=True, visibility=Visibility.MINE)
    guide = cast.seat(cast.guide, journey)
    write(box=where, text="one", version=0, by=guide)
    written = write(box=where, text="two", version=0, base="", by=guide)

    assert written.text == "one two"
    assert "another window" in written.sentence


def test_what_is_too_long_together_is_kept_beside_what_stands(cast, journey):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    theirs, mine = "a " * 90_000, "b " * 90_000
    write(box=where, text=theirs, version=0, base="", by=guide)

    written = write(box=where, text=mine, version=0, base="", letter=uuid4(), by=participant)

    assert written.text == theirs and written.merged and "as your addition" in written.sentence
    assert [(v.version, v.text[0], v.beside) for v in WordsVersion.objects.order_by("version")] == [
        (1, "a", False),
        (2, "b", True),
        (3, "a", False),
    ]
    assert WordsVersion.objects.get(beside=True).text == mine
    stands = Words.objects.get(subject_id=where.subject_id)
    assert (stands.text, stands.version, stands.edited_by_id) == (theirs, 3, cast.guide.id)
    history = history_of(guide, stands)
    assert [(v.number, v.beside, v.by) for v in history.versions if v.beside] == [
        (2, True, "Paul Participant")
    ]
    assert addition(guide, stands).endswith(f"/{stands.id}/2/") and addition(participant, stands)
    page = cast.client(cast.guide).get(addition(guide, stands))
    assert page.status_code == 200 and mine[:500] in page.content.decode()

    went_on = write(box=where, text=theirs[:-10], version=3, base=theirs, by=guide)
    assert (went_on.text, went_on.merged) == (theirs[:-10], False)


def test_an_addition_that_comes_again_is_kept_once(cast, journey):
    where, letter = box(), uuid4()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="a " * 90_000, version=0, base="", by=guide)
    for _time in range(2):
        write(box=where, text="b " * 90_000, version=0, base="", letter=letter, by=participant)
    assert WordsVersion.objects.filter(beside=True).count() == 1


def test_a_base_longer_than_a_box_holds_is_not_compared_with(cast, journey, monkeypatch):
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="one", version=0, by=guide)
    write(box=where, text="one two", version=1, by=guide)
    bases, merge = [], words.merge
    monkeypatch.setattr(words, "merge", lambda *texts: bases.append(texts[0]) or merge(*texts))

    written = write(box=where, text="zero one", version=1, base="x " * 200_000, by=participant)

    assert (written.text, bases) == ("zero one two", ["one"])


def test_what_others_keep_changing_is_kept_beside_in_the_end(cast, journey, monkeypatch):
    """Each time the merge is ready, somebody has saved again: at the last attempt it is not waited for any more."""
    where = box()
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    write(box=where, text="one", version=0, by=guide)
    merges = []

    def meanwhile(*_texts):
        merges.append(1)
        token = work_ahead._READY.set(None)
        now_stands = Words.objects.get(subject_id=where.subject_id)
        write(box=where, text=f"{now_stands.text} {len(merges)}", version=now_stands.version, by=guide)
        work_ahead._READY.reset(token)
        return "too late"

    monkeypatch.setattr(words, "merge", meanwhile)
    written = write(box=where, text="mine", version=0, base="", by=participant)

    assert len(merges) == work_ahead.ATTEMPTS
    assert written.text == "one 1 2 3 4 5" and WordsVersion.objects.get(beside=True).text == "mine"


def test_lines_ends_and_what_no_database_keeps(cast, journey):
    where = box()
    guide = cast.seat(cast.guide, journey)
    written = write(box=where, text="one\r\ntwo\rthr\x00ee", version=0, base="\r\n", by=guide)
    assert written.text == "one\ntwo\nthree"


def test_own_boxes_of_the_same_name_are_apart(cast, journey):
    where = box(own=True, visibility=Visibility.MINE)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)

    write(box=where, text="the guide's", version=0, by=guide)
    write(box=where, text="Only the participant", version=0, by=participant)

    assert [w.text for w in words.read(guide, "meeting", where.subject_id).values()] == ["the guide's"]
    assert [w.text for w in words.read(participant, "meeting", where.subject_id).values()] == [
        "Only the participant"
    ]


@pytest.mark.without_ledger("journeys.words.share")
def test_shared_words_open_to_the_other_and_to_nobody_else(cast, journey):
    where = box(own=True, visibility=Visibility.MINE)
    participant = cast.seat(cast.participant, journey)
    write(box=where, text="mine until sent", version=0, by=participant)

    assert words.read(cast.seat(cast.guide, journey), "meeting", where.subject_id) == {}
    assert share(place="meeting", subject_id=where.subject_id, by=participant) == 1

    assert len(words.read(cast.seat(cast.guide, journey), "meeting", where.subject_id)) == 1
    assert words.read(cast.seat(cast.supporter, journey), "meeting", where.subject_id) == {}


@pytest.mark.parametrize(
    ("reader", "label", "author", "marked", "in_error", "expected"),
    [
        ("guide", "ours", None, False, False, True),
        ("participant", "ours", None, False, False, True),
        ("supporter", "ours", None, False, False, False),
        ("supporter", "named", None, True, False, True),
        ("supporter", "named", None, False, False, False),
        ("guide", "named", None, True, False, True),
        ("guide", "mine", "participant", False, False, False),
        ("participant", "mine", "participant", False, False, True),
        ("participant", "mine", "guide", False, False, False),
        ("guide", "mine", "guide", False, True, False),
        ("guide", "ours", None, False, True, False),
        ("supporter", "mine", "supporter", False, False, True),
    ],
)
def test_who_reads_what(cast, journey, reader, label, author, marked, in_error, expected):
    row = Words.objects.create(
        journey=journey,
        place="meeting",
        subject_id=uuid4(),
        box="b",
        author=getattr(cast, author) if author else None,
        visibility=label,
        text="words",
        entered_in_error_at=now() if in_error else None,
        entered_in_error_by=cast.guide if in_error else None,
    )
    seat = cast.seat(getattr(cast, reader), journey)
    if marked:
        row.named_for.add(*[member.id for member in seat.members if member.person.id == cast.supporter.id])

    assert visibility.may_read(seat, row) is expected
    assert Words.objects.filter(visibility.readable(seat), id=row.id).exists() is expected


def test_words_of_another_journey_are_not_readable(cast, journey):
    other = cast.journey(kind="mentoring")
    row = Words.objects.create(journey=other, place="meeting", subject_id=uuid4(), box="b", visibility="ours")

    assert not visibility.may_read(cast.seat(cast.guide, journey), row)


def test_a_box_of_another_journey_can_not_be_written_to(cast, journey):
    where = box()
    write(box=where, text="theirs", version=0, by=cast.seat(cast.guide, journey))
    other = cast.seat(cast.guide, cast.journey(kind="mentoring"))

    with pytest.raises(Refused):
        write(box=where, text="intruding", version=1, by=other)

    assert Words.objects.get(subject_id=where.subject_id).text == "theirs"


def test_a_named_person_does_not_write_in_shared_boxes(cast, journey):
    with pytest.raises(Refused):
        write(box=box(), text="hello", version=0, by=cast.seat(cast.supporter, journey))


def test_nothing_is_written_when_the_journey_is_over(cast):
    with pytest.raises(Refused):
        write(box=box(), text="late", version=0, by=cast.seat(cast.guide, cast.journey(state="completed")))


def test_sharing_is_undone_when_the_ledger_fails(cast, journey, monkeypatch):
    where = box(own=True, visibility=Visibility.MINE)
    participant = cast.seat(cast.participant, journey)
    write(box=where, text="mine", version=0, by=participant)
    entries = Entry.objects.count()

    def fail(*args, **kwargs):
        raise RuntimeError("no ledger")

    monkeypatch.setattr(words, "record", fail)
    with pytest.raises(RuntimeError):
        share(place="meeting", subject_id=where.subject_id, by=participant)

    assert Words.objects.get(subject_id=where.subject_id).visibility == Visibility.MINE
    assert Entry.objects.count() == entries

"""Somebody is there while the guide is away: for those days, for what the two share, and told to the participant."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core import mail

from alongside.journeys import rules, visibility, words
from alongside.journeys.covering import Days, end_cover, name_cover, name_cover_in_an_emergency
from alongside.journeys.models import Cover, Visibility, Words
from alongside.journeys.queries import covers_of, earlier_covers_of, guided_by, seat_for, seats_of
from alongside.journeys.states import JourneyState
from alongside.journeys.words import Box
from alongside.kernel import clock
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry

NOON = dt.datetime(2031, 3, 28, 12, tzinfo=dt.UTC)
WEEK = Days(dt.date(2031, 3, 29), dt.date(2031, 3, 31))


@pytest.fixture
def here(cast):
    """A journey at noon on a day in March, and the seat of its guide."""
    with clock.at(NOON):
        journey = cast.journey(kind="treatment")
        yield SimpleNamespace(journey=journey, guide=cast.seat(cast.guide, journey))


def found(person, journey, moment) -> bool:
    with clock.at(moment):
        return seat_for(person, journey_id=journey.id) is not None


def utc(day: int, hour: int, minute: int = 0, month: int = 3) -> dt.datetime:
    return dt.datetime(2031, month, day, hour, minute, tzinfo=dt.UTC)


def test_the_part_begins_and_ends_by_the_guides_clock(cast, here):
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)

    moments = [utc(28, 23, 59), utc(29, 0), utc(31, 22, 59), utc(31, 23)]
    assert [found(cast.colleague, here.journey, each) for each in moments] == [False, True, True, False]


def test_whoever_covers_guides_and_the_guide_stays_the_guide(cast, here):
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)

    with clock.at(utc(30, 9)):
        seat = cast.seat(cast.colleague, here.journey)
        assert seat.is_guide and seat.is_one_of_two and not seat.is_participant
        assert seat.guide.person == cast.guide and seat.other.person == cast.participant
        assert seat.covers_until == utc(31, 23)
        assert cast.seat(cast.guide, here.journey).covers_until is None
        assert [each.journey.id for each in seats_of(cast.colleague)] == [here.journey.id]


@pytest.mark.parametrize(
    ("author", "shared", "reads"),
    [
        ("guide", False, False),
        ("participant", False, False),
        ("guide", True, True),
        ("participant", True, True),
    ],
)
def test_whoever_covers_reads_what_is_shared_alone(cast, here, author, shared, reads):
    kept = Visibility.OURS if shared else Visibility.MINE
    box = Box("meeting_record", here.journey.id, "notes", kept, None if shared else getattr(cast, author))
    words.write(box=box, text="Words.", version=0, by=cast.seat(getattr(cast, author), here.journey))
    row = Words.objects.get(journey=here.journey)
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)

    with clock.at(utc(30, 9)):
        seat = cast.seat(cast.colleague, here.journey)
        assert visibility.may_read(seat, row) == reads
        assert Words.objects.filter(visibility.readable(seat), id=row.id).exists() == reads


def test_the_participant_and_whoever_covers_are_told(cast, here, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        name_cover(person=cast.colleague, days=WEEK, reason="A week of leave", by=here.guide)

    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {cast.participant.email, cast.colleague.email}
    told = letters[cast.participant.email].body
    assert "29 March 2031" in told and "31 March 2031" in told and cast.colleague.name in told
    assert f"/journeys/{here.journey.id}/away/" in told
    for letter in letters.values():
        for word in ("treatment", "patient", "leave"):
            assert word.lower() not in (letter.subject + letter.body).lower()
        # whose it is stands at the end of the text alone
        said, signature = letter.body.rstrip().rsplit("\n", 1)
        assert cast.organisation.name in signature and cast.organisation.name not in letter.subject + said


@pytest.mark.without_ledger("journeys.covering.name_cover_in_an_emergency")
def test_in_an_emergency_all_three_are_told(cast, here, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cover = name_cover_in_an_emergency(
            journey=here.journey,
            guide=cast.guide,
            person=cast.colleague,
            days=WEEK,
            reason="She is in hospital",
            by=cast.administrator,
        )

    assert cover.in_an_emergency and str(cover.reason) == "She is in hospital"
    assert {letter.to[0] for letter in mail.outbox} == {
        cast.participant.email,
        cast.colleague.email,
        cast.guide.email,
    }
    assert not found(cast.administrator, here.journey, utc(30, 9))


def emergency(cast, here, **other):
    facts = {"journey": here.journey, "guide": cast.guide, "person": cast.colleague, "days": WEEK}
    return name_cover_in_an_emergency(**{**facts, "reason": "She is ill", "by": cast.administrator, **other})


@pytest.mark.parametrize("who", ["guide", "participant", "colleague", "lead", "stranger"])
def test_only_an_administrator_of_the_organisation_names_somebody_in_an_emergency(cast, here, who):
    with pytest.raises(Refused):
        emergency(cast, here, by=getattr(cast, who))
    assert not Cover.objects.exists()


def test_an_emergency_has_a_reason_and_a_journey_of_that_guide(cast, here):
    with pytest.raises(Refused, match="sentence why"):
        emergency(cast, here, reason="  ")
    with pytest.raises(Refused):
        emergency(cast, here, guide=cast.colleague, person=cast.guide)
    assert not Cover.objects.exists()


def test_an_administrator_sees_with_whom_a_guide_walks_and_nobody_else_does(cast, here):
    over = cast.journey(state="completed")

    assert guided_by(cast.administrator, cast.guide) == [here.journey]
    assert over not in guided_by(cast.administrator, cast.guide)
    for who in (cast.guide, cast.colleague, cast.lead, cast.stranger):
        assert guided_by(who, cast.guide) == []


def test_who_can_not_cover(cast, here):
    cast.lead.is_guide, without = True, cast.administrator
    refused = {
        "no guide": without,
        "the guide": cast.guide,
        "the participant": cast.participant,
        "named already": cast.supporter,
        "elsewhere": cast.stranger,
    }
    for why, person in refused.items():
        with pytest.raises(Refused):
            name_cover(person=person, days=WEEK, by=here.guide)
            pytest.fail(why)
    cast.colleague.is_active = False
    with pytest.raises(Refused):
        name_cover(person=cast.colleague, days=WEEK, by=here.guide)


@pytest.mark.parametrize(
    ("first", "last"),
    [(dt.date(2031, 3, 1), dt.date(2031, 3, 27)), (dt.date(2031, 4, 9), dt.date(2031, 4, 8))],
)
def test_days_that_are_over_or_the_wrong_way_round(cast, here, first, last):
    with pytest.raises(Refused, match="over already"):
        name_cover(person=cast.colleague, days=Days(first, last), by=here.guide)


def test_two_do_not_cover_on_the_same_day(cast, here):
    cast.lead.is_guide = True
    cast.lead.save()
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)

    with pytest.raises(Refused, match="covers on some of these days"):
        name_cover(person=cast.lead, days=Days(WEEK.last, dt.date(2031, 4, 3)), by=here.guide)

    name_cover(person=cast.lead, days=Days(dt.date(2031, 4, 1), dt.date(2031, 4, 3)), by=here.guide)
    assert [each.member.person for each in covers_of(here.guide)] == [cast.colleague, cast.lead]


@pytest.mark.parametrize("who", ["guide", "participant", "colleague"])
def test_either_of_the_two_and_whoever_covers_end_it(cast, here, who):
    cover = name_cover(person=cast.colleague, days=WEEK, by=here.guide)

    with clock.at(utc(30, 9)):
        end_cover(cover=cover, by=cast.seat(getattr(cast, who), here.journey))
        assert not found(cast.colleague, here.journey, utc(30, 10))
        guide = cast.seat(cast.guide, here.journey)
        assert (covers_of(guide), earlier_covers_of(guide)) == ([], [cover])
        with pytest.raises(Refused, match="ended already"):
            end_cover(cover=cover, by=guide)


def test_the_same_person_covers_again_after_it_was_over(cast, here):
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)
    with clock.at(utc(10, 9, month=4)):
        guide = cast.seat(cast.guide, here.journey)
        name_cover(person=cast.colleague, days=Days(dt.date(2031, 4, 10), dt.date(2031, 4, 11)), by=guide)
        assert found(cast.colleague, here.journey, utc(10, 12, month=4))
        assert len(covers_of(guide)) == len(earlier_covers_of(guide)) == 1


def test_whoever_covers_asks_nobody_else(cast, here):
    name_cover(person=cast.colleague, days=WEEK, by=here.guide)
    with clock.at(utc(30, 9)):
        assert not rules.may_name_cover(cast.seat(cast.colleague, here.journey))
        assert not rules.may_name_cover(cast.seat(cast.participant, here.journey))
        assert rules.may_name_cover(cast.seat(cast.guide, here.journey))


@pytest.mark.parametrize("state", ["completed", "withdrawn", "ended_early"])
def test_nobody_covers_in_a_journey_that_is_over(cast, state):
    guide = cast.seat(cast.guide, cast.journey(state=state))
    assert guide.state == JourneyState(state)
    assert not rules.may_name_cover(guide)


def fail(*_args, **_facts):
    raise RuntimeError


def test_the_ledger_knows_the_days_and_not_the_reason(cast, here):
    name_cover(person=cast.colleague, days=WEEK, reason="A secret reason", by=here.guide)
    entry = Entry.objects.get(event="journey.cover_named")
    assert entry.journey_id == here.journey.id
    assert "secret" not in str(entry.__dict__)


# --- an administrator, and nobody alone ------------------------------------------------------------------


def also(cast, who, **roles):
    """Somebody with a further role."""
    for name in roles:
        setattr(who, name, True)
    who.save()
    return who


def test_an_administrator_does_not_name_themselves(cast, here):
    also(cast, cast.administrator, is_guide=True)
    with pytest.raises(Refused, match="cannot name yourself"):
        emergency(cast, here, person=cast.administrator)
    assert not Cover.objects.exists()


def test_where_there_is_nobody_else_they_may_and_both_are_told(
    cast, here, django_capture_on_commit_callbacks
):
    also(cast, cast.administrator, is_guide=True)
    cast.colleague.is_guide = False
    cast.colleague.save()
    with django_capture_on_commit_callbacks(execute=True):
        emergency(cast, here, person=cast.administrator)
    assert {letter.to[0] for letter in mail.outbox} == {cast.participant.email, cast.guide.email}
    assert all("nobody else who could be asked" in letter.body for letter in mail.outbox)
    assert Entry.objects.get(event="journey.emergency_cover_named").detail["oneself"] is True


def test_where_another_administrator_is_there_they_ask(cast, here):
    also(cast, cast.administrator, is_guide=True)
    cast.colleague.is_guide = False
    cast.colleague.save()
    also(cast, cast.lead, is_administrator=True)
    with pytest.raises(Refused, match="another administrator"):
        emergency(cast, here, person=cast.administrator)


@pytest.mark.parametrize("length", [14, 15])
def test_an_emergency_lasts_a_fortnight_at_most(cast, here, length):
    days = Days(WEEK.first, WEEK.first + dt.timedelta(days=length - 1))
    if length == 14:
        assert emergency(cast, here, days=days)
    else:
        with pytest.raises(Refused, match="14 days"):
            emergency(cast, here, days=days)


NEXT_WEEK = Days(dt.date(2031, 4, 1), dt.date(2031, 4, 7))


def test_a_second_administrator_renews_it(cast, here):
    emergency(cast, here)
    second = also(cast, cast.lead, is_administrator=True)
    with pytest.raises(Refused, match="asked already"):
        emergency(cast, here, days=NEXT_WEEK, by=second)
    with clock.at(utc(1, 9, month=4)):
        with pytest.raises(Refused, match="Another administrator renews"):
            emergency(cast, here, days=NEXT_WEEK, reason="She is still ill")
        assert emergency(cast, here, days=NEXT_WEEK, by=second)


def test_a_sole_administrator_renews_it_with_a_new_reason(cast, here):
    emergency(cast, here)
    with clock.at(utc(1, 9, month=4)):
        with pytest.raises(Refused, match="reason of last time"):
            emergency(cast, here, days=NEXT_WEEK)
        assert emergency(cast, here, days=NEXT_WEEK, reason="She is still not well")

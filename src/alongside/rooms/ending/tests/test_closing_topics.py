"""What an ending speaks of before it closes: what its kind asks for, said or said to be nothing; and how long it is kept."""

import pytest

from alongside.journeys.kinds import KINDS
from alongside.journeys.words import write
from alongside.kernel.errors import Refused
from alongside.kernel.verdict import Denial
from alongside.rooms.ending.closing import actions as closing_actions
from alongside.rooms.ending.closing import rules as closing_rules
from alongside.rooms.ending.closing_topics import actions as matters
from alongside.rooms.ending.contributions import actions as contributions_actions
from alongside.rooms.ending.contributions.queries import box_named
from alongside.rooms.ending.record.models import Saying
from alongside.rooms.ending.record.queries import ending_of, sayings_of
from alongside.rooms.ending.record.states import Said
from alongside.rooms.first_meeting.states import Side

from .furniture import KEPT_UNTIL, address, begun, ready_to_close

SPOKEN_OF = {
    "supervision": ("handed_over", "identifiers", "remains"),
    "mentoring": ("remains",),
    "treatment": ("discharge", "return_plan", "referral", "remains"),
}


def writes(seat, key, text):
    write(box=box_named(seat, ending_of(seat), key, revealed=False), text=text, version=0, by=seat)


def complete(cast, journey):
    seat = cast.seat(cast.guide, journey)
    return closing_rules.is_complete(seat, ending_of(seat))


def without_support(cast, **facts):
    journey = begun(cast, **facts)
    seat = cast.seat(cast.guide, journey)
    contributions_actions.need_no_support(by=seat)
    return journey, seat


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_speaks_of_what_its_record_needs(kind):
    assert tuple(matter.key for matter in KINDS[kind].ending_matters) == SPOKEN_OF[kind]


@pytest.mark.parametrize(
    ("kind", "key"),
    [(kind.slug, matter.key) for kind in KINDS.values() for matter in kind.ending_matters if matter.required],
)
def test_what_is_required_keeps_an_ending_open_and_says_which(cast, kind, key):
    journey, seat = without_support(cast, kind=kind)
    for matter in seat.kind.ending_matters:
        if matter.key != key:
            writes(seat, matter.key, "Said")
    matters.say_how_long(until=KEPT_UNTIL, by=seat)

    verdict = complete(cast, journey)
    writes(seat, key, "Said")

    assert verdict.denial == Denial.NOT_NOW
    assert str(seat.kind.matter(key).title) in verdict.sentence
    assert verdict.next_url.endswith(f"#matter-{key}")
    assert complete(cast, journey)


def test_what_is_only_recommended_may_be_left_open(cast):
    journey, seat = without_support(cast, kind="supervision")
    writes(seat, "remains", "The last report")
    matters.say_how_long(until=KEPT_UNTIL, by=seat)

    assert complete(cast, journey)


def test_an_ending_says_how_long_it_is_kept(cast):
    journey, seat = without_support(cast)
    writes(seat, "remains", "The last report")

    verdict = complete(cast, journey)

    assert verdict.denial == Denial.NOT_NOW and verdict.next_url.endswith("#kept")


def test_nothing_is_said_by_one_press_and_words_weigh_more(cast):
    journey = begun(cast, kind="treatment")
    client = cast.client(cast.participant)

    client.post(address("nothing", journey, matter="referral"))
    said = client.get(address("closing", journey)).content.decode()
    again = client.post(address("nothing", journey, matter="referral"))
    writes(cast.seat(cast.guide, journey), "referral", "To the pain clinic")
    written = client.get(address("closing", journey)).content.decode()

    assert "“No referral is needed”, said Paul Participant" in said
    assert "“No referral is needed”, said" not in written and "To the pain clinic" in written
    assert again.status_code == 409


def test_where_words_stand_nothing_can_not_be_said(cast):
    seat = cast.seat(cast.guide, begun(cast, kind="treatment"))
    writes(seat, "return_plan", "I ring the desk")

    with pytest.raises(Refused) as refused:
        matters.say_nothing(matter=seat.kind.matter("return_plan"), by=seat)

    assert refused.value.verdict.denial == Denial.NOT_NOW


def test_a_summary_at_discharge_is_never_nothing(cast):
    journey = begun(cast, kind="treatment")

    assert cast.client(cast.guide).post(address("nothing", journey, matter="discharge")).status_code == 404


@pytest.mark.parametrize("matter", ["return_plan", "benefit", "moon"])
def test_a_matter_of_another_kind_is_not_there(cast, matter):
    journey = begun(cast, kind="mentoring")

    assert cast.client(cast.guide).post(address("nothing", journey, matter=matter)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "give a day"),
        ("2001-01-01", "has passed"),
        ("3001-01-01", "Is the year right"),
        ("in eight years", "valid date"),
    ],
)
def test_a_day_that_can_not_be_is_said_kindly_and_comes_back(cast, typed, said):
    journey = begun(cast)

    response = cast.client(cast.guide).post(address("kept", journey), {"until": typed})

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page and f'value="{typed}"' in (page if typed else 'value=""')


def test_how_long_it_is_kept_is_said_anew_and_the_last_word_holds(cast):
    journey = begun(cast)
    client = cast.client(cast.participant)
    client.post(address("kept", journey), {"until": "2034-05-01"})

    client.post(address("kept", journey), {"until": "2039-05-01"})

    page = client.get(address("closing", journey)).content.decode()
    assert "It is stored until 1 May 2039 (Paul Participant" in page and "2034" not in page
    assert Saying.objects.filter(said=Said.KEPT).count() == 2, "what was said before stays as a row"


def test_without_a_word_on_records_in_an_agreement_a_day_is_asked_for(cast):
    journey = begun(cast)

    response = cast.client(cast.guide).post(address("kept", journey), {"as_agreed": "1"})

    assert response.status_code == 409 and "give a day" in response.content.decode()


def test_as_the_agreement_says_is_one_press_beside_what_it_says(cast):
    from tests.furnish import furnish_journey

    journey = furnish_journey(cast, "treatment")
    client = cast.client(cast.participant)
    client.post(address("begin", journey))
    before = client.get(address("closing", journey)).content.decode()

    client.post(address("kept", journey), {"as_agreed": "1"})

    after = client.get(address("closing", journey)).content.decode()
    assert "What your agreement says about records" in before and "As our agreement says" in before
    assert "It is stored as long as your agreement says (Paul Participant" in after
    assert sayings_of(ending_of(cast.seat(cast.guide, journey))).of(Said.KEPT).on is None


def test_after_one_has_acknowledged_it_is_taken_up_again_first(cast):
    journey = ready_to_close(cast)
    closing_actions.acknowledge(side=Side.GUIDE, by=cast.seat(cast.guide, journey))
    client = cast.client(cast.participant)

    statuses = {
        client.post(address("kept", journey), {"until": "2039-05-01"}).status_code,
        client.post(address("nothing", journey, matter="identifiers")).status_code,
    }

    assert statuses == {409}


def test_in_the_keepsake_is_what_the_participant_takes_home(cast):
    treated, supervised = begun(cast, kind="treatment"), begun(cast, kind="supervision")
    for journey in (treated, supervised):
        seat = cast.seat(cast.guide, journey)
        for matter in seat.kind.ending_matters:
            writes(seat, matter.key, f"Together {matter.key}.")

    home, work = (
        cast.client(cast.participant).get(address("keepsake", journey)).content.decode()
        for journey in (treated, supervised)
    )

    for key in ("discharge", "return_plan", "referral", "remains"):
        assert f"Together {key}." in home
    assert "Together remains." in work
    assert "Together handed_over." not in work and "Together identifiers." not in work


def test_it_can_be_read_and_not_changed_once_it_is_over(cast):
    journey = ready_to_close(cast, kind="treatment")
    for side, who in ((Side.GUIDE, cast.guide), (Side.PARTICIPANT, cast.participant)):
        closing_actions.acknowledge(side=side, by=cast.seat(who, journey))

    page = cast.client(cast.participant).get(address("closing", journey)).content.decode()

    assert "It was a back that hurt; now it carries." in page and "It is stored until 1 January 2039" in page
    assert "data-words" not in page and 'name="until"' not in page

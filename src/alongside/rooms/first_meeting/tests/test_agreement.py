"""The agreement: writing, proposing, accepting, changing; and that nothing changes when the ledger fails."""

import datetime as dt
from dataclasses import replace

import pytest

from alongside.goals.queries import goals_of
from alongside.journeys.kinds import KINDS
from alongside.journeys.states import JourneyState
from alongside.kernel.errors import Refused
from alongside.rooms.first_meeting import actions, boxes, queries
from alongside.rooms.first_meeting.states import AgreementState
from alongside.rooms.first_meeting.texts import starting_texts

from .conftest import Room

# --- writing the agreement ---------------------------------------------------------------------------------


def test_agreement_begins_with_the_numbers_of_the_journey(room):
    version = actions.begin_agreement(by=room.participant)

    assert (version.number, room.state()) == (1, "draft")
    assert version.meeting_minutes == room.journey.meeting_minutes
    assert queries.sections_of(room.guide, version) == {}
    with pytest.raises(Refused):
        actions.begin_agreement(by=room.guide)


def test_texts_are_taken_over_only_where_nothing_is_written(room):
    version = actions.begin_agreement(by=room.guide)
    write_section(room.participant, version, "purpose", "Our own words.")

    used = actions.use_texts(version=version, keys=["purpose", "place", "no-such-section"], by=room.guide)

    found = queries.sections_of(room.guide, version)
    texts = room.guide.kind.starting_texts(boxes.template_of(room.guide))
    assert used == 1
    assert {key: words.text for key, words in found.items()} == {
        "purpose": "Our own words.",
        "place": str(texts["place"]),
    }


def write_section(seat, version, key, text, known=0, base=None):
    return actions.write_section(version=version, key=key, text=text, known=known, base=base, by=seat)


def test_words_that_come_after_proposing_are_kept_for_their_writer(room):
    version = room.proposed()
    stands = queries.sections_of(room.guide, version)["purpose"].text

    first = write_section(room.participant, version, "purpose", stands + " And more.", known=1, base=stands)
    again = write_section(room.participant, version, "purpose", stands + " And more, later.", known=1)

    assert queries.sections_of(room.guide, version)["purpose"].text == stands
    assert (first.merged, again.text) == (True, stands + " And more, later.")
    assert {key: words.text for key, words in queries.late_words_of(room.participant, version).items()} == {
        "purpose": again.text
    }
    assert queries.late_words_of(room.guide, version) == {}


def test_late_words_from_two_devices_are_both_kept(room):
    version = room.proposed()
    stands = queries.sections_of(room.guide, version)["purpose"].text

    write_section(room.participant, version, "purpose", stands + " Phone.", known=1, base=stands)
    write_section(room.participant, version, "purpose", stands + " Laptop.", known=1, base=stands)

    late = queries.late_words_of(room.participant, version)["purpose"].text
    assert "Phone." in late and "Laptop." in late and late.startswith(stands)


def test_looking_again_at_a_proposed_section_keeps_nothing(room):
    version = room.proposed()
    stands = queries.sections_of(room.guide, version)["purpose"].text

    write_section(room.participant, version, "purpose", stands, known=1, base=stands)

    assert queries.late_words_of(room.participant, version) == {}


FRAME = actions.Frame(dt.date(2027, 1, 1), dt.date(2027, 2, 1), 20, 7, None, None)


# --- proposing and accepting -------------------------------------------------------------------------------


def test_proposing_needs_everything_that_is_required(room):
    version = actions.begin_agreement(by=room.guide)

    with pytest.raises(Refused, match="missing"):
        actions.propose_agreement(version=version, by=room.guide)

    assert room.state() == "draft"


def test_proposing_without_picture_after_saying_why(room):
    version = room.draft()
    room.need("One more", rating=None)
    with pytest.raises(Refused):
        actions.propose_agreement(version=version, by=room.guide)

    actions.go_on_without_picture(reason="It came up at the very end.", by=room.participant)
    actions.propose_agreement(version=version, by=room.guide)

    assert room.state() == "proposed"


def test_second_yes_brings_it_into_force_and_the_journey_under_way(room):
    version = room.proposed()
    actions.accept_agreement(version=version, typed_name=" Paul ", by=room.participant)
    assert (room.state(), room.guide.state) == ("accepted_by_one", JourneyState.PREPARING)

    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)

    assert (room.state(), room.guide.state) == ("in_force", JourneyState.ACTIVE)
    assert queries.agreement_in_force(room.participant).id == version.id
    assert queries.journeys_with_agreement([room.journey.id]) == {room.journey.id}
    assert all(need.is_agreed for need in goals_of(room.guide).needs)
    journey = room.guide.journey
    assert (journey.meeting_minutes, journey.every_days, journey.planned_meetings) == (50, 14, 10)
    names = [one.typed_name for one in queries.acceptances_of(version)]
    assert names == ["Paul", "Gwen"]


def test_nobody_accepts_twice_or_for_the_other(room):
    version = room.proposed()
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)

    with pytest.raises(Refused):
        actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)
    with pytest.raises(Refused):
        actions.accept_in_the_room(version=version, typed_name="Gwen", by=room.participant)
    with pytest.raises(Refused):
        actions.accept_agreement(version=version, typed_name="  ", by=room.participant)
    assert room.state() == "accepted_by_one"


def test_one_without_an_account_accepts_in_the_room(cast):
    room = Room(cast, kind="treatment", participant_has_account=False)
    version = room.proposed()
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)

    given = actions.accept_in_the_room(version=version, typed_name="Pat", by=room.guide)

    assert (given.how, given.witness_id, given.person_id) == (
        "in_the_room",
        cast.guide.id,
        room.guide.participant.person.id,
    )
    assert room.guide.state == JourneyState.ACTIVE


def test_stranger_to_the_journey_has_no_version(room):
    version = room.proposed()
    elsewhere = type(room)(room.cast)

    with pytest.raises(Refused) as refused:
        actions.accept_agreement(version=version, typed_name="Gwen", by=elsewhere.guide)

    assert refused.value.verdict.denial.value == 404


# --- changing and ending it --------------------------------------------------------------------------------


def test_reopening_keeps_the_old_in_force_until_both_accept_the_new(room):
    first = room.in_force()
    second = actions.reopen_agreement(version=first, by=room.participant)

    assert (room.state(1), room.state(2)) == ("in_force", "draft")
    old, new = (queries.sections_of(room.guide, one) for one in (first, second))
    assert {key: words.text for key, words in new.items()} == {key: words.text for key, words in old.items()}
    write_section(room.guide, second, "purpose", "Something new.", known=new["purpose"].version)
    actions.propose_agreement(version=second, by=room.participant)
    actions.accept_agreement(version=second, typed_name="Paul", by=room.participant)
    assert queries.agreement_in_force(room.guide).number == 1
    actions.accept_agreement(version=second, typed_name="Gwen", by=room.guide)

    assert (room.state(1), room.state(2)) == ("superseded", "in_force")
    assert queries.sections_of(room.guide, first)["purpose"].text == old["purpose"].text
    assert queries.agreement_in_force(room.guide).number == 2


def test_reopening_what_was_only_proposed_puts_it_aside(room):
    version = room.proposed()
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)

    actions.reopen_agreement(version=version, by=room.participant)

    assert (room.state(1), room.state(2)) == ("superseded", "draft")
    assert queries.agreement_in_force(room.guide) is None
    with pytest.raises(Refused):
        actions.accept_agreement(version=version, typed_name="Paul", by=room.participant)


def test_new_version_can_be_put_aside(room):
    first = room.in_force()
    second = actions.reopen_agreement(version=first, by=room.guide)

    actions.drop_draft(version=second, by=room.guide)

    assert (room.state(1), room.state(2)) == ("in_force", "ended")
    third = actions.reopen_agreement(version=first, by=room.guide)
    assert third.number == 3


def test_agreement_ends_with_its_journey(room):
    room.in_force()

    actions.end_agreement(by=room.participant)

    assert (room.state(), queries.agreement_in_force(room.guide)) == ("ended", None)
    with pytest.raises(Refused):
        actions.end_agreement(by=room.participant)


@pytest.mark.parametrize("state", ["draft", "preparing"])
def test_agreement_made_elsewhere_is_carried_over(cast, state):
    room = Room(cast, state=state, first_number=5)

    version = actions.carry_agreement_over(made_on=dt.date(2025, 9, 1), by=room.guide)

    assert (room.state(), room.guide.state) == ("in_force", JourneyState.ACTIVE)
    assert version.made_elsewhere_on == dt.date(2025, 9, 1)
    need = room.need(rating=4)  # its starting picture can still be taken
    assert queries.starting_picture(room.guide).entries[need.id].rating == 4


def test_facts_tell_what_is_done(room):
    assert room.facts.newest_state is None
    version = room.proposed()
    actions.accept_agreement(version=version, typed_name="Paul", by=room.participant)

    facts = room.facts

    assert (facts.needs, facts.rated_needs, facts.targets, facts.steps) == (1, 1, 1, 1)
    assert (facts.newest_number, facts.newest_state) == (1, AgreementState.ACCEPTED_BY_ONE)
    assert (facts.has_said_yes(room.participant), facts.has_said_yes(room.guide)) == (True, False)


# --- what was agreed for a crisis ------------------------------------------------------------------------------


def test_what_was_agreed_for_a_crisis_is_shown_where_help_is_needed_now(cast):
    room = Room(cast, kind="treatment")
    page = f"/journeys/{room.journey.id}/goals/safety/"
    version = room.draft()
    key = "safety_emergency"
    known = queries.sections_of(room.guide, version)[key].version
    actions.write_section(
        version=version, key=key, text="Call Anna, then 111.", known=known, base=None, by=room.guide
    )
    client = cast.client(cast.participant)
    assert "Call Anna, then " not in client.get(page).content.decode()
    actions.propose_agreement(version=version, by=room.guide)
    actions.accept_agreement(version=version, typed_name="Gwen", by=room.guide)
    actions.accept_in_the_room(version=version, typed_name="Paul", by=room.guide)
    shown = client.get(page).content.decode()
    assert 'Call Anna, then <a class="safety-number" href="tel:111">111</a>.' in shown
    assert str(room.guide.kind.emergency_note)[:40] in shown


def test_kind_that_agrees_on_no_crisis_has_no_such_words(room):
    room.in_force()
    assert queries.safety_plan(room.guide) == ()


# --- the texts it begins with -----------------------------------------------------------------------------------


def test_text_about_the_time_says_the_numbers_the_two_have_set(room, guide):
    version = actions.begin_agreement(by=room.guide)
    (key,) = [one.key for one in room.guide.kind.agreement if "time" in one.covers]
    usual = str(room.guide.kind.starting_texts(boxes.template_of(room.guide))[key])
    assert starting_texts(room.guide, version)[key] == usual

    frame = actions.Frame(version.begins_on, None, 50, 14, 7, None)
    version = actions.set_frame(version=version, frame=frame, by=room.guide)

    sentence = "We meet every two weeks for 50 minutes, and plan to meet 7 times."
    assert sentence in guide.get(room.url("agreement/")).content.decode()
    actions.use_texts(version=version, keys=[key], by=room.guide)
    text = queries.sections_of(room.guide, version)[key].text
    assert text.startswith(sentence) and text.endswith(usual[-40:])
    assert usual.partition(". ")[0] not in text


@pytest.mark.parametrize("kind", KINDS)
def test_first_sentence_about_the_time_is_the_one_with_the_numbers(kind):
    for template in KINDS[kind].templates:
        (key,) = [one.key for one in KINDS[kind].agreement if "time" in one.covers]
        first, _stop, rest = str(KINDS[kind].starting_texts(template)[key]).partition(". ")
        assert any(word in first for word in ("week", "month", "hour", "minutes")), first
        assert rest


def test_the_guide_begins_with_ready_texts_read_as_paper_each_with_a_way_to_change_it(room, guide):
    guide.post(room.url("agreement/begin/"))

    page = guide.get(room.url("agreement/"))
    texts = [section for section in page.context["page"].sections if section.text]

    assert {one.key for one in texts} == set(starting_texts(room.guide, queries.newest_version(room.guide)))
    assert page.content.decode().count('class="paper-section"') == len(texts)
    assert page.context["page"].use_all is None
    missing = page.content.decode().partition("<aside")[2]
    assert "Still missing" in missing and all(one.what in missing for one in page.context["page"].missing[:1])


def test_the_participant_begins_with_empty_sections_and_texts_that_cannot_be_recorded_begin_nothing(
    room, participant, guide, monkeypatch
):
    def broken(*_args, **_facts):
        raise RuntimeError

    monkeypatch.setattr(actions, "use_texts", broken)
    with pytest.raises(RuntimeError):
        guide.post(room.url("agreement/begin/"))
    assert queries.newest_version(room.guide) is None

    participant.post(room.url("agreement/begin/"))
    assert queries.section_texts(room.guide, queries.newest_version(room.guide)) == {}


def test_a_ready_text_follows_a_new_number_until_somebody_changes_it(room):
    version = actions.begin_agreement(with_texts=True, by=room.guide)
    keys = [
        key
        for key, text in starting_texts(room.guide, version).items()
        if str(version.meeting_minutes) in text
    ]
    assert keys
    longer = version.meeting_minutes + 5

    def set_minutes(minutes):
        frame = replace(FRAME, every_days=version.every_days, meeting_minutes=minutes)
        actions.set_frame(version=queries.newest_version(room.guide), frame=frame, by=room.guide)
        return queries.sections_of(room.guide, version)

    written = set_minutes(longer)
    assert all(f"{longer} minutes" in written[key].text for key in keys)

    own = {"text": "As long as it takes.", "known": written[keys[0]].version, "base": None}
    actions.write_section(version=queries.newest_version(room.guide), key=keys[0], **own, by=room.guide)
    assert set_minutes(longer + 5)[keys[0]].text == "As long as it takes."

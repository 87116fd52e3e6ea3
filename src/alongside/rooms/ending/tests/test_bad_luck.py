"""Endings that are not as one would wish them, each gone through by its doors, as the two would."""

import datetime as dt

import pytest
from django.core import mail
from django.utils.html import escape

from alongside.goals.actions import reword_target
from alongside.kernel.clock import today
from alongside.people.actions import close_account
from alongside.people.models import Person
from alongside.rooms.ending.record.queries import ending_of, sayings_of
from alongside.rooms.ending.record.states import Said

from .furniture import LEVELS, Wording, address, begun, chain, later

FORM = {"until": "2039-01-01"}


class Desk:
    """One of the two at the doors of an ending."""

    def __init__(self, cast, who, journey):
        self.cast, self.who, self.journey, self.client = cast, who, journey, cast.client(who)

    def opens(self, name, **parts):
        answer = self.client.get(address(name, self.journey, **parts))
        assert answer.status_code == 200, (name, answer.status_code)
        return answer.content.decode()

    def does(self, name, status=302, **typed):
        parts = {key: typed.pop(key) for key in ("matter", "box") if key in typed}
        answer = self.client.post(address(name, self.journey, **parts), typed)
        assert answer.status_code == status, (name, answer.status_code, answer.content.decode()[-1500:])
        return answer

    def writes(self, box, text):
        self.does("words", box=box, text=text, version=0)

    def says_what_is_needed(self):
        """All an ending can't close without, but the pictures and the acknowledgements."""
        self.does("no_support")
        for matter in self.cast.seat(self.who, self.journey).kind.ending_matters:
            if matter.settled:
                self.does("nothing", matter=matter.key)
            else:
                self.writes(matter.key, "It was said.")
        self.does("kept", **FORM)

    @property
    def state(self):
        return self.cast.seat(self.who, self.journey).state


def two(cast, journey):
    return Desk(cast, cast.guide, journey), Desk(cast, cast.participant, journey)


def close_together(guide, participant):
    participant.does("acknowledge", side="participant")
    guide.does("acknowledge", side="guide")
    assert guide.state == "completed"
    assert "Open the keepsake" in participant.opens("room")
    return participant.opens("keepsake")


# --- too little to compare -----------------------------------------------------------------------------


def test_without_a_starting_picture_it_closes_and_says_what_is_missing(cast):
    guide, participant = two(cast, begun(cast))

    page = participant.opens("then_and_now")
    participant.says_what_is_needed()
    keepsake = close_together(guide, participant)

    assert "No picture was taken at the start" in page
    assert "points closer" not in keepsake and "Better by" not in keepsake


def test_with_one_reading_only_it_closes_and_claims_no_change(cast):
    journey = begun(cast)
    chain(cast, journey)
    guide, participant = two(cast, journey)
    participant.does("leave_out", reason="It is too early to say")

    page = participant.opens("then_and_now")
    participant.says_what_is_needed()
    keepsake = close_together(guide, participant)

    assert "No score since the start" in page and "It is too early to say" in page
    assert "There is not enough yet to compare the start with now." in page
    assert "Better by" not in keepsake and "Worse by" not in keepsake


def test_with_every_target_agreed_anew_it_closes_and_compares_from_then_on(cast):
    journey = begun(cast)
    [(_need, rated, levelled)] = chain(cast, journey)
    seat = cast.seat(cast.guide, journey)
    for target, wording in (
        (rated, Wording(difference="I rest at noon", measure="rating-0-10", baseline=4, aim=8)),
        (
            levelled,
            Wording(difference="I walk with Ada", measure="gas", baseline=-1, aim=0, levels=LEVELS),
        ),
    ):
        reword_target(target=target, wording=wording, known_number=1, by=seat)
    later(cast, journey, rated, 8)
    guide, participant = two(cast, journey)
    participant.does("leave_out", reason="We looked at it together")

    page = participant.opens("then_and_now")
    participant.says_what_is_needed()
    keepsake = close_together(guide, participant)

    assert "Agreed again on" in page and "I rest 0" in page
    assert "Better by 4 (a change of 3 or more is reliable)" in page
    assert "I rest at noon" in keepsake and "I walk with Ada" in keepsake


def test_where_things_got_worse_it_is_said_as_plainly(cast):
    journey = begun(cast)
    [(need, rated, _levelled)] = chain(cast, journey)
    guide, participant = two(cast, journey)

    participant.does(
        "today",
        **{f"rating_{need.id}": "1", f"words_{need.id}": "Worse than ever", f"reading_{rated.id}": "0"},
    )

    page = participant.opens("then_and_now")
    participant.says_what_is_needed()
    keepsake = close_together(guide, participant)
    for shown in (page, keepsake):
        assert "Worse by 3 (a change of 3 or more is reliable)." in shown and "Worse than ever" in shown
    assert "2 points further from your goal" in page


# --- somebody is not there -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["supervision", "treatment"])
def test_when_the_participant_never_answers_the_guide_ends_it_with_notice_and_nothing_is_put_in_their_mouth(
    cast, kind
):
    journey = begun(cast, kind=kind)
    chain(cast, journey)
    guide, participant = two(cast, journey)
    guide.writes("benefit", "He slept better, I think")
    guide.does("ready")
    too_soon = dt.timedelta(days=14)
    guide.does("early", reason="No answer since May", last_day=str(today("Europe/London") + too_soon))
    guide.does("end_early", status=409)
    guide.does("early_back")

    guide.does("early", reason="No answer since May", last_day=str(today("Europe/London")))
    guide.does("end_early")

    assert participant.state == "ended_early"
    room = participant.opens("room")
    assert "No answer since May" in room and "If you want more one day" in room
    assert "He slept better, I think" not in participant.opens("keepsake"), (
        "the two never showed their answers"
    )
    closing = participant.opens("closing")
    assert closing.count("Not acknowledged.") == 2
    sayings = sayings_of(ending_of(cast.seat(cast.guide, journey)))
    assert {saying.side for saying in sayings.rows} == {"guide"}


def test_when_the_participant_never_answers_a_treatment_is_closed_without_waiting(cast):
    guide, participant = two(cast, begun(cast, kind="treatment"))
    guide.says_what_is_needed()
    guide.does("acknowledge", side="guide")

    guide.does("close")

    assert guide.state == "completed"
    assert "Not acknowledged." in participant.opens("closing")


def leaves(cast, who):
    close_account(person=who, reason="Has moved on", by=cast.administrator)


def test_when_the_guide_has_left_the_participant_closes_it_alone(cast):
    journey = begun(cast)
    _guide, participant = two(cast, journey)
    participant.says_what_is_needed()
    participant.does("close", status=403)
    leaves(cast, cast.guide)
    mail.outbox.clear()

    room = participant.opens("room")
    participant.does("close", status=409)
    participant.does("acknowledge", side="participant")
    assert "Close it without waiting" in participant.opens("closing")
    participant.does("close")

    assert "Gwen Guide no longer works here" in room
    assert participant.state == "completed"
    assert mail.outbox == [], "nobody writes to somebody who has left"
    sayings = sayings_of(ending_of(cast.seat(cast.participant, journey)))
    assert sayings.of(Said.ACKNOWLEDGED, "guide") is None, "no word is put in the guide's mouth"
    assert "Open the keepsake" in participant.opens("room")


def test_when_the_guide_has_left_the_participant_may_end_early_too(cast):
    journey = cast.journey()
    leaves(cast, cast.guide)
    participant = Desk(cast, cast.participant, journey)

    participant.does("early", reason="Nobody is there", last_day=str(today("Europe/London")))
    participant.does("end_early")

    assert participant.state == "ended_early"


def test_when_the_participant_s_account_is_closed_the_guide_closes_it_alone_in_every_kind(cast):
    journey = begun(cast, kind="mentoring")
    guide, _participant = two(cast, journey)
    guide.says_what_is_needed()
    leaves(cast, cast.participant)
    guide.does("acknowledge", side="guide")

    guide.does("close")

    assert guide.state == "completed"


def test_without_e_mail_all_is_said_here_and_no_letter_goes_out(cast):
    journey = cast.journey()
    Person.objects.filter(id=cast.participant.id).update(email="")
    guide, participant = two(cast, journey)
    mail.outbox.clear()

    guide.does("begin")

    assert mail.outbox == []
    assert "The parts of the ending" in participant.opens("room")
    participant.says_what_is_needed()
    close_together(guide, participant)


def test_without_an_account_the_guide_writes_all_of_it_in_the_room(cast):
    journey = begun(cast, participant_has_account=False, kind="treatment")
    [(need, rated, _levelled)] = chain(cast, journey)
    guide = Desk(cast, cast.guide, journey)
    guide.does(
        "today", **{f"rating_{need.id}": "7", f"words_{need.id}": "I sleep", f"reading_{rated.id}": "7"}
    )
    guide.writes("benefit", "Pat has a garden again")
    guide.writes("participant_benefit", "I am in the garden")
    guide.does("ready")
    guide.does("add_entry", sort="strategy", what="it rains", then="sort the seeds")
    guide.says_what_is_needed()

    guide.does("acknowledge", side="participant")
    guide.does("acknowledge", side="guide")

    keepsake = guide.opens("keepsake")
    assert guide.state == "completed"
    for words in ("I sleep", "I am in the garden", "Pat has a garden again", "sort the seeds"):
        assert words in keepsake
    closing = guide.opens("closing")
    assert "recorded by Gwen Guide" in closing


# --- things typed that can't be ------------------------------------------------------------------------


def test_closing_is_refused_with_one_sentence_after_the_other_until_all_is_said(cast):
    journey = begun(cast, kind="treatment")
    [(need, *_targets)] = chain(cast, journey)
    participant = Desk(cast, cast.participant, journey)
    steps = (
        ("Today's picture is still missing", lambda: participant.does("today", **{f"rating_{need.id}": "7"})),
        ("Say what support there will be", lambda: participant.does("no_support")),
        ("“Summary at discharge” is still open", lambda: participant.writes("discharge", "It is over")),
        ("“If it comes back” is still open", lambda: participant.writes("return_plan", "I call")),
        ("“Where it goes on” is still open", lambda: participant.does("nothing", matter="referral")),
        ("“What remains” is still open", lambda: participant.does("nothing", matter="remains")),
        ("Please say how long this record is stored", lambda: participant.does("kept", **FORM)),
    )

    for sentence, act in steps:
        refused = participant.does("acknowledge", status=409, side="participant")
        assert escape(sentence) in refused.content.decode()
        assert escape(sentence) in participant.opens("closing")
        act()

    participant.does("acknowledge", side="participant")


def test_pressed_twice_an_acknowledgement_is_given_once(cast):
    guide, participant = two(cast, begun(cast))
    participant.says_what_is_needed()
    participant.does("acknowledge", side="participant")

    participant.does("acknowledge", status=409, side="participant")

    assert guide.state == "ending"

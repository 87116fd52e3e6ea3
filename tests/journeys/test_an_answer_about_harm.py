"""A whole course of talking therapy with an answer about harm at three moments, each in the browsers of those it is about.

The first comes before the two have met, with a form half filled in; the second, worse, with a form handed in before a
later appointment. With a person who has no account it comes in the middle of an appointment, filled in together.
"""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.core import mail
from playwright.sync_api import expect

from alongside.goals.safety.models import SafetyNotice

from . import beginnings as begin
from . import endings, sessions
from . import first_meetings as first
from .beginnings import Walk
from .tales import TREATMENT
from .walker import Walker

ITEM = "Thoughts that you would be better off dead or of hurting yourself in some way"
ANSWERS = ("Not at all", "Several days", "More than half the days", "Nearly every day")
TALE = replace(TREATMENT, template="Talking therapy", participant="Ana Lima", email="ana.lima@example.org")
ALERT = ".safety-alert"


@pytest.fixture
def walk(calendar, a_guide, somebody) -> Walk:
    guide = a_guide(TALE.guide)
    two = somebody(TALE.guide, guide.email), somebody(TALE.participant, TALE.email, width=390)
    return Walk(TALE, *two, calendar)


# --- what is done with a questionnaire ------------------------------------------------------------------------------


def answers(walker: Walker, given: dict[int, int]) -> None:
    for number, answer in given.items():
        walker.page.locator(f"[name=q{number}][value='{answer}']").check(force=True)


def is_shown_where_help_is(walker: Walker) -> None:
    """At once: the page that comes is the one on which help is."""
    expect(walker.page).to_have_url(re.compile(r"/goals/safety/"))
    walker.sees("You are not alone with this")


def sees_the_alert_first(walk: Walk, address: str, *words: str) -> None:
    """Above everything of the page, with all that whoever guides needs to act on."""
    guide = walk.guide
    guide.opens(address)
    guide.sees(ITEM, *words, within=ALERT)
    expect(guide.page.locator(ALERT).get_by_role("button", name="Save what I did")).to_be_visible()
    first_thing = guide.page.locator("main :is(section, form, ul, h2)").first
    expect(first_thing).to_have_class(re.compile("safety-alert"))
    assert guide.page.evaluate(NOTHING_WIDER), "the alert fits the page"


NOTHING_WIDER = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def says_what_was_done(walk: Walk, words: str) -> None:
    walk.guide.fills(ALERT, what_was_done=words)
    walk.guide.presses("Save what I did", within=ALERT)
    expect(walk.guide.page.locator(ALERT)).to_have_count(0)


def reads_it_again(walker: Walker, *addresses: str, words: tuple[str, ...]) -> None:
    for address in addresses:
        walker.opens(address)
        walker.sees(*words)


def asked_to_look(walk: Walk) -> int:
    """How many urgent emails the guide has had."""
    return sum(each.subject.startswith("Urgent") for each in mail.outbox if each.to == [walk.guide.email])


def nothing_stood_in_the_way(*walkers: Walker) -> None:
    for walker in walkers:
        assert walker.trouble == []
        assert walker.found == []


# --- the walks ------------------------------------------------------------------------------------------------------


def test_an_answer_before_the_first_meeting_and_a_worse_one_later_each_reach_the_guide(walk):
    guide, participant, tale = walk.guide, walk.participant, walk.tale

    # given a course of talking therapy with somebody who has just come in
    begin.signs_in(guide)
    begin.begins_a_journey(walk, email=participant.email)
    begin.invites(walk)
    begin.opens_the_letter(walk)
    begin.accepts_the_invitation(walk)
    begin.adds_a_place(walk)
    begin.books(walk, guide, days=0, hour=10)

    # when they answer the ninth question, and save the form before it is finished
    participant.opens("/")
    participant.follows(re.compile("^PHQ-9 and GAD-7, before"))
    answers(participant, {1: 2, 9: 1})
    participant.presses("Save and finish later")
    is_shown_where_help_is(participant)

    # then the guide sees it first, wherever they begin, and says what was done
    assert asked_to_look(walk) == 1
    seen = (ANSWERS[1], "No safety plan has been agreed yet.")
    sees_the_alert_first(walk, walk.address, *seen)
    sees_the_alert_first(walk, "/", *seen)
    says_what_was_done(walk, "Called Ana. Her sister is with her tonight.")
    first_done = "Called Ana. Her sister is with her tonight."
    reads_it_again(guide, walk.room("goals/on-track/"), words=(ITEM, first_done))
    reads_it_again(guide, walk.room("timeline/"), words=(first_done,))
    reads_it_again(
        participant, walk.room("timeline/"), words=("Called Ana. Her sister is with her tonight.",)
    )

    # when they have met and agreed, with a safety plan
    first.prepares(walk, participant, *tale.answers)
    participant.sees("If you need help now")
    first.sends_it(walk, participant)
    first.prepares(walk, guide, tale.offer)
    first.sends_it(walk, guide)
    walk.calendar.goes_on_to(days=0, hour=10)
    first.says_what_is_needed(walk, participant)
    first.sets_a_rated_target(walk, participant)
    first.plans_a_first_step(
        walk, participant, text=tale.step, owner=tale.participant, serves=tale.rated_aim.difference
    )
    first.writes_the_agreement(walk, guide, own="We begin with what went well.")
    first.proposes_it(guide)
    first.accepts_it(walk, participant)
    participant.sees(re.compile("are asked before each appointment"))
    first.accepts_it(walk, guide)
    walk.calendar.goes_on_to(days=0, hour=11, minute=15)
    first.notes_that_they_met(walk, guide)
    begin.books(walk, guide, days=7, hour=10)

    # and before the next appointment the whole form is handed in, worse than before
    walk.calendar.goes_on_to(days=4, hour=11)
    begin.signs_in_with_a_code(participant)
    participant.opens("/")
    participant.follows(re.compile("^PHQ-9 and GAD-7, before Monday"))
    answers(participant, dict.fromkeys(range(1, 9), 2) | {9: 3, 10: 1})
    participant.presses("Submit")
    is_shown_where_help_is(participant)
    participant.sees("01632 960 101")

    # then it is not silent because an earlier one was answered, and says all there is to say
    assert asked_to_look(walk) == 2
    begin.signs_in(guide)
    seen = (ANSWERS[3], "Total: 19 of 27", "Anna, 01632 960 101")
    sees_the_alert_first(walk, "/", *seen)
    sees_the_alert_first(walk, walk.address, *seen)
    sees_the_alert_first(walk, walk.room("sessions/2/"), ANSWERS[3])
    guide.opens(walk.address)
    says_what_was_done(walk, "Saw Ana the same afternoon and went through the plan.")

    # and the appointment's record and its copies keep what was done
    walk.calendar.goes_on_to(days=7, hour=9, minute=55)
    begin.signs_in(guide)
    begin.signs_in_with_a_code(participant)
    guide.opens(walk.room("sessions/2/"))
    guide.presses(re.compile("^Open the"))
    sessions.plans_a_step(walk, guide, tale.next_step)
    sessions.closes(walk, 2)
    sessions.acknowledges(walk, 2)
    done = ("Saw Ana the same afternoon and went through the plan.", ANSWERS[3])
    copies = (walk.room("sessions/2/"), walk.room("sessions/2/print/"))
    reads_it_again(guide, *copies, walk.room("goals/on-track/"), words=done)
    reads_it_again(participant, *copies, walk.room("timeline/"), words=done[:1])

    # and at the end they look back as in any other treatment
    endings.begins_the_ending(walk, guide)
    reads_it_again(
        guide, walk.room("timeline/"), words=(*done[:1], "Called Ana. Her sister is with her tonight.")
    )
    assert SafetyNotice.objects.filter(seen_at=None).count() == 0
    nothing_stood_in_the_way(*walk.both)


def test_an_answer_given_in_the_room_turns_the_screen_to_the_person(walk):
    guide, tale = walk.guide, walk.tale

    # given somebody without an account or an email address
    begin.signs_in(guide)
    begin.begins_a_journey(walk, email="")
    guide.follows("Start", within="main")
    guide.presses("Send the invitation")
    begin.adds_a_place(walk)
    begin.books(walk, guide, days=0, hour=10)
    walk.calendar.goes_on_to(days=0, hour=10)
    first.says_what_is_needed(walk, guide)
    first.sets_a_rated_target(walk, guide)
    first.plans_a_first_step(
        walk, guide, text=tale.step, owner=tale.participant, serves=tale.rated_aim.difference
    )
    first.writes_the_agreement(walk, guide, own="We begin with what went well.")
    first.proposes_it(guide)
    first.accepts_it(walk, guide)
    guide.fills("details:has(form[action*=room])", typed_name=tale.participant)
    guide.presses("Accepted in person")
    walk.calendar.goes_on_to(days=0, hour=11, minute=15)
    first.notes_that_they_met(walk, guide)
    begin.books(walk, guide, days=7, hour=10)

    # when they fill in the questionnaire together, on the page of their second appointment
    walk.calendar.goes_on_to(days=7, hour=10)
    begin.signs_in(guide)
    guide.opens(walk.room("sessions/2/"))
    guide.presses(re.compile("^Open the"))
    guide.follows(re.compile("^Fill in together"))
    answers(guide, dict.fromkeys(range(1, 9), 1) | {9: 2, 10: 1})
    guide.presses("Submit")

    # then the guide has the alert at once, and turns the screen to the page on which help is
    guide.sees(ITEM, ANSWERS[2], "Turn the screen", within=ALERT)
    sees_the_alert_first(walk, walk.room("sessions/2/"), ANSWERS[2])
    sees_the_alert_first(walk, walk.address, ANSWERS[2])
    guide.follows("Open the help page", within=ALERT)
    is_shown_where_help_is(guide)

    # and what was done stands where the course is read
    guide.opens("/")
    says_what_was_done(walk, "Made a plan together, and called her sister.")
    reads_it_again(
        guide,
        walk.room("goals/on-track/"),
        walk.room("timeline/"),
        words=("Made a plan together, and called her sister.",),
    )
    nothing_stood_in_the_way(guide)

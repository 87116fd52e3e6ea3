"""Steps of the story: a meeting from "what matters today" to both acknowledged."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from .beginnings import Walk
from .walker import Walker


def says_what_matters(walk: Walk, number: int) -> None:
    participant = walk.participant
    participant.opens(walk.room(f"sessions/{number}/"))
    participant.sees(walk.tale.step)
    participant.writes(participant.box("What matters to me today"), walk.tale.matters)


def open_the_meeting(walk: Walk, number: int) -> None:
    for walker in walk.both:
        walker.opens(walk.room(f"sessions/{number}/"))
        if walker.page.locator("#review").count() == 0:
            walker.presses(re.compile("^Open the"))
        walker.sees(walk.tale.matters)


def reviews_the_first_steps(walk: Walk, walker: Walker) -> None:
    """Ticks and words of the review are saved by themselves; a reading beside them."""
    review = walker.page.locator("#review-form")
    for place, state in ((0, "done"), (1, "partly")):
        step = review.locator("fieldset.review-step").nth(place)
        step.get_by_label(state, exact=True).check(force=True)
    review.locator(
        "fieldset.review-step input[type=text], fieldset.review-step input.form-control"
    ).first.fill(walk.tale.helped)
    review.locator(".readings select, .readings input:visible").nth(1).press_sequentially("4")
    expect(walker.page.locator("#review-said")).not_to_be_empty()
    walker.presses("Save the review")
    walker.sees("The review is saved.")


def write_at_the_same_time(walk: Walk) -> None:
    """Both write in the same notes; each finds both."""
    guide, participant = walk.both
    notes = "#issues form[data-words]"
    for walker, words in ((guide, walk.tale.guide_notes), (participant, walk.tale.participant_notes)):
        walker.writes(walker.page.locator(notes), words)
    guide.opens_again()
    for words in (walk.tale.guide_notes, walk.tale.participant_notes):
        expect(guide.page.locator(notes).locator("textarea")).to_have_value(re.compile(re.escape(words)))


def writes_privately(walk: Walk) -> None:
    walk.guide.writes(walk.guide.box("My private notes"), walk.tale.private)
    walk.participant.opens_again()
    walk.participant.does_not_see(walk.tale.private)


def makes_an_issue_a_need(walk: Walk, walker: Walker) -> None:
    walker.fills("#issues", text=walk.tale.issue)
    walker.presses("Add", within="#issues")
    walker.sees(walk.tale.issue)
    walker.presses("A new need", within="#issues")
    walker.sees(re.compile("need"), within="#issues .entry-meta")


def plans_a_step(walk: Walk, walker: Walker, text: str) -> None:
    walker.fills("#plan", text=text)
    walker.presses("Add this step", within="#plan")
    walker.sees(text, within="#plan")


def books_the_next(walk: Walk, walker: Walker, *, days: int, hour: int) -> None:
    walker.fills("#booking", date=str(walk.calendar.day(days)), time=f"{hour:02}:00")
    walker.presses(walk.tale.book, within="#booking")
    walker.sees("Booked.")


def says_it_in_own_words(walk: Walk) -> None:
    participant = walk.participant
    participant.opens_again()
    participant.writes(participant.box("In my own words"), walk.tale.summary)


def closes(walk: Walk, number: int) -> None:
    guide = walk.guide
    guide.opens(walk.room(f"sessions/{number}/"))
    guide.page.locator("#closing [name=safety_raised][value=no]").check(force=True)
    guide.presses(walk.tale.close, within="#closing")
    guide.sees(re.compile("You have acknowledged it|Closed on"))


def acknowledges(walk: Walk, number: int) -> None:
    participant = walk.participant
    participant.opens(walk.room(f"sessions/{number}/"))
    participant.presses("I acknowledge this record")
    participant.sees("Closed on")


def answers_the_four_questions(walk: Walk, number: int) -> None:
    participant = walk.participant
    participant.opens(walk.room(f"sessions/{number}/"))
    participant.follows("Answer the four questions")
    for group in participant.page.locator("main fieldset").all()[:4]:
        group.get_by_label("8", exact=True).check(force=True)
    participant.presses("Save my answers")
    participant.sees("Thank you.")

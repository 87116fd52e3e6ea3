"""A meeting whose page both have open: each sees what the other adds, and nothing one is writing is disturbed."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import expect

from alongside.goals.models import Step
from alongside.goals.states import StepState
from alongside.rooms.sessions.record import actions
from alongside.rooms.sessions.record.models import Acknowledgement
from alongside.rooms.sessions.record.review_queries import steps_here
from alongside.rooms.sessions.record.tests.factories import closing

from .tables import (
    LATEST,
    AtTable,
    adds_a_step,
    lay_table,
    lets_in,
    notes,
    raises,
    ticked,
    ticks,
    writes,
)

SOON = 2.0
"""Seconds in which the other has it, where the machine has nothing else to do."""


@pytest.fixture
def table(committed, cast, somebody, live_server) -> AtTable:
    table = lay_table(cast, somebody, live_server.url)
    actions.start_meeting(number=3, by=table.seat(cast.guide))
    table.sit_down()
    yield table
    assert table.guide.trouble + table.participant.trouble == []


def state_of(table: AtTable, place: int) -> tuple[str, str]:
    steps = steps_here(table.seat(table.cast.guide), 3, closed=False)
    found = sorted((s for s in steps if s.planned_in == 2), key=lambda step: step.id)[place]
    return str(found.state), found.word


# --- what the other adds ----------------------------------------------------------------------------------


def test_each_sees_what_the_other_adds_without_reloading(table):
    guide, participant = (walker.page for walker in table.both)
    for page in (guide, participant):
        page.evaluate("window.stays = true")

    adds_a_step(guide, "Present on Thursday")
    expect(participant.locator("#plan .step-text")).to_have_text("Present on Thursday", timeout=LATEST)
    raises(participant, "The rota")
    expect(guide.locator("#issues .entry-title")).to_have_text("The rota", timeout=LATEST)
    ticks(participant, 0, "partly")
    expect(ticked(guide, 0, "partly")).to_be_checked(timeout=LATEST)
    participant.locator(".readings input:visible").first.fill("6")
    participant.locator(".readings input:visible").first.blur()
    expect(guide.locator("#direction")).to_contain_text("to 6 of 10 now", timeout=LATEST)
    writes(participant, "review", "It rained.")
    expect(notes(guide, "review")).to_have_value("It rained.", timeout=LATEST)
    guide.locator("#booking").get_by_role("button").click()
    expect(participant.locator("#closing")).to_contain_text("Next session:", timeout=LATEST)
    guide.locator("[name=safety_raised][value=no]").check(force=True)
    guide.get_by_role("button", name="Close the session").click()
    expect(participant.locator("header.page-head, .page-head")).to_contain_text(
        f"{table.guide.name} has acknowledged it", timeout=LATEST
    )
    participant.get_by_role("button", name="I acknowledge this record").first.click()
    expect(guide.locator(".page-head")).to_contain_text("Closed on", timeout=LATEST)
    for page in (guide, participant):
        assert page.evaluate("window.stays") is True


def test_the_other_has_it_soon(table):
    """The quickest of five, so that it says what the page does, not what else the machine does."""
    guide, participant = (walker.page for walker in table.both)
    delays = []
    for turn in range(5):
        with guide.expect_response(lambda answer: answer.request.method == "POST"):
            adds_a_step(guide, f"Step {turn}")
        began = time.monotonic()
        expect(participant.locator("#plan .step-text").nth(turn)).to_be_visible(timeout=LATEST)
        delays.append(time.monotonic() - began)
    assert min(delays) < SOON, delays


def test_what_one_is_at_work_on_stays_as_it_is(table):
    guide, participant = (walker.page for walker in table.both)
    raises(participant, "The rota")
    expect(guide.locator("#issues details.more")).to_have_count(1, timeout=LATEST)
    guide.locator("#issues details.more summary").click()
    guide.locator("#issues [name=word]").fill("to the rota lead")
    guide.locator("#id_issue_text").fill("Half an iss")
    guide.locator("#id_step_target").select_option(str(table.aim.id))
    notes(guide, "issues").click()
    guide.keyboard.type("Being written")
    guide.keyboard.press("ArrowLeft")
    expect(guide.locator("#issues [data-words-status]")).to_contain_text("Saved", timeout=LATEST)
    caret = "() => [document.activeElement.id, document.activeElement.selectionStart, Math.round(scrollY)]"
    before = guide.evaluate(caret)

    adds_a_step(participant, "Read")
    raises(participant, "Sleep")
    ticks(participant, 2, "done")
    expect(guide.locator("#plan .step-text")).to_have_text("Read", timeout=LATEST)
    expect(guide.locator("#issues .entry-title")).to_have_text(["The rota", "Sleep"], timeout=LATEST)
    expect(ticked(guide, 2, "done")).to_be_checked(timeout=LATEST)

    assert guide.evaluate(caret)[:2] == before[:2]
    expect(guide.locator("#issues details.more").first).to_have_attribute("open", "")
    expect(guide.locator("#issues [name=word]").first).to_have_value("to the rota lead")
    expect(guide.locator("#id_issue_text")).to_have_value("Half an iss")
    expect(guide.locator("#id_step_target")).to_have_value(str(table.aim.id))
    expect(notes(guide, "issues")).to_have_value("Being written")
    # an action of one's own takes nothing of the rest with it either
    adds_a_step(guide, "Mine")
    expect(guide.locator("#plan .step-text")).to_have_text(["Read", "Mine"], timeout=LATEST)
    expect(guide.locator("#id_step_text")).to_be_focused()
    expect(guide.locator("#id_issue_text")).to_have_value("Half an iss")


def test_a_tick_of_mine_leaves_the_ticks_of_the_other_as_they_are(table):
    guide, participant = (walker.page for walker in table.both)
    ticks(guide, 0, "done")
    expect(guide.locator("#review-said")).to_contain_text("Saved", timeout=LATEST)
    expect(ticked(participant, 0, "done")).to_be_checked(timeout=LATEST)
    participant.context.set_offline(True)
    ticks(guide, 0, "not yet")
    guide.locator("fieldset.review-step").nth(0).locator("[name^=word_]").fill("It rained")
    guide.locator("fieldset.review-step").nth(0).locator("[name^=word_]").blur()
    expect(ticked(participant, 0, "done")).to_be_checked()
    ticks(participant, 1, "partly")
    expect(participant.locator("#review-said")).to_contain_text("Not connected", timeout=LATEST)
    participant.context.set_offline(False)

    expect(ticked(guide, 1, "partly")).to_be_checked(timeout=15_000)
    expect(ticked(participant, 0, "not yet")).to_be_checked(timeout=LATEST)
    assert [state_of(table, place) for place in (0, 1)] == [("not_yet", "It rained"), ("partly", "")]


def test_both_write_in_the_same_notes_at_once_and_every_word_is_there(table):
    guide, participant = (walker.page for walker in table.both)
    for turn in range(6):
        writes(guide, "plan", f" guide{turn}")
        writes(participant, "plan", f" part{turn}")
    every = [f"{who}{turn}" for who in ("guide", "part") for turn in range(6)]
    whole = re.compile("".join(rf"(?=[\s\S]*\b{word}\b)" for word in every))
    for page in (guide, participant):
        expect(notes(page, "plan")).to_have_value(whole, timeout=15_000)
    texts = {notes(page, "plan").input_value() for page in (guide, participant)}
    assert len(texts) == 1
    assert sorted(texts.pop().split()) == sorted(every)


# --- who is here ------------------------------------------------------------------------------------------


def test_whoever_goes_was_here(table, live_server):
    participant = table.participant.page
    table.guide.page.goto("/")
    expect(participant.locator("[data-who]")).to_have_text(
        re.compile(rf"{table.guide.name} was here at \d\d:\d\d"), timeout=45_000
    )


def test_a_page_nobody_looks_at_asks_nothing(table):
    """Another tab in front: the page is hidden, and says nothing to the server until it is looked at again."""
    page = table.guide.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => true, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.wait_for_timeout(1500)
    asked.clear()
    page.wait_for_timeout(3000)
    assert asked == []
    page.evaluate(
        "Object.defineProperty(document, 'hidden', {get: () => false, configurable: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    page.wait_for_timeout(2500)
    assert any(url.split("?")[0].endswith("/now/") for url in asked)


# --- bad luck ---------------------------------------------------------------------------------------------


def test_a_step_whose_answer_was_lost_is_planned_once(table):
    page, lost = table.guide.page, []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/steps/", lose)
    adds_a_step(page, "Walk")
    expect(page.locator("#plan .action-said")).to_contain_text("Not connected")
    expect(page.locator("#plan .step-text")).to_have_text(["Walk"], timeout=15_000)
    expect(page.locator("#id_step_text")).to_have_value("")
    expect(page.locator("#plan .action-said")).to_be_hidden()
    assert lost == [200]
    assert [str(s.text) for s in Step.objects.filter(planned_in=3)] == ["Walk"]


CUT = """async (path) => {
  const whole = window.fetch;
  window.fetch = async (...asked) => {
    const answer = await whole(...asked);
    if (!new URL(asked[0], location).pathname.endsWith(path) || window.cut) return answer;
    window.cut = await answer.text();
    const body = new ReadableStream({ start: (stream) => stream.error(new TypeError("network error")) });
    return new Response(body, { status: answer.status, headers: answer.headers });
  };
}"""
"""What a browser makes of an answer of which the first lines arrived and the rest did not: the server was killed, or
the line went, in the middle of it."""


def test_an_answer_cut_short_is_none_and_what_was_done_is_done_once(table):
    guide, participant = (walker.page for walker in table.both)
    guide.evaluate(CUT, "/steps/")
    adds_a_step(guide, "Walk")
    expect(guide.locator("#plan .action-said")).to_contain_text("Not connected")
    expect(guide.locator("#id_step_text")).to_have_value("", timeout=15_000)
    expect(guide.locator("#plan .step-text")).to_have_text(["Walk"], timeout=15_000)
    assert "Walk" in guide.evaluate("window.cut")
    assert [str(s.text) for s in Step.objects.filter(planned_in=3)] == ["Walk"]

    participant.evaluate(
        CUT, participant.locator("#words-notes-plan").evaluate("area => area.form.action").split("/", 3)[3]
    )
    writes(participant, "plan", "Once.")
    expect(participant.locator("#plan [data-words-status]")).to_contain_text("Saved", timeout=LATEST)
    assert participant.evaluate("window.cut")
    expect(notes(guide, "plan")).to_have_value("Once.", timeout=LATEST)


def test_what_is_done_without_a_connection_is_kept_and_done_when_it_returns(table):
    """Lost for an hour by the page's own clock, as with a closed lid."""
    guide, participant = (walker.page for walker in table.both)
    participant.clock.install()
    participant.reload()
    participant.context.set_offline(True)
    adds_a_step(participant, "Written in the tunnel")
    ticks(participant, 0, "done")
    writes(participant, "plan", "Words in the tunnel.")
    expect(participant.locator("#plan .action-said")).to_contain_text("stays here")
    adds_a_step(guide, "Above ground")
    writes(guide, "plan", "Words above ground.")
    expect(guide.locator("#plan [data-words-status]")).to_contain_text("Saved", timeout=LATEST)
    participant.clock.fast_forward("01:00:00")
    expect(participant.locator("[data-live-said]")).to_contain_text("Not connected")
    expect(participant.locator("#id_step_text")).to_have_value("Written in the tunnel")

    participant.context.set_offline(False)
    participant.clock.resume()
    expect(guide.locator("#plan .step-text")).to_have_text(
        ["Above ground", "Written in the tunnel"], timeout=30_000
    )
    both = re.compile(r"(?=[\s\S]*Words in the tunnel\.)(?=[\s\S]*Words above ground\.)")
    for page in (guide, participant):
        expect(notes(page, "plan")).to_have_value(both, timeout=30_000)
        expect(ticked(page, 0, "done")).to_be_checked(timeout=15_000)
    assert state_of(table, 0)[0] == StepState.DONE


def test_both_close_at_once(table):
    guide, participant = (walker.page for walker in table.both)
    adds_a_step(guide, "Walk")
    expect(participant.locator("#plan .step-text")).to_have_text("Walk", timeout=LATEST)
    guide.locator("[name=safety_raised][value=no]").check(force=True)
    guide.evaluate("document.querySelector('#closing .form-actions button').click()")
    participant.evaluate(
        "[...document.querySelectorAll('button')].find(b => b.textContent.includes('I acknowledge')).click()"
    )
    for page in (guide, participant):
        expect(page.locator(".page-head")).to_contain_text("Closed on", timeout=LATEST)
    assert sorted(Acknowledgement.objects.values_list("side", flat=True).filter(record__number=3)) == [
        "guide",
        "participant",
    ]


def test_somebody_signed_out_meanwhile_goes_on_after_signing_in_on_another_tab(table, live_server):
    page = table.participant.page
    page.context.clear_cookies()
    expect(page.locator("[data-live-said]")).to_contain_text("You have been signed out", timeout=LATEST)
    writes(page, "plan", "Typed meanwhile.")
    table.cast.clients.pop(table.cast.participant.id)
    lets_in(table.cast, table.participant, table.cast.participant, live_server.url)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-live-said]")).not_to_contain_text("signed out", timeout=30_000)
    raises(page, "After coming back")
    expect(table.guide.page.locator("#issues .entry-title")).to_have_text("After coming back", timeout=15_000)
    writes(page, "plan", " And on.")
    expect(notes(table.guide.page, "plan")).to_have_value("Typed meanwhile. And on.", timeout=30_000)


def test_words_in_the_wrong_record_vanish_from_both_pages(table):
    guide, participant = (walker.page for walker in table.both)
    writes(guide, "plan", "About somebody else.")
    expect(notes(participant, "plan")).to_have_value("About somebody else.", timeout=LATEST)
    table.guide.follows("Something was entered in error")
    guide.get_by_label("About somebody else.").check(force=True)
    table.guide.fills(reason="The wrong person's page was open")
    table.guide.presses(re.compile("Hide|hide"), within="main")
    expect(participant.locator("body")).not_to_contain_text("About somebody else", timeout=LATEST)
    expect(notes(participant, "plan")).to_have_value("", timeout=LATEST)


# --- a clock that is wrong --------------------------------------------------------------------------------

WRONG = """
const right = Date, ahead = %d;
class Wrong extends right { constructor(...at) { at.length ? super(...at) : super(right.now() + ahead) }
  static now() { return right.now() + ahead } }
globalThis.Date = Wrong;
"""


@pytest.mark.parametrize("hours", [-5, 7])
def test_the_clock_is_right_on_a_machine_whose_own_is_wrong_by_hours(table, hours):
    guide, participant = (walker.page for walker in table.both)
    participant.context.add_init_script(WRONG % (hours * 3_600_000))
    participant.reload()
    for page in (guide, participant):
        expect(page.locator("[data-clock-left]")).to_have_text(
            re.compile(r"about 4[2-5] min left, \d+ of them for the plan")
        )
    adds_a_step(participant, "Walk")
    expect(guide.locator("#plan .step-text")).to_have_text("Walk", timeout=LATEST)
    expect(participant.locator("[data-clock-left]")).to_have_text(re.compile("about 4[2-5] min left"))


def test_the_guide_closes_while_the_participant_types(committed, cast, somebody, live_server):
    """In treatment the guide's yes closes it: what is typed on is the participant's own addition, and nothing is refused."""
    table = lay_table(cast, somebody, live_server.url, "treatment")
    seat = table.seat(cast.guide)
    actions.start_meeting(number=3, by=seat)
    table.sit_down()
    guide, participant = (walker.page for walker in table.both)
    writes(participant, "plan", "Before.")
    expect(notes(guide, "plan")).to_have_value("Before.", timeout=LATEST)
    notes(participant, "plan").press("ControlOrMeta+End")
    participant.keyboard.type(" And while it")
    actions.close_meeting(number=3, closing=closing(seat), by=seat)
    participant.keyboard.type(" was closed I wrote on.", delay=120)
    box = participant.locator("#words-notes-plan-box", has=participant.locator("textarea"))
    expect(box.locator("[data-words-status]")).to_contain_text("What you added is saved", timeout=LATEST)
    expect(notes(participant, "plan")).to_have_value(re.compile("closed I wrote on"))
    # the last letter is saved a moment after it was typed: the guide looks until it is there
    for _each in range(20):
        guide.reload()
        if "was closed I wrote on." in guide.locator("#afterwards").inner_text():
            break
        guide.wait_for_timeout(500)
    for page in (guide, participant):
        page.reload()
        expect(page.locator("#afterwards")).to_contain_text("was closed I wrote on.")
    assert "Before." in participant.locator("#plan").inner_text()

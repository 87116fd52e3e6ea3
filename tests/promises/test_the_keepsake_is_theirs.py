"""The promise: the keepsake is theirs.

It can be taken away as paper and as one file, opens without a network, an account or us, holds what both could read and
never a word that is the guide's alone. What it leads to is as much theirs: asked again on days of their choice, by a
link that shows nothing to others; what is not answered stays unanswered; and who reads an answer is theirs to say.
"""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from alongside.journeys.kinds import KINDS
from alongside.journeys.words import write
from alongside.kernel import clock
from alongside.people.actions import close_account
from alongside.rooms.ending.contributions.queries import box_named
from alongside.rooms.ending.follow_up.models import FollowUpAnswer, FollowUpStateRecord, FollowUpValue
from alongside.rooms.ending.record.queries import ending_of
from alongside.rooms.ending.tests.afterwards import (
    DAY,
    come_round,
    ended,
    fields,
    keepsake_link,
    link_in,
    on,
    opened,
)
from alongside.rooms.environment.tests.conftest import committed  # noqa: F401
from tests.furnish import GUIDES, NAMED, OURS, PARTICIPANTS, furnish_journey

SHAPES = ("pdf", "small_pdf", "file")


def take(client, journey, shape) -> str:
    """What one reads of the keepsake in that shape, and everything that is written in the file around it."""
    answer = client.get(reverse(f"keepsake:{shape}", args=[journey.id]))
    assert answer.status_code == 200
    if shape == "file":
        return answer.content.decode()
    found = PdfReader(io.BytesIO(answer.content))
    # also what no reader shows: metadata, alternative texts, whatever else lies in the objects of the file
    around = (
        [str(found.get_object(number)) for number in range(1, len(found.xref[0]) + 1)] if found.xref else []
    )
    return "\n".join([*(page.extract_text() for page in found.pages), str(found.metadata), *around])


# --- what is in it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(KINDS))
def test_no_shape_holds_a_word_that_is_the_guide_s_alone(cast, kind):
    journey = furnish_journey(cast, kind)
    guide, participant = cast.seat(cast.guide, journey), cast.seat(cast.participant, journey)
    for seat, secret in ((guide, GUIDES), (participant, PARTICIPANTS)):
        for question in guide.kind.ending_questions.guide:
            box = box_named(seat, ending_of(seat), question.key, revealed=False)
            if box:
                write(box=box, text=f"{question.key} {secret}", version=0, by=seat)
    for who, own, others in (
        (cast.participant, PARTICIPANTS, (GUIDES, NAMED)),
        (cast.guide, None, (GUIDES, NAMED, PARTICIPANTS)),
    ):
        for shape in SHAPES:
            text = take(cast.client(who), journey, shape)
            assert OURS in text, "what both may read is in it, or the test would prove nothing"
            assert own is None or own in text
            assert not [secret for secret in others if secret in text], (who.name, shape)


def test_nobody_else_takes_it(cast):
    journey, _made = ended(cast)
    for shape in SHAPES:
        path = reverse(f"keepsake:{shape}", args=[journey.id])
        for who in (cast.stranger, cast.colleague, cast.lead, cast.administrator):
            assert cast.client(who).get(path).status_code == 404
        assert cast.client(cast.supporter).get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_it_is_readable_when_the_account_and_the_guide_are_gone(cast):
    journey, _made = ended(cast, title="Finding my feet")
    path = keepsake_link(cast, journey)
    close_account(person=cast.guide, reason="moved on", by=cast.administrator)
    close_account(person=cast.participant, reason="asked for it", by=cast.administrator)

    assert cast.client(cast.participant).get(f"/journeys/{journey.id}/").status_code in (302, 403)
    with on():
        page = opened(path).get(path + "keepsake/").content.decode()

    assert "Finding my feet" in page and "I sleep till six" in page


# --- a link is nobody's but theirs --------------------------------------------------------------------------


def test_a_link_in_other_hands_shows_nothing(cast):
    journey, _made = ended(cast, title="Finding my feet", kind="treatment")
    letter = come_round()[0]
    paths = [link_in(letter), keepsake_link(cast, journey)]
    forbidden = (
        "Finding",
        "Gwen",
        "Guide",
        "Paul",
        "Participant",
        "treatment",
        "Sleep through",
        "sleep till",
    )

    with on():
        for path in paths:
            other = Client()
            for part in ("", "keepsake/", "back/", "help/", "stop/", "?again=1"):
                for answer in (
                    other.get(path + part),
                    other.post(path + part if part != "stop/" else path, {}),
                ):
                    page = answer.content.decode()
                    assert not [word for word in forbidden if word in page], (part, answer.status_code)
            assert other.post(path, {"whom": "Paul"}).status_code == 422
            signed_in = cast.client(cast.colleague)
            assert "Finding" not in signed_in.get(path).content.decode()
        # one link's answer opens no other
        first = opened(paths[0])
        assert "Who did you meet with?" in first.get(paths[1]).content.decode()
    for cut in (paths[0][:-3] + "/", "/later/x/"):
        assert Client().get(cut).status_code == 404


def test_what_is_in_the_database_opens_no_link(cast):
    from alongside.rooms.ending.follow_up.models import FollowUpLetter
    from alongside.rooms.ending.links.models import KeepsakeLink

    ended(cast)
    come_round()
    with on():
        for row in (*FollowUpLetter.objects.all(), *KeepsakeLink.objects.all()):
            for known in (row.token_digest, row.id.hex, str(row.id)):
                assert Client().get(f"/later/{known}/").status_code == 404


# --- silence, and who reads ---------------------------------------------------------------------------------


def test_silence_is_never_filled_in(cast):
    journey, made = ended(cast, days=(DAY, DAY + dt.timedelta(days=92)))
    for days in (0, 8, 23, 92, 100, 115):
        come_round(DAY + dt.timedelta(days=days))

    states = FollowUpStateRecord.objects.filter(follow_up__journey=journey).order_by("created_at", "id")
    assert [row.state for row in states] == ["asked", "reminded", "silent"] * 2
    assert not FollowUpAnswer.objects.exists() and not FollowUpValue.objects.exists()
    with on(DAY + dt.timedelta(days=120)):
        page = (
            cast.client(cast.participant).get(reverse("follow_up:plan", args=[journey.id])).content.decode()
        )
    assert page.count("No answer came by") == 2 and made[0][0].statement not in page


def test_every_person_reads_answers_only_as_it_was_said_before_typing(cast):
    journey, made = ended(cast)
    path = link_in(come_round()[0])
    with on():
        client = opened(path)
        form = client.get(path).content.decode()
        assert form.index("Only you can read what you answer here") < form.index("<textarea")
        client.post(path, fields(made))
        for who in (cast.guide, cast.supporter, cast.colleague, cast.lead, cast.administrator, cast.stranger):
            for name in ("plan", "days"):
                page = cast.client(who).get(reverse(f"follow_up:{name}", args=[journey.id])).content.decode()
                assert "Mostly well" not in page and "I sleep still" not in page
            for address in (f"/journeys/{journey.id}/", f"/journeys/{journey.id}/goals/lines/"):
                assert "Mostly well" not in cast.client(who).get(address).content.decode()
        assert (
            "Mostly well"
            in cast.client(cast.participant)
            .get(reverse("follow_up:plan", args=[journey.id]))
            .content.decode()
        )


# --- in a browser -------------------------------------------------------------------------------------------


@pytest.fixture
def file(cast, tmp_path):
    """The file, on somebody's disk."""
    journey, _made = ended(cast, title="Sleep, 眠り, نوم")
    kept = tmp_path / "keepsake.html"
    kept.write_text(take(cast.client(cast.participant), journey, "file"), encoding="utf-8")
    return kept


@pytest.mark.parametrize(("width", "dark"), [(390, False), (390, True), (1440, False)])
def test_the_file_opens_with_the_network_off_and_asks_for_nothing(file, new_context, axe, width, dark):
    context = new_context(width=width, dark=dark, offline=True, java_script_enabled=not dark)
    page = context.new_page()
    asked: list[str] = []
    heard: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: heard.append(message.text))

    page.goto(file.as_uri())

    assert asked == [file.as_uri()], "nothing but the file itself"
    assert heard == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Sleep, 眠り, نوم")
    expect(page.get_by_text("I sleep till six")).to_be_visible()
    expect(page.get_by_role("img", name="A code for your phone's camera")).to_be_visible()
    if not dark:
        assert axe(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, "it fits"
    page.emulate_media(media="print")
    expect(page.get_by_text("I sleep till six")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_a_follow_up_by_link_on_a_phone(committed, cast, live_server, settings, new_context, axe, script):  # noqa: F811
    settings.PUBLIC_URL = live_server.url
    yesterday = clock.today("Europe/London") - dt.timedelta(days=1)
    at = clock.now() - dt.timedelta(days=60)
    _journey, _made = ended(cast, days=(yesterday,), at=at)
    path = link_in(come_round(yesterday)[0])
    page = new_context(width=390, java_script_enabled=script).new_page()

    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text("One question first")
    if script:
        assert axe(page) == []
    page.get_by_label("Who did you meet with?").fill("gwen")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Only you can read what you answer here.")).to_be_visible()
    if script:
        assert axe(page) == []
    page.get_by_label("Yes, it is").check(force=True)
    page.get_by_label("How are things now?").fill("Mostly well")
    page.locator("[name^=rating_][value='8']").check(force=True)
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Paul Participant")
    expect(page.get_by_text("5 points closer to your goal.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    if script:
        assert axe(page) == []
    page.get_by_role("link", name="Open the keepsake").click()
    expect(page.get_by_text("I sleep till six")).to_be_visible()
    assert str(FollowUpAnswer.objects.get().words) == "Mostly well"

"""Versions side by side, and the agreement on paper."""

import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from alongside.goals import actions as goal_actions
from alongside.goals.actions import Wording
from alongside.goals.queries import goals_of, target_for
from alongside.goals.states import NeedState
from alongside.journeys.comparing import compare
from alongside.rooms.first_meeting import actions, queries

TEXTS = st.lists(st.sampled_from(["we", "meet", "here", "weekly\n", "always. ", "\n\n", "  "]), max_size=30)


def marked(pieces):
    return [piece.text.strip() for piece in pieces if piece.changed]


def test_only_the_words_that_differ_are_marked():
    found = compare("We meet every week.\nIn room 4.", "We meet every second week.\nIn room 4.")

    assert (marked(found.before), marked(found.after)) == ([], ["second"])


def test_a_changed_word_is_marked_on_both_sides():
    found = compare("One hour each time.", "Half hour each time.")

    assert (marked(found.before), marked(found.after)) == (["One"], ["Half"])


@given(TEXTS, TEXTS)
def test_each_side_reads_whole_and_a_text_is_like_itself(one, other):
    before, after = " ".join(one), " ".join(other)
    found = compare(before, after)

    assert "".join(piece.text for piece in found.before) == before.strip()
    assert "".join(piece.text for piece in found.after) == after.strip()
    assert compare(before, before).is_same


def test_two_long_texts_without_a_common_line_are_compared():
    found = compare("word " * 4000, "other " * 4000)

    assert not found.is_same


def test_versions_are_laid_beside_each_other(room, participant):
    first = room.in_force()
    second = actions.reopen_agreement(version=first, by=room.guide)
    stands = queries.sections_of(room.guide, second)["purpose"]
    actions.write_section(
        version=second,
        key="purpose",
        text=stands.text + " Also this.",
        known=stands.version,
        base=None,
        by=room.guide,
    )

    page = participant.get(room.url("agreement/2/compare/"))

    assert page.status_code == 200
    shown = page.context["page"]
    assert [(one.key, marked(one.sides.before), marked(one.sides.after)) for one in shown.sections] == [
        ("purpose", [], ["Also this."])
    ]
    assert "[added:" in page.text and "<ins>" in page.text


def test_the_other_version_can_be_chosen_and_nonsense_falls_back(room, guide):
    actions.reopen_agreement(version=room.in_force(), by=room.guide)

    for asked in ("", "?with=2", "?with=9", "?with=x"):
        shown = guide.get(room.url(f"agreement/1/compare/{asked}")).context["page"]
        assert shown.after.startswith("Version 1") and shown.before.startswith("Version 2")
    assert shown.lead == "The two versions are the same."


def test_one_version_alone_says_so(room, guide):
    room.in_force()

    shown = guide.get(room.url("agreement/1/compare/")).context["page"]

    assert (shown.sections, shown.lead) == ((), "There is no other version to compare this one with yet.")


def test_paper_holds_what_both_agreed_and_nothing_read_by_one_alone(room, guide):
    version = room.proposed()
    actions.write_section(
        version=version, key="purpose", text="Secret afterthought", known=1, base="", by=room.guide
    )
    actions.accept_agreement(version=version, typed_name="Gwen G.", by=room.guide)

    answer = guide.get(room.url("agreement/1/paper/"))
    pages = PdfReader(io.BytesIO(answer.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())

    assert answer["Content-Disposition"] == 'attachment; filename="agreement-1.pdf"'
    purpose = queries.sections_of(room.guide, version)["purpose"].text
    assert " ".join(purpose.split())[:60] in text
    assert "Gwen G." in text and "I speak once" in text
    assert "Secret afterthought" not in text


def test_papers_are_closed_to_others(room, cast):
    room.in_force()

    for path in ("agreement/1/paper/", "agreement/1/compare/"):
        assert cast.client(cast.stranger).get(room.url(path)).status_code == 404
        assert cast.client(cast.guide).post(room.url(path)).status_code == 405
        assert cast.client(cast.guide).get(room.url(path.replace("1", "7"))).status_code == 404


# --- what was agreed to work for, as it stood then --------------------------------------------------------------


def on_paper(client, room, number=1):
    reply = client.get(room.url(f"agreement/{number}/paper/"))
    return " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(reply.content)).pages).split()
    )


def test_agreement_in_force_says_what_was_agreed_and_not_what_became_of_it(room, participant):
    room.in_force()
    (target,) = goals_of(room.guide).targets
    room.need("Something new", rating=None)
    goal_actions.reword_target(
        target=target_for(room.guide, target.id),
        wording=Wording("I lead the meeting", "rating-0-10", baseline=Decimal(5)),
        known_number=1,
        by=room.guide,
    )
    page = participant.get(room.url("agreement/")).content.decode()
    for text in (page, on_paper(participant, room)):
        assert "Saying what I think" in text and "I go quiet." in text and "3 of 10" in text
        assert "I speak once" in text and "from 2 of 10 to 7 of 10" in text
        assert "Write one sentence down" in text
        assert "Something new" not in text and "I lead the meeting" not in text
    assert "As it was when you both accepted this." in page


def test_agreement_that_waits_says_what_stands_now(room, participant):
    room.proposed()
    room.need("Something new", rating=None)
    page = participant.get(room.url("agreement/")).content.decode()
    assert "Something new" in page and "you also agree to these" in page


def test_what_was_let_go_before_is_no_part_of_what_was_agreed(room, participant, guide):
    need = room.need("Let go early", rating=None)
    goal_actions.change_need(need=need, state=NeedState.LET_GO, by=room.guide)
    room.in_force()
    assert "Let go early" not in participant.get(room.url("agreement/")).content.decode()


@pytest.mark.without_ledger("rooms.first_meeting.actions.accept_in_the_room")
def test_second_version_holds_what_stood_with_it_and_the_first_what_stood_before(room, participant):
    first = room.in_force()
    second = actions.reopen_agreement(version=first, by=room.guide)
    room.need("Something new", rating=None)
    actions.propose_agreement(version=second, by=room.guide)
    actions.accept_agreement(version=second, typed_name="Gwen", by=room.guide)
    actions.accept_in_the_room(version=second, typed_name="Paul", by=room.guide)
    assert "Something new" in participant.get(room.url("agreement/2/")).content.decode()
    assert "Something new" not in participant.get(room.url("agreement/1/")).content.decode()

"""Versions side by side, and the agreement on paper."""

import io

from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.comparing import compare

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
    assert "[new:" in page.text and "<ins>" in page.text


def test_the_other_version_can_be_chosen_and_nonsense_falls_back(room, guide):
    actions.reopen_agreement(version=room.in_force(), by=room.guide)

    for asked in ("", "?with=2", "?with=9", "?with=x"):
        shown = guide.get(room.url(f"agreement/1/compare/{asked}")).context["page"]
        assert shown.after.startswith("Version 1") and shown.before.startswith("Version 2")
    assert shown.lead == "The two versions say the same."


def test_one_version_alone_says_so(room, guide):
    room.in_force()

    shown = guide.get(room.url("agreement/1/compare/")).context["page"]

    assert (shown.sections, shown.lead) == ((), "There is no other version to lay beside this one yet.")


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

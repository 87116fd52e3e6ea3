"""The agreement says until when one cancels online, and what is done about a missed meeting."""

import dataclasses
import io

import pytest
from pypdf import PdfReader

from alongside.journeys.kinds import KINDS
from alongside.journeys.states import AfterMissed
from alongside.rooms.first_meeting import actions, queries
from alongside.rooms.first_meeting.models import AgreementVersion

from .conftest import FRAME, Room

ALL = [(kind.slug, template) for kind in KINDS.values() for template in kind.templates]


@pytest.mark.parametrize(("kind", "template"), ALL, ids=lambda one: getattr(one, "slug", one))
def test_every_template_says_a_notice_and_what_is_done_about_a_missed_one(kind, template):
    assert template.notice_hours in (24, 48)
    assert AfterMissed(template.after_missed)


def test_an_agreement_begins_with_what_its_template_says(cast):
    room = Room(cast, kind="treatment", template="talking-therapy")
    version = actions.begin_agreement(by=room.guide)
    assert (version.notice_hours, version.after_missed) == (48, "call")
    assert (room.guide.journey.notice_hours, room.guide.journey.after_missed) == (None, None)


@pytest.mark.without_ledger("journeys.actions.agree_notice")
@pytest.mark.without_ledger("rooms.first_meeting.actions.set_frame")
def test_with_both_yes_it_becomes_the_journeys(room):
    version = room.draft()
    frame = dataclasses.replace(FRAME, notice_hours=36, after_missed="call")
    actions.set_frame(version=version, frame=frame, by=room.guide)
    actions.propose_agreement(version=version, by=room.guide)
    for seat in (room.guide, room.participant):
        actions.accept_agreement(version=version, typed_name="Yes", by=seat)
    assert (room.guide.journey.notice_hours, room.guide.journey.after_missed) == (36, "call")
    fresh = actions.reopen_agreement(version=version, by=room.guide)
    assert (fresh.notice_hours, fresh.after_missed) == (36, "call")


def test_one_made_elsewhere_or_before_has_none(cast):
    room = Room(cast, state="active", first_number=4)
    version = actions.carry_agreement_over(made_on=FRAME.begins_on, by=room.guide)
    assert (version.notice_hours, version.after_missed) == (None, None)
    fresh = actions.reopen_agreement(version=version, by=room.guide)
    assert (fresh.notice_hours, fresh.after_missed) == (None, None)


def sent(**more):
    return {
        "begins_on": "2026-03-02",
        "review_on": "2026-06-01",
        "every_days": "14",
        "meeting_minutes": "50",
        "notice_hours": "48",
        "after_missed": "email",
        **more,
    }


def test_it_is_set_on_the_page_and_read_as_sentences_there_and_on_paper(room):
    version = room.draft()
    client, path = room.cast.client(room.cast.guide), room.url(f"agreement/{version.number}/frame/")
    page = client.get(room.url("agreement/")).content.decode()
    assert 'name="notice_hours"' in page and "gets an email the same day." in page
    assert client.post(path, sent()).status_code == 302
    assert AgreementVersion.objects.values_list("notice_hours", "after_missed").get() == (48, "email")
    actions.propose_agreement(version=queries.agreement_of(room.guide).version, by=room.guide)
    read = room.cast.client(room.cast.participant).get(room.url("agreement/")).content.decode()
    paper = client.get(room.url(f"agreement/{version.number}/paper/"))
    on_paper = " ".join(
        " ".join(one.extract_text() for one in PdfReader(io.BytesIO(paper.content)).pages).split()
    )
    for sentence in (
        "You can move or cancel online until 48 hours before it.",
        f"{room.cast.participant.name} gets an email the same day.",
    ):
        assert sentence in read and sentence in on_paper


@pytest.mark.parametrize("typed", ["-1", "1.5", "a day", "400"])
def test_what_is_no_whole_number_of_hours_is_said_and_nothing_is_lost(room, typed):
    version = room.draft()
    path = room.url(f"agreement/{version.number}/frame/")
    answer = room.cast.client(room.cast.guide).post(path, sent(notice_hours=typed))
    assert answer.status_code == 422 and f'value="{typed}"' in answer.content.decode()


def test_left_empty_there_is_no_limit_and_no_sentence(room):
    version = room.draft()
    path = room.url(f"agreement/{version.number}/frame/")
    client = room.cast.client(room.cast.guide)
    assert client.post(path, sent(notice_hours="", after_missed="")).status_code == 302
    actions.propose_agreement(version=queries.agreement_of(room.guide).version, by=room.guide)
    read = client.get(room.url("agreement/")).content.decode()
    assert "Cancelling" not in read.partition("h-goals")[0].partition("facts")[2][:800]
    assert AgreementVersion.objects.values_list("notice_hours", "after_missed").get() == (None, None)

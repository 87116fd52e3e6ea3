"""The safety plan: fields that are filled in before an agreement holds, and numbers that can be called."""

from __future__ import annotations

import pytest
from django.apps import apps

from alongside.goals.safety.plan import may_be_called, people_in, people_of
from alongside.journeys.models import Words
from alongside.kernel.errors import Refused
from alongside.rooms.first_meeting import actions, boxes, queries
from alongside.rooms.first_meeting.models import AgreementText
from tests.furnish import SAFETY_PLAN as PLAN

from .conftest import Room


@pytest.fixture
def therapy(cast):
    return Room(cast, kind="treatment", template="talking-therapy")


def write(room, version, key, text):
    held = queries.sections_of(room.guide, version).get(key)
    actions.write_section(
        version=version, key=key, text=text, known=held.version if held else 0, base=None, by=room.guide
    )


@pytest.mark.parametrize("key", sorted(PLAN))
def test_an_agreement_with_an_empty_field_of_its_plan_is_not_proposed(therapy, key):
    version = therapy.draft()
    write(therapy, version, key, "")
    with pytest.raises(Refused, match="One thing is missing"):
        actions.propose_agreement(version=version, by=therapy.guide)
    write(therapy, version, key, PLAN[key])
    actions.propose_agreement(version=version, by=therapy.guide)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("safety_signs", "Signs that I am getting worse:\nWhat I can do myself:\nWhom I can call:"),
        ("safety_emergency", "Whom to call:\n\nWho reads an answer: my therapist"),
        ("safety_people", "Anna, my sister"),
    ],
)
def test_a_line_with_nothing_behind_it_and_people_without_a_number_count_as_empty(therapy, key, text):
    version = therapy.draft()
    write(therapy, version, key, text)
    with pytest.raises(Refused):
        actions.propose_agreement(version=version, by=therapy.guide)


@pytest.mark.without_ledger("rooms.first_meeting.actions.propose_agreement")
def test_a_heading_with_its_line_below_is_no_empty_line(therapy):
    version = therapy.draft()
    write(therapy, version, "safety_signs", "In the morning:\nI stay in bed\nAt night:\n- I walk about")
    actions.propose_agreement(version=version, by=therapy.guide)


def test_a_proposed_agreement_with_an_empty_field_is_not_accepted_and_says_so(therapy, participant):
    version = therapy.proposed()
    Words.objects.filter(box="safety_people").update(text="")
    with pytest.raises(Refused, match="safety plan"):
        actions.accept_agreement(version=version, typed_name="Gwen", by=therapy.guide)
    with pytest.raises(Refused, match="safety plan"):
        actions.accept_in_the_room(version=version, typed_name="Paul", by=therapy.guide)
    shown = participant.get(therapy.url(f"agreement/{version.number}/")).content.decode()
    assert "I accept this agreement" not in shown
    assert "The safety plan is not complete." in shown


def test_what_keeps_me_here_is_asked_of_those_who_may_be_low(cast):
    room = Room(cast, kind="treatment", template="low-back-pain")
    version = room.draft()
    write(room, version, "safety_keeps", "")
    actions.propose_agreement(version=version, by=room.guide)


@pytest.mark.without_ledger("rooms.first_meeting.actions.use_texts")
def test_nothing_of_a_plan_is_taken_over_from_a_template(therapy):
    version = actions.begin_agreement(by=therapy.guide)
    keys = [section.key for section in therapy.guide.kind.agreement]
    actions.use_texts(version=version, keys=keys, by=therapy.guide)
    written = {key for key, words in queries.sections_of(therapy.guide, version).items() if words.text}
    assert written & set(PLAN) == {"safety_emergency"}


def test_the_page_asks_for_the_fields_under_one_heading_with_an_example(therapy, guide):
    actions.begin_agreement(by=therapy.guide)
    shown = guide.get(therapy.url("agreement/")).content.decode()
    assert shown.count("If things get worse: your safety plan</h3>") == 1
    assert "Anna, my sister, 01632 960 101" in shown


def test_the_help_page_has_the_plan_and_its_people_as_numbers_to_call(therapy, participant):
    therapy.in_force()
    shown = participant.get(f"/journeys/{therapy.journey.id}/goals/safety/").content.decode()
    assert "What keeps me here" in shown
    assert 'href="tel:01632960101"' in shown
    assert 'href="tel:116123"' in shown


def test_where_help_is_comes_first_where_somebody_low_may_write(therapy, participant, guide):
    page = participant.get(therapy.url("preparation/")).content.decode()
    assert page.index("If you need help now") < page.index("<textarea")
    assert 'href="tel:116123"' in page
    assert "If you need help now" not in guide.get(therapy.url("preparation/")).content.decode()


def test_where_nobody_may_be_low_the_preparation_is_as_it_was(cast, participant):
    room = Room(cast, kind="treatment", template="low-back-pain")
    assert "If you need help now" not in participant.get(room.url("preparation/")).content.decode()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Anna, my sister, 01632 960 101", ("Anna, my sister", "tel:01632960101")),
        ("01632 960101 (Tom)", ("(Tom)", "tel:01632960101")),
        ("GP: +44 1632 960 101 ext 12", ("GP", "tel:+441632960101;ext=12")),
        ("Samaritans – 116 123", ("Samaritans", "tel:116123")),
        ("Flat 12, Anna, 07700 900 123", ("Flat 12, Anna", "tel:07700900123")),
        ("My sister", None),
        ("No one. I live alone since 12 May", None),
    ],
)
def test_people_are_read_with_their_numbers(line, found):
    people = people_in(line)
    assert (tuple((one.name, one.link) for one in people)) == ((found,) if found else ())


def test_plan_written_as_one_text_becomes_its_first_field_and_nothing_is_lost(therapy, cast):
    from importlib import import_module

    version = therapy.draft()
    Words.objects.filter(box="safety_signs").update(box="safety_plan")
    late = boxes.late(version.id, "safety_plan")
    Words.objects.create(
        journey=therapy.journey,
        place=late.place,
        subject_id=version.id,
        box=late.name,
        author=cast.guide,
        visibility=late.visibility,
    )
    AgreementText.objects.create(
        organisation=therapy.journey.organisation,
        kind="treatment",
        template="talking-therapy",
        section="safety_plan",
        text="Ours:",
        by=cast.guide,
    )
    module = import_module("alongside.rooms.first_meeting.migrations.0004_safety_plan_as_fields")
    module.text_becomes_the_first_field(apps, None)
    assert Words.objects.filter(box="safety_plan").count() == 0
    assert Words.objects.filter(box="safety_signs").count() == 2
    assert queries.sections_of(therapy.guide, version)["safety_signs"].text == PLAN["safety_signs"]
    assert AgreementText.objects.get().section == "safety_emergency"
    module.fields_become_one_text(apps, None)
    assert Words.objects.filter(box="safety_plan").count() == 2


def test_the_alert_offers_to_call_only_whom_the_person_lets_the_service_call(therapy, cast):
    version = therapy.draft()
    write(therapy, version, "safety_called", "Tom, my husband, 01632 960 109")
    actions.propose_agreement(version=version, by=therapy.guide)
    actions.accept_agreement(version=version, typed_name="Gwen", by=therapy.guide)
    actions.accept_in_the_room(version=version, typed_name="Paul", by=therapy.guide)
    plan = queries.safety_plan(therapy.guide)
    assert [phone.name for phone in may_be_called(plan)] == ["Tom, my husband"]
    assert {phone.name for phone in people_of(plan)} == {"Anna, my sister", "Samaritans", "Tom, my husband"}

"""A questionnaire that is renewed never stops what it measures without a word."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.goals.measuring import actions, queries, versions
from alongside.goals.measuring.actions import bring_instrument, keep_form
from alongside.goals.measuring.many import raised_in
from alongside.goals.measuring.models import AskedWhen, FilledForm, ServiceInstrument
from alongside.goals.measuring.queries import key_of
from alongside.goals.measuring.schedule import Asked, asked_before, due_forms
from alongside.goals.models import Reading
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.measures.own import make_instrument
from alongside.rooms.ending.comparison.queries import then_and_now_of

from .test_pages import QUESTIONNAIRE, a_target, brought

REWORDED = QUESTIONNAIRE.replace("Question a", "Question a, said better")


@pytest.fixture
def journey(cast):
    return cast.journey("treatment")


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


@pytest.fixture
def participant(cast, journey):
    return cast.seat(cast.participant, journey)


def made(file=QUESTIONNAIRE, rule="sum(items)"):
    return make_instrument(file=file, rule=rule, direction="lower", source="Ours")


@pytest.fixture
def first(cast):
    return bring_instrument(instrument=made(), file=QUESTIONNAIRE, by=cast.administrator)


@pytest.fixture
def key(first):
    return key_of(first.id)


def renew(cast, first, *, same, rule="sum(items)"):
    row = bring_instrument(
        instrument=made(REWORDED, rule), file=REWORDED, renews=first, same_meaning=same, by=cast.administrator
    )
    return key_of(row.id)


def fill(seat, key, a, b):
    return keep_form(instrument=key, answers={"a": str(a), "b": str(b)}, submit=True, by=seat)


# --- the same meaning ---------------------------------------------------------------------------------------------


def test_with_the_same_meaning_the_line_goes_on(cast, journey, first, key, participant):
    assert "Question a, said better" in REWORDED
    fill(participant, key, 1, 1)
    newer = renew(cast, first, same=True)
    fill(participant, newer, 0, 1)
    assert {
        name: [one.value for one in found] for name, found in queries.form_scores(participant).items()
    } == {newer: [2, 1]}
    for each in (key, newer):
        assert (
            cast.client(cast.guide).get(reverse("goals:form_chart", args=[journey.id, each])).status_code
            == 200
        )
    page = cast.client(cast.guide).get(reverse("goals:answers", args=[journey.id, newer])).content.decode()
    assert "Question a, said better" in page and page.count("<th") >= 3
    (line,) = then_and_now_of(participant).forms
    assert [score.value for score in line.scores] == [2, 1]


def test_a_goal_measured_by_the_version_before_is_measured_by_the_new_one(
    cast, first, key, guide, participant
):
    target = a_target(guide, key=key, first=2, aim=0)
    newer = renew(cast, first, same=True)
    fill(participant, newer, 0, 1)
    assert Reading.objects.filter(target=target).order_by("created_at").last().value == Decimal(1)
    facts = queries.facts_of(guide, queries.goals_of(guide))
    (tracked,) = facts.measures
    assert [score.value for score in tracked.scores] == [2, 1]
    assert (
        raised_in(cast.guide, [guide])[guide.journey.id].level == queries.tracked(guide).track_summary.level
    )


def test_a_form_half_way_is_found_again_in_the_new_version(cast, journey, first, key, participant):
    begun = keep_form(instrument=key, answers={"a": "1"}, by=participant)
    newer = renew(cast, first, same=True)
    old, new = (reverse("goals:form", args=[journey.id, each]) for each in (key, newer))
    answer = cast.client(cast.participant).get(f"{old}?back=/journeys/{journey.id}/")
    assert answer.status_code == 302 and answer["Location"].startswith(f"{new}?back=")
    page = cast.client(cast.participant).get(new).content.decode()
    assert "You have started this before." in page and "checked" in page
    fill(participant, newer, 1, 0)
    only = FilledForm.objects.get()
    assert (only.id, only.instrument, only.total) == (begun.id, newer, 1)


def test_a_page_open_since_before_is_still_taken_as_it_was_asked(cast, journey, first, key, participant):
    newer = renew(cast, first, same=True)
    sent = {"q1": "1", "q2": "0", "hand_in": "1"}
    cast.client(cast.participant).post(reverse("goals:form", args=[journey.id, key]), sent)
    assert FilledForm.objects.get().instrument == key
    assert list(queries.form_scores(participant)) == [key]
    assert versions.newest_of_line(key) == newer


def test_what_is_asked_before_each_appointment_is_asked_in_the_new_version(
    cast, first, key, guide, participant
):
    actions.set_schedule(asked=[Asked(key, AskedWhen.EACH)], by=guide)
    fill(participant, key, 1, 1)
    newer = renew(cast, first, same=True)
    assert asked_before(guide, number=2) == (newer,)
    (due,) = due_forms(guide, (newer,), None)
    assert due.handed_in and due.handed_in.instrument == key


def test_scores_that_cannot_be_compared_never_share_a_line(cast, first):
    with pytest.raises(Refused, match="cannot go on"):
        renew(cast, first, same=True, rule="10 * sum(items)")
    sent = brought(rule="10 * sum(items)", same_meaning="yes", keep="1")
    url = reverse("service_measures:renew", args=[first.id])
    answer = cast.client(cast.administrator).post(url, sent)
    assert answer.status_code == 422 and "cannot go on from the version before" in answer.content.decode()
    assert ServiceInstrument.objects.count() == 1


def test_whoever_renews_decides_and_is_asked(cast, first):
    client, url = cast.client(cast.administrator), reverse("service_measures:renew", args=[first.id])
    assert "Can its scores be compared with those before?" in client.get(url).content.decode()
    assert client.post(url, brought(keep="1")).status_code == 422
    assert client.post(url, brought(same_meaning="yes", keep="1")).status_code == 302
    assert ServiceInstrument.objects.get(version=2).same_meaning is True
    assert (
        Entry.objects.filter(event="instrument.brought").order_by("id").last().detail["same_meaning"] is True
    )
    add = client.get(reverse("service_measures:add")).content.decode()
    assert "Can its scores be compared" not in add


# --- another meaning ----------------------------------------------------------------------------------------------


def test_with_another_meaning_a_new_line_begins(cast, first, key, participant):
    fill(participant, key, 1, 1)
    newer = renew(cast, first, same=False, rule="10 * sum(items)")
    fill(participant, newer, 0, 1)
    assert set(queries.form_scores(participant)) == {key, newer}


@pytest.mark.parametrize("why", ["target", "asked", "half_way"])
def test_the_version_before_can_be_filled_in_where_it_is_in_use(cast, first, key, guide, participant, why):
    if why == "target":
        a_target(guide, key=key, first=2, aim=0)
    elif why == "asked":
        actions.set_schedule(asked=[Asked(key, AskedWhen.EACH)], by=guide)
    else:
        keep_form(instrument=key, answers={"a": "1"}, by=participant)
    newer = renew(cast, first, same=False)
    offered = queries.offered_forms(participant)
    assert key in offered and newer in offered
    other = cast.seat(cast.participant, cast.journey("treatment"))
    assert key not in queries.offered_forms(other) and newer in queries.offered_forms(other)


def test_what_is_asked_no_more_is_not_offered(cast, first, key, guide, participant):
    actions.set_schedule(asked=[Asked(key, AskedWhen.EACH)], by=guide)
    middle = renew(cast, first, same=True)
    actions.set_schedule(asked=[Asked(middle, AskedWhen.NEVER)], by=guide)
    newer = renew(cast, first, same=False)

    offered = queries.offered_forms(participant)
    assert newer in offered and not {key, middle} & set(offered)
    keep_form(instrument=middle, answers={"a": "1"}, by=participant)
    assert middle in queries.offered_forms(participant), "what is half-way can still be filled in"


def test_the_page_of_lines_reads_goals_once(cast, journey, first, key, guide, monkeypatch):
    a_target(guide, key=key, first=2, aim=0)
    renew(cast, first, same=False)

    def again(seat: object) -> None:
        raise AssertionError("they are known")

    monkeypatch.setattr(queries, "goals_of", again)
    page = cast.client(cast.guide).get(reverse("goals:lines", args=[journey.id])).content.decode()
    assert reverse("goals:form", args=[journey.id, key]) in page


# --- what is asked of the database --------------------------------------------------------------------------------


def test_a_line_is_read_by_one_question(cast, first, key, django_assert_num_queries):
    newer = renew(cast, first, same=True)
    versions._line.cache_clear()
    with django_assert_num_queries(1):
        assert versions.line_of(newer) == key
    with django_assert_num_queries(1):
        assert versions.keys_of_line(key) == (key, newer)
    for unknown in (key_of(uuid4()), "own-nonsense"):
        with pytest.raises(KeyError):
            versions.line_of(unknown)


def test_two_services_with_one_family_are_two_lines(cast, first, key):
    other = ServiceInstrument.objects.create(
        organisation=cast.stranger.organisation,
        family=first.family,
        version=2,
        same_meaning=True,
        by=cast.stranger,
    )
    assert versions.line_of(key_of(other.id)) == key_of(other.id)
    assert versions.keys_of_line(key) == (key,)


def test_what_is_due_reads_no_answers_and_none_from_before(key, participant):
    earlier, later = fill(participant, key, 1, 1), fill(participant, key, 0, 1)
    since = earlier.submitted_at
    versions.line_of(key)

    with CaptureQueriesContext(connection) as asked:
        (due,) = due_forms(participant, (key,), since)
        (from_the_beginning,) = due_forms(participant, (key,), None)

    assert due.handed_in == from_the_beginning.handed_in == later and not due.is_begun
    of_forms = [query["sql"] for query in asked if "goals_filledform" in query["sql"]]
    assert len(of_forms) == 2 and not any('"answers"' in sql for sql in of_forms)
    assert '"submitted_at" >' in of_forms[0]
    (none,) = due_forms(participant, (key,), later.submitted_at)
    keep_form(instrument=key, answers={"a": "1"}, by=participant)
    (begun,) = due_forms(participant, (key,), later.submitted_at)
    assert (none.handed_in, none.is_begun, begun.handed_in, begun.is_begun) == (None, False, None, True)


# --- being told ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("same", "sentence"), [(True, "go on in the same line"), (False, "begin a new line")]
)
def test_guides_whose_journeys_use_it_are_told_once(cast, first, key, guide, participant, same, sentence):
    fill(participant, key, 1, 1)
    actions.set_schedule(asked=[Asked(key, AskedWhen.EACH)], by=guide)
    mail.outbox.clear()
    renew(cast, first, same=same)
    (sent,) = mail.outbox
    assert sent.to == [cast.guide.email]
    assert "Sleep and rest" in sent.body and sentence in sent.body
    assert "Sleep" not in sent.subject
    assert sent.body.startswith("Dear Gwen Guide,\n\n")
    end = f"\n\n{settings.PUBLIC_URL}/journeys/\n\nThis email is from {cast.organisation.name}.\n"
    assert sent.body.endswith(end)


def test_a_guide_without_an_account_is_not_written_to(cast, first, key, participant):
    fill(participant, key, 1, 1)
    type(cast.guide).objects.filter(id=cast.guide.id).update(user=None)
    mail.outbox.clear()
    renew(cast, first, same=True)
    assert mail.outbox == []


def test_where_nobody_uses_it_nobody_is_told(cast, first):
    mail.outbox.clear()
    renew(cast, first, same=True)
    assert mail.outbox == []

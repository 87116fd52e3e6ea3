"""The pages about measuring: lines, charts, forms, findings, instruments and thresholds, behind their doors.

Long, because charts, forms, on track and a service's own instruments are pages of one folder and share one target.
"""

import datetime as dt
import json
import re
from decimal import Decimal as D
from html import unescape

import pytest
from django.core import mail
from django.urls import reverse

from alongside.goals.actions import (
    Wording,
    change_target,
    propose_need,
    propose_target,
    reword_target,
    take_reading,
    withdraw_reading,
)
from alongside.goals.measuring import actions, queries
from alongside.goals.measuring.forms import TRACKED, initial_bounds
from alongside.goals.measuring.models import FilledForm, FindingAnswer, ServiceInstrument, TrackingBounds
from alongside.goals.models import Reading, TargetStateRecord
from alongside.goals.queries import goals_of
from alongside.goals.safety.models import SafetyNotice
from alongside.goals.safety.queries import open_notices
from alongside.goals.states import TargetState
from alongside.goals.tracking_facts import SHIPPED
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.measures.catalogue import MEASURES, measure

START = dt.date(2026, 1, 5)
CHOSEN = re.compile(r"<input[^>]* checked")
QUESTIONNAIRE = json.dumps(
    {
        "resourceType": "Questionnaire",
        "title": "Sleep and rest",
        "item": [
            {"linkId": link_id, "text": f"Question {link_id}", "type": "boolean"} for link_id in ("a", "b")
        ],
    }
)


@pytest.fixture
def journey(cast):
    return cast.journey("treatment")


@pytest.fixture
def guide(cast, journey):
    return cast.seat(cast.guide, journey)


def at(name, journey, *parts):
    return reverse(f"goals:{name}", args=[journey.id, *parts])


def a_target(guide, key="phq-9", values=(), aim=None, first=18):
    need = propose_need(statement="Rest", by=guide)
    target = propose_target(
        need=need, wording=Wording("Sleep", key, baseline=D(first), aim=aim and D(aim)), by=guide
    )
    TargetStateRecord.objects.create(target=target, state=TargetState.AGREED, by=guide.actor)
    Reading.objects.filter(target=target).update(taken_on=START)
    for week, value in enumerate(values, start=1):
        take_reading(target=target, value=D(value), taken_on=START + dt.timedelta(weeks=week), by=guide)
    return target


# --- charts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["target_chart", "target_chart_dark"])
def test_chart_is_a_picture_the_browser_asks_about_every_time(cast, journey, guide, name):
    target, client = a_target(guide, values=(14, 9), aim=7), cast.client(cast.participant)
    first = client.get(at(name, journey, target.id))
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml; charset=utf-8")
    assert first["Cache-Control"] == "private, no-cache"
    assert first.content.startswith(b"<svg")
    again = client.get(at(name, journey, target.id), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    take_reading(target=target, value=D(8), by=guide)
    newer = client.get(at(name, journey, target.id), headers={"If-None-Match": first["ETag"]})
    assert (newer.status_code, newer["ETag"] != first["ETag"]) == (200, True)


def test_chart_of_nothing_and_of_others_is_not_there(cast, journey, guide):
    target = a_target(guide)
    assert cast.client(cast.stranger).get(at("target_chart", journey, target.id)).status_code == 404
    assert cast.client(cast.supporter).get(at("target_chart", journey, target.id)).status_code == 403
    assert cast.client(cast.guide).get(at("form_chart", journey, "gad-7")).status_code == 404
    assert cast.client(cast.guide).post(at("target_chart", journey, target.id)).status_code == 405


def test_lines_say_in_words_and_rows_what_the_functions_give(cast, journey, guide):
    target = a_target(guide, values=(14, 9), aim=7)
    wording = goals_of(guide).targets[0].wording
    reword_target(
        target=target, wording=Wording("Sleep well", "phq-9", aim=D(5)), known_number=wording.number, by=guide
    )
    page = cast.client(cast.participant).get(at("lines", journey)).content.decode()
    for text in (
        "Sleep well",
        "18 of 27",
        "14 of 27",
        "9 of 27",
        "Goal: 5 of 27.",
        "The cut-off is at 10.",
        "reworded",
    ):
        assert text in page
    assert at("target_chart", journey, target.id) in page
    assert "review suggested" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_lines_ask_the_same_number_of_questions_for_one_and_for_three(
    cast, journey, guide, count, django_assert_max_num_queries
):
    for _n in range(count):
        a_target(guide, values=(14,))
    client = cast.client(cast.participant)
    client.get(at("lines", journey))
    with django_assert_max_num_queries(16):
        assert client.get(at("lines", journey)).status_code == 200


# --- forms and the safety path ----------------------------------------------------------------------------------


def answers(*given):
    return {f"q{number}": str(value) for number, value in enumerate(given, start=1) if value is not None}


def test_form_handed_in_is_scored_and_becomes_a_reading_of_its_target(cast, journey, guide):
    target = a_target(guide)
    client = cast.client(cast.participant)
    done = client.post(
        at("form", journey, "phq-9"), answers(1, 1, 1, 1, 1, 1, 1, 1, 0, 2) | {"hand_in": "1"}, follow=True
    )
    assert "8 points, mild. A score is not a diagnosis." in done.content.decode()
    form = FilledForm.objects.get()
    assert (form.total, form.safety, form.measure_version) == (8, False, measure("phq-9").version)
    reading = Reading.objects.get(target=target, value=8)
    assert reading.measure_version == measure("phq-9").version


def test_form_left_half_way_is_kept_and_not_scored(cast, journey):
    client = cast.client(cast.participant)
    client.post(at("form", journey, "phq-9"), answers(3, 3))
    form = FilledForm.objects.get()
    assert (form.total, form.submitted_at) == (None, None)
    page = client.get(at("form", journey, "phq-9")).content.decode()
    assert len(CHOSEN.findall(page)) == 2 and "You have started this before." in page
    left = client.post(at("form", journey, "phq-9"), answers(3, 3, 1) | {"hand_in": "1"})
    page = left.content.decode()
    assert left.status_code == 422 and page.count("This question is left.") == 2 * 6
    assert len(CHOSEN.findall(page)) == 3 and "Submit without these answers" in page
    form.refresh_from_db()
    assert form.submitted_at is None
    client.post(at("form", journey, "phq-9"), answers(3, 3, 1) | {"as_it_is": "1"})
    form.refresh_from_db()
    assert (form.total, form.submitted_at is not None) == (None, True)
    assert queries.form_scores(cast.seat(cast.guide, journey)) == {}


def test_safety_answer_leads_to_help_at_once_and_calls_the_guide(
    cast, journey, guide, django_capture_on_commit_callbacks
):
    client = cast.client(cast.participant)
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(
            at("form", journey, "phq-9"),
            answers(None, None, None, None, None, None, None, None, 1),
            follow=True,
        )
    assert mail.outbox[0].to == [cast.guide.email]
    page = sent.content.decode()
    assert sent.redirect_chain[-1][0] == at("safety", journey)
    assert str(guide.kind.emergency_note)[:40] in page and "at night or at weekends" in page
    on_track = cast.client(cast.guide).get(at("on_track", journey)).content.decode()
    assert on_track.index("answers need your attention now") < on_track.index("no data")


def test_safety_letter_says_nothing_of_what_was_answered(cast, journey, guide):
    from alongside.goals.safety.tasks import post_safety_notice

    post_safety_notice.call(str(journey.id))
    assert [letter.to for letter in mail.outbox] == [[cast.guide.email]]
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "/goals/on-track/" in text and not any(
        word in text.lower() for word in ("phq", "hurt", "mood", "patient")
    )


def test_junk_beside_a_safety_answer_does_not_hide_it(cast, journey):
    client = cast.client(cast.participant)
    sent = client.post(
        at("form", journey, "phq-9"), answers("seven", None, None, None, None, None, None, None, 3)
    )
    assert sent.status_code == 302 and sent["Location"] == at("safety", journey)
    assert FilledForm.objects.get().safety is True


def test_answer_that_is_not_offered_comes_back_with_the_others_kept(cast, journey):
    sent = cast.client(cast.participant).post(at("form", journey, "phq-9"), answers("seven", 2))
    assert sent.status_code == 422 and len(CHOSEN.findall(sent.content.decode())) == 1
    assert json.loads(FilledForm.objects.get().answers) == {"2": "2"}


def test_safety_notice_stays_until_the_guide_says_what_was_done(cast, journey, guide):
    participant = cast.seat(cast.participant, journey)
    actions.keep_form(instrument="phq-9", answers={"9": "2"}, by=participant)
    notice = SafetyNotice.objects.get()
    client, url = cast.client(cast.guide), at("answer_safety", journey)
    empty = client.post(url, {"notice": str(notice.id), "what_was_done": ""})
    assert empty.status_code == 422 and "Please say what you did." in empty.content.decode()
    assert client.post(url, {"notice": str(notice.id), "what_was_done": "Called."}).status_code == 302
    notice.refresh_from_db()
    assert (notice.what_was_done, notice.seen_by) == ("Called.", cast.guide)
    assert client.post(url, {"notice": str(notice.id), "what_was_done": "Again."}).status_code == 409
    assert client.post(url, {"notice": "nonsense", "what_was_done": "x"}).status_code == 404
    assert cast.client(cast.participant).post(url, {"notice": str(notice.id)}).status_code == 403
    assert open_notices(guide) == []


def test_form_that_fails_to_be_recorded_is_not_kept(journey, guide, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        actions.keep_form(instrument="phq-9", answers={"1": "1"}, by=guide)
    assert not FilledForm.objects.exists()


# --- on track ---------------------------------------------------------------------------------------------------


def test_on_track_shows_the_numbers_the_rule_and_the_row(cast, journey, guide):
    a_target(guide, values=(17, 17, 16))
    page = cast.client(cast.guide).get(at("on_track", journey)).content.decode()
    for text in (
        "No reliable change yet by session 4",
        "18 on 5 January 2026, 16 on 26 January 2026",
        "This goes away when the score drops by 6 or more from 18, or a score below 10.",
        "This is a prompt to review, not a diagnosis. You decide.",
        "NHS Talking Therapies",
    ):
        assert text in page


def test_every_finding_shows_all_that_it_must(cast, journey, guide):
    """tracking.md, section 5."""
    a_target(guide, values=(17, 17, 16))
    page = unescape(cast.client(cast.guide).get(at("on_track", journey)).content.decode())
    (alert,) = re.findall(r'<section class="section" aria-labelledby="h-flag-1">.*?</section>', page, re.S)
    for text in (
        "No reliable change yet by session 4",
        "Sleep",
        "Mood over the last two weeks (PHQ-9)",
        "18 on 5 January 2026, 16 on 26 January 2026: a change of \N{MINUS SIGN}2 at session 4; less is better.",
        "This goes away when the score drops by 6 or more from 18, or a score below 10.",
        "Threshold: 6 points. Source: NHS Talking Therapies",
        "(version 1)",
        "A score above 12 and below 24 is too close to 18 to count as a reliable change.",
        "This is a prompt to review, not a diagnosis. You decide.",
        "Record my decision",
        "Add to the next",
    ):
        assert text in alert
    assert re.findall(r"(\d+)\s<span class=\"soft\">\(", alert) == ["18", "17", "17", "16"]
    assert "Only you see this. Paul Participant sees the same numbers" in page
    assert "A supervisor sees it only in a case you bring, without a name." in page


def test_several_findings_have_a_form_each_with_names_of_its_own(cast, journey, guide):
    a_target(guide, values=(19, 20, 24))
    page = cast.client(cast.guide).get(at("on_track", journey)).content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert page.count("Record my decision") == 2
    assert sorted(ids) == sorted(set(ids))


def test_what_several_findings_share_is_said_with_the_first(cast, journey, guide):
    a_target(guide, values=(19, 20, 24))
    page = cast.client(cast.guide).get(at("on_track", journey)).content.decode()

    assert page.count("Record my decision") == 2
    for shared in ("The last scores:", "Threshold: 6 points.", "You decide."):
        assert page.count(shared) == 1, shared


def test_participant_reads_the_numbers_and_never_the_prompt(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    client = cast.client(cast.participant)
    for path in (
        at("lines", journey),
        reverse("first_meeting:target", args=[journey.id, target.id]),
        reverse("overview:journey", args=[journey.id]),
    ):
        page = client.get(path).content.decode()
        assert "review suggested" not in page and "N2" not in page
    assert "16 of 27" in client.get(at("lines", journey)).content.decode()


def test_what_held_before_and_was_resolved_stays_in_the_history(cast, journey, guide):
    a_target(guide, values=(17, 17, 16, 9))
    page = unescape(cast.client(cast.guide).get(at("on_track", journey)).content.decode())
    assert (
        "No reliable change yet, Sleep: since 26 January 2026, with 16; resolved on 2 February 2026 with 9."
        in page
    )
    assert speaking(guide) == []


def test_finding_that_nobody_answered_stays_when_its_score_is_corrected(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    withdraw_reading(reading=Reading.objects.get(target=target, value=16), by=guide)
    take_reading(target=target, value=D(9), taken_on=START + dt.timedelta(weeks=3), by=guide)
    page = unescape(cast.client(cast.guide).get(at("on_track", journey)).content.decode())
    assert (
        "No reliable change yet, Sleep: since 26 January 2026, with 16" in page and "score corrected" in page
    )
    assert "Nothing to review." in page


def test_corrected_baseline_runs_the_rules_anew(cast, journey, guide):
    target = a_target(guide, values=(18,), first=12)
    assert speaking(guide) == ["N1"]
    withdraw_reading(reading=Reading.objects.get(target=target, value=12), by=guide)
    take_reading(target=target, value=D(17), taken_on=START, by=guide)
    assert speaking(guide) == []
    page = unescape(cast.client(cast.guide).get(at("on_track", journey)).content.decode())
    assert "Getting worse, Sleep: since 12 January 2026, with 18" in page and "score corrected" in page


@pytest.mark.without_ledger("goals.actions.reword_target")
def test_target_worded_anew_keeps_the_beginning_of_its_questionnaire(cast, journey, guide):
    target = a_target(guide, values=(17, 17))
    reword_target(target=target, wording=Wording("Sleep all night", "phq-9"), known_number=1, by=guide)
    take_reading(target=target, value=D(16), taken_on=START + dt.timedelta(weeks=3), by=guide)
    assert speaking(guide) == ["N2"]


def test_activity_worded_anew_is_another_activity(cast, journey, guide):
    target = a_target(guide, key="psfs", values=(3, 3), first=3)
    assert speaking(guide) == ["N5"]
    reword_target(target=target, wording=Wording("Walk far", "psfs"), known_number=1, by=guide)
    take_reading(target=target, value=D(3), taken_on=START + dt.timedelta(weeks=3), by=guide)
    assert speaking(guide) == []


def test_form_filled_in_before_there_was_a_target_is_where_it_began(cast, journey, guide):
    participant = cast.seat(cast.participant, journey)
    whole = {str(number): "2" for number in range(1, 10)} | {"9": "0"}
    actions.keep_form(instrument="phq-9", answers=whole, submit=True, by=participant)
    FilledForm.objects.update(submitted_at=dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC))
    a_target(guide, values=(15,), first=15)
    (facts,) = queries.facts_of(guide, goals_of(guide)).measures
    assert [score.value for score in facts.scores] == [16, 15, 15]


def test_on_track_is_for_the_guide(cast, journey, guide):
    a_target(guide)
    codes = [
        cast.client(who).get(at("on_track", journey)).status_code
        for who in (cast.guide, cast.participant, cast.supporter, cast.stranger)
    ]
    assert codes == [200, 403, 403, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_on_track_asks_the_same_number_of_questions_for_one_and_for_three(
    cast, journey, guide, count, django_assert_max_num_queries
):
    for _n in range(count):
        a_target(guide, values=(17, 17, 16))
    client = cast.client(cast.guide)
    client.get(at("on_track", journey))
    with django_assert_max_num_queries(20):
        assert client.get(at("on_track", journey)).status_code == 200


def decide(client, journey, target, rule="N2", **more):
    data = {"rule": rule, "subject": str(target.id), "decision": "continue", "word": "", "review_on": ""}
    return client.post(at("answer_finding", journey), data | more)


def speaking(seat):
    return [alert.finding.rule for alert in queries.tracked(seat).speaking]


def test_answered_finding_is_quiet_until_something_new_is_known(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    client = cast.client(cast.guide)
    assert speaking(guide) == ["N2"]
    assert decide(client, journey, target).status_code == 302
    assert speaking(guide) == []
    take_reading(target=target, value=D(16), taken_on=START + dt.timedelta(weeks=4), by=guide)
    assert speaking(guide) == []  # the same rule still holds: no repeat
    take_reading(target=target, value=D(15), taken_on=START + dt.timedelta(weeks=5), by=guide)
    assert speaking(guide) == ["N3"]  # another rule, and the level rose


def test_rule_that_stopped_and_holds_again_speaks_anew(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(cast.client(cast.guide), journey, target)
    take_reading(target=target, value=D(9), taken_on=START + dt.timedelta(weeks=4), by=guide)
    take_reading(target=target, value=D(17), taken_on=START + dt.timedelta(weeks=5), by=guide)
    assert "N3" in speaking(guide)


def test_review_date_that_has_come_speaks_again(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(cast.client(cast.guide), journey, target, review_on="2026-01-30")
    assert speaking(guide) == ["N2"]


def test_corrected_score_is_said_in_the_history_and_nothing_is_deleted(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(cast.client(cast.guide), journey, target, word="As planned")
    withdraw_reading(reading=Reading.objects.get(target=target, value=16), by=guide)
    page = cast.client(cast.guide).get(at("on_track", journey)).content.decode()
    assert "score corrected" in page and "As planned" in page
    assert FindingAnswer.objects.count() == 1


def test_closing_needs_a_reason_and_nothing_typed_is_lost(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    sent = decide(cast.client(cast.guide), journey, target, closes="on", review_on="2027-01-01")
    page = sent.content.decode()
    assert sent.status_code == 422 and "Please say in a few words why you close it." in page
    assert "2027-01-01" in page and not FindingAnswer.objects.exists()


def test_finding_that_no_longer_holds_cannot_be_answered_and_the_words_come_back(cast, journey, guide):
    target = a_target(guide, values=(17,))
    sent = decide(cast.client(cast.guide), journey, target, word="We slow down")
    page = sent.content.decode()
    assert sent.status_code == 409 and "We slow down" in page and "This no longer applies" in page
    assert not FindingAnswer.objects.exists()


def in_a_line(answer):
    """The page as it is read: where its template breaks a line is a space."""
    return " ".join(unescape(answer.content.decode()).split())


def test_answer_is_kept_with_its_decision_its_review_and_its_numbers(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(
        cast.client(cast.guide),
        journey,
        target,
        decision="step_up",
        word="We talk to Jo",
        review_on="2030-03-01",
    )
    page = in_a_line(cast.client(cast.guide).get(at("on_track", journey)))
    for text in (
        "No reliable change yet: step up",
        "We talk to Jo",
        "Gwen Guide",
        "then from 18 to 16 at session 4, threshold 6 (version 1)",
        "to be reviewed on 1 March 2030",
        "You will not be reminded until 1 March 2030, or until something new is known.",
    ):
        assert text in page


def test_closed_finding_says_so_and_stays(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(cast.client(cast.guide), journey, target, closes="on", word="Known, and looked after elsewhere")
    page = in_a_line(cast.client(cast.guide).get(at("on_track", journey)))
    assert "You closed this." in page and "No reliable change yet: continue as planned · closed" in page


def test_decision_is_required(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    sent = decide(cast.client(cast.guide), journey, target, decision="", word="Hm")
    assert sent.status_code == 422 and "Hm" in sent.content.decode()


def test_safety_answered_by_two_at_once_gives_the_second_their_words_back(cast, journey, guide):
    actions.keep_form(instrument="phq-9", answers={"9": "2"}, by=cast.seat(cast.participant, journey))
    notice = SafetyNotice.objects.get()
    client, url = cast.client(cast.guide), at("answer_safety", journey)
    client.post(url, {"notice": str(notice.id), "what_was_done": "Called."})
    second = client.post(url, {"notice": str(notice.id), "what_was_done": "Wrote to them."})
    page = second.content.decode()
    assert second.status_code == 409 and "Wrote to them." in page and "answered already" in page


@pytest.mark.without_ledger("goals.actions.change_target")
def test_resting_target_raises_nothing(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    target.state = TargetState.AGREED
    change_target(target=target, state=TargetState.ON_HOLD, by=guide)
    assert speaking(guide) == []


# --- thresholds -------------------------------------------------------------------------------------------------


def posted(**more):
    data = initial_bounds(SHIPPED, 0) | {"source": "Our audit"} | more
    return {name: value for name, value in data.items() if value is not None}


def test_thresholds_set_anew_are_a_version_that_every_finding_names(cast, journey, guide):
    target = a_target(guide, values=(17, 17, 16))
    decide(cast.client(cast.guide), journey, target)
    url = reverse("service_measures:bounds")
    sent = cast.client(cast.lead).post(url, posted(**{"amber_at": 3, "phq-9:reliable_change": "2"}))
    assert sent.status_code == 302, sent.content.decode()
    assert speaking(guide) == []  # 16 is two better than 18: reliable by the new row
    cast.client(cast.lead).post(
        url, posted(**{"amber_at": 3, "phq-9:reliable_change": "5", "known_version": 1})
    )
    page = cast.client(cast.guide).get(at("on_track", journey)).content.decode()
    assert "Threshold: 5 points. Source: Our audit (version service 2)." in page
    assert [row.bounds_version for row in FindingAnswer.objects.all()] == ["1"]


@pytest.mark.without_ledger("goals.measuring.actions.set_bounds")
def test_thresholds_of_two_at_once_are_not_overruled(cast):
    url = reverse("service_measures:bounds")
    assert cast.client(cast.lead).post(url, posted()).status_code == 302
    second = cast.client(cast.administrator).post(url, posted(amber_at=5))
    assert second.status_code == 409 and "a moment ago" in second.content.decode()
    assert TrackingBounds.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"), [("amber_at", "x"), ("red_at", "3"), ("overdue_share", "7"), ("source", "")]
)
def test_thresholds_that_make_no_sense_come_back(cast, name, value):
    sent = cast.client(cast.lead).post(reverse("service_measures:bounds"), posted(**{name: value}))
    assert sent.status_code == 422 and not TrackingBounds.objects.exists()


def test_shipped_thresholds_survive_being_kept(cast):
    cast.client(cast.lead).post(reverse("service_measures:bounds"), posted())
    kept = queries.bounds_of(cast.guide)
    for key in TRACKED:
        theirs, ours = kept.of(MEASURES[key]), SHIPPED.of(MEASURES[key])
        assert (theirs.rc, theirs.mdc, theirs.case_cutoff) == (ours.rc, ours.mdc, ours.case_cutoff)
    assert (kept.amber_at, kept.overdue_share, kept.off) == (4, D("0.5"), frozenset())
    assert queries.bounds_of(cast.stranger) is SHIPPED


# --- a service's own instruments --------------------------------------------------------------------------------


def brought(**more):
    return {"file": QUESTIONNAIRE, "rule": "sum(items)", "direction": "lower", "source": "Ours"} | more


def test_instrument_is_shown_first_and_then_kept(cast):
    client, url = cast.client(cast.administrator), reverse("service_measures:add")
    shown = client.post(url, brought())
    assert (shown.status_code, ServiceInstrument.objects.count()) == (200, 0)
    assert "Scores from 0 to 2." in shown.content.decode()
    assert client.post(url, brought(keep="1")).status_code == 302
    assert "Sleep and rest" in client.get(reverse("service_measures:instruments")).content.decode()
    assert Entry.objects.filter(event="instrument.brought").count() == 1


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"rule": "import os"}, "This rule cannot be read."),
        ({"rule": "a.b"}, "is not arithmetic"),
        ({"file": "{"}, "not a JSON file"),
        ({"file": QUESTIONNAIRE.replace('"b"', '"a"', 1)}, "is there more than once"),
        ({"bands": "high 3"}, "does not begin with a number"),
    ],
)
def test_instrument_that_cannot_be_used_gets_its_sentence_and_nothing_is_lost(cast, more, sentence):
    from html import unescape

    sent = cast.client(cast.administrator).post(reverse("service_measures:add"), brought(keep="1", **more))
    page = sent.content.decode()
    assert sent.status_code == 422 and unescape(sentence) in unescape(page)
    for typed in brought(**more).values():
        assert typed in unescape(page)
    assert not ServiceInstrument.objects.exists()


def test_file_that_was_chosen_comes_back_as_text(cast):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("q.json", QUESTIONNAIRE.encode(), content_type="application/json")
    sent = cast.client(cast.administrator).post(
        reverse("service_measures:add"), brought(file="", rule="x", upload=upload)
    )
    assert sent.status_code == 422 and "Question a" in sent.content.decode()


@pytest.mark.parametrize("who", ["guide", "lead", "participant"])
def test_only_an_administrator_brings_instruments(cast, who):
    assert cast.client(getattr(cast, who)).get(reverse("service_measures:add")).status_code == 403


@pytest.fixture
def key(cast):
    cast.client(cast.administrator).post(reverse("service_measures:add"), brought(keep="1"))
    return queries.key_of(ServiceInstrument.objects.get().id)


def test_own_instrument_is_filled_in_and_measures_a_target(cast, journey, guide, key):
    assert len(key) <= 30
    target = a_target(guide, key=key, first=2, aim=0)
    sent = cast.client(cast.participant).post(at("form", journey, key), answers(0, 1) | {"hand_in": "1"})
    assert sent.status_code == 302
    assert Reading.objects.filter(target=target).order_by("taken_on").last().value == 1
    page = cast.client(cast.participant).get(at("lines", journey)).content.decode()
    assert "1 of 2" in page and "Less is better." in page
    assert cast.client(cast.participant).get(at("form_chart", journey, key)).status_code == 200


def test_renewed_instrument_is_a_new_version_and_the_old_one_keeps_its_meaning(cast, key):
    row = ServiceInstrument.objects.get()
    client, url = cast.client(cast.administrator), reverse("service_measures:renew", args=[row.id])
    assert "Question a" in client.get(url).content.decode()
    client.post(url, brought(rule="10 * sum(items)", same_meaning="no", keep="1"))
    assert [each.version for each in ServiceInstrument.objects.order_by("version")] == [1, 2]
    assert (measure(key).max, measure(key).version) == (2, "1")
    newest = queries.instruments_of(cast.administrator)
    assert [(measure(each.key).max, each.version) for each in newest] == [(20, 2)]


def test_instrument_of_another_organisation_is_not_there(cast, journey, key):
    theirs = ServiceInstrument.objects.get()
    assert (
        cast.client(cast.stranger).get(reverse("service_measures:renew", args=[theirs.id])).status_code == 404
    )
    assert queries.instruments_of(cast.stranger) == []
    for wrong in ("own-", "own-zzzz", "own-" + "a" * 26, "core-10"):
        assert cast.client(cast.guide).get(at("form", journey, wrong)).status_code == 404


def test_key_that_means_nothing_is_no_measure(db):
    for wrong in ("own-", "own-!!", "own-" + "a" * 26):
        with pytest.raises(KeyError):
            measure(wrong)


def test_actions_refuse_whom_the_rules_refuse(cast, journey, guide):
    supporter = cast.seat(cast.supporter, journey)
    with pytest.raises(Refused):
        actions.keep_form(instrument="phq-9", answers={}, by=supporter)
    with pytest.raises(Refused):
        actions.set_bounds(numbers={}, source="", known_version=0, by=cast.guide)
    assert not FilledForm.objects.exists() and not TrackingBounds.objects.exists()

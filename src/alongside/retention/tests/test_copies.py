"""A copy to answer a request: collected whole without what is theirs alone, gone through line by line, released for good."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from alongside.kernel.clock import now, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.retention import access, access_actions, copies, copy_actions, rules, tasks
from alongside.retention.copying import cut, gathered_of, lines_of, without
from alongside.retention.models import AccessCopy, AccessLogEntry, AccessPart, AccessRedaction
from alongside.retention.states import AccessState, CopyStep, TakenOut
from tests.furnish import furnish_journey
from tests.promises.who_reads import MOMENTS, TABLE, mark, readers
from tests.promises.who_reads_story import Told

pytestmark = pytest.mark.django_db


def asked(cast, **facts):
    facts = {"person": cast.participant, "by": cast.administrator, **facts}
    made = access_actions.record_request(
        asked_on=today("Europe/London"), identity="They asked while signed in.", **facts
    )
    return again(cast, made)


def again(cast, request):
    return access.request_for(cast.administrator, request_id=request.id)[1]


def collect(cast, request, **facts):
    facts = {"gathered": gathered_of(request.person), "by": cast.administrator, **facts}
    return copy_actions.collect_copy(request=request, **facts)


def parts(copy):
    return list(copies.parts_of(copy))


def line_with(copy, text):
    """The part and the line of it that say this."""
    found = [
        (part, line)
        for part in parts(copy)
        for line in lines_of(copies.content_of(part))
        if text in line.text
    ]
    return found[0]


def take_out(cast, part, *lines, **facts):
    facts = {"why": TakenOut.OTHER_PERSON, "note": "Their mother.", "by": cast.administrator, **facts}
    return copy_actions.take_lines_out(part=part, lines=lines, **facts)


def look_through(cast, copy):
    for part in parts(copy):
        copy_actions.look_through(part=part, by=cast.administrator)


def answer(cast, request, state=AccessState.ANSWERED):
    return access_actions.close_request(
        request=request, state=state, reason="By post.", by=cast.administrator
    )


def page_of(request, name="access_request", number=None):
    where = [request.id] if number is None else [request.id, number]
    return reverse(f"retention:{name}", args=where)


@pytest.fixture
def copied(cast):
    furnish_journey(cast, "mentoring")
    request = asked(cast)
    return request, collect(cast, request)


def everything_in(gathered):
    return "\n".join(line.text for one in gathered for line in lines_of(one.content))


@pytest.mark.parametrize("kind", ["treatment", "mentoring"])
def test_what_is_collected_is_what_the_person_and_another_may_read(cast, kind):
    told = Told(cast, cast.journey(kind, state="preparing"))
    for moment in MOMENTS:
        told.comes_to(moment)
        if moment not in ("preparing", "closed", "over"):
            continue
        text = everything_in(gathered_of(cast.participant))
        found = {each for each in TABLE if mark(each) in text}
        may = {each for each in TABLE if "P" in readers(each, moment) and set(readers(each, moment)) != {"P"}}
        assert found - may == set(), f"{moment}: read by nobody else, and collected"
        assert may - found == set(), f"{moment}: left out"


def test_of_a_journey_they_guide_nothing_is_collected_but_that_they_do(cast):
    told = Told(cast, cast.journey("mentoring", state="preparing"))
    for moment in MOMENTS:
        told.comes_to(moment)
    text = everything_in(gathered_of(cast.guide))
    assert [each for each in TABLE if mark(each) in text] == []
    assert cast.participant.name not in text and "Mentoring" in text
    assert cast.participant.name not in everything_in(gathered_of(cast.supporter))


def test_lines_put_together_again_are_what_was_written():
    text = "One. Two? Three\nالرابع؟ خمسة\n\n  Six.7 e.g. this"
    assert "".join(cut(text)) == text
    assert cut(text)[:5] == ["One. ", "Two? ", "Three\n", "الرابع؟ ", "خمسة\n\n"]
    content = {
        "key": "k",
        "title": "K",
        "entries": [{"title": "T", "about": "", "text": cut(text), "pairs": [["Name", "Value"]]}],
    }
    (entry,) = without(content, set()).entries
    assert (entry.title, entry.text, entry.pairs) == ("T", text.strip(), (("Name", "Value"),))
    two = next(line.number for line in lines_of(content) if line.text.startswith("Two"))
    (entry,) = without(content, {two}).entries
    assert entry.text.startswith("One. [taken out] Three\n")


def test_nothing_is_collected_yet_and_the_page_says_so(cast):
    request = asked(cast)
    client = cast.client(cast.administrator)
    assert "Nothing has been collected yet." in client.get(page_of(request)).content.decode()
    answer = client.post(page_of(request, "collect"), follow=True)
    assert "Look through each part of it." in answer.content.decode()
    assert copies.copy_of(request).by == cast.administrator


def test_a_line_is_taken_out_with_a_reason_and_put_back_and_the_original_stays(cast, copied):
    request, copy = copied
    part = parts(copy)[0]
    before = str(part.content)
    (made,) = take_out(cast, part, 0)
    assert (made.line, made.why, str(made.note)) == (0, TakenOut.OTHER_PERSON, "Their mother.")
    assert take_out(cast, part, 0, 999, -1) == []
    copy_actions.put_line_back(part=part, line=0, by=cast.administrator)
    copy_actions.put_line_back(part=part, line=0, by=cast.administrator)
    made.refresh_from_db()
    assert made.undone_by == cast.administrator and copies.redactions_of(part) == []
    assert str(AccessPart.objects.get(id=part.id).content) == before
    done = [(one.did, one.count) for one in copies.log_of(request)]
    assert done == [(CopyStep.COLLECTED, len(parts(copy))), (CopyStep.TAKEN_OUT, 1), (CopyStep.PUT_BACK, 1)]


def test_by_the_page_it_needs_a_line_and_a_reason_and_loses_nothing(cast, copied):
    request, copy = copied
    client, here = cast.client(cast.administrator), parts(copy)[0]
    out = page_of(request, "take_out", here.number)
    answer = client.post(out, {"lines": ["0"], "note": "Their mother."})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Their mother." in shown and re.search(r'value="0" id="id_lines_0"\s+checked', shown)
    answer = client.post(out, {"why": "other_person", "note": "Their mother."})
    assert answer.status_code == 422 and "Choose at least one line." in answer.content.decode()
    assert client.post(out, {"lines": ["x" * 9, "12345"], "why": "law"}).status_code == 422
    answer = client.post(out, {"lines": ["0"], "why": "law", "note": ""}, follow=True)
    assert "1 line is taken out." in answer.content.decode() and "<del>" in answer.content.decode()
    for wrong in ("", "x", "9" * 20):
        assert client.post(page_of(request, "put_back", here.number), {"line": wrong}).status_code == 302
    client.post(page_of(request, "put_back", here.number), {"line": "0"})
    assert copies.redactions_of(here) == []
    assert client.get(page_of(request, "access_part", 9999)).status_code == 404


def test_it_is_released_once_every_part_was_looked_through_and_never_changed_again(cast, copied):
    request, copy = copied
    part, line = line_with(copy, cast.guide.name)
    take_out(cast, part, line.number)
    with pytest.raises(Refused, match="not been looked through"):
        answer(cast, request)
    client = cast.client(cast.administrator)
    assert client.get(page_of(request, "copy")).status_code == 409
    here = page_of(request, "release")
    assert client.post(here, {"reason": ""}).status_code == 422
    early = client.post(here, {"reason": "By hand."})
    assert early.status_code == 409
    for each in parts(copy):
        client.post(page_of(request, "look_through", each.number))
    shown = client.post(here, {"reason": "By post."}, follow=True).content.decode()
    assert "The copy is released." in shown and "Download the copy" in shown
    outcome = copies.outcome_of(request)
    assert (outcome.by, str(outcome.reason)) == (cast.administrator, "By post.")
    for act in (
        lambda: take_out(cast, part, 0),
        lambda: copy_actions.put_line_back(part=part, line=line.number, by=cast.administrator),
        lambda: copy_actions.look_through(part=part, by=cast.administrator),
        lambda: collect(cast, request),
        lambda: answer(cast, request),
    ):
        with pytest.raises(Refused):
            act()
    late = client.post(page_of(request, "take_out", part.number), {"lines": ["0"], "why": "law", "note": ""})
    assert late.status_code == 409 and "This request is closed." in late.content.decode()
    assert client.post(here, {"reason": "Again."}).status_code == 409


def test_the_file_holds_the_record_without_what_was_taken_out_and_its_opening_is_known(cast, copied):
    request, copy = copied
    journey = next(part.journey_id for part in parts(copy) if part.journey_id)
    text = "\n".join(line.text for part in parts(copy) for line in lines_of(copies.content_of(part)))
    assert cast.guide.name in text
    out = 0
    for part in parts(copy):
        lines = [line.number for line in lines_of(copies.content_of(part)) if cast.guide.name in line.text]
        out += len(take_out(cast, part, *lines))
    look_through(cast, copy)
    answer(cast, request)
    file = cast.client(cast.administrator).get(page_of(request, "copy"))
    content = file.content.decode()
    assert file["Content-Disposition"] == 'attachment; filename="copy-of-a-record.html"'
    assert "no-store" in file["Cache-Control"]
    assert cast.guide.name not in content and f"{out} lines were taken out" in content
    assert content.count("[taken out]") == out + 1
    assert "<script" not in content and "http" not in content.replace("http-equiv", "")
    opened = cast.client(cast.participant).get(reverse("overview:opened", args=[journey])).content.decode()
    assert "a copy of the record, to answer a request" in opened
    assert Entry.objects.filter(event="copy.taken").exists()


def test_looking_at_a_part_is_an_opening_of_its_journey(cast, copied):
    request, copy = copied
    part = next(part for part in parts(copy) if part.journey_id)
    assert (
        cast.client(cast.administrator).get(page_of(request, "access_part", part.number)).status_code == 200
    )
    opened = cast.client(cast.participant).get(reverse("overview:opened", args=[part.journey_id]))
    assert cast.administrator.name in opened.content.decode()


def test_collected_again_what_was_taken_out_stays_out_and_what_is_the_same_is_looked_through(cast, copied):
    request, copy = copied
    part, line = line_with(copy, cast.guide.name)
    take_out(cast, part, line.number)
    copy_actions.look_through(part=part, by=cast.administrator)
    new = collect(cast, request)
    part, line = line_with(new, cast.guide.name)
    assert part.reviewed_by == cast.administrator
    (kept,) = copies.redactions_of(part)
    assert (kept.line, str(kept.note)) == (line.number, "Their mother.")
    assert AccessCopy.objects.count() == 1


@pytest.mark.parametrize("state", [AccessState.DECLINED, AccessState.WITHDRAWN])
def test_without_an_answer_the_copy_goes_and_the_log_stays(cast, copied, state):
    request, _copy = copied
    answer(cast, request, state)
    assert not AccessPart.objects.exists() and not AccessRedaction.objects.exists()
    assert [one.did for one in copies.log_of(request)][-1] == CopyStep.REMOVED
    shown = cast.client(cast.administrator).get(page_of(request)).content.decode()
    assert "No copy is stored here." in shown and "removed the copy from here" in shown


def test_a_copy_is_removed_ninety_days_after_it_was_given_and_not_before(cast, copied):
    request, copy = copied
    look_through(cast, copy)
    answer(cast, request)
    moment = now()
    with time_machine.travel(moment + copies.STAYS - dt.timedelta(hours=1)):
        tasks.let_copies_go.call()
        assert AccessCopy.objects.exists()
    with time_machine.travel(moment + copies.STAYS + dt.timedelta(hours=1)):
        tasks.let_copies_go.call()
        tasks.let_copies_go.call()
        assert not AccessCopy.objects.exists()
        last = copies.log_of(request)[-1]
        assert (last.did, last.by) == (CopyStep.REMOVED, None)
        assert AccessLogEntry.objects.filter(did=CopyStep.REMOVED).count() == 1
        assert cast.client(cast.administrator).get(page_of(request, "copy")).status_code == 409


def test_a_treatment_is_released_after_the_check_for_serious_harm(cast):
    cast.journey("treatment")
    request = asked(cast)
    look_through(cast, collect(cast, request))
    with pytest.raises(Refused, match="check for serious harm"):
        answer(cast, request)
    access_actions.note_harm_check(
        request=request,
        checked_on=today("Europe/London"),
        checked_by="Dr Day",
        may_harm=False,
        by=cast.administrator,
    )
    assert answer(cast, request).state == AccessState.ANSWERED


def test_it_is_an_administrators_of_the_organisation_and_not_about_themselves(cast, copied):
    request, copy = copied
    doors = ("access_part", "take_out", "put_back", "look_through")
    pages = [page_of(request, name, 1) for name in doors]
    pages += [page_of(request, name) for name in ("collect", "release", "copy")]
    for who, status in ((cast.stranger, 404), (cast.guide, 404), (cast.lead, 404), (cast.participant, 404)):
        client = cast.client(who)
        for page in pages:
            get = page.endswith(("parts/1/", "copy/"))
            assert (client.get(page) if get else client.post(page)).status_code == status, (who.name, page)
    for verdict in (
        rules.may_change_copy(cast.guide, request),
        rules.may_see_part(
            cast.guide, copies.part_for(cast.administrator, request_id=request.id, number=1)[1]
        ),
        rules.may_take_copy(cast.guide, request, copy),
    ):
        assert not verdict


def test_restricted_it_can_still_be_answered(cast, copied):
    from alongside.retention.restricting_actions import restrict_person

    request, _copy = copied
    restrict_person(
        person=cast.participant, asked_on=today("Europe/London"), reason="x", by=cast.administrator
    )
    new = collect(cast, request)
    part = next(part for part in parts(new) if part.journey_id)
    assert take_out(cast, part, 0)
    look_through(cast, new)
    assert answer(cast, request).state == AccessState.ANSWERED


@pytest.mark.parametrize("what", ["journey", "guide"])
def test_erasing_takes_copies_that_hold_what_is_erased(cast, copied, what):
    from alongside.retention.erasing.rows import going

    _request, copy = copied
    journey = next(part.journey_id for part in parts(copy) if part.journey_id)
    gone = going({journey}, set()) if what == "journey" else going(set(), {cast.guide.id})
    assert gone[AccessCopy] == {copy.id}
    assert gone[AccessPart] == {part.id for part in parts(copy)}


@pytest.mark.without_ledger(
    "retention.copy_actions.collect_copy",
    "retention.copy_actions.look_through",
    "retention.copy_actions.put_line_back",
    "retention.copy_actions.remove_copy",
    "retention.copy_actions.take_lines_out",
)
def test_each_step_is_in_the_ledger(cast):
    cast.journey("mentoring")
    request = asked(cast)
    part = parts(collect(cast, request))[0]
    take_out(cast, part, 0)
    copy_actions.put_line_back(part=part, line=0, by=cast.administrator)
    copy_actions.look_through(part=part, by=cast.administrator)
    copy_actions.remove_copy(request=request, by=None)
    events = Entry.objects.filter(event__startswith="access.").order_by("id").values_list("event", flat=True)
    assert list(events) == [
        "access.recorded",
        "access.collected",
        "access.taken_out",
        "access.put_back",
        "access.looked_through",
        "access.copy_removed",
    ]

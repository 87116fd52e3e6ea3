"""Somebody asked for a copy of what is kept about them: until when, what was done, and that nothing is forgotten."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from alongside.kernel.clock import at, months_after, today
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.retention import access, rules
from alongside.retention import access_actions as actions
from alongside.retention.models import AccessRequest
from alongside.retention.states import AccessState
from tests.cast import person

pytestmark = pytest.mark.django_db
LIST = reverse("retention:access_requests")


def asked(cast, days_ago=0, **facts):
    facts = {"person": cast.participant, "by": cast.administrator, **facts}
    day = today("Europe/London") - dt.timedelta(days=days_ago)
    made = actions.record_request(asked_on=day, identity="They asked while signed in.", **facts)
    return access.request_for(cast.administrator, request_id=made.id)[1]


def again(cast, request):
    return access.request_for(cast.administrator, request_id=request.id)[1]


def close(cast, request, state=AccessState.ANSWERED, **facts):
    return actions.close_request(
        request=request, state=state, reason="By post.", **{"by": cast.administrator, **facts}
    )


def check(cast, request, **facts):
    facts = {"checked_on": today("Europe/London"), "checked_by": "Dr Day", "may_harm": False, **facts}
    return actions.note_harm_check(request=request, by=cast.administrator, **facts)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (dt.date(2031, 1, 31), 1, dt.date(2031, 2, 28)),
        (dt.date(2032, 1, 31), 1, dt.date(2032, 2, 29)),
        (dt.date(2031, 11, 30), 3, dt.date(2032, 2, 29)),
        (dt.date(2031, 12, 5), 1, dt.date(2032, 1, 5)),
    ],
)
def test_when_it_is_due(day, months, due):
    assert months_after(day, months) == due


def test_the_overdue_come_first_and_today_says_so(cast):
    late = person(cast.organisation, "Lara Late")
    asked(cast, 3)
    asked(cast, 40, person=late)
    waiting = access.open_requests(cast.administrator)
    assert [one.person for one in waiting] == [late, cast.participant]
    shown = cast.client(cast.administrator).get(LIST).content.decode()
    assert shown.index("Lara") < shown.index("Paul") and "overdue" in shown
    page = cast.client(cast.administrator).get(reverse("overview:today")).content.decode()
    assert "2 people asked for a copy of their records. 1 answer is overdue." in page
    for who in (cast.guide, cast.lead, cast.participant):
        assert "asked for a copy" not in cast.client(who).get(reverse("overview:today")).content.decode()


def test_extended_once_it_is_due_in_three_months_and_they_are_told_why(
    cast, django_capture_on_commit_callbacks
):
    request = asked(cast)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        actions.extend_request(request=request, reason="There is a lot of it.", by=cast.administrator)
    assert [one.to for one in mail.outbox] == [[cast.participant.email]]
    assert "There is a lot of it." in mail.outbox[0].body
    assert access.due_on(again(cast, request)) == months_after(request.asked_on, 3)
    with pytest.raises(Refused):
        actions.extend_request(request=request, reason="More.", by=cast.administrator)


def test_health_data_is_given_once_somebody_who_can_has_checked_it(cast):
    cast.journey("treatment")
    request = asked(cast)
    with pytest.raises(Refused) as refused:
        close(cast, request)
    assert "serious harm" in str(refused.value.verdict.sentence)
    check(cast, request, may_harm=True)
    with pytest.raises(Refused):
        close(cast, request)
    check(cast, request)
    close(cast, request)
    assert again(cast, request).state == AccessState.ANSWERED


def test_a_check_counts_for_six_months(cast):
    cast.journey("treatment")
    request = asked(cast)
    check(cast, request, checked_on=months_after(today("Europe/London"), -7))
    with pytest.raises(Refused):
        close(cast, request)
    check(cast, request, checked_on=months_after(today("Europe/London"), -5))
    close(cast, request)


def test_what_holds_no_health_data_needs_no_check(cast):
    cast.journey("supervision")
    close(cast, asked(cast))


@pytest.mark.parametrize("state", [AccessState.DECLINED, AccessState.WITHDRAWN])
def test_declined_or_withdrawn_it_needs_no_check_and_is_closed(cast, state):
    cast.journey("treatment")
    request = asked(cast)
    close(cast, request, state)
    assert access.open_requests(cast.administrator) == []
    for act in (lambda: close(cast, request), lambda: check(cast, request)):
        with pytest.raises(Refused):
            act()


def test_one_at_a_time_and_never_ones_own(cast):
    request = asked(cast)
    with pytest.raises(Refused):
        asked(cast)
    with pytest.raises(Refused):
        asked(cast, person=cast.administrator)
    close(cast, request)
    asked(cast)
    about_them = AccessRequest(organisation=cast.organisation, person=cast.administrator)
    assert not rules.may_see_request(cast.administrator, about_them)


@pytest.mark.parametrize("who", ["guide", "participant", "lead", "stranger"])
def test_who_is_no_administrator_here_has_no_door_to_it(cast, who):
    request, client = asked(cast), cast.client(getattr(cast, who))
    for name in ("access_request", "extend_access", "check_access", "close_access"):
        url = reverse(f"retention:{name}", args=[request.id])
        assert (client.get(url) if name == "access_request" else client.post(url)).status_code == 404
    assert client.get(reverse("retention:record_access", args=[cast.participant.id])).status_code == 404
    if who != "stranger":
        assert client.get(LIST).status_code == 403
    else:
        assert "Paul" not in client.get(LIST).content.decode()


@pytest.mark.without_ledger(
    "retention.access_actions.record_request",
    "retention.access_actions.extend_request",
    "retention.access_actions.note_harm_check",
    "retention.access_actions.close_request",
)
def test_the_pages_from_recording_to_closing(cast):
    cast.journey("treatment")
    client, day = cast.client(cast.administrator), today("Europe/London").isoformat()
    url = reverse("retention:record_access", args=[cast.participant.id])
    assert client.post(url, {"asked_on": "2999-01-01", "identity": "x"}).status_code == 422
    assert client.post(url, {"asked_on": day, "identity": "They rang the bell."}).status_code == 302
    twice = client.post(url, {"asked_on": day, "identity": "They rang the bell."})
    assert twice.status_code == 409 and "They rang the bell." in twice.content.decode()
    request = AccessRequest.objects.get()

    def door(name):
        return reverse(f"retention:{name}_access" if name else "retention:access_request", args=[request.id])

    assert "They rang the bell." in client.get(door("")).content.decode()
    closing = {"state": "answered", "reason": "On paper."}
    refused = client.post(door("close"), closing)
    assert refused.status_code == 409 and "On paper." in refused.content.decode()
    assert client.post(door("check"), {"checked_by": "Dr Day"}).status_code == 422
    checked = {"checked_by": "Dr Day, psychiatrist", "checked_on": day, "may_harm": "no"}
    assert client.post(door("check"), checked).status_code == 302
    assert client.post(door("extend"), {"reason": ""}).status_code == 422
    assert client.post(door("extend"), {"reason": "A lot."}).status_code == 302
    assert client.post(door("close"), closing).status_code == 302
    shown = client.get(door("")).content.decode()
    assert "they have their copy. On paper." in shown and "Dr Day, psychiatrist" in shown
    assert "Close the request" not in shown
    events = list(
        Entry.objects.filter(event__startswith="access.").order_by("id").values_list("event", flat=True)
    )
    assert events == ["access.recorded", "access.harm_checked", "access.extended", "access.closed"]


def test_an_overdue_one_is_said_in_days(cast):
    request = asked(cast)
    with at(dt.datetime.combine(access.due_on(request) + dt.timedelta(days=2), dt.time(12), dt.UTC)):
        assert "2 days overdue" in cast.client(cast.administrator).get(LIST).content.decode()

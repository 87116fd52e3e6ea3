"""How often one person may send something: what is over it waits, and nothing that was typed is lost."""

import datetime as dt

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from alongside.config.settings import base
from alongside.journeys.models import JourneyMember, Words
from alongside.kernel import clock
from alongside.people.limits import wait_for
from alongside.people.models import Invitation
from alongside.rooms.environment.models import BusyCalendar, Place
from tests.html_forms import read

pytestmark = pytest.mark.django_db
LIMITS = sorted(set(base.RATE_LIMITS) - {"links"})
NOW = dt.datetime(2031, 3, 3, 9, 0, 20, tzinfo=dt.UTC)


def words_door(journey):
    return reverse("first_meeting:words", args=[journey.id, "notes"])


def send(cast, journey, limit, number):
    """One thing sent by the guide, through a door of that limit; the answer, and what there is of it afterwards."""
    client = cast.client(cast.guide)
    if limit == "words":
        sent = client.post(words_door(journey), {"text": f"two words {number}", "version": "0", "base": ""})
        return sent, Words.objects.count()
    if limit == "changes":
        sent = client.post(
            reverse("environment_places:add"), {"kind": "room", "name": f"Quiet room {number}"}
        )
        return sent, Place.objects.count()
    if limit == "invitations":
        sent = cast.client(cast.administrator).post(
            reverse("people:add"),
            {"name": f"New Person {number}", "email": f"new{number}@example.org", "is_guide": "on"},
        )
        return sent, Invitation.objects.count()
    if limit == "names":
        sent = client.post(
            reverse("overview:name", args=[journey.id]),
            {"name": f"Sam Somebody {number}", "email": f"sam{number}@example.org", "part": "supporter"},
        )
        return sent, JourneyMember.objects.count()
    file = SimpleUploadedFile("mine.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar")
    sent = client.post(
        reverse("environment_time:add_calendar"), {"name": f"My calendar {number}", "file": file}
    )
    return sent, BusyCalendar.objects.count()


@pytest.fixture
def journey(cast):
    return cast.journey(state="preparing")


@pytest.fixture
def few(settings):
    """Two within a minute, or within an hour where the product counts in the database."""
    settings.RATE_LIMITS = {name: (2, seconds) for name, (_most, seconds) in base.RATE_LIMITS.items()}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_comes_too_often_waits_and_does_nothing(cast, journey, few, limit):
    with clock.at(NOW):
        for number in range(2):
            sent, made = send(cast, journey, limit, number)
            assert sent.status_code in (200, 302, 422), sent.status_code
        refused, after = send(cast, journey, limit, 2)
        assert (refused.status_code, after) == (429, made)
        _most, seconds = base.RATE_LIMITS[limit]
        assert int(refused["Retry-After"]) == seconds - NOW.timestamp() % seconds
        assert "no-store" in refused["Cache-Control"]
        assert cast.client(cast.guide).get("/").status_code == 200, "what only shows is not counted"
    with clock.at(NOW + dt.timedelta(seconds=seconds)):
        assert send(cast, journey, limit, 3)[0].status_code in (200, 302, 422)


def test_a_limit_is_one_persons(cast, journey, few):
    with clock.at(NOW):
        for number in range(3):
            send(cast, journey, "words", number)
        theirs = cast.client(cast.participant).post(words_door(journey), {"text": "x", "version": "0"})
    assert theirs.status_code == 302


def test_who_holds_a_link_is_counted_by_the_address_they_send_from(client, few):
    stop = reverse("environment_emails:stop", args=["a-token-nobody-has"])
    with clock.at(NOW):
        sent = [client.post(stop, REMOTE_ADDR="198.51.100.7") for _time in range(3)]
        elsewhere = client.post(stop, REMOTE_ADDR="203.0.113.9")
        shown = client.get(stop, REMOTE_ADDR="198.51.100.7")
    assert [each.status_code for each in sent] == [404, 404, 429]
    assert sent[-1]["Retry-After"] == "40"
    assert elsewhere.status_code == shown.status_code == 404


def test_a_page_that_saves_by_itself_is_told_when_to_come_again(cast, journey, few):
    with clock.at(NOW):
        for _time in range(3):
            sent = cast.client(cast.guide).post(
                words_door(journey), {"text": "x", "version": "0"}, headers={"accept": "application/json"}
            )
    assert (sent.status_code, sent["Retry-After"]) == (429, "40")
    assert "Your words stay on this page" in sent.json()["sentence"]


def test_a_form_comes_back_filled_in_and_can_be_sent_again(cast, journey, few):
    typed = "What I wrote:\n<b>two lines</b> & more"
    with clock.at(NOW):
        send(cast, journey, "words", 0)
        send(cast, journey, "words", 1)
        refused = cast.client(cast.guide).post(
            words_door(journey), {"text": typed, "version": "0", "base": "", "csrfmiddlewaretoken": "old"}
        )
    page = refused.content.decode()
    assert "Nothing you wrote is lost" in page and "1 minute" in page
    assert "&lt;b&gt;two lines" in page and "<b>two lines" not in page, "it can be read, and is no markup"
    (form,) = [form for form in read(page, "/") if form.action == words_door(journey)]
    assert form.fields["text"] == [typed] and form.fields["version"] == ["0"]
    with clock.at(NOW + dt.timedelta(minutes=1)):
        assert form.send(cast.client(cast.guide)).status_code == 302
    assert typed.split() == [word for word in str(Words.objects.get().text).split() if word in typed.split()]


def test_a_file_has_to_be_chosen_again(cast, journey, few):
    with clock.at(NOW):
        for number in range(3):
            sent, _made = send(cast, journey, "uploads", number)
    assert "chosen again" in sent.content.decode() and "Send again" not in sent.content.decode()


def test_each_limit_counts_for_itself(cast, few):
    with clock.at(NOW):
        assert [wait_for(cast.guide, "names") > 0 for _time in range(3)] == [False, False, True]
        assert wait_for(cast.guide, "invitations") == 0


def test_limits_are_generous_for_people():
    """Saving every second in three windows; a hundred people named, or fifty invited, in an afternoon."""
    assert base.RATE_LIMITS["words"][0] >= 3 * 60
    assert all(most >= 20 for most, _seconds in base.RATE_LIMITS.values())


def test_a_count_in_the_database_lasts_as_long_as_its_span(cast, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "names": (2, 3600)}
    for _each in range(2):
        wait_for(cast.guide, "names")
    table = caches["default"]._table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT expires FROM {table} WHERE cache_key LIKE %s", ["%limit:names%"])
        ((expires,),) = cursor.fetchall()
    ends = expires if isinstance(expires, dt.datetime) else dt.datetime.fromisoformat(str(expires))
    assert ends.replace(tzinfo=dt.UTC) - dt.datetime.now(dt.UTC) > dt.timedelta(minutes=50)


def test_one_word_comes_back_to_be_read_and_its_form_says_once_for_whom_it_is(cast, few):
    for _each in range(3):
        answer = cast.client(cast.guide).post(
            reverse("people:profile"), {"name": "Ann", "time_zone": "Europe/London"}
        )
    page = answer.content.decode()
    assert answer.status_code == 429 and '<blockquote class="typed">Ann</blockquote>' in page
    form = page.partition("data-sent-too-often")[2].partition("</form>")[0]
    assert form.count('name="made_for"') == 1

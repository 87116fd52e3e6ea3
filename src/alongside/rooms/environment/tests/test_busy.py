"""Calendars kept elsewhere: what is busy there is never offered, and nothing hostile in them does harm.

Long, because each way in which a calendar can be wrong, slow or hostile is tried on one and the same feed.
"""

import datetime as dt
import gzip
import time
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.rooms.environment.actions import busy as actions
from alongside.rooms.environment.busy import expanding, fetching
from alongside.rooms.environment.busy.fetching import Failed, fetch, is_public
from alongside.rooms.environment.claims import NeedsReason
from alongside.rooms.environment.models import BusyCalendar, BusyTimeRange, Trouble
from alongside.rooms.environment.tasks.busy import look_at_calendars, read_calendar

from .calendars import APPLE, GOOGLE, OUTLOOK, calendar, elsewhere, endless, says, trickling
from .test_slot_search import book, next_weekday

ADD, TIME = reverse("environment_time:add_calendar"), reverse("environment_time:time")
SINCE = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
UNTIL = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)


def busy(content, zone="Europe/London"):
    time_ranges = expanding.busy_in(content, zone=zone, since=SINCE, until=UNTIL)
    return [(starts.strftime("%d %H:%M"), ends.strftime("%d %H:%M")) for starts, ends in time_ranges]


@pytest.fixture
def machine():
    with elsewhere() as one:
        yield one


@pytest.fixture
def inside(settings):
    """The administrator allows addresses of one's own network."""
    settings.ALLOW_PRIVATE_CALENDARS = True


# --- reading ----------------------------------------------------------------------------------------------


def test_a_calendar_as_google_exports_it():
    assert busy(GOOGLE) == [("05 10:00", "05 11:00"), ("06 09:00", "06 10:00"), ("20 09:00", "20 10:00")]


def test_a_calendar_as_outlook_exports_it_with_its_own_names_of_zones():
    assert busy(OUTLOOK) == [("05 09:00", "05 10:00")]


def test_a_calendar_as_apple_exports_it_whole_days_and_times_on_the_wall():
    assert busy(APPLE) == [("05 00:00", "07 00:00"), ("08 08:00", "08 08:45")]
    assert busy(APPLE, "Asia/Tokyo") == [("04 15:00", "06 15:00"), ("07 23:00", "07 23:45")]


def test_free_and_busy_times_alone():
    content = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VFREEBUSY\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n"
        b"FREEBUSY;FBTYPE=BUSY:20990105T100000Z/20990105T110000Z\r\n"
        b"FREEBUSY;FBTYPE=FREE:20990106T100000Z/20990106T110000Z\r\n"
        b"FREEBUSY;FBTYPE=BUSY-TENTATIVE:20990107T100000Z/PT30M\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n"
    )
    assert busy(content) == [("05 10:00", "05 11:00"), ("07 10:00", "07 10:30")]


def test_from_the_year_one_to_the_end_is_always():
    assert busy(calendar("DTSTART:00010101T000000Z\r\nDTEND:99991231T235959Z")) == [("01 00:00", "01 00:00")]


def test_an_hour_that_comes_twice_is_as_long_as_it_is():
    night = "DTSTART;TZID=Europe/London:20991025T003000\r\nDTEND;TZID=Europe/London:20991025T033000"
    assert busy(calendar(night)) == [("24 23:30", "25 03:30")]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"<html>Please sign in</html>", Trouble.NOT_A_CALENDAR),
        (b"", Trouble.NOT_A_CALENDAR),
        (GOOGLE[:200], Trouble.BROKEN),
        (b"BEGIN:VCALENDAR\r\n" + b"x" * fetching.BIGGEST, Trouble.TOO_BIG),
        (calendar("DTSTART:20990101T000000Z\r\nRRULE:FREQ=SECONDLY"), Trouble.TOO_MANY),
        (calendar(*["DTSTART:20990101T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=HOURLY"] * 9), Trouble.TOO_MANY),
    ],
)
def test_what_cannot_be_read_says_what_is_wrong(content, trouble):
    with pytest.raises(Failed) as failed:
        busy(content)
    assert failed.value.trouble == trouble


def test_a_rule_that_never_holds_costs_nothing():
    never = "DTSTART:20990101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    assert busy(calendar(*[never] * 60)) == [("01 00:00", "01 01:00")]


def test_a_reader_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(expanding, "LONGEST", 1)
    monkeypatch.setattr(expanding, "_COMMAND", [expanding.sys.executable, "-c", "while True: pass"])
    with pytest.raises(Failed) as failed:
        busy(GOOGLE)
    assert failed.value.trouble == Trouble.TOO_MANY


# --- fetching ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("nonsense", False),
    ],
)
def test_addresses_of_the_open_internet(address, public):
    assert is_public(address) is public


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/a.ics", "https://localhost/a.ics", "https://[::1]/", "https://2130706433/"]
)
def test_no_address_leads_into_this_machine(address):
    with pytest.raises(Failed) as failed:
        fetch(address)
    assert failed.value.trouble == Trouble.NOT_ALLOWED


def test_a_name_with_one_private_address_among_public_ones_is_not_asked(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_asked, **_more: both)
    with pytest.raises(Failed) as failed:
        fetch("https://calendars.example/a.ics")
    assert failed.value.trouble == Trouble.NOT_ALLOWED


def test_plain_http_is_not_trusted():
    with pytest.raises(Failed) as failed:
        fetch("http://calendars.example/a.ics")
    assert failed.value.trouble == Trouble.INSECURE


def test_a_redirect_is_checked_like_the_first_address(inside, machine, settings, monkeypatch):
    machine.answers["/a.ics"] = says(b"", 302, Location=f"{machine.address}/b.ics")
    machine.answers["/b.ics"] = says(GOOGLE, ETag='"one"')
    got = fetch(f"{machine.address}/a.ics")
    assert (got.body, got.tag) == (GOOGLE, '"one"')

    known = fetching._checked
    hops = []

    def as_outside(address):
        hops.append(address)
        settings.ALLOW_PRIVATE_CALENDARS = len(hops) == 1
        return known(address.replace("http://", "https://") if len(hops) > 1 else address)

    monkeypatch.setattr(fetching, "_checked", as_outside)
    monkeypatch.setattr(
        fetching, "_public_address", _first_is_allowed(fetching._public_address, settings, hops)
    )
    with pytest.raises(Failed) as failed:
        fetch(f"{machine.address}/a.ics")
    assert failed.value.trouble == Trouble.NOT_ALLOWED
    assert [path for path, _headers in machine.asked] == ["/a.ics", "/b.ics", "/a.ics"]


def _first_is_allowed(ask, settings, hops):
    def asked(url):
        settings.ALLOW_PRIVATE_CALENDARS = len(hops) == 1
        return ask(url)

    return asked


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (says(b"", 401), Trouble.REFUSED),
        (says(b"", 404), Trouble.GONE),
        (says(b"", 500), Trouble.UNREACHABLE),
        (endless, Trouble.TOO_BIG),
        (trickling, Trouble.TOO_SLOW),
    ],
)
def test_a_machine_that_does_not_help_says_how(inside, machine, monkeypatch, answer, trouble):
    monkeypatch.setattr(fetching, "LONGEST", 1.0)
    machine.answers["/a.ics"] = answer
    with pytest.raises(Failed) as failed:
        fetch(f"{machine.address}/a.ics")
    assert failed.value.trouble == trouble


def packed_in(way, body):
    if way in ("gzip", "x-gzip", "GZIP"):
        return gzip.compress(body[:40]) + gzip.compress(body[40:])
    return zlib.compress(body) if way == "deflate" else zlib.compress(body, wbits=-15)


@pytest.mark.parametrize("way", ["gzip", "x-gzip", "GZIP", "deflate", "raw deflate"])
def test_what_comes_packed_is_unpacked_asked_for_or_not(inside, machine, way):
    machine.answers["/a.ics"] = says(packed_in(way, GOOGLE), Content_Encoding=way.removeprefix("raw "))
    assert fetch(f"{machine.address}/a.ics").body == GOOGLE


@pytest.mark.parametrize("way", ["gzip", "deflate", "identity", ""])
def test_what_only_says_that_it_is_packed_is_taken_as_it_is(inside, machine, way):
    machine.answers["/a.ics"] = says(GOOGLE, Content_Encoding=way)
    assert fetch(f"{machine.address}/a.ics").body == GOOGLE


def test_a_calendar_of_the_field_that_was_sent_packed_is_read(inside, machine):
    content = (Path(__file__).parent / "calendar_files" / "gzip-body.ics").read_bytes()
    machine.answers["/a.ics"] = says(content, Content_Encoding="gzip")
    body = fetch(f"{machine.address}/a.ics").body
    assert body.startswith(b"BEGIN:VCALENDAR") and body.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize(
    ("body", "encoding", "trouble"),
    [
        (gzip.compress(b"\0" * (fetching.BIGGEST + 1)), "gzip", Trouble.TOO_BIG),
        (zlib.compress(b"\0" * (fetching.BIGGEST + 1)), "deflate", Trouble.TOO_BIG),
        (gzip.compress(GOOGLE)[:30] + b"damaged" * 30, "gzip", Trouble.BROKEN),
        (b"x" * 500, "compress", Trouble.BROKEN),
        (b"x" * 500, "gzip, gzip", Trouble.BROKEN),
        (b"x" * (fetching.BIGGEST + 1), "", Trouble.TOO_BIG),
    ],
)
def test_packed_or_not_no_more_is_taken_than_there_is_room_for(inside, machine, body, encoding, trouble):
    machine.answers["/a.ics"] = says(body, Content_Encoding=encoding)
    with pytest.raises(Failed) as failed:
        fetch(f"{machine.address}/a.ics")
    assert failed.value.trouble == trouble


def test_as_much_as_there_is_room_for_is_taken(inside, machine):
    machine.answers["/a.ics"] = says(b"x" * fetching.BIGGEST)
    assert len(fetch(f"{machine.address}/a.ics").body) == fetching.BIGGEST


def slow_heads(handler):
    """Never done with its headers."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def says_nothing(handler):
    time.sleep(5)


@pytest.mark.parametrize("answer", [slow_heads, says_nothing, trickling])
def test_the_whole_exchange_has_one_deadline(inside, machine, monkeypatch, answer):
    monkeypatch.setattr(fetching, "LONGEST", 0.6)
    machine.answers["/a.ics"] = answer
    begun = time.monotonic()
    with pytest.raises(Failed) as failed:
        fetch(f"{machine.address}/a.ics")
    assert failed.value.trouble == Trouble.TOO_SLOW and time.monotonic() - begun < 2


def test_that_nothing_has_changed_counts_only_where_it_was_asked(inside, machine):
    machine.answers["/a.ics"] = says(b"", 304)
    with pytest.raises(Failed) as failed:
        fetch(f"{machine.address}/a.ics")
    assert failed.value.trouble == Trouble.UNREACHABLE
    assert fetch(f"{machine.address}/a.ics", tag='"one"').body is None


def test_without_a_tag_the_day_of_the_last_change_is_asked_for(inside, machine):
    changed = "Mon, 30 Nov 2026 06:00:00 GMT"
    machine.answers["/a.ics"] = says(GOOGLE, Last_Modified=changed)
    got = fetch(f"{machine.address}/a.ics")
    machine.answers["/a.ics"] = says(b"", 304)
    assert fetch(f"{machine.address}/a.ics", tag=got.tag).body is None
    assert machine.asked[-1][1]["If-Modified-Since"] == changed


def test_going_round_in_circles_ends(inside, machine):
    machine.answers["/a.ics"] = says(b"", 302, Location="/a.ics")
    with pytest.raises(Failed):
        fetch(f"{machine.address}/a.ics")
    assert len(machine.asked) == fetching.REDIRECTS + 1


# --- the whole of it --------------------------------------------------------------------------------------


def file_of(content):
    return SimpleUploadedFile("work.ics", content, "text/calendar")


def at_ten(day):
    stamp = next_weekday(day, 10).strftime("%Y%m%dT%H%M%SZ")
    return calendar(f"DTSTART:{stamp}\r\nDURATION:PT1H\r\nSUMMARY:Secret title")


def test_what_is_busy_in_a_file_is_not_offered(cast, seat, place):
    client = cast.client(cast.guide)
    answer = client.post(ADD, {"name": "Work", "address": "", "file": file_of(at_ten(2))}, follow=True)

    assert "A file, read on" in answer.content.decode()
    assert BusyTimeRange.objects.count() == 1
    with pytest.raises(NeedsReason):
        book(seat, place, next_weekday(2, 10))
    client.post(reverse("environment_time:remove_calendar", args=[BusyCalendar.objects.get().id]))
    assert not BusyTimeRange.objects.exists()
    assert book(seat, place, next_weekday(2, 10))


def test_a_file_that_is_none_is_refused_and_the_name_stays(cast):
    answer = cast.client(cast.guide).post(ADD, {"name": "My work", "address": "", "file": file_of(b"hello")})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This file was not read: this is not a calendar" in page
    assert 'value="My work"' in page and not BusyCalendar.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "Work"}, "Please paste an address here"),
        ({"name": "Work", "address": "ftp://x/a.ics"}, "starts with https://"),
        ({"name": "", "address": "https://x.example/a.ics"}, "Please give it a name"),
    ],
)
def test_what_is_missing_is_said(cast, typed, said):
    answer = cast.client(cast.guide).post(ADD, typed)
    assert answer.status_code == 422 and said in answer.content.decode()
    for value in filter(None, typed.values()):
        assert f'value="{value}"' in answer.content.decode()


@pytest.mark.without_ledger("rooms.environment.actions.busy.add_calendar")
def test_an_address_is_read_by_the_worker_and_followed(cast, inside, machine, seat, place):
    machine.answers["/a.ics"] = says(at_ten(2), ETag='"one"')
    made = actions.add_calendar(name="Work", address=f"{machine.address}/a.ics", by=cast.guide)
    read_calendar.func(str(made.id))
    assert BusyTimeRange.objects.count() == 1
    assert "Last read on" in cast.client(cast.guide).get(TIME).content.decode()

    machine.answers["/a.ics"] = says(b"", 304)
    read_calendar.func(str(made.id))
    assert machine.asked[-1][1]["If-None-Match"] == '"one"'
    assert BusyTimeRange.objects.count() == 1

    machine.answers["/a.ics"] = says(at_ten(3))
    read_calendar.func(str(made.id))
    assert [time_range.starts_at for time_range in BusyTimeRange.objects.all()] == [next_weekday(3, 10)]


@pytest.mark.without_ledger("rooms.environment.actions.busy.ask_again")
def test_an_address_is_added_on_the_page_and_read_again_when_asked(cast, inside, machine):
    machine.answers["/a.ics"] = says(at_ten(2))
    client = cast.client(cast.guide)

    page = client.post(
        ADD, {"name": "Work", "address": f"{machine.address}/a.ics"}, follow=True
    ).content.decode()

    assert "We read it in a moment" in page and BusyTimeRange.objects.count() == 1
    machine.answers["/a.ics"] = says(at_ten(3))
    again = reverse("environment_time:read_calendar", args=[BusyCalendar.objects.get().id])
    assert "We are reading it" in client.post(again, follow=True).content.decode()
    assert [time_range.starts_at for time_range in BusyTimeRange.objects.all()] == [next_weekday(3, 10)]


def test_a_file_that_is_too_big_is_refused_before_it_is_read(cast):
    big = file_of(b"BEGIN:VCALENDAR\r\n" + b"x" * fetching.BIGGEST)

    answer = cast.client(cast.guide).post(ADD, {"name": "Work", "address": "", "file": big})

    page = answer.content.decode()
    assert answer.status_code == 422 and "larger than 32 MB" in page and 'value="Work"' in page
    assert not BusyCalendar.objects.exists()


def test_nobody_has_more_than_five_calendars(cast):
    client = cast.client(cast.guide)
    for number in range(5):
        assert client.post(ADD, {"name": f"Calendar {number}", "file": file_of(at_ten(2))}).status_code == 302
    page = client.get(TIME).content.decode()
    assert "Remove one to add another" in page

    for sent in ({"file": file_of(at_ten(2))}, {"address": "https://x.example/a.ics"}):
        answer = client.post(ADD, {"name": "The sixth", **sent})
        assert answer.status_code == 422 and "Remove one to add another" in answer.content.decode()
        assert 'value="The sixth"' in answer.content.decode()
    with pytest.raises(Refused):
        actions.add_calendar(name="The sixth", address="https://x.example/a.ics", by=cast.guide)
    assert BusyCalendar.objects.count() == 5

    first = BusyCalendar.objects.order_by("created_at").first()
    client.post(reverse("environment_time:remove_calendar", args=[first.id]))
    assert client.post(ADD, {"name": "The sixth", "file": file_of(at_ten(2))}).status_code == 302
    assert (
        cast.client(cast.participant).post(ADD, {"name": "Theirs", "file": file_of(at_ten(2))}).status_code
        == 302
    )


def test_a_file_is_not_looked_at_again(cast):
    made = BusyCalendar.objects.create(person=cast.guide, name="Old", is_file=True, read_at=now())

    answer = cast.client(cast.guide).post(
        reverse("environment_time:read_calendar", args=[made.id]), follow=True
    )

    assert "We are reading it" not in answer.content.decode()


def test_trouble_leaves_the_last_good_state_and_says_since_when(cast, inside, machine, seat, place):
    machine.answers["/a.ics"] = says(at_ten(2))
    made = actions.add_calendar(name="Work", address=f"{machine.address}/a.ics", by=cast.guide)
    read_calendar.func(str(made.id))
    machine.answers["/a.ics"] = says(b"<html>", 200)
    read_calendar.func(str(made.id))
    since = BusyCalendar.objects.get().troubled_since
    read_calendar.func(str(made.id))

    found = BusyCalendar.objects.get()
    assert (found.trouble, found.troubled_since) == (Trouble.NOT_A_CALENDAR, since)
    page = cast.client(cast.guide).get(TIME).content.decode()
    assert "this is not a calendar" in page and "is still used" in page
    assert BusyTimeRange.objects.count() == 1

    machine.answers["/a.ics"] = says(at_ten(2))
    read_calendar.func(str(made.id))
    assert BusyCalendar.objects.get().trouble == ""


HUGE = 50 * 1024 * 1024


def fifty_megabytes(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", str(HUGE))
    handler.end_headers()
    handler.wfile.write(b"BEGIN:VCALENDAR\r\n")
    for _megabyte in range(50):
        handler.wfile.write(b"x" * 1024 * 1024)


def bomb(rule, count=40):
    return says(calendar(*[f"DTSTART:20250101T000000Z\r\nDURATION:PT1M\r\nRRULE:{rule}"] * count))


HOSTILE = {
    "fifty megabytes": (fifty_megabytes, Trouble.TOO_BIG),
    "without an end": (endless, Trouble.TOO_BIG),
    "a drop at a time": (trickling, Trouble.TOO_SLOW),
    "sent on into the house": (says(b"", 302, Location="http://10.0.0.1/a.ics"), Trouble.NOT_ALLOWED),
    "sent on to the machine room": (
        says(b"", 302, Location="http://169.254.169.254/latest"),
        Trouble.NOT_ALLOWED,
    ),
    "every second": (bomb("FREQ=SECONDLY"), Trouble.TOO_MANY),
    "every hour of every day": (bomb("FREQ=HOURLY", 9), Trouble.TOO_MANY),
    "every second of a day in 60": (bomb("FREQ=SECONDLY;INTERVAL=60;BYSECOND=30", 4), Trouble.TOO_MANY),
    "a web page": (says(b"<html>Sign in</html>"), Trouble.NOT_A_CALENDAR),
    "cut off": (says(GOOGLE[:200]), Trouble.BROKEN),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_the_last_good_state_stays_and_the_page_says_what_is_wrong_since_when(
    cast, machine, seat, place, monkeypatch, name
):
    """The machine itself counts as one of the open internet here; where it leads to does not."""
    answer, trouble = HOSTILE[name]
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(fetching, "_checked", fetching.httpx.URL)
    monkeypatch.setattr(fetching, "LONGEST", 1.0 if answer is trickling else 20.0)
    monkeypatch.setattr(expanding, "LONGEST", 3)
    machine.answers["/a.ics"] = says(at_ten(2))
    made = actions.add_calendar(name="Work", address=f"{machine.address}/a.ics", by=cast.guide)
    read_calendar.func(str(made.id))
    monkeypatch.setattr(fetching.socket, "getaddrinfo", _as_it_says(fetching.socket.getaddrinfo))

    machine.answers["/a.ics"] = answer
    read_calendar.func(str(made.id))

    found = BusyCalendar.objects.get()
    assert found.trouble == trouble and found.troubled_since is not None
    page = cast.client(cast.guide).get(TIME).content.decode().replace("&#x27;", "'")
    assert str(trouble.label) in page and "Since " in page and "is still used" in page
    with pytest.raises(NeedsReason):
        book(seat, place, next_weekday(2, 10))


def _as_it_says(ask):
    """No name is looked up: only addresses are asked for here."""

    def asked(host, *more, **facts):
        assert host[0].isdigit(), host
        return ask(host, *more, **facts)

    return asked


@pytest.mark.parametrize("zone", ["Mars/Phobos", "", "../../etc/passwd", "Nowhere in particular"])
def test_a_zone_that_does_not_exist_is_read_as_greenwich_and_nothing_breaks(cast, seat, place, zone):
    cast.guide.time_zone = zone
    cast.guide.save()

    answer = cast.client(cast.guide).post(
        ADD, {"name": "Work", "address": "", "file": file_of(at_ten(2))}, follow=True
    )

    assert answer.status_code == 200 and BusyTimeRange.objects.get().starts_at == next_weekday(2, 10)
    with pytest.raises(NeedsReason):
        book(seat, place, next_weekday(2, 10))


def test_a_zone_nobody_knows_in_a_calendar_is_the_owners_wall():
    there = "DTSTART;TZID=Mars/Phobos:20990706T090000\r\nDTEND;TZID=Mars/Phobos:20990706T100000"
    assert busy(calendar(there)) == [("06 08:00", "06 09:00")]


def test_only_times_are_kept(cast):
    cast.client(cast.guide).post(ADD, {"name": "Work", "address": "", "file": file_of(at_ten(2))})
    kept = [str(value) for row in BusyTimeRange.objects.values_list() for value in row]
    assert not any("Secret" in value for value in kept)
    assert {field.name for field in BusyTimeRange._meta.fields} == {
        "id",
        "created_at",
        "calendar",
        "person",
        "kind",
        "starts_at",
        "ends_at",
    }


@pytest.mark.without_ledger("rooms.environment.actions.busy.remove_calendar")
def test_what_is_due_is_handed_to_the_queue_and_what_is_gone_is_left_alone(
    cast, inside, machine, settings, django_capture_on_commit_callbacks
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": settings.QUEUES}}
    machine.answers["/a.ics"] = says(GOOGLE)
    due = actions.add_calendar(name="Work", address=f"{machine.address}/a.ics", by=cast.guide)
    later = actions.add_calendar(name="Home", address=f"{machine.address}/a.ics", by=cast.guide)
    BusyCalendar.objects.filter(id=later.id).update(try_next_at=now() + dt.timedelta(hours=1))
    BusyCalendar.objects.filter(id=due.id).update(try_next_at=now() - dt.timedelta(hours=1))
    DBTaskResult.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        look_at_calendars.func()
    handed = DBTaskResult.objects.filter(task_path__endswith=".read_calendar")
    gone = str(due.id)
    assert [task.args_kwargs["kwargs"] for task in handed] == [{"calendar_id": gone}]
    assert {task.queue_name for task in handed} == {"calendars"}  # so that no sign-in code waits for it
    actions.remove_calendar(calendar=due, by=cast.guide)
    read_calendar.func(gone)
    assert BusyCalendar.objects.get().id == later.id


def test_nobody_else_finds_it(cast):
    made = BusyCalendar.objects.create(
        person=cast.participant, name="Hers", address="", is_file=True, read_at=now()
    )
    for door in ("read_calendar", "remove_calendar"):
        assert (
            cast.client(cast.guide).post(reverse(f"environment_time:{door}", args=[made.id])).status_code
            == 404
        )
    assert BusyCalendar.objects.count() == 1

"""Booking as people do it: the guide at a desk, the participant by a link on a phone, one's week by keyboard."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from alongside.kernel.clock import at as clock_at
from alongside.kernel.clock import now
from alongside.rooms.environment.emails import meeting_email_token
from alongside.rooms.environment.models import EmailWishes, Meeting, MeetingEmail, Reply
from alongside.rooms.environment.tasks.reminders import remind
from alongside.rooms.environment.tests.factories import booked, room
from alongside.rooms.environment.tests.test_protected_time_kept import held
from alongside.rooms.environment.tests.test_slot_search import LONDON, next_weekday, protect
from tests.cast import gather


@pytest.fixture
def application(committed, live_server):
    cast = gather()
    protect(cast.guide, hours=(540, 1020))
    return cast


@pytest.fixture
def opened(application, new_context):
    """`opened(person, width=390)`: a page in which this person is signed in; without a person nobody is."""

    def come(who=None, **shape):
        context = new_context(**shape)
        page = context.new_page()
        if who:
            page.goto("/healthz")
            cookie = application.client(who).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": page.url}])
        return page

    return come


def is_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_guide_books_one_of_the_first_times_that_suit(application, opened, axe, width):
    seat = application.seat(application.guide, application.journey())
    room(application.guide, participants_may_book=True)
    page = opened(application.guide, width=width)
    page.goto(reverse("environment:book", args=[seat.journey.id]))
    assert axe(page) == [] and not is_wide(page)

    page.locator(".suiting a").nth(4).click()
    assert page.locator("[name=date]").input_value() and page.locator("[name=time]").input_value()
    page.get_by_role("button", name=re.compile("^Book")).click()

    page.get_by_text("Booked:").wait_for()
    assert Meeting.objects.count() == 1


def test_the_guide_offers_times_and_the_participant_picks_one_on_a_phone(
    application, opened, axe, settings, live_server
):
    settings.PUBLIC_URL = live_server.url
    journey = application.journey(kind="treatment", participant_has_account=False)
    seat = application.seat(application.guide, journey)
    room(application.guide)
    desk = opened(application.guide)
    desk.goto(reverse("environment:offer", args=[journey.id]))
    for box in desk.get_by_role("checkbox").all()[:3]:
        box.check()
    assert axe(desk) == []
    desk.get_by_role("button", name="Make link").click()
    link = desk.get_by_label("The link").input_value()
    assert axe(desk) == []

    phone = opened(width=390)
    phone.goto(link)
    assert axe(phone) == [] and not is_wide(phone)
    assert Meeting.objects.count() == 0
    phone.get_by_role("radio").nth(1).check()
    phone.get_by_role("button", name="Book this time").click()

    phone.get_by_text("It is booked.").wait_for()
    assert axe(phone) == [] and not is_wide(phone)
    assert Meeting.objects.get().booked_by == seat.participant.person


def test_a_time_that_went_meanwhile_is_said_beside_the_others_on_a_phone(
    application, opened, axe, settings, live_server
):
    from alongside.rooms.environment.actions.offers import offer_times

    seat = application.seat(application.guide, application.journey(participant_has_account=False))
    place = room(application.guide)
    starts = [next_weekday(2, hour) for hour in (9, 11, 13)]
    _offer, token = offer_times(place=place, starts=starts, minutes=60, send=False, by=seat)
    phone = opened(width=390)
    phone.goto(reverse("environment_offers:pick", args=[token]))
    booked(
        application.seat(application.guide, application.journey()),
        room(application.guide, "Elsewhere"),
        starts[1],
    )

    phone.get_by_role("radio").nth(1).check()
    phone.get_by_role("button", name="Book this time").click()

    phone.get_by_text("is not free at that time").wait_for()
    assert phone.get_by_role("radio").count() == 2
    assert axe(phone) == []


def test_a_series_with_one_date_taken_is_booked_around_it(application, opened, axe):
    seat = application.seat(application.guide, application.journey())
    room(application.guide)
    booked(
        application.seat(application.guide, application.journey()),
        room(application.guide, "Elsewhere"),
        next_weekday(2, 10, weeks=3),
    )
    page = opened(application.guide, width=390)
    page.goto(reverse("environment:series", args=[seat.journey.id]))
    page.locator("[name=date]").fill(next_weekday(2, 10, weeks=2).date().isoformat())
    page.locator("[name=time]").fill("10:00")
    page.locator("[name=count]").fill("3")
    page.get_by_role("button", name="Show dates").click()

    page.get_by_text("2 of 3 dates fit.").wait_for()
    assert axe(page) == [] and not is_wide(page)
    page.locator("[name=pick_1]").select_option(index=1)
    page.get_by_role("button", name="Book these").click()

    page.get_by_text("3 are booked.").wait_for()
    assert Meeting.objects.filter(journey=seat.journey).count() == 3


@pytest.mark.parametrize("width", [390, 1440])
def test_the_week_is_walked_by_keyboard(application, opened, axe, width):
    seat = application.seat(application.guide, application.journey())
    booked(seat, room(application.guide), next_weekday(2, 10))
    page = opened(application.guide, width=width)
    page.goto(reverse("environment_week:week") + f"?of={next_weekday(2, 10).date()}")
    assert axe(page) == [] and not is_wide(page)

    page.locator("nav.diary-nav a").last.focus()
    page.keyboard.press("Tab")
    assert "Paul Participant" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reverse('environment:room', args=[seat.journey.id])}")

    page.goto(reverse("environment_week:agenda"))
    assert axe(page) == [] and not is_wide(page)
    page.get_by_role("link", name="Paul Participant").wait_for()


def test_the_week_fits_on_one_sheet_and_nothing_of_it_is_cut_off(application, opened):
    seat, place = application.seat(application.guide, application.journey()), room(application.guide)
    for hour, minutes in ((10, 30), (11, 15), (14, 60)):
        booked(seat, place, next_weekday(2, hour), minutes=minutes)
    page = opened(application.guide)
    page.goto(reverse("environment_week:week") + f"?of={next_weekday(2, 10).date()}")

    page.emulate_media(media="print")

    assert page.locator(".diary-nav").is_hidden()
    assert not is_wide(page)
    sheet = PdfReader(BytesIO(page.pdf(format="A4", landscape=True)))
    assert len(sheet.pages) == 1
    for entry in page.locator(".diary-meeting").all():
        title, whole = entry.locator(".diary-title").bounding_box(), entry.bounding_box()
        baseline = title["y"] + 0.8 * title["height"]
        assert whole["y"] <= baseline <= whole["y"] + whole["height"], entry.inner_text()
    assert page.locator(".diary-meeting").count() == 3


@pytest.mark.parametrize(("width", "dark"), [(390, False), (1440, True)])
def test_how_time_was_kept_is_seen_over_the_weeks(application, opened, axe, width, dark):
    seat, place = application.seat(application.guide, application.journey()), room(application.guide)
    # three Wednesdays: a weekend lies outside protected time, whichever day the tests run on
    wednesday = (now().astimezone(LONDON).weekday() - 2) % 7
    for weeks in (3, 2, 1):
        held(seat, place, wednesday + 7 * weeks, interruptions=int(weeks < 3))
    page = opened(application.guide, width=width, dark=dark)
    for address in (
        reverse("environment:kept", args=[seat.journey.id]),
        reverse("environment_time:kept"),
        reverse("environment_places:kept", args=[place.id]),
    ):
        page.goto(address)
        picture = page.locator(".chart img:visible")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 300
        assert ("dark" in picture.get_attribute("src")) is dark
        assert axe(page) == [] and not is_wide(page)
        page.get_by_role("rowheader").first.wait_for()
    page.goto(reverse("environment:kept", args=[seat.journey.id]))
    page.get_by_text("Interrupted in 2 of the last 3.").wait_for()
    page.emulate_media(media="print")
    assert not is_wide(page)


@pytest.mark.parametrize("width", [320, 1440])
def test_a_place_is_opened_and_closed(application, opened, axe, width):
    room(application.guide)
    page = opened(application.guide, width=width)
    page.goto(reverse("environment_places:places"))
    assert axe(page) == [] and not is_wide(page)
    page.get_by_role("link", name="Opening hours").click()
    assert axe(page) == [] and not is_wide(page)
    page.get_by_label("Wednesday").fill("9-12, 13-17")
    page.get_by_role("button", name="Save hours").click()
    page.get_by_text("no one can book it outside these hours").wait_for()

    page.get_by_role("link", name="Close it for some days").click()
    assert axe(page) == [] and not is_wide(page)
    page.locator("[name=first_day]").fill(next_weekday(2, 10).date().isoformat())
    page.get_by_role("button", name="Save").click()
    page.locator("summary", has_text="Open it after all").wait_for()
    assert axe(page) == [] and not is_wide(page)

    page.goto(reverse("environment_places:places"))
    page.get_by_text("Open: Wed 09:00-12:00, 13:00-17:00 · closed on").wait_for()


@pytest.mark.parametrize(("width", "dark"), [(320, False), (390, True)])
def test_who_has_only_a_link_answers_and_stops_the_reminders_on_a_phone(
    application, opened, axe, width, dark
):
    seat = application.seat(
        application.guide, application.journey(kind="treatment", participant_has_account=False)
    )
    start = next_weekday(2, 10)
    booked(seat, room(application.guide), start)
    with clock_at(start - dt.timedelta(hours=23)):
        remind.enqueue()
    invited, reminder = MeetingEmail.objects.order_by("created_at")
    phone = opened(width=width, dark=dark)
    phone.goto(f"/emails/{meeting_email_token(invited)}/")
    assert axe(phone) == [] and not is_wide(phone)
    assert not Reply.objects.exists()

    phone.get_by_label("I need another time").check()
    phone.get_by_label("Add a message").fill("The bus comes at eleven")
    phone.get_by_role("button", name="Send answer").click()
    phone.get_by_text("Thank you. Gwen Guide will see it.").wait_for()
    assert axe(phone) == [] and not is_wide(phone)

    phone.goto(f"/emails/{meeting_email_token(reminder)}/stop/")
    phone.get_by_role("heading", name="No more reminders?").wait_for()
    assert not EmailWishes.objects.exists()
    assert axe(phone) == [] and not is_wide(phone)
    phone.get_by_role("button", name="Stop the reminders").click()
    phone.get_by_role("heading", name="No more reminders", exact=True).wait_for()
    assert axe(phone) == []

    desk = opened(application.guide)
    desk.goto(reverse("environment:room", args=[seat.journey.id]))
    desk.get_by_text("The bus comes at eleven").wait_for()
    desk.get_by_role("link", name="Move").first.click()
    desk.get_by_role("heading", name="Another time or place").wait_for()
    assert axe(desk) == []

"""Choosing a time in a browser: at both widths, in light and dark, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from alongside.journeys.models import Journey
from alongside.people.models import Organisation
from alongside.rooms.environment.actions.asking import ask_for_time
from alongside.rooms.environment.actions.offers import offer_times
from alongside.rooms.environment.models import EarlierWish, Meeting, Reply, TimeRequest
from alongside.rooms.environment.tests.factories import booked, room
from alongside.rooms.environment.tests.test_slot_search import next_weekday

from .test_booking import application, is_wide, opened  # noqa: F401

LOOKS = [(width, dark) for width in (390, 1440) for dark in (False, True)]


def address(name, seat, *meeting):
    return reverse(f"environment:{name}", args=[seat.journey.id, *meeting])


@pytest.fixture
def seat(application):  # noqa: F811
    journey = application.journey(kind="treatment", notice_hours=24)
    return application.seat(application.guide, journey)


@pytest.fixture
def place(application):  # noqa: F811
    return room(application.guide, participants_may_book=True)


def looked_at(page, axe, name):
    """At both widths, in light and dark: readable, and nothing wider than the screen."""
    for width, dark in LOOKS:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        assert axe(page) == [], (name, width, dark)
        assert not is_wide(page), (name, width, dark)


def test_the_pages_of_choosing_a_time_can_be_read(application, seat, place, opened, axe):  # noqa: F811
    page = opened(application.participant)
    page.goto(address("book", seat))
    looked_at(page, axe, "suggested")
    page.locator(".suiting-day a.btn").first.click()
    page.get_by_role("heading", name="You have chosen").wait_for()
    looked_at(page, axe, "chosen")
    page.get_by_role("link", name="Change the day, the time or the place").click()
    page.locator("[name=date]").wait_for()
    looked_at(page, axe, "own time")
    page.locator("[name=minutes]").fill("1")
    page.locator("#book form").evaluate("form => form.noValidate = true")
    page.locator("#book").get_by_role("button").click()
    looked_at(page, axe, "own time, with something amiss")
    page.goto(address("ask", seat))
    looked_at(page, axe, "ask")


def test_the_pages_around_a_booked_time_can_be_read(application, seat, place, opened, axe):  # noqa: F811
    theirs = application.seat(application.participant, seat.journey)
    Organisation.objects.update(telephone="01632 960200")
    meeting = booked(seat, place, next_weekday(2, 10))
    ask_for_time(word="Tuesday or Thursday, after 4", by=theirs)
    page = opened(application.participant)
    page.goto(address("room", seat))
    looked_at(page, axe, "room of the participant")
    page.goto(address("cancel", seat, meeting.id))
    looked_at(page, axe, "cancel")
    Journey.objects.update(notice_hours=336)
    page.goto(address("cancel", seat, meeting.id))
    page.get_by_role("button", name="I cannot come").wait_for()
    looked_at(page, axe, "too late to cancel")
    _offer, token = offer_times(
        place=place, starts=[next_weekday(3, hour) for hour in (9, 11)], minutes=50, send=False, by=seat
    )
    page.goto(reverse("environment_offers:pick", args=[token]))
    looked_at(page, axe, "offered times")

    desk = opened(application.guide)
    for name in ("room", "offer"):
        desk.goto(address(name, seat))
        looked_at(desk, axe, f"{name} of the guide")
    desk.goto(address("move", seat, meeting.id))
    looked_at(desk, axe, "move")


def tab_to(page, wanted, most=80):
    """Press Tab until what is focused is called so; where it never comes, by keyboard alone it cannot be done."""
    for _press in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "document.activeElement.ariaLabel || document.activeElement.textContent.trim()"
        )
        if re.search(wanted, focused or ""):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", f"{wanted} is not seen to be focused"
            return
    raise AssertionError(f"{wanted} is not reached by keyboard")


@pytest.mark.parametrize("width", [390, 1440])
def test_a_time_is_booked_and_cancelled_by_keyboard_alone(application, seat, place, opened, width):  # noqa: F811
    Journey.objects.update(notice_hours=None)
    page = opened(application.participant, width=width)
    page.goto(address("book", seat))
    tab_to(page, r"\d\d:\d\d")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You have chosen").wait_for()
    tab_to(page, "^Book")
    page.keyboard.press("Enter")
    page.get_by_text("Booked:").wait_for()
    tab_to(page, "^Cancel$")
    page.keyboard.press("Enter")
    page.get_by_label("Why, in a few words").wait_for()
    tab_to(page, "^Cancel$")
    page.keyboard.press("Enter")
    page.get_by_text("Cancelled. The time is free again.").wait_for()


def test_without_javascript_all_of_it_works(application, seat, place, opened):  # noqa: F811
    page = opened(application.participant, width=390, java_script_enabled=False)
    page.goto(address("ask", seat))
    page.get_by_label("What suits you").fill("Tuesdays")
    page.get_by_role("button", name="Ask for a time").click()
    assert TimeRequest.objects.get().word == "Tuesdays"

    page.goto(address("book", seat))
    page.locator(".suiting-day a.btn").nth(3).click()
    page.get_by_role("button", name=re.compile("^Book")).click()
    page.get_by_text("Booked:").wait_for()
    meeting = Meeting.objects.get()

    page.get_by_role("button", name="Email me if an earlier time is free").click()
    assert EarlierWish.objects.count() == 1

    page.goto(address("book", seat) + "?own=1")
    day = next_weekday(4, 14, weeks=3)
    page.locator("[name=date]").fill(day.date().isoformat())
    page.locator("[name=time]").fill("14:00")
    page.locator("#book").get_by_role("button").click()
    page.get_by_text("Booked:").wait_for()
    assert Meeting.objects.count() == 2

    Journey.objects.update(notice_hours=336)
    page.goto(address("cancel", seat, meeting.id))
    page.get_by_label("Why, in a few words").fill("A fever")
    page.get_by_role("button", name="I cannot come").click()
    page.get_by_text("Thank you. Gwen Guide is told now.").wait_for()
    assert Reply.objects.get().word == "A fever"

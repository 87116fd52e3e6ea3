"""A lead's day: a programme is added, its figures come, and every page of them is read by keyboard, narrow, before axe."""

from __future__ import annotations

import pytest

from alongside.kernel import clock
from alongside.programmes.figures.catalogue import FIGURES
from alongside.programmes.models import Programme, PublishedCell
from alongside.programmes.star.months import last_complete, later

from .test_overview_by_keyboard import is_wide, tabs_to
from .test_ways_of_ending import application  # noqa: F401

PAGES = (
    "/",
    "/programmes/",
    "/programmes/{id}/",
    "/programmes/{id}/figures/protected/",
    "/programmes/{id}/change/",
)


def two_years(programme: Programme) -> None:
    last = last_complete(clock.today("Europe/London"))
    PublishedCell.objects.bulk_create(
        PublishedCell(
            programme=programme,
            figure=key,
            kind="supervision",
            month=later(last, -back),
            denominator=None if back == 3 else 60,
            numerator=None if back == 3 else (55 if back == 7 else 30 + 5 * (back % 2)),
        )
        for key, figure in FIGURES.items()
        if not figure.kinds
        for back in range(24)
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [320, 1440])
def test_a_lead_adds_a_programme_and_reads_its_figures(application, axe, width):  # noqa: F811
    lead = application.comes(application.cast.lead, width)
    page = lead.page
    lead.opens("/programmes/add/")
    page.fill("#id_name", "Placements at Larkfield")
    page.check("input[name=kinds][value=supervision]")
    page.fill("#id_begins_on", "2024-09-01")
    page.get_by_role("button", name="Save").press("Enter")
    page.wait_for_url("**/programmes/*-*/")
    programme = Programme.objects.get()
    two_years(programme)

    for address in PAGES:
        lead.opens(address.format(id=programme.id))
        assert not is_wide(page), address
        assert axe(page) == [], address
        assert page.locator("main h1").count() == 1

    lead.opens(PAGES[3].format(id=programme.id))
    assert "These months stand out" in page.locator("main").inner_text()
    tabs_to(page, "The same as a table")
    page.keyboard.press("Enter")
    assert page.locator("details table tbody tr").count() == 24
    assert page.locator("details table").get_by_text("hidden", exact=True).count() == 1

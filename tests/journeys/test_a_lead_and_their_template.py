"""A lead changes the agreement of supervision and publishes it; two leads at one section; every page before axe, narrow."""

from __future__ import annotations

import pytest

from alongside.journeys.models import Material, MaterialVersion

from .test_overview_by_keyboard import is_wide
from .test_ways_of_ending import application  # noqa: F401

AT_MOST = 8


class Counted:
    """A hand that counts: each press and each field is one act."""

    def __init__(self, page) -> None:
        self.page, self.acts = page, 0

    def presses(self, name: str, role: str = "link", within: str = "main") -> None:
        self.acts += 1
        self.page.locator(within).get_by_role(role, name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def types(self, field: str, text: str) -> None:
        self.acts += 1
        self.page.fill(field, text)


@pytest.mark.django_db(transaction=True)
def test_a_lead_changes_the_agreement_and_publishes_it_in_at_most_eight_acts(application):  # noqa: F811
    lead = application.comes(application.cast.lead, 1440)
    lead.opens("/")
    hand = Counted(lead.page)
    hand.presses("Templates", within="body")
    hand.presses("Make it your own", "button")
    hand.presses("What supervision is for")
    hand.types("#id_text", "We look at the work together, kindly and closely.")
    hand.presses("Save", "button")
    hand.presses("Publish")
    assert "We look at the work together, kindly and closely." in lead.page.locator("main").inner_text()
    hand.presses("Publish", "button")
    assert hand.acts <= AT_MOST
    assert "Version 1 is published." in lead.page.locator("body").inner_text()
    version = MaterialVersion.objects.get()
    assert "kindly and closely" in version.content

    # and whoever begins finds it first
    guide = application.comes(application.cast.guide, 1440)
    guide.opens("/journeys/begin/?kind=supervision")
    guide.page.get_by_role("link", name="our own").click()
    guide.page.get_by_role("heading", name="With whom").wait_for()


@pytest.mark.django_db(transaction=True)
def test_a_lead_changes_the_agreement_tries_it_and_publishes_it_in_at_most_eight_acts(application, axe):  # noqa: F811
    """From their first page on: what ships is copied, changed, looked at as the supervisor will, and published."""
    lead = application.comes(application.cast.lead, 320)
    page = lead.page
    lead.opens("/")
    hand = Counted(page)
    hand.presses("Templates", within="body")
    hand.presses("Make it your own", "button")
    hand.presses("What supervision is for")
    hand.types("#id_text", "We look at the work together, kindly and closely.")
    hand.presses("Save", "button")
    hand.presses("Try it", "button")
    page.wait_for_url("**/rehearsals/*/guide/journeys/**")
    strip = page.get_by_role("complementary", name="Rehearsal")
    assert "This is a rehearsal. Nobody else sees it" in strip.inner_text()
    assert "You are acting as Robin Sample" in strip.inner_text()
    assert not is_wide(page) and axe(page) == []
    hand.presses("See the changes and publish", within="body")
    hand.presses("Publish", "button")
    assert hand.acts <= AT_MOST
    page.get_by_text("Version 1 is published.").wait_for()

    # and from the other side, beside it, in the dark; what is agreed there reads as it was written
    page.get_by_role("link", name="Rehearsal of the draft").click()
    page.emulate_media(color_scheme="dark")
    strip.get_by_role("link", name="Act as Alex Sample").click()
    page.wait_for_url("**/rehearsals/*/participant/journeys/**")
    assert "You are acting as Alex Sample" in strip.inner_text()
    assert not is_wide(page) and axe(page) == []
    strip.get_by_role("link", name="Back to the template").click()
    assert not is_wide(page) and axe(page) == []
    page.get_by_text("Delete", exact=True).first.click()
    page.get_by_role("button", name="Delete").last.click()
    page.get_by_text("The rehearsal is deleted.").wait_for()
    assert not is_wide(page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "dark"), [(320, False), (1440, True)])
def test_every_page_of_templates_is_read_narrow_and_by_axe(application, axe, width, dark):  # noqa: F811
    lead = application.comes(application.cast.lead, width)
    page = lead.page
    page.emulate_media(color_scheme="dark" if dark else "light")
    lead.opens("/templates/")
    assert not is_wide(page) and axe(page) == []
    page.get_by_role("button", name="Make it your own").first.click()
    page.get_by_role("heading", name="This is a draft.").wait_for()
    made = Material.objects.get()
    one = f"/templates/{made.id}/"
    for address in (
        "/templates/bring-in/",
        f"/templates/shipped/supervision/{made.template}/",
        one,
        f"{one}publish/",
        f"{one}support/add/",
        f"{one}agreement/purpose/",
        f"{one}pace/pace/",
    ):
        lead.opens(address)
        assert not is_wide(page), address
        assert axe(page) == [], address
        assert page.locator("main h1").count() == 1

    # two at one section: the second has what they typed, and what was changed
    other = application.comes(application.cast.administrator, width)
    for each, words in ((lead, "First come."), (other, "Second come.")):
        each.opens(f"{one}agreement/purpose/")
        each.page.fill("#id_text", words)
    lead.page.get_by_role("button", name="Save").click()
    lead.page.wait_for_url(f"**{one}#h-agreement")
    other.page.get_by_role("button", name="Save").click()
    other.page.get_by_role("heading", name="What was changed meanwhile").wait_for()
    assert other.page.input_value("#id_text") == "Second come."
    assert "First come." in other.page.locator("main").inner_text()
    assert not is_wide(other.page) and axe(other.page) == []
    other.page.get_by_role("button", name="Save").click()
    other.page.wait_for_url(f"**{one}#h-agreement")
    other.opens(f"{one}publish/")
    other.page.get_by_role("main").get_by_role("button", name="Publish").click()
    other.page.get_by_text("Version 1 is published.").wait_for()
    other.opens(f"{one}versions/1/")
    assert not is_wide(other.page) and axe(other.page) == []

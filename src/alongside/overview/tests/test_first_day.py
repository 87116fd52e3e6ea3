"""An administrator's first day: what is to be done before anybody can be invited, until it is done."""

import pytest
from django.urls import reverse

from alongside.people.models import Person
from alongside.rooms.environment.actions import PlaceWords, make_place

pytestmark = pytest.mark.django_db
LIST = "Your first day"


def main_of(cast, who) -> str:
    page = cast.client(who).get("/").content.decode()
    return page[page.index("<main") : page.index("</main>")]


def lines(page: str) -> dict[str, bool]:
    """Each thing with whether it is done."""
    entries = page.partition("h-first-day")[2].partition("</section>")[0].split("<li")[1:]
    names = ("Add a guide", "Add a place", "Say how people", "Read the agreement", "mail server")
    return {name: "check2" in next(each for each in entries if name in each) for name in names}


@pytest.fixture
def bare(cast, settings, tmp_path):
    """As a new organisation is: one administrator."""
    settings.MAIL_LIES_IN = str(tmp_path)
    Person.objects.filter(organisation=cast.organisation).update(is_guide=False)
    return cast


def test_on_the_first_day_everything_is_still_to_do_and_leads_to_its_page(bare):
    page = main_of(bare, bare.administrator)
    assert lines(page) == dict.fromkeys(lines(page), False)
    for door in ("people:add", "environment_places:add", "people:organisation", "agreement_texts:texts"):
        assert f'href="{reverse(door)}"' in page
    assert "only saved in a folder" in page


def test_what_is_done_is_ticked_and_the_list_goes_with_the_last(bare, settings):
    Person.objects.filter(id=bare.guide.id).update(is_guide=True)
    make_place(words=PlaceWords(kind="room", name="A room"), by=bare.guide)
    bare.organisation.telephone, bare.organisation.emergency_text = "01632 960 100", "999"
    bare.organisation.save()
    page = main_of(bare, bare.administrator)
    assert [name for name, done in lines(page).items() if not done] == ["Read the agreement", "mail server"]

    bare.journey(state="preparing")
    settings.MAIL_LIES_IN = ""
    assert LIST not in main_of(bare, bare.administrator)


def test_what_is_done_elsewhere_counts_for_nobody_here(bare):
    Person.objects.filter(id=bare.stranger.id).update(is_guide=True)
    assert not lines(main_of(bare, bare.administrator))["Add a guide"]


@pytest.mark.parametrize("who", ["guide", "participant", "lead"])
def test_nobody_else_has_the_list(cast, who):
    assert LIST not in main_of(cast, getattr(cast, who))

"""The help opens for those it is written for, leads somewhere, and speaks to a patient in a patient's words."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from alongside.help import contents, views
from alongside.help.contents import PAGES, Part, Readers, pages_for
from alongside.people.models import EmergencyNumber

CONTENTS = reverse("help:contents")
TEMPLATES = Path(contents.__file__).parent / "templates" / "help" / "pages"
MAY_READ = {
    Readers.EVERYONE: {"participant", "guide", "lead", "administrator"},
    Readers.PRACTITIONERS: {"guide", "lead", "administrator"},
    Readers.LEADS: {"lead", "administrator"},
    Readers.ADMINISTRATORS: {"administrator"},
}
NOT_TO_A_PATIENT = re.compile(
    r"\b(rooms?|guides?|journeys?|environments?|participants?|targets?|readings?|instruments?|ledgers?)\b",
    re.IGNORECASE,
)


class Main(HTMLParser):
    """What stands in the main part of a page: its links, its ids, its headings, its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.words = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self._inside = self._inside or tag == "main"
        if self._inside:
            self.ids += [facts["id"]] if "id" in facts else []
            self.links += [facts["href"]] if tag == "a" else []
            self.headings += [tag] if re.fullmatch(r"h\d", tag) else []

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "main"

    def handle_data(self, data):
        self.words += data if self._inside else ""


def address_of(page) -> str:
    return reverse("help:page", kwargs={"page": page.slug})


def read(cast, who: str, path: str) -> Main:
    answer = cast.client(getattr(cast, who)).get(path)
    assert answer.status_code == 200, path
    return Main(answer.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["participant", "guide", "lead", "administrator"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_opens_for_those_it_is_written_for_and_is_not_there_for_others(cast, page, who):
    answer = cast.client(getattr(cast, who)).get(address_of(page))

    assert answer.status_code == (200 if who in MAY_READ[page.readers] else 404)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*map(address_of, PAGES)])
def test_whoever_is_not_signed_in_is_asked_to_sign_in(path):
    answer = Client().get(path)

    assert answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_whoever_cannot_sign_in_reads_how_to_come_in():
    answer = Client().get(CONTENTS)

    assert answer.status_code == 200
    assert "Help with signing in" in answer.content.decode()
    assert not any(address_of(page) in answer.content.decode() for page in PAGES)


@pytest.mark.django_db
def test_a_page_nobody_wrote_is_not_there(cast):
    assert cast.client(cast.administrator).get("/help/nothing-here/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", [CONTENTS, address_of(PAGES[0])])
def test_nothing_can_be_sent_to_the_help(cast, path):
    assert cast.client(cast.guide).post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["participant", "guide", "lead", "administrator"])
def test_every_link_leads_somewhere_for_everyone_who_sees_it(cast, who):
    client, actor = cast.client(getattr(cast, who)), getattr(cast, who)
    paths = [CONTENTS, *map(address_of, pages_for(actor))]
    links = {link for path in paths for link in read(cast, who, path).links if link.startswith("/")}

    broken = {link: code for link in links if (code := client.get(link).status_code) not in (200, 302)}

    assert broken == {}
    assert set(map(address_of, pages_for(actor))) <= links


@pytest.mark.django_db
def test_chapters_lead_on_and_back_in_their_order(cast):
    chapters = [address_of(page) for page in PAGES if page.part == Part.CRAFT]
    assert len(chapters) == 5

    for before, after in pairwise(chapters):
        assert f'href="{after}" rel="next"' in cast.client(cast.guide).get(before).content.decode()
        assert f'href="{before}" rel="prev"' in cast.client(cast.guide).get(after).content.decode()
    assert 'rel="next"' not in cast.client(cast.guide).get(chapters[-1]).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_a_page_has_one_first_heading_and_no_name_twice(cast, page):
    found = read(cast, "administrator", address_of(page))

    assert found.headings.count("h1") == 1 and found.headings[0] == "h1"
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)


@pytest.mark.django_db
def test_what_everyone_reads_is_in_a_patients_words(cast):
    for page in (page for page in PAGES if page.readers == Readers.EVERYONE):
        assert NOT_TO_A_PATIENT.findall(read(cast, "participant", address_of(page)).words) == []
    assert NOT_TO_A_PATIENT.findall(read(cast, "participant", CONTENTS).words) == []


@pytest.mark.django_db
def test_help_now_names_whom_the_organisation_says_to_call(cast):
    cast.organisation.emergency_text = "Go to the walk-in centre in Mill Street."
    cast.organisation.save()
    EmergencyNumber.objects.create(
        organisation=cast.organisation, position=1, name="Night line", telephone="+44 1632 960100"
    )

    words = read(cast, "participant", reverse("help:page", kwargs={"page": "your-pages"})).words

    assert "walk-in centre in Mill Street" in words
    assert "Call Night line" in words and "960100" in words


@pytest.mark.django_db
def test_help_is_at_the_foot_of_every_page_also_where_one_signs_in(cast):
    link = f'href="{CONTENTS}"'

    foot = cast.client(cast.participant).get("/").content.decode().split("<footer", 1)[1]

    assert link in foot
    assert link in Client().get(reverse("account_login")).content.decode().split("<footer", 1)[1]


def test_every_page_has_its_words_and_no_words_lie_there_unread():
    assert {page.slug for page in PAGES} == {path.stem for path in TEMPLATES.glob("*.html")}


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.part == Part.CRAFT], ids=lambda page: page.slug
)
def test_a_chapter_has_a_conversation_its_sources_and_something_to_try(page):
    words = (TEMPLATES / f"{page.slug}.html").read_text()

    assert words.count("<dt>") >= 6
    assert 'id="h-sources"' in words and 'id="h-try"' in words
    assert all(kind in words.lower() for kind in ("mentor", "supervis", "clinician"))


def test_the_doors_are_guarded_by_what_each_page_says():
    assert views.page.door.rule.__name__ == "may_read_help"
    # the contents are there for whoever cannot sign in, too
    assert views.contents.public_because

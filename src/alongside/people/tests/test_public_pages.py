"""What everybody sees of an organisation: logo, colour, and the pages one reads without signing in."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import alongside
from alongside.ledger.models import Entry
from alongside.people import public_actions
from alongside.people.actions import add_person, hand_over_invitation
from alongside.people.models import Organisation, OrganisationLogo, OrganisationTexts, Person
from alongside.ui import colours
from alongside.ui.logos import MOST_BYTES, Logo, NotALogo, checked_logo
from tests.cast import gather

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ink="http://ink.example" viewBox="0 0 120 40">%s'
    '<rect width="120" height="40" fill="#1d5c58" ink:note="x"/></svg>'
)


def png(width: int = 4, height: int = 2, *, rows: int | None = None, note: bytes = b"") -> bytes:
    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    body = (b"\0" + b"\1\2\3" * width) * (height if rows is None else rows)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + (part(b"tEXt", note) if note else b"")
        + part(b"IDAT", zlib.compress(body))
        + part(b"IEND", b"")
    )


@pytest.fixture
def cast(db):
    return gather()


@pytest.fixture
def alone(cast):
    """The only organisation there is: a page of nobody in particular belongs to it."""
    stranger = cast.stranger.organisation
    Person.objects.filter(organisation=stranger).delete()
    stranger.delete()
    return cast


def an_upload(content: bytes, name: str = "logo.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of(browser, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


# --- the file ---------------------------------------------------------------------------------------------------


def test_a_picture_loses_what_was_noted_in_it():
    made = checked_logo(png(note=b"Author\0Dr Secret"))
    assert (made.media_type, made.width, made.height) == ("image/png", 4, 2)
    assert b"Secret" not in made.content and made.content == png()


def test_a_drawing_loses_what_editors_wrote_for_themselves():
    made = checked_logo(
        (SVG % "<!-- Dr Secret --><metadata>Secret</metadata><ink:view>Secret</ink:view>").encode()
    )
    assert (made.media_type, made.width, made.height) == ("image/svg+xml", 120, 40)
    assert b"Secret" not in made.content and b"ink" not in made.content
    assert b'viewBox="0 0 120 40"' in made.content and b"<rect" in made.content


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<rect onload="alert(1)"/>',
        '<rect ONCLICK="alert(1)"/>',
        '<a href="https://evil.example"><rect/></a>',
        '<image href="https://evil.example/x.png"/>',
        '<use href="https://evil.example/x.svg#a"/>',
        '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="x.svg#a"/>',
        '<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>',
        '<rect fill="url(https://evil.example/x)"/>',
        "<rect style=\"fill: url( '//evil.example')\"/>",
        "<style>@import 'https://evil.example/x.css';</style>",
        r"<style>rect { fill: \75rl(x) }</style>",
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onload" to="alert(1)"/>',
    ],
)
def test_a_drawing_with_more_in_it_is_refused(inside):
    with pytest.raises(NotALogo, match="more in it than a drawing"):
        checked_logo((SVG % inside).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<html></html>",
        b'<svg viewBox="0 0 1 1"/>',
        (SVG % "")[:-6].encode(),
        b"\xff\xfe" + (SVG % "").encode("utf-16-le"),
        png()[:-9],
        png().replace(b"\1\2\3", b"\1\2\4").replace(b"IDAT", b"IDAX"),
        png(rows=1),
        png(rows=3),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + (SVG % "&a;").encode(),
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 NaN"/>',
        png(1200, 1),
        png(note=b"x" * MOST_BYTES),
    ],
)
def test_what_is_no_logo_is_refused_with_a_sentence(content):
    with pytest.raises(NotALogo) as refused:
        checked_logo(content)
    assert str(refused.value).endswith(".")


# --- the colour -------------------------------------------------------------------------------------------------


def test_the_papers_are_those_of_the_style_sheet():
    sheet = (Path(alongside.__file__).parent / "ui/scss/_tokens.scss").read_text()
    assert re.findall(r"--paper: (#\w+);", sheet) == [colours.LIGHT, colours.DARK]


def test_contrast_is_that_of_the_guidelines():
    assert round(colours.contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(colours.contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(
    "colour", ["#ffff00", "#000000", "#ffffff", "#00ff88", "#0000ff", "#10203a", "#ff0000"]
)
def test_the_nearest_colour_is_seen_by_day_and_by_night(colour):
    nearest = colours.nearest_allowed(colour)
    assert colours.hard_to_see_on(nearest) == ()
    assert colours.nearest_allowed(nearest) == nearest
    if not colours.hard_to_see_on(colour):
        assert nearest == colour


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("#ffff00", "hard to see on a light page. The nearest one that works is #"),
        ("#0a0a20", "hard to see on a dark page. The nearest one that works is #"),
        ("teal", "each 0 to 9 or a to f"),
        ("#12345", "each 0 to 9 or a to f"),
    ],
)
def test_a_colour_that_does_not_work_is_said_with_one_that_does(cast, typed, sentence):
    browser = cast.client(cast.administrator)
    answer = browser.post("/organisation/look/", {"colour": typed})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert sentence in said and f'value="{typed}"' in said
    if proposed := re.search(r"works is (#\w{6})", said):
        assert browser.post("/organisation/look/", {"colour": proposed[1]}).status_code == 302
        assert Organisation.objects.get(id=cast.organisation.id).colour == proposed[1]


# --- the look ---------------------------------------------------------------------------------------------------


@pytest.mark.without_ledger("people.actions.add_person", "people.actions.hand_over_invitation")
def test_logo_and_colour_are_on_every_page_the_sign_in_and_the_invitation(alone):
    browser = alone.client(alone.administrator)
    sent = {"logo": an_upload((SVG % "").encode()), "colour": "a2532e"}
    assert browser.post("/organisation/look/", sent).status_code == 302
    organisation = Organisation.objects.get(id=alone.organisation.id)
    path = f"/about/{organisation.id}/logo/?{organisation.logo_digest}"
    invited = add_person(
        organisation_id=organisation.id, name="Ines", email="ines@example.org", by=alone.guide
    )
    token = hand_over_invitation(person=invited, by=None)
    for who, page in (
        (alone.client(alone.participant), "/"),
        (Client(), "/accounts/login/"),
        (Client(), f"/invitation/{token}/"),
        (Client(), "/help/"),
    ):
        said = page_of(who, page)
        assert path in said and "/about/colour/a2532e.css" in said and organisation.name in said, page

    drawn = Client().get(path)
    assert drawn["Content-Type"] == "image/svg+xml" and b"<rect" in drawn.content
    assert "sandbox" in drawn["Content-Security-Policy"] and "immutable" in drawn["Cache-Control"]
    assert "#a2532e" in Client().get("/about/colour/a2532e.css").content.decode()
    for none in ("a2532e;}", "a2532", "A2532E", "red", "0a2532e", "a2532e-body"):
        assert Client().get(f"/about/colour/{none}.css").status_code == 404, none

    assert browser.post("/organisation/look/", {"without_logo": "on", "colour": ""}).status_code == 302
    assert not OrganisationLogo.objects.exists() and Client().get(path).status_code == 404
    assert "/logo/" not in page_of(Client(), "/accounts/login/")


def test_a_logo_that_is_none_is_said_and_the_colour_stays_typed(cast):
    browser = cast.client(cast.administrator)
    sent = {"logo": an_upload((SVG % "<script/>").encode()), "colour": "#a2532e"}
    answer = browser.post("/organisation/look/", sent)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "more in it than a drawing" in said and 'value="#a2532e"' in said
    assert not OrganisationLogo.objects.exists()
    for name in ("logo.gif", "logo.svg.exe"):
        assert browser.post("/organisation/look/", {"logo": an_upload(b"x", name)}).status_code == 422
    large = browser.post("/organisation/look/", {"logo": an_upload(b"<" * 70_000)})
    assert large.status_code == 422 and "larger than 64 kB" in large.content.decode()


# --- the pages --------------------------------------------------------------------------------------------------

PAGES = ("contact", "privacy", "accessibility", "imprint")


def test_the_texts_are_in_the_boxes_and_are_saved_only_when_changed(alone):
    browser = alone.client(alone.administrator)
    page = page_of(browser, "/organisation/texts/")
    assert "Information Commissioner’s Office" in page and "level AA" in page
    first = {
        name: re.search(rf'<textarea name="{name}".*?>\n?(.*?)</textarea>', page, re.DOTALL)[1]
        for name in ("privacy", "accessibility")
    }
    sent = {**first, "accessibility_contact": "Ann, 01632 960 009", "imprint": "Riverside House Ltd\nYork"}
    sent["accessibility_checked_on"] = "2026-11-02"
    assert browser.post("/organisation/texts/", sent).status_code == 302
    texts = OrganisationTexts.objects.get()
    assert (texts.privacy, texts.accessibility) == ("", "")

    said = page_of(Client(), "/about/accessibility/")
    assert "Ann, 01632 960 009" in said and "last checked on 2 November 2026" in said
    assert "Riverside House Ltd" in page_of(Client(), "/about/imprint/")
    assert "/imprint/" in page_of(Client(), "/accounts/login/")

    assert (
        browser.post(
            "/organisation/texts/", {**sent, "privacy": "Ours\n\nWe save <b>nothing</b>."}
        ).status_code
        == 302
    )
    said = page_of(Client(), "/about/privacy/")
    assert '<h2 dir="auto">Ours</h2>' in said and "We save &lt;b&gt;nothing&lt;/b&gt;." in said
    assert "Ours" in page_of(browser, "/organisation/texts/")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_for_everybody_is_there_signed_out_and_signed_in(cast, name):
    mine, other = cast.organisation, cast.stranger.organisation
    Organisation.objects.filter(id=mine.id).update(telephone="01632 960 001")
    assert mine.name in page_of(Client(), f"/about/{mine.id}/{name}/")
    assert other.name in page_of(Client(), f"/about/{other.id}/{name}/")
    assert mine.name in page_of(cast.client(cast.participant), f"/about/{name}/")
    # several are here, and none is named to somebody who may belong to any
    said = page_of(Client(), f"/about/{name}/")
    assert mine.name not in said and other.name not in said
    assert Client().get(f"/about/{cast.guide.id}/{name}/").status_code == 404
    assert Client().post(f"/about/{name}/").status_code == 405


def test_help_is_there_signed_out(cast):
    assert "ask for a code" in page_of(Client(), "/help/")
    assert "Short pages" in page_of(cast.client(cast.participant), "/help/")


def test_who_has_no_second_factor_yet_can_read_them(cast, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    assert "Privacy" in page_of(cast.client(cast.guide), "/about/privacy/")


@pytest.mark.parametrize("who", ["guide", "participant", "lead"])
def test_only_administrators_change_them(cast, who):
    for path in ("/organisation/look/", "/organisation/texts/"):
        assert cast.client(getattr(cast, who)).post(path, {}).status_code == 403


def test_nothing_changes_when_it_cannot_be_recorded(cast, monkeypatch):
    def full(*args, **kwargs):
        raise OSError("the disk is full")

    monkeypatch.setattr(public_actions, "record", full)
    with pytest.raises(OSError, match="full"):
        public_actions.change_look(
            colour="#a2532e", logo=Logo(b"x", "image/png", 1, 1), by=cast.administrator
        )
    with pytest.raises(OSError, match="full"):
        public_actions.change_texts(
            privacy="x",
            accessibility="",
            accessibility_contact="",
            accessibility_checked_on=None,
            imprint="x",
            by=cast.administrator,
        )
    organisation = Organisation.objects.get(id=cast.organisation.id)
    assert (organisation.colour, organisation.logo_digest, organisation.has_imprint) == ("", "", False)
    assert not OrganisationLogo.objects.exists() and not OrganisationTexts.objects.exists()


@pytest.mark.without_ledger("people.public_actions.change_look", "people.public_actions.change_texts")
def test_what_is_recorded_names_no_words(cast):
    cast.client(cast.administrator).post("/organisation/look/", {"colour": "#a2532e"})
    cast.client(cast.administrator).post("/organisation/texts/", {"privacy": "Ours"})
    entries = Entry.objects.filter(event__startswith="organisation.").order_by("created_at")
    assert [(one.event, one.detail) for one in entries] == [
        ("organisation.look_changed", {"has_logo": False}),
        ("organisation.texts_changed", {}),
    ]

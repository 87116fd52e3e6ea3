"""Alongside can be put on a phone's home screen: a manifest with icons of the right sizes, and nothing of the care."""

import struct

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db


def size_of(path: str) -> tuple[int, int]:
    with open(finders.find(path), "rb") as file:
        head = file.read(24)
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", head[16:24])


def test_the_manifest_names_the_application_and_its_icons_to_whoever_asks():
    answer = Client().get("/manifest.webmanifest")
    facts = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert (facts["name"], facts["start_url"], facts["display"]) == ("Alongside", "/", "standalone")
    assert {(icon["sizes"], icon["purpose"]) for icon in facts["icons"]} == {
        (f"{size}x{size}", purpose) for size in (192, 512) for purpose in ("any", "maskable")
    }


@pytest.mark.parametrize("size", (180, 192, 512))
def test_every_icon_has_the_size_its_name_says(size):
    assert size_of(f"ui/icons/icon-{size}.png") == (size, size)


def test_every_page_leads_to_the_manifest_and_to_an_icon_for_each_sort_of_phone(cast):
    for page in (Client().get("/accounts/login/"), cast.client(cast.participant).get("/")):
        head = page.content.decode().partition("</head>")[0]
        for said in ('rel="manifest" href="/manifest.webmanifest"', 'rel="apple-touch-icon"', "icon-192"):
            assert said in head

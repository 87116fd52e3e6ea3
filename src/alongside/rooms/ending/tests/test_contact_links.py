"""How a support is reached by one tap: the form of links, numbers and addresses; what is wrong is said and kept as typed."""

import pytest

from alongside.rooms.ending.contributions.contact_links import LONGEST, href_of, reach
from alongside.rooms.ending.contributions.queries import entries_of
from alongside.rooms.ending.record.queries import ending_of

from .furniture import address, begun


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("https://www.example.org/groups?day=1#tuesday", "https://www.example.org/groups?day=1#tuesday"),
        ("HTTP://Example.org", "http://example.org"),
        ("www.example.org/a b".replace(" ", "%20"), "https://www.example.org/a%20b"),
        ("example.org:8443/x", "https://example.org:8443/x"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://例え.jp/会", "https://xn--r8jz45g.jp/%E4%BC%9A"),
        ("07700 900123", "tel:07700900123"),
        ("+44 (0)20 7946 0958", "tel:+442079460958"),
        ("tel:+44-20-7946-0958", "tel:+442079460958"),
        ("116 123", "tel:116123"),
        ("111", "tel:111"),
        ("020 7946 0958 ext 12", "tel:02079460958;ext=12"),
        ("ada@example.org", "mailto:ada@example.org"),
        ("mailto:ada@example.org?subject=x", "mailto:ada@example.org"),
    ],
)
def test_what_can_be_reached_by_one_tap(typed, href):
    assert reach(f" {typed} ") == (href, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org",
        "https://",
        "https://localhost/",
        "http://10.0.0.1/",
        "https://exa mple.org",
        "https://example",
        "https://-example.org",
        "https://example.org:99999",
        "https://[::1/",
        "https://ada:secret@example.org/",
        "Tuesdays at the library",
        "12",
        "+1234567890123456",
        "tel:call me",
        "07700 9OO123",
        "ada@",
        "ada@example",
        "x" * (LONGEST + 1),
    ],
)
def test_what_can_not_be_reached_is_said_kindly(typed):
    with pytest.raises(ValueError, match=r"\w{3,}"):
        reach(typed)
    assert href_of(typed) == "", "and never stands behind a link"


def test_a_link_that_can_not_be_one_comes_back_as_it_was_typed(cast):
    journey = begun(cast)
    typed = {
        "sort": "support",
        "category": "peer",
        "what": "The Tuesday group",
        "then": "Ask for Ada",
        "link": "htps://example.org/group",
        "first_contact": "2030-05-01",
    }

    response = cast.client(cast.participant).post(address("add_entry", journey), typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert "starts with https:// or http://" in page
    for words in ("The Tuesday group", "Ask for Ada", "htps://example.org/group", "2030-05-01"):
        assert words in page


def test_a_link_is_kept_shown_changed_and_taken_home(cast):
    journey = begun(cast)
    client = cast.client(cast.participant)
    typed = {"sort": "support", "category": "peer", "what": "Ada", "link": "07700 900123"}
    client.post(address("add_entry", journey), typed)
    [entry] = entries_of(ending_of(cast.seat(cast.guide, journey)))
    shown = client.get(address("support", journey)).content.decode()
    form = client.get(address("entry", journey, entry_id=entry.id)).content.decode()

    client.post(address("entry", journey, entry_id=entry.id), typed | {"link": "ada@example.org"})

    home = client.get(address("keepsake", journey)).content.decode()
    assert 'href="tel:07700900123"' in shown and 'value="07700 900123"' in form
    assert 'href="mailto:ada@example.org"' in home and "07700" not in home

"""Words stand in the direction of their script, and a long name or large text makes nothing overlap."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse

import alongside
from alongside.people.emails import html_of
from alongside.ui.directions import APART, END, set_apart
from alongside.ui.email_addresses import EmailAddressField
from alongside.ui.names import NameField
from alongside.ui.telephones import TelephoneField

SOURCES = Path(alongside.__file__).parent
TEMPLATES = [
    pytest.param(path, id=str(path.relative_to(SOURCES)))
    for path in sorted(SOURCES.rglob("templates/**/*.html"))
]
TYPED = re.compile(r"<(textarea|input)\b((?:[^>\"]|\"[^\"]*\")*)>")


class Every(forms.Form):
    name = NameField()
    words = forms.CharField(widget=forms.Textarea)
    sought = forms.CharField(widget=forms.TextInput(attrs={"type": "search"}))
    telephone = TelephoneField()
    email = EmailAddressField()
    day = forms.DateField()


def test_words_in_a_form_are_typed_in_their_own_direction():
    form = Every()
    assert [name for name in form.fields if 'dir="auto"' in str(form[name])] == [
        "name",
        "words",
        "sought",
        "day",
    ]


@pytest.mark.parametrize("path", TEMPLATES)
def test_words_in_a_template_are_typed_in_their_own_direction(path):
    """Boxes made by hand: all but those for numbers, links that are only copied, and controls that hold no words."""
    for tag, attributes in TYPED.findall(path.read_text()):
        kind = re.search(r'\btype="([^"]*)"', attributes)
        if tag == "input" and kind and kind.group(1) not in ("text", "search"):
            continue
        if "inputmode" in attributes or ("readonly" in attributes and tag == "input"):
            continue
        if "attrs.type" in attributes or "slots" in attributes or "attrs.rows" in attributes:
            continue
        assert "dir=" in attributes, f"<{tag} {attributes[:60]}"


def test_words_of_others_are_shown_in_their_own_direction():
    shown = render_to_string("ui/components/quote/quote.html", {"text": "سلام", "by": "محمد"})
    assert shown.count('dir="auto"') == 2


def test_every_block_of_text_is_set_in_the_direction_of_what_stands_in_it():
    made = (SOURCES / "ui/scss/_type.scss").read_text()
    blocks = re.search(r"([^}\n]*)\{ unicode-bidi: plaintext; \}", made).group(1)
    assert {"p", "h1", "h2", "li", "dd", "td", "blockquote", "label"} <= {
        each.strip() for each in blocks.split(",")
    }


# --- names within sentences -----------------------------------------------------------------------------------

ARABIC, HEBREW = "محمد علي", "דוד כהן"
F, P = APART, END


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        ("Paul has not prepared yet", "Paul has not prepared yet"),
        (ARABIC, ARABIC),
        (f"{ARABIC} 3", f"{ARABIC} 3"),
        ("٢٠٢٦", "٢٠٢٦"),
        ("+٤٤ ٢٠", "+٤٤ ٢٠"),
        ("﴿﴾", "﴿﴾"),
        ("Call ٠١٢٣", "Call ٠١٢٣"),
        (f"{ARABIC} has not prepared yet", f"{F}{ARABIC}{P} has not prepared yet"),
        (f"Treatment with {ARABIC}, 3 of 10", f"Treatment with {F}{ARABIC}{P}, 3 of 10"),
        (f"Invite {ARABIC}", f"Invite {F}{ARABIC}{P}"),
        (f"Seen by {ARABIC}, {HEBREW}", f"Seen by {F}{ARABIC}{P}, {F}{HEBREW}{P}"),
        ("Send it to עַל־יַד now please", f"Send it to {F}עַל־יַד{P} now please"),
        ("أريد أن أتعلم Python الآن", f"أريد أن أتعلم {F}Python{P} الآن"),
        (f"With {F}{ARABIC}{P} today", f"With {F}{ARABIC}{P} today"),
        ("", ""),
    ],
)
def test_what_runs_against_a_sentence_is_set_apart_from_it(sentence, apart):
    assert set_apart(sentence) == apart
    assert set_apart(apart) == apart


def test_a_name_is_set_apart_and_stays_escaped():
    shown = render_to_string(
        "ui/components/page_head/page_head.html", {"title": f"Work with {ARABIC} <b>", "lead": "Ann & Jo"}
    )
    assert f"<h1>Work with {F}{ARABIC}{P} &lt;b&gt;</h1>" in shown and "Ann &amp; Jo" in shown


def test_a_name_is_set_apart_in_the_html_of_an_email():
    html = html_of(f"Hello Ann,\n\n{ARABIC} has invited you <now>.")
    assert f"<p>{F}{ARABIC}{P} has invited you &lt;now&gt;.</p>" in html


@pytest.mark.parametrize("page", ["/", "journey"])
def test_a_name_is_set_apart_on_today_and_on_the_journeys_page(cast, page):
    cast.participant.name = ARABIC
    cast.participant.save(update_fields=["name"])
    journey = cast.journey(state="draft")
    shown = cast.client(cast.guide).get("/" if page == "/" else f"/journeys/{journey.id}/").content.decode()
    assert f"Invite {F}{ARABIC}{P}" in shown


# --- in a browser ------------------------------------------------------------------------------------------

LONG = "Wolfeschlegelsteinhausenbergerdorff"


@pytest.fixture
def long_named(cast):
    for who in (cast.participant, cast.guide):
        who.name = LONG
        who.save(update_fields=["name"])
    return cast.journey(state="active")


SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
OVERLAPS = """() => {
    const boxes = [...document.querySelectorAll(".path-label, .path-here .path-note")].map(e => {
        const range = document.createRange(); range.selectNodeContents(e);
        return Object.assign(range.getBoundingClientRect(), {room: e.closest(".path-room")});
    });
    const found = [];
    boxes.forEach((a, n) => boxes.slice(n + 1).forEach(b => {
        const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (a.room !== b.room && x > 1 && y > 3) found.push([a.toJSON(), b.toJSON()]);
    }));
    return found;
}"""


@pytest.mark.django_db(transaction=True)
def test_a_surname_of_35_letters_and_text_at_200_percent_fit_a_phone(
    new_context, live_server, long_named, cast
):
    from django.conf import settings

    cookie = cast.client(cast.guide).cookies[settings.SESSION_COOKIE_NAME].value
    for width, size in ((320, "100%"), (390, "200%")):
        context = new_context(width=width)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        for address in (
            "/",
            "/journeys/",
            f"/journeys/{long_named.id}/",
            reverse("overview:people", args=[long_named.id]),
            reverse("overview:address", args=[long_named.id]),
            reverse("environment:room", args=[long_named.id]),
        ):
            page.goto(address)
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            assert page.evaluate(SIDEWAYS) <= 0 or size != "100%", (address, page.evaluate(SIDEWAYS))
            assert page.evaluate(OVERLAPS) == [], (address, size)

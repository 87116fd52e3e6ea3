"""What the shared parts put on a page."""

from dataclasses import dataclass
from pathlib import Path as Folder

import pytest
from django import forms
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

import alongside.ui
from alongside.kernel.verdict import ALLOWED, not_now
from alongside.ui.action_buttons import ActionButton
from alongside.ui.context import chrome
from alongside.ui.forms import ChoiceCards, DateInput, RatingInput
from alongside.ui.path import Path, PathRoom
from alongside.ui.words import WordsBox


def act_html(act):
    return render_to_string("ui/components/act/act.html", {"act": act}, RequestFactory().get("/"))


def test_every_template_of_the_organisation_compiles():
    folder = Folder(alongside.ui.__file__).parent / "templates"
    names = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    assert len(names) > 40
    for name in names:
        get_template(name)


def test_act_allowed_is_one_form_with_one_button():
    html = act_html(ActionButton("Close", "/close/", verdict=ALLOWED, primary=True, fields=(("n", 3),)))
    assert html.count("<form") == html.count("<button") == 1
    assert 'action="/close/"' in html and '<input type="hidden" name="n" value="3">' in html
    assert "csrfmiddlewaretoken" in html and "btn-primary" in html


def test_act_denied_says_why_and_cannot_be_sent():
    html = act_html(ActionButton("Close", "/close/", verdict=not_now("Not before both have agreed.")))
    assert "<form" not in html and "/close/" not in html
    assert 'aria-disabled="true"' in html
    described = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{described}">Not before both have agreed.' in html


def test_act_with_confirm_asks_before_its_button():
    html = act_html(ActionButton("Cancel", "/cancel/", confirm="Ruth is told."))
    assert html.index("<summary") < html.index("Ruth is told.") < html.index("<button")


def test_act_key_tells_acts_apart_and_stays():
    first, second = (
        ActionButton("Done", "/s/", fields=(("n", 1),)),
        ActionButton("Done", "/s/", fields=(("n", 2),)),
    )
    assert first.key != second.key
    assert first.key == ActionButton("Done", "/s/", fields=(("n", 1),)).key


def words_html(**facts):
    box = WordsBox(**{"name": "today", "label": "Today", "url": "/words/", **facts})
    return render_to_string("ui/components/words_box/words_box.html", {"box": box}, RequestFactory().get("/"))


def test_words_box_keeps_a_first_empty_line_and_quotes_what_was_written():
    html = words_html(text='\n"<b>', version=4)
    assert ">\n\n&quot;&lt;b&gt;</textarea>" in html
    assert 'name="version" value="4"' in html


@pytest.mark.parametrize(
    ("visibility", "icon", "sentence"),
    [
        ("mine", "#lock", "Only you can read this."),
        ("ours", "#people", "You can both read this."),
        ("named", "#person-check", "Only the people named can read this."),
    ],
)
def test_words_box_says_who_can_read_it(visibility, icon, sentence):
    html = words_html(visibility=visibility)
    assert icon in html and f"<span>{sentence}</span>" in html


def test_words_box_read_only_is_a_quotation():
    html = words_html(readonly=True, text="I slept.", by="Tomasz", when="4 March")
    assert "<form" not in html and "<textarea" not in html
    assert '<blockquote dir="auto"><p>I slept.</p></blockquote>' in html and "Tomasz" in html


def test_path_says_state_in_words_and_links_open_rooms_only():
    rooms = (
        PathRoom("environment", "Environment", "/e/", "done"),
        PathRoom("sessions", "Sessions", "/s/", "here", "6 of 10"),
        PathRoom("ending", "Ending", None, "ahead"),
    )
    html = render_to_string("ui/path.html", {"path": Path("With Ruth", "supervision", rooms)})
    assert html.count("<a ") == 2
    assert '<a href="/s/" aria-current="step">' in html
    assert "done" in html and "you are here" in html and "still to come" in html


class WalkForm(forms.Form):
    day = forms.DateField(widget=DateInput, help_text="Any day.")
    rating = forms.IntegerField(min_value=0, max_value=10, widget=RatingInput(low="never", high="always"))
    reader = forms.ChoiceField(
        choices=[("mine", "I")], required=False, widget=ChoiceCards(sentences={"mine": "Alone."})
    )
    sure = forms.BooleanField()


def test_field_ties_label_help_and_error_to_its_control():
    html = WalkForm({})["day"].as_field_group()
    assert '<label class="field-label" for="id_day">' in html
    assert 'aria-describedby="id_day_helptext id_day_error"' in html
    assert 'id="id_day_helptext"' in html and 'id="id_day_error"' in html
    assert 'aria-invalid="true"' in html and 'class="form-control is-invalid"' in html
    assert 'type="date"' in html


def test_rating_is_eleven_radio_buttons_in_a_named_group():
    html = WalkForm({"rating": "7"})["rating"].as_field_group()
    assert html.count('type="radio"') == 11
    assert '<legend class="field-label">Rating</legend>' in html
    assert html.count(" checked") == 1 and 'value="7" required id="id_rating_7" checked' in html
    assert WalkForm({"rating": "7"})["rating"].value() == "7"


def test_optional_field_says_that_it_is():
    html = WalkForm()["reader"].as_field_group()
    assert "optional" in html and "Alone." in html
    assert "optional" not in WalkForm()["day"].as_field_group()


def test_form_sums_up_what_is_missing_and_leads_there():
    html = str(WalkForm({}))
    assert "There are 3 problems." in html
    assert (
        '<a href="#id_day">' in html and '<a href="#id_rating_0">' in html and '<a href="#id_sure">' in html
    )
    assert "form-errors" not in str(WalkForm())


@dataclass
class Actor:
    name: str = "Ruth"
    is_guide: bool = False
    is_lead: bool = False
    is_administrator: bool = False


def nav_of(actor):
    request = RequestFactory().get("/")
    request.actor = actor
    return chrome(request)["chrome"]


def test_chrome_of_a_stranger_shows_no_rooms():
    frame = nav_of(None)
    assert (frame.nav, frame.account, frame.signed_in) == ((), (), False)


def test_chrome_never_asks_the_database(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert nav_of(Actor(is_guide=True)).name == "Ruth"


def test_chrome_is_built_only_when_a_page_wants_it():
    class Loud:
        def __getattr__(self, name):
            raise AssertionError(name)

    chrome(Loud())


@pytest.mark.parametrize("name", ["403", "404", "409", "429", "500", "csrf"])
def test_error_page_says_one_sentence_and_a_way_onward(name):
    html = render_to_string(f"ui/errors/{name}.html", {"sentence": "Ask Ruth.", "next_url": "/x/"}, None)
    assert html.count("<h1>") == 1 and "Ask Ruth." in html
    assert ('href="/x/"' in html) or ('href="/"' in html)


def test_page_of_examples_shows_itself(client, db):
    page = client.get("/ui/")
    assert page.status_code == 200
    html = page.content.decode()
    assert "style=" not in html and "onclick" not in html and html.count("<h1>") == 1

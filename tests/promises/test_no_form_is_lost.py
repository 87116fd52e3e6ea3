"""The promise: no form is lost.

Forms are found by walking the pages of people in many situations, filled in, and sent after the login session has ended,
and with the token of an earlier sign-in. Each comes back filled in, to the person it was made for, once; nothing is done
before they press again. The doors that take forms come from the URL map, and the forms from the templates, so that a new
one is in it by itself.

Long, because the people and moments in which forms are found stand here as well.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

import alongside
from alongside.kernel import clock
from alongside.ledger.models import Entry
from alongside.people import kept_forms
from alongside.people.models import KeptForm, Person
from tests.addresses import addresses
from tests.cast import Cast, gather
from tests.html_forms import PageForm, read
from tests.promises.forms_everywhere import situations, walk

TYPED = {
    "number": "7",
    "range": "7",
    "date": "2031-05-06",
    "time": "10:35",
    "datetime-local": "2031-05-06T10:35",
    "month": "2031-05",
    "email": "typed@example.org",
    "url": "https://example.org/typed",
}
WORDS = 'Typed <b>here</b> & "there", ąß\nand on a second line'
PASSWORD = "a password that was typed"
OWN = {"csrfmiddlewaretoken", "made_for", "idempotency_key"}


def fingerprint(form: PageForm) -> tuple[object, ...]:
    sorts = {re.sub(r"\d+|[0-9a-f-]{36}", "#", name): sort for name, sort in form.sorts.items()}
    door = resolve(urlsplit(form.action).path).view_name
    return (door, tuple(sorted(sorts.items())))


def typed_into(form: PageForm) -> dict[str, list[str]]:
    """Something new in every field a person can type, choose or tick in."""
    given: dict[str, list[str]] = {}
    for name, sort in form.sorts.items():
        if sort in ("hidden", "password", "file"):
            continue
        if name in form.choices:
            options = [value for value in form.choices[name] if value] or [""]
            given[name] = options if sort == "checkbox" else [options[-1]]
        elif sort == "textarea":
            given[name] = [f"{WORDS} {number}" for number, _ in enumerate(form.fields[name])]
        else:
            line = WORDS.replace("\n", " ")
            given[name] = [
                TYPED.get(sort, f"{line} {number}") for number, _ in enumerate(form.fields.get(name, [""]))
            ]
    return given


def sent_from(form: PageForm, given: dict[str, list[str]]) -> dict[str, object]:
    data: dict[str, object] = {**form.fields, **given}
    for name, sort in form.sorts.items():
        if sort == "password":
            data[name] = PASSWORD
        elif sort == "file":
            data[name] = SimpleUploadedFile("typed.txt", b"what is in the file")
    return data


def send(client: Client, page: str, form: PageForm, given: dict[str, list[str]]):
    referer = {"HTTP_REFERER": f"http://testserver{page}"}
    return client.post(form.action, sent_from(form, given), **referer)


def is_filled(now: PageForm, given: dict[str, list[str]]) -> list[str]:
    """What is not as it was typed."""
    wrong = []
    for name, values in given.items():
        stands = now.fields.get(name, [])
        if sorted(values) != sorted(stands):
            wrong.append(f"{name}: {values} came back as {stands}")
    return wrong


@dataclass(frozen=True)
class Found:
    """A form: who reads it, on which page, and the how manieth it is there."""

    person: Person
    page: str
    place: int
    form: PageForm

    @property
    def door(self) -> str:
        return str(resolve(urlsplit(self.form.action).path).view_name)

    def now(self, page: str) -> PageForm:
        """The same form as it stands by now."""
        return read(page, self.page)[self.place]


class Sitting:
    """One browser: whose it is, and what is sent from it."""

    def __init__(self, person: Person, *, checked: bool = False) -> None:
        self.person, self.client = person, Client(enforce_csrf_checks=checked)
        self.sign_in()

    def sign_in(self, person: Person | None = None) -> None:
        """A moment ago, so that nobody is asked to sign in afresh before they change how they do."""
        user = (person or self.person).user
        self.client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        session = self.client.session
        session["account_authentication_methods_user"] = str(user.id)
        session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
        session.save()

    def end(self) -> None:
        """The login session runs out: its cookie goes, what else the browser knows stays."""
        del self.client.cookies[settings.SESSION_COOKIE_NAME]


@pytest.fixture
def everywhere(db) -> list[Found]:
    """One of each form there is."""
    found: dict[tuple[object, ...], Found] = {}
    for person, starts in situations(gather()):
        for path, page in walk(Sitting(person).client, starts):
            for place, form in enumerate(read(page, path)):
                if form.method.lower() == "post":
                    found.setdefault(fingerprint(form), Found(person, path, place, form))
    return list(found.values())


def test_every_form_there_is_comes_back(everywhere):
    """One test, because finding the forms takes longest."""
    lost = []
    for found in everywhere:
        if found.door == "account_logout":
            continue
        lost += [f"{found.door} on {found.page}: {what}" for what in _signed_out(found)]
        lost += [f"{found.door} on {found.page}, stale: {what}" for what in _stale(found)]
        KeptForm.objects.all().delete()
    assert not lost, "\n".join(lost)
    assert len(everywhere) > 100, "so few forms prove nothing"


def _signed_out(found: Found) -> Iterator[str]:
    at, given = Sitting(found.person), typed_into(found.form)
    at.end()
    before = Entry.objects.count()
    answer = send(at.client, found.page, found.form, given)
    if answer.status_code != 303 or not answer["Location"].startswith(reverse("account_login")):
        yield f"answered {answer.status_code} {answer.get('Location', '')}"
        return
    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    if back != found.page:
        yield f"comes back on {back}"
    yield from _comes_back(at, found, given, before)


def _stale(found: Found) -> Iterator[str]:
    at, given = Sitting(found.person, checked=True), typed_into(found.form)
    before = Entry.objects.count()
    answer = send(at.client, found.page, found.form, given)
    if answer.status_code != 303 or answer["Location"] != found.page:
        yield f"answered {answer.status_code} {answer.get('Location', '')}"
        return
    yield from _comes_back(at, found, given, before)


def _comes_back(at: Sitting, found: Found, given: dict[str, list[str]], before: int) -> Iterator[str]:
    kept = " ".join(row.content for row in KeptForm.objects.all())
    if PASSWORD in kept or "what is in the file" in kept:
        yield "a password or a file was kept"
    at.sign_in()
    answer = at.client.get(found.page, follow=True)
    said = answer.content.decode()
    if answer.redirect_chain and reverse("people:kept_forms") in said:
        return  # the page asks for more first; what leads elsewhere says where the form waits
    if "kept-form" not in said:
        yield f"says nothing ({answer.status_code})"
        return
    yield from is_filled(found.now(said), given)
    if PASSWORD in said:
        yield "a password came back"
    if "not saved" not in said and {"password", "file"} & set(found.form.sorts.values()):
        yield "does not say what has to be given again"
    if Entry.objects.count() != before:
        yield "something was done"
    if "kept-form" in at.client.get(found.page).content.decode() or KeptForm.objects.exists():
        yield "comes back twice"


# --- every door ----------------------------------------------------------------------------------------------------

DOORS = [one for one in addresses() if one.door and "POST" in one.door.methods]
SOURCE = Path(alongside.__file__).parent
TEMPLATES = sorted(
    path
    for path in SOURCE.rglob("templates/**/*.html")
    if "<form" in path.read_text() and path.name != "examples.html"
)


def test_every_door_that_takes_a_form_keeps_it(cast):
    """From the URL map: a new door is in it by itself, also one whose form stands on no page that is walked."""
    person = cast.guide
    made_for = next(form for form in read(Sitting(person).client.get("/profile/").content.decode()))
    lost = []
    for address in DOORS:
        at = Sitting(person)
        at.end()
        path = reverse(address.name, kwargs={part: _some(part) for part in address.parts})
        sent = {"made_for": made_for.fields["made_for"], "text": "Typed here", "password": PASSWORD}
        answer = at.client.post(path, sent, HTTP_REFERER="http://testserver/profile/")
        if answer.status_code != 303 or not answer["Location"].endswith("next=%2Fprofile%2F"):
            lost.append(f"{address.name}: {answer.status_code}")
            continue
        at.sign_in()
        page = at.client.get("/profile/").content.decode()
        if "Typed here" not in page or PASSWORD in page:
            lost.append(f"{address.name}: is not shown")
    assert len(DOORS) > 100
    assert not lost, "\n".join(lost)


def _some(part: str) -> object:
    """Whom or what an address names does not matter: the form is kept before that is looked at."""
    return uuid4() if part.endswith("_id") else 2 if "number" in part else "notes"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_form_of_a_template_says_for_whom_it_was_made(path):
    forms_of_it = re.findall(r"<form\b[^>]*method=.post.*?</form>", path.read_text(), re.S | re.I)
    assert all("{% csrf_token %}" in form for form in forms_of_it)


# --- to whom -------------------------------------------------------------------------------------------------------


@pytest.fixture
def profile_sent(cast: Cast) -> Sitting:
    """Somebody whose login session had ended sent their profile."""
    at = Sitting(cast.guide)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    at.end()
    send(at.client, page, form, {"name": ["Gwendolyn Typed"], "pronouns": ["she"]})
    return at


def test_it_comes_back_to_nobody_else_in_that_browser(cast, profile_sent):
    profile_sent.sign_in(cast.participant)
    for page in ("/", reverse("people:profile"), reverse("people:kept_forms")):
        assert b"Gwendolyn" not in profile_sent.client.get(page).content
    profile_sent.sign_in()
    assert b"Gwendolyn Typed" in profile_sent.client.get(reverse("people:profile")).content


def test_it_comes_back_in_no_other_browser(cast, profile_sent):
    elsewhere = Sitting(cast.guide).client
    assert b"Gwendolyn" not in elsewhere.get(reverse("people:profile")).content
    assert b"Gwendolyn" not in elsewhere.get(reverse("people:kept_forms")).content


def test_it_comes_back_for_half_an_hour(cast, profile_sent):
    KeptForm.objects.update(created_at=clock.now() - kept_forms.KEPT_FOR)
    profile_sent.sign_in()
    assert b"Gwendolyn" not in profile_sent.client.get(reverse("people:profile")).content
    kept_forms.forget_old()
    assert not KeptForm.objects.exists()


def test_its_key_is_out_of_reach_of_scripts_and_it_lies_sealed(profile_sent):
    cookie = profile_sent.client.cookies[kept_forms.cookie_name()]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] == 1800
    row = KeptForm.objects.values_list("content", "browser").get()
    assert b"Gwendolyn" not in bytes(row[0])
    assert cookie.value not in row[1]


def test_another_page_says_where_it_waits_and_it_can_be_read_there(profile_sent):
    profile_sent.sign_in()
    today = profile_sent.client.get("/").content.decode()
    assert f'href="{reverse("people:profile")}"' in today and "kept-form" in today
    assert "Gwendolyn Typed" in profile_sent.client.get(reverse("people:kept_forms")).content.decode()


def test_the_sign_in_page_speaks_of_it_only_when_something_is_kept(cast, client, profile_sent):
    sign_in = reverse("account_login")
    assert "is saved for 30 minutes" in profile_sent.client.get(sign_in).content.decode()
    KeptForm.objects.all().delete()
    assert "saved for" not in profile_sent.client.get(sign_in).content.decode()

    lost = client.post(reverse("people:profile"), {"name": "Without a word of whom it is for"}, follow=True)
    assert "could not be saved" in lost.content.decode()


def test_one_who_has_signed_in_meanwhile_sends_nobody_elses_form(cast):
    at = Sitting(cast.guide)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    at.sign_in(cast.participant)
    answer = send(at.client, page, form, {"name": ["Gwendolyn Typed"]})
    assert answer.status_code == 409 and b"Someone else has signed in" in answer.content
    assert "Gwendolyn Typed" not in [person.name for person in Person.objects.all()]
    at.sign_in()
    assert b"Gwendolyn Typed" in at.client.get(page).content


def test_in_the_organisation_in_which_it_was_typed(cast, profile_sent):
    Person.objects.create(
        organisation=cast.stranger.organisation,
        user=cast.guide.user,
        name="Aaron Guide",
        email=cast.guide.email,
    )
    profile_sent.sign_in()
    assert b"Gwendolyn Typed" in profile_sent.client.get(reverse("people:profile")).content


# --- what is not believed ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"HTTP_ORIGIN": "https://elsewhere.example"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}]
)
def test_what_another_site_sends_is_not_kept(cast, said):
    at = Sitting(cast.guide, checked=True)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    stale = {**form.fields, "name": "From elsewhere", "csrfmiddlewaretoken": "x" * 64}
    answer = at.client.post(form.action, stale, **said)
    assert answer.status_code == 403 and b"From elsewhere" not in answer.content
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("made_for", ["", "x", "not base 64 at all!", "A" * 44])
def test_what_was_not_signed_here_is_not_kept(cast, made_for):
    at = Sitting(cast.guide)
    at.end()
    at.client.post(reverse("people:profile"), {"name": "Made up", "made_for": made_for})
    assert not KeptForm.objects.exists()


def test_without_cookies_the_page_shows_what_was_typed(cast):
    at = Sitting(cast.guide)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    answer = send(Client(enforce_csrf_checks=True), page, form, {"name": ["Gwendolyn Typed"]})
    assert answer.status_code == 403 and b"Gwendolyn Typed" in answer.content


def test_a_page_that_sends_by_itself_is_led_to_the_sign_in(cast):
    at = Sitting(cast.guide)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    at.end()
    said = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": f"http://testserver{page}"}
    answer = at.client.post(form.action, {**form.fields, "name": "Gwendolyn Typed"}, **said)
    assert answer.status_code == 401 and answer["HX-Redirect"].startswith(reverse("account_login"))
    at.sign_in()
    assert b"Gwendolyn Typed" in at.client.get(page).content


def test_too_much_is_not_kept_and_the_oldest_goes_first(cast):
    at = Sitting(cast.guide)
    page = reverse("people:profile")
    form = next(one for one in read(at.client.get(page).content.decode(), page) if "name" in one.fields)
    at.end()
    send(at.client, page, form, {"name": ["x" * (kept_forms.LONGEST + 1)]})
    assert not KeptForm.objects.exists()
    for number in range(kept_forms.MOST_IN_A_BROWSER + 2):
        send(at.client, page, form, {"name": [f"Gwendolyn {number}"]})
        send(at.client, page, form, {"name": [f"Gwendolyn {number}"]})
    kept = [json.loads(row.content)["values"]["name"][0] for row in KeptForm.objects.order_by("created_at")]
    assert kept == [f"Gwendolyn {number}" for number in range(2, kept_forms.MOST_IN_A_BROWSER + 2)]


def test_no_field_for_a_password_has_a_name_that_is_kept():
    for config in apps.get_app_configs():
        __import__(f"{config.name}.forms") if config.name == "allauth.account" else None
    kinds, found = [forms.BaseForm], []
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        found += [
            (kind.__qualname__, name)
            for name, field in {
                **getattr(kind, "declared_fields", {}),
                **getattr(kind, "base_fields", {}),
            }.items()
            if isinstance(field.widget, forms.PasswordInput)
        ]
    assert len(found) > 5
    assert not [one for one in found if not kept_forms.SECRET.search(one[1])]

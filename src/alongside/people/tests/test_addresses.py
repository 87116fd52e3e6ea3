"""Every door that takes an email address takes it in the same way, and one person has one address."""

import importlib
import pkgutil
import re
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from django import forms
from django.apps import apps
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from django.urls import reverse

import alongside
from alongside.kernel.email_addresses import BEYOND_ASCII, NOT_AN_ADDRESS, TOO_LONG
from alongside.kernel.errors import Refused
from alongside.people import sign_in_forms
from alongside.people.actions import add_person
from alongside.people.models import Invitation, Person, User
from alongside.people.posting import deliver
from alongside.people.queries import user_by_address
from alongside.ui.email_addresses import EmailAddressField

SOURCES = Path(alongside.__file__).parent


def _forms() -> list[type[forms.Form]]:
    """Every form of Alongside: all classes in modules named forms, or lying in a package of that name."""
    found = set()
    for module in pkgutil.walk_packages([str(SOURCES)], "alongside."):
        if "forms" in module.name and ".tests" not in module.name:
            here = vars(importlib.import_module(module.name)).values()
            found |= {each for each in here if isinstance(each, type) and issubclass(each, forms.BaseForm)}
    return sorted(found, key=lambda form: f"{form.__module__}.{form.__qualname__}")


ADDRESS_FIELDS = [
    pytest.param(form, name, id=f"{form.__module__}.{form.__name__}.{name}")
    for form in _forms()
    for name, field in getattr(form, "base_fields", {}).items()
    if isinstance(field, forms.EmailField)
    and not form.__module__.startswith("allauth.")
    and not issubclass(form, sign_in_forms.WithOurLabels)
]


def test_the_walk_finds_the_doors_where_an_address_is_typed():
    names = {each.id.rsplit(".", 2)[1] for each in ADDRESS_FIELDS}
    assert names >= {
        "NewPersonForm",
        "AddressForm",
        "BeginForm",
        "InviteForm",
        "NameSomebodyForm",
        "OrganisationForm",
    }


@pytest.mark.parametrize(("form", "name"), ADDRESS_FIELDS)
def test_every_form_takes_an_address_in_the_same_way(form, name):
    field = form.base_fields[name]
    assert isinstance(field, EmailAddressField)
    assert field.clean("\ufeffANA\u200b@Bücher.example. ") == "ana@xn--bcher-kva.example"
    for typed, sentence in (
        ("jörg@example.org", BEYOND_ASCII),
        ("a" * 65 + "@example.org", TOO_LONG),
        ("a" * 60 + "@" + "b" * 60 + "." + "c" * 200, TOO_LONG),
        ("ana", NOT_AN_ADDRESS),
    ):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(typed)
        assert refused.value.messages == [str(sentence)]
    assert "maxlength" not in field.widget_attrs(field.widget), "a browser would cut what is pasted"


def test_no_other_field_takes_an_address():
    """Not in a form, and not in a widget: whatever is typed as an address goes through the one field."""
    own = SOURCES / "ui" / "email_addresses.py"
    strays = [
        str(path.relative_to(SOURCES))
        for path in SOURCES.rglob("*.py")
        if path != own
        and "tests" not in path.parts
        and re.search(r"forms\.EmailField\(|validate_email\b", path.read_text())
    ]
    assert strays == ["kernel/email_addresses.py"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "name"),
    [
        (sign_in_forms.LoginForm, "login"),
        (sign_in_forms.RequestLoginCodeForm, "email"),
        (sign_in_forms.AddEmailForm, "email"),
        (sign_in_forms.ResetPasswordForm, "email"),
    ],
)
def test_the_pages_of_signing_in_do_so_too(form, name):
    facts = {"request": RequestFactory().get("/")} if form is sign_in_forms.LoginForm else {}
    field = form(**facts).fields[name]
    assert isinstance(field, EmailAddressField)
    assert field.widget.input_type == "email" and "maxlength" not in field.widget.attrs


@pytest.mark.without_ledger("people.actions.know_in_journey")
def test_whoever_was_invited_with_an_invisible_sign_signs_in_by_typing_the_address(cast):
    """Pasted from a web page into the form; typed by hand months later."""
    guide = cast.client(cast.guide)
    facts = {
        "known": "new",
        "name": "Ana",
        "email": "Ana\u200b@example.org\u2060",
        "time_zone": "Europe/London",
        "planned_meetings": 8,
        "meeting_minutes": 45,
        "every_days": 7,
    }
    begun = guide.post("/journeys/begin/?kind=supervision&template=student-placement", facts)
    guide.post(f"{begun['Location']}invite/", {"email": "\ufeffana@example.org"})
    (invitation,) = Invitation.objects.all()
    assert invitation.email == "ana@example.org" and mail.outbox[-1].to == ["ana@example.org"]
    token = re.search(r"/invitation/([^/\s]+)/", mail.outbox[-1].body).group(1)
    Client().post(f"/invitation/{token}/")

    mail.outbox.clear()
    Client().post(reverse("account_request_login_code"), {"email": "ana@example.org"})
    Client().post(reverse("account_request_login_code"), {"email": "ANA@example.org\u200e"})

    assert [each.to for each in mail.outbox] == [["ana@example.org"]] * 2
    assert all("code" in each.body.lower() for each in mail.outbox)


@pytest.mark.parametrize("typed", ["jörg@example.org", "a" * 250 + "@example.org", "İrem@example.org"])
def test_an_action_refuses_what_no_form_would_let_through(cast, typed):
    with pytest.raises(Refused):
        add_person(organisation_id=cast.organisation.id, name="Jörg", email=typed, by=cast.guide)
    assert "Jörg" not in [str(person.name) for person in Person.objects.all()]


def test_the_command_line_refuses_it_in_one_sentence(db):
    with pytest.raises(CommandError, match="before the @"):
        call_command("createadmin", organisation="A", name="Jörg", email="jörg@example.org")


def test_no_column_takes_a_longer_address_on_any_database(cast):
    long = "a" * 243 + "@example.org"
    for model in (User, Person, Invitation):
        with pytest.raises(Exception) as refused, transaction.atomic():
            model.objects.create(**_row(model, cast, long))
        assert isinstance(refused.value, IntegrityError) or "too long" in str(refused.value)


def _row(model, cast, email) -> dict:
    if model is User:
        return {"email": email}
    if model is Person:
        return {"email": email, "name": "Ana", "organisation": cast.organisation}
    return {
        "email": email,
        "person": cast.participant,
        "token_digest": "x",
        "expires_at": cast.guide.created_at,
    }


def test_addresses_from_before_lose_what_nobody_sees(cast):
    mend = importlib.import_module("alongside.people.migrations.0007_addresses_as_they_are_stored").mend
    dirty, clean = "paul\u200b@bücher.example", "paul@xn--bcher-kva.example"
    who = cast.participant
    Person.objects.filter(id=who.id).update(email=dirty)
    User.objects.filter(id=who.user_id).update(email=dirty)
    EmailAddress.objects.create(user=who.user, email=dirty, verified=True, primary=True)
    twin = User.objects.create(email="gwen.twin@example.org")
    User.objects.filter(id=twin.id).update(email=f"{cast.guide.email}\u2060")

    mend(apps, None)

    who.refresh_from_db()
    assert (who.email, who.user.email, EmailAddress.objects.get().email) == (clean, clean, clean)
    assert user_by_address(dirty) == who.user
    twin.refresh_from_db()
    assert twin.email == f"{cast.guide.email}\u2060", "two sign-ins of one address are left to people"


def test_an_address_from_before_that_would_become_an_encoded_word_is_not_written_to():
    message = mail.EmailMessage("Hello", "Hello", to=["jörg@example.org"])
    with pytest.raises(SMTPRecipientsRefused):
        deliver(message)
    assert mail.outbox == []

"""Passwords that can be guessed are refused, with a sentence that says what would help."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from alongside.people import passwords
from tests.cast import PASSWORD, Cast


def refusal(password: str, user=None) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    return refused.value.messages


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("passwordpassword", passwords.REPEATED),
        ("123456789012", passwords.KNOWN),
        ("liverpool1234", passwords.KNOWN),
        ("abcdefghijklmnop", passwords.IN_ORDER),
        ("iuytrewasdfg", passwords.IN_ORDER),
        ("alongsidealongside", passwords.REPEATED),
        ("alongside1234", passwords.OF_THEIRS),
        ("11-02-195111", passwords.DATED),
        ("housewarming", passwords.WORDS),
    ],
)
def test_what_is_guessed_soon_is_refused_with_the_reason_and_what_helps(password, why):
    assert refusal(password) == [str(why), str(passwords.WHAT_HELPS)]


@pytest.mark.parametrize(
    "password", [PASSWORD, "kettle umbrella frost", "x" * 3 + "Vq7#mLz0!tRw", "kettle umbrella frost " * 40]
)
def test_what_nobody_guesses_is_taken_however_long(password):
    validate_password(password)


def test_what_is_shorter_than_twelve_is_refused_however_odd():
    assert any("12" in sentence for sentence in refusal("Vq7#mLz0!tR"))


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["gwenguide2024", "GuideGwen!!1", "riversidehouse1"])
def test_names_of_the_person_and_of_the_organisation_are_no_secret(cast: Cast, password):
    assert refusal(password, cast.guide.user)[0] == str(passwords.OF_THEIRS)


@pytest.mark.django_db
def test_names_in_the_address_are_no_secret(cast: Cast):
    cast.guide.user.email = "winifred.abernathy@example.org"
    assert refusal("abernathywinifred1", cast.guide.user)[0] == str(passwords.OF_THEIRS)


@pytest.mark.django_db
def test_the_page_says_why_and_what_would_help(cast: Cast):
    client = cast.client(cast.participant)
    client.post("/accounts/reauthenticate/")
    session = client.session
    session["account_authentication_methods_user"] = str(cast.participant.user_id)
    session["account_authentication_methods"] = [{"method": "code", "at": 4_000_000_000}]
    session.save()

    answer = client.post(
        "/accounts/password/set/", {"password1": "passwordpassword", "password2": "passwordpassword"}
    )

    assert str(passwords.REPEATED) in answer.content.decode()
    assert str(passwords.WHAT_HELPS) in answer.content.decode()
    cast.participant.user.refresh_from_db()
    assert not cast.participant.user.has_usable_password()

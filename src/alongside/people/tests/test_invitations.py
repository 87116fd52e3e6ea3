"""Invited, and in: by a link that only its button uses up."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.kernel.clock import now
from alongside.kernel.errors import Refused
from alongside.ledger.models import Entry
from alongside.people import actions, addresses
from alongside.people.models import Invitation, Person, User
from alongside.people.queries import invitation_by


def token_in(letter) -> str:
    return re.search(r"/invitation/([^/\s]+)/", letter.body).group(1)


@pytest.fixture
def invited(cast):
    """A participant without a sign-in who was posted an invitation: (person, token)."""
    journey = cast.journey(participant_has_account=False)
    person = cast.seat(cast.guide, journey).participant.person
    person.name, person.email = "Ines O'Neil", "ines@example.org"
    person.save()
    actions.invite_person(
        person=person, letter="journey", next_path="/profile/", journey_id=journey.id, by=cast.guide
    )
    return person, token_in(mail.outbox[-1])


def address(token: str) -> str:
    return reverse("overview:invitation", args=[token])


def test_letter_says_who_invites_and_nothing_of_the_kind(invited):
    letter = mail.outbox[-1]
    assert letter.subject == "An invitation from Gwen Guide"
    assert letter.to == ["ines@example.org"]
    everything = letter.subject + letter.body + letter.alternatives[0][0]
    assert "Ines O'Neil" in letter.body
    for word in ("supervis", "treat", "mentor", "patient"):
        assert word not in everything.lower()
    # whose it is stands at the end of the text and nowhere else, as its name may say what it is for
    said, signature = letter.body.rstrip().rsplit("\n", 1)
    assert signature == "This email is from Riverside House."
    assert "Riverside" not in letter.subject + said + letter.from_email


def test_opening_the_link_uses_nothing_up(invited):
    person, token = invited
    for _ in range(3):
        page = Client().get(address(token))
        assert page.status_code == 200
        assert "Gwen Guide has invited you" in page.content.decode()
    person.refresh_from_db()
    assert person.user_id is None
    assert not User.objects.filter(email="ines@example.org").exists()


def test_button_signs_in_without_a_password_and_leads_on(invited):
    person, token = invited
    browser = Client()
    answer = browser.post(address(token))
    assert answer.status_code == 302
    assert answer["Location"] == "/profile/"
    person.refresh_from_db()
    assert person.user.email == "ines@example.org"
    assert not person.user.has_usable_password()
    assert EmailAddress.objects.get(user=person.user).verified
    assert browser.get("/profile/").status_code == 200
    assert Entry.objects.filter(event="invitation.accepted", person_id=person.id).count() == 1


def test_used_link_answers_kindly_and_signs_nobody_in(invited):
    _person, token = invited
    Client().post(address(token))
    second = Client()
    answer = second.post(address(token))
    assert answer.status_code == 409
    assert "has been used" in answer.content.decode()
    assert second.get("/profile/").status_code == 302


def test_expired_link_offers_a_new_one_to_its_own_address(invited):
    _person, token = invited
    Invitation.objects.update(
        expires_at=now() - dt.timedelta(days=1), created_at=now() - dt.timedelta(days=15)
    )
    page = Client().get(address(token))
    assert page.status_code == 409
    again = reverse("overview:invitation_again", args=[token])
    assert again in page.content.decode()
    assert Client().post(again).status_code == 200
    assert len(mail.outbox) == 2
    assert mail.outbox[-1].to == ["ines@example.org"]
    assert Client().post(address(token_in(mail.outbox[-1]))).status_code == 302


@pytest.mark.without_ledger("people.actions.send_invitation_again")
def test_asking_twice_for_a_new_one_posts_one_letter(invited):
    _person, token = invited
    Invitation.objects.update(
        expires_at=now() - dt.timedelta(days=1), created_at=now() - dt.timedelta(days=15)
    )
    again = reverse("overview:invitation_again", args=[token])
    Client().post(again)
    Client().post(again)
    assert len(mail.outbox) == 2


def test_link_to_a_mistyped_address_is_worth_nothing_once_corrected(cast, invited):
    person, token = invited
    addresses.readdress(person=person, email="Right@Example.org", journey_id=person.known_in, by=cast.guide)
    assert mail.outbox[-1].to == ["right@example.org"]
    answer = Client().post(address(token))
    assert answer.status_code == 409
    assert Client().post(reverse("overview:invitation_again", args=[token])).status_code == 409
    assert len(mail.outbox) == 2
    renewed = invitation_by(token_in(mail.outbox[-1]))
    assert renewed.letter == "journey"
    assert renewed.next_path == "/profile/"


@pytest.mark.parametrize("factor", ["password", "totp"])
def test_link_never_stands_in_for_a_password_or_second_factor(invited, factor):
    person, token = invited
    user = User.objects.create_user(
        "ines@example.org", "a long enough password" if factor == "password" else None
    )
    if factor == "totp":
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    browser = Client()
    answer = browser.post(address(token))
    assert answer["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in browser.session
    person.refresh_from_db()
    assert person.user_id is None
    browser.force_login(user)
    assert browser.post(address(token))["Location"] == "/profile/"
    person.refresh_from_db()
    assert person.user == user


def test_someone_else_signed_in_here_is_signed_out_first(cast, invited):
    person, token = invited
    browser = cast.client(cast.colleague)
    assert "You are signed in as" in browser.get(address(token)).content.decode()
    browser.post(address(token))
    person.refresh_from_db()
    assert person.user.email == "ines@example.org"
    assert browser.session["_auth_user_id"] == str(person.user_id)


def test_one_sign_in_never_stands_for_two_persons_of_an_organisation(cast, invited):
    person, token = invited
    user = User.objects.create_user("ines@example.org")
    known = Person.objects.create(
        organisation=cast.organisation, user=user, name="Ines", email="ines@example.org"
    )
    journey_id, browser = person.known_in, Client()
    assert browser.post(address(token)).status_code == 302
    person.refresh_from_db()
    assert (person.user_id, person.is_active, person.tied_to) == (None, False, known)
    assert browser.get(f"/journeys/{journey_id}/").status_code == 200


def test_a_closed_account_takes_no_seat(cast, invited):
    person, token = invited
    user = User.objects.create_user("ines@example.org")
    Person.objects.create(organisation=cast.organisation, user=user, name="Ines", is_active=False)
    assert Client().post(address(token)).status_code == 409
    person.refresh_from_db()
    assert person.user_id is None and person.known_in
    assert Invitation.objects.get(person=person).accepted_at is None


@pytest.mark.without_ledger("people.actions.accept_invitation", "people.actions.welcome_person")
def test_a_role_given_by_an_administrator_goes_to_whom_they_turn_out_to_be(cast):
    facts = {"name": "Paul as a guide", "email": cast.participant.email, "time_zone": "Europe/London"}
    added = actions.welcome_person(**facts, is_guide=True, by=cast.administrator)
    assert cast.client(cast.participant).post(address(token_in(mail.outbox[-1]))).status_code == 302
    cast.participant.refresh_from_db()
    added.refresh_from_db()
    assert cast.participant.is_guide and not added.is_guide and added.tied_to == cast.participant


def test_unknown_link_is_answered_kindly(db):
    answer = Client().get(address("nothing"))
    assert answer.status_code == 404
    assert "not recognise this link" in answer.content.decode()


def test_links_answer_no_other_method(invited):
    _person, token = invited
    assert Client().put(address(token)).status_code == 405
    assert Client().get(reverse("overview:invitation_again", args=[token])).status_code == 405


def test_person_who_signs_in_already_is_not_invited(cast):
    with pytest.raises(Refused):
        actions.invite_person(person=cast.participant, letter="journey", by=cast.guide)

"""How allauth behaves here: people come by invitation, its letters go out by the worker, its refusals are kind."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .clients import asked_by, client_of
from .emails import email_kind
from .factor_secrets import FACTOR_SECRETS
from .models import User
from .queries import persons_of
from .tasks import enqueue_message

SIGN_IN = email_kind("signing in", although_restricted="of their own account, which stays theirs")
"""What allauth writes: codes, links, and news of one's own account."""

TOO_OFTEN = _("There were many attempts just now. Please wait a few minutes, then try again.")
NOT_THIS_CODE = _("This code is wrong or has expired. Please check it, or ask for a new one.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _(
            "This account is closed. An administrator of your organisation can open it again."
        ),
        "cannot_remove_primary_email": _("This is the address you sign in with. Choose another one first."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The email address and password do not match. Try again, or ask for a code by email instead."
        ),
        "email_taken": _("Someone already signs in with this address."),
        "enter_current_password": _("This is not your current password. Please try again."),
        "incorrect_code": NOT_THIS_CODE,
        "incorrect_password": _("This is not your password. Please try again."),
        "invalid_or_expired_key": _("This link has been used or has expired."),
        "invalid_password_reset": _("This link has been used or has expired. Please ask for a new one."),
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
        "same_as_current": _("This is your old password. Please choose a new one."),
        "unverified_primary_email": _("Please answer the email we sent to your address first."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come by invitation."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_of(request)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Guesses at one password are counted for who guesses, so that they lock out nobody else."""
        return asked_by(request, str(credentials.get("email", "")))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links begin with the public address: whoever asks for an email under another host gets none that leads there."""
        links = {name: _on_public_address(value) for name, value in context.items()}
        site = SimpleNamespace(domain=urlsplit(settings.PUBLIC_URL).netloc, name=gettext("Alongside"))
        facts = {"request": allauth_context.request, "email": email, **links, "current_site": site}
        letter = self.render_mail(template_prefix, email, facts)
        with transaction.atomic():
            enqueue_message(
                SIGN_IN,
                to=email,
                subject=letter.subject,
                text=str(letter.body),
                organisation=_only_place_of(context),
            )


def _only_place_of(context: dict[str, Any]) -> UUID | None:
    """The organisation of whose account it is, if they are in one alone; nobody's where there is no account."""
    user = context.get("user")
    places = {person.organisation_id for person in persons_of(user.pk)} if user and user.pk else set()
    return places.pop() if len(places) == 1 else None


def _on_public_address(value: Any) -> Any:
    """allauth makes links from the host a request was sent to; ours alone is known to be true."""
    if not isinstance(value, str) or not value.startswith(("http://", "https://")):
        return value
    return settings.PUBLIC_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("You cannot go without this: what is written here is private."),
        "cannot_generate_recovery_codes": _("Add a passkey or an app first. Then you can make codes."),
        "incorrect_code": NOT_THIS_CODE,
        "unverified_email": _(
            "Please confirm your email address first: answer the email we sent you, or ask for a new one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return FACTOR_SECRETS.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return FACTOR_SECRETS.unseal(encrypted_text)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1} if count else gettext("My passkey")

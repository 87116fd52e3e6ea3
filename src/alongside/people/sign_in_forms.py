"""allauth's forms in the words of Alongside. Named in `ACCOUNT_FORMS` and `MFA_FORMS`; what they do stays theirs."""

from __future__ import annotations

import hashlib
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from alongside.ui.email_addresses import EmailAddressField

from .clients import asked_by
from .queries import has_passkey

ADDRESS, PASSWORD, ONCE_MORE = _("Email address"), _("Password"), _("Enter the password again")
NEW_PASSWORD, PASSWORD_NOW, CODE = _("New password"), _("Your current password"), _("Code")
NAME, FIGURES = _("Name of the passkey"), _("The 6-digit code from your app, or a recovery code")
HELP = _(
    "At least 12 characters. A few words that only you would put together are better than one unusual word."
)


class WithOurLabels(forms.Form):
    """Gives the fields of one of allauth's forms the labels of Alongside: a label is enough, without a placeholder.

    Addresses are taken as everywhere here.
    """

    labels: dict[str, Promise] = {}
    helps: dict[str, Promise] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.EmailField):
                field = self.fields[name] = EmailAddressField.instead_of(field)
            field.label = self.labels.get(name, field.label)  # type: ignore[assignment]
            field.help_text = self.helps.get(name, field.help_text)  # type: ignore[assignment]
            field.widget.attrs.pop("placeholder", None)


class LoginForm(WithOurLabels, account.LoginForm):
    labels = {"login": ADDRESS, "password": PASSWORD}

    @cached_property
    def offers_passkeys(self) -> bool:
        """A passkey is offered once somebody here has one; who does is not told to who is not signed in."""
        return has_passkey()


class AskingForEmail(WithOurLabels):
    """A form that has an email sent to an address: not as many as somebody cares to ask for."""

    def clean_email(self) -> str:
        request = context.request
        key = asked_by(request, self.cleaned_data["email"])
        if not ratelimit.consume(request, app="allauth.account", action="email_asked_for", key=key):
            raise get_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_email())  # type: ignore[misc]


class RequestLoginCodeForm(AskingForEmail, account.RequestLoginCodeForm):
    labels = {"email": ADDRESS}


class ConfirmLoginCodeForm(WithOurLabels, account.ConfirmLoginCodeForm):
    labels = {"code": CODE}


class AddEmailForm(WithOurLabels, account.AddEmailForm):
    labels = {"email": _("New email address")}


class ConfirmAddressForm(WithOurLabels, account.ConfirmEmailVerificationCodeForm):
    labels = {"code": CODE}


class ChangePasswordForm(WithOurLabels, account.ChangePasswordForm):
    labels = {"oldpassword": PASSWORD_NOW, "password1": NEW_PASSWORD, "password2": ONCE_MORE}
    helps = {"password1": HELP}


class SetPasswordForm(WithOurLabels, account.SetPasswordForm):
    labels = {"password1": PASSWORD, "password2": ONCE_MORE}
    helps = {"password1": HELP}


class ResetPasswordForm(AskingForEmail, account.ResetPasswordForm):
    labels = {"email": ADDRESS}


class ResetPasswordKeyForm(WithOurLabels, account.ResetPasswordKeyForm):
    labels = {"password1": NEW_PASSWORD, "password2": ONCE_MORE}
    helps = {"password1": HELP}


class ReauthenticateForm(WithOurLabels, account.ReauthenticateForm):
    labels = {"password": PASSWORD_NOW}


class TakenOnce(WithOurLabels):
    """A code is taken once, also while the clock's tolerance would let it be right a second time (RFC 6238, 5.2).

    The library remembers it for one period only, and with a tolerance of one it is right for three.
    """

    def clean_code(self) -> str:
        code = str(super().clean_code())  # type: ignore[misc]
        of = f"{self.user.pk}:{code}"  # type: ignore[attr-defined]
        key = f"factor-code:{hashlib.blake2b(of.encode(), digest_size=16).hexdigest()}"
        right_for = settings.MFA_TOTP_PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        if not cache.add(key, "used", timeout=right_for):
            raise get_factor_adapter().validation_error("incorrect_code")
        return code


class AuthenticateFactorForm(TakenOnce, factor.AuthenticateForm):
    labels = {"code": FIGURES}

    @cached_property
    def has_passkey(self) -> bool:
        return has_passkey(self.user.pk)


class ReauthenticateFactorForm(TakenOnce, factor.ReauthenticateForm):
    labels = {"code": FIGURES}


class ActivateAppForm(TakenOnce, totp.ActivateTOTPForm):
    labels = {"code": _("The 6-digit code from the app")}


class AddPasskeyForm(WithOurLabels, webauthn.AddWebAuthnForm):
    labels = {"name": NAME}


class EditPasskeyForm(WithOurLabels, webauthn.EditWebAuthnForm):
    labels = {"name": NAME}

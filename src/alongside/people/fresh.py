"""Address, password and second factor are changed by who has just shown who they are.

Whoever has a password or a second factor is asked for it by the sign-in library. Whoever signs in by codes alone has
nothing to be asked for: they sign in afresh, unless they did a moment ago.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

FRESH = {
    "account_change_password",
    "account_email",
    "account_set_password",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
}
"""The addresses of the sign-in library at which something of that is changed."""
UNASKED = {"account_set_password"}
"""Where the library asks for nothing, though there is something to be asked for."""
TAKEN_ALONG = {"make_archive", "take_archive"}
"""Doors of ours through which everything about somebody leaves. Nothing is typed there that could be lost."""


class FreshSignInMiddleware:
    """Before one of these pages is opened, so that nothing typed on it is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, *_parts: Any) -> HttpResponse | None:
        name = request.resolver_match and request.resolver_match.url_name
        if name not in FRESH | TAKEN_ALONG or not request.user.is_authenticated or is_fresh(request):
            return None
        if ways := get_adapter().get_reauthentication_methods(request.user):
            if name in TAKEN_ALONG:
                return redirect_to_login(request.path, login_url=ways[0]["url"])
            return suspend_request(request, ways[0]["url"]) if name in UNASKED else None
        path = request.path
        logout(request)
        said = _("Please sign in again first. This keeps others from changing how you sign in.")
        if name in TAKEN_ALONG:
            said = _("Please sign in again first. This keeps others from taking what is about you.")
        messages.info(request, said)
        return redirect_to_login(path)


def is_fresh(request: HttpRequest) -> bool:
    """Whether they signed in, or showed once more who they are, a moment ago."""
    shown = max((each["at"] for each in get_authentication_records(request, request.user)), default=0)
    return time.time() - shown < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

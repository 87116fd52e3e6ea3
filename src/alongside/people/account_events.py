"""What happens to an account, and at doors that stayed shut: recorded in the ledger, with from where.

Signing in is the library's, so it is heard of by its signals and by how it answered. What was typed is never recorded:
somebody in a hurry types a password where the address belongs.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from allauth.account import signals as account
from allauth.mfa import signals as factors
from django.contrib.auth import signals as auth
from django.core.cache import caches
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from alongside.ledger.record import record

from .clients import client_of
from .devices import device_of
from .models import Person, User
from .queries import user_by_address

EVENTS = {
    "sign_in.done": "Somebody signed in.",
    "sign_in.failed": "A password, code, passkey or link was not the right one, or it was tried too often; at which page.",
    "sign_in.ended": "Somebody signed out.",
    "account.factor_added": "A second factor was added; which sort.",
    "account.factor_removed": "A second factor was removed; which sort.",
    "account.codes_made": "Recovery codes were made.",
    "account.password_changed": "A password was set, changed or reset.",
    "account.address_changed": "The address of a sign-in was changed.",
    "account.address_removed": "An address was removed from a sign-in.",
    "door.refused": "Somebody signed in knocked at a door that stayed shut; which, and how it answered.",
    "copy.taken": "Words were taken along: printed, or as a file; from which door.",
}
"""What is recorded without an action, for the reference pages."""

TRIES = frozenset(
    {
        "account_login",
        "account_confirm_login_code",
        "account_reauthenticate",
        "account_reset_password_from_key",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
"""Pages where somebody shows who they are. One that answers with anything but the way onward was not convinced."""

REFUSED_ONCE_IN = 60
"""Seconds in which the same door that stays shut to the same login session is recorded once."""


def from_where(request: HttpRequest) -> dict[str, Any]:
    """The address of the client and the kind of browser; never the whole line a browser says of itself."""
    browser, system = device_of(request.headers.get("User-Agent", ""))
    return {"address": client_of(request), "browser": browser, "system": system}


def note(event: str, request: HttpRequest | None, user: User | None, **detail: Any) -> None:
    """Record what happened to an account. Without a browser (a command, a test that signs in) there is nobody to tell of."""
    if request is None or "REMOTE_ADDR" not in request.META:
        return
    actor: Person | None = getattr(request, "actor", None)
    mine = actor is not None and user is not None and actor.user_id == user.pk
    by = actor if mine else SimpleNamespace(user_id=user.pk if user else None)
    subject = user or User(pk=None)
    with transaction.atomic():
        record(event, subject=subject, by=by, **from_where(request), **detail)


def note_try(request: HttpRequest, response: HttpResponse) -> None:
    """A try to sign in that led nowhere."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.view_name not in TRIES:
        return
    if response.status_code >= 500 or (300 <= response.status_code < 400 and not _gave_up(response)):
        return
    typed = request.POST.get("login", "").replace("\x00", "")
    user = request.user if request.user.is_authenticated else user_by_address(typed)
    note("sign_in.failed", request, user, at=match.view_name, status=response.status_code)


def _gave_up(response: HttpResponse) -> bool:
    """After the last wrong code one is led back to where signing in begins."""
    led_to = urlsplit(response.headers.get("Location", "")).path
    return led_to in (reverse("account_login"), reverse("account_request_login_code"))


def note_refused(request: Any, status: int) -> None:
    """Whoever is signed in and knocks where they may not. A page that asks again and again is one row a minute."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    if actor is None or match is None:
        return
    key = f"alongside.refused.{request.login_session}.{match.view_name}.{status}"
    if caches["counters"].add(key, 1, timeout=REFUSED_ONCE_IN):
        note("door.refused", request, request.user, door=match.view_name, status=status)


def note_copy(request: Any, journey_id: Any, response: HttpResponse) -> None:
    """A file or a paper was taken: each time, since each is one more that lies somewhere."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    with transaction.atomic():
        record(
            "copy.taken",
            subject=request.actor,
            by=request.actor,
            journey_id=journey_id,
            door=request.resolver_match.view_name,
            form=kind,
            **from_where(request),
        )


def is_copy(response: HttpResponse) -> bool:
    """Whether an answer is one to take along rather than a page to look at."""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    return response.status_code == 200 and (
        response.has_header("Content-Disposition") or kind in ("application/pdf", "text/csv")
    )


HEARD: tuple[tuple[Signal, str], ...] = (
    (auth.user_logged_in, "sign_in.done"),
    (auth.user_logged_out, "sign_in.ended"),
    (account.password_changed, "account.password_changed"),
    (account.password_set, "account.password_changed"),
    (account.password_reset, "account.password_changed"),
    (account.email_changed, "account.address_changed"),
    (account.email_removed, "account.address_removed"),
    (factors.authenticator_added, "account.factor_added"),
    (factors.authenticator_removed, "account.factor_removed"),
    (factors.authenticator_reset, "account.codes_made"),
)
"""What the library tells of, and what is recorded of it."""


def listen() -> None:
    """Called once, when the application is ready."""
    for signal, event in HEARD:
        signal.connect(_hearing(event), weak=False, dispatch_uid=f"alongside.{event}")


def _hearing(event: str) -> Callable[..., None]:
    def heard(request: HttpRequest, user: User | None, authenticator: Any = None, **_more: Any) -> None:
        if user is not None:
            sort = {"sort": str(authenticator.type)} if authenticator and "factor" in event else {}
            note(event, request, user, **sort)

    return heard
